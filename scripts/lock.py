"""Pin `requirements*.in` anew: one file for uv and pip, with hashes and without an address in it."""

import subprocess
import sys
from pathlib import Path

UV = Path(sys.executable).parent / "uv"
COMPILE = "pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11"

for name in ("requirements", "requirements-test", "requirements-uv"):
    files = [f"{name}.in", "--output-file", f"{name}.txt"]
    subprocess.run([UV, *COMPILE.split(), *files, *sys.argv[1:]], check=True)
