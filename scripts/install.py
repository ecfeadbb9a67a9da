"""Make `.venv` hold what `requirements*.txt` pin. Standard library only; nothing to do takes no time.

    python3 scripts/install.py run|test

uv installs in seconds; where it is not to be had, pip reads the same files. Both check the hashes.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
# What tests need holds what runs, so `run` is content with the environment of `test`.
FILES = {"run": "requirements.txt", "test": "requirements-test.txt"}
NO_PIP = (
    "Python fehlt das Modul „pip“. Bitte installieren Sie es (Debian und Ubuntu: apt-get install python3-venv "
    "python3-pip) und rufen Sie make noch einmal auf."
)


def fingerprint(purpose: str) -> str:
    """Of the pinned packages and of the Python they were installed for."""
    pins = Path(FILES[purpose]).read_bytes() + Path("requirements-uv.txt").read_bytes()
    return hashlib.sha256(pins + sys.version.encode()).hexdigest()


def stamp(purpose: str) -> Path:
    return VENV / f"installed-{purpose}"


def is_installed(purpose: str) -> bool:
    return PYTHON.exists() and stamp(purpose).exists() and stamp(purpose).read_text() == fingerprint(purpose)


def command(*words, **options) -> bool:
    return subprocess.run([str(word) for word in words], check=False, **options).returncode == 0


def has_module(name: str) -> bool:
    return command(sys.executable, "-c", f"import {name}", stderr=subprocess.DEVNULL)


def make_environment():
    """An environment without pip, unless there is one that works for this Python."""
    same = "import sys; sys.exit(sys.version != sys.argv[1])"
    if PYTHON.exists() and command(PYTHON, "-c", same, sys.version, stderr=subprocess.DEVNULL):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if not command(sys.executable, "-m", "venv", "--without-pip", VENV):
        sys.exit("Die Umgebung .venv ließ sich nicht anlegen (Debian und Ubuntu: apt-get install python3-venv).")


def get_uv() -> bool:
    """The pinned uv, put into the environment by the pip of the machine."""
    if not has_module("pip"):
        return False
    return command(
        *(sys.executable, "-m", "pip", "--python", PYTHON, "--disable-pip-version-check", "install", "--quiet"),
        *("--require-hashes", "--no-deps", "--only-binary", ":all:", "--requirement", "requirements-uv.txt"),
    )


def sync_with_uv(file: str) -> bool:
    environment = os.environ | {"UV_LINK_MODE": "copy"}
    return command(*(UV, "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", file), env=environment)


def install_with_pip(file: str) -> bool:
    print("uv ist nicht zu haben; pip installiert, das dauert etwas länger.", flush=True)
    has_pip = command(PYTHON, "-c", "import pip", stderr=subprocess.DEVNULL)
    if not has_pip and not (has_module("ensurepip") and command(sys.executable, "-m", "venv", VENV)):
        sys.exit(NO_PIP)
    return command(
        *(PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"),
        *("--requirement", file),
    )


def install(purpose: str):
    print(f"Installiere die Pakete aus {FILES[purpose]} …", flush=True)
    make_environment()
    for each in FILES:
        stamp(each).unlink(missing_ok=True)
    file = FILES[purpose]
    if not ((get_uv() and sync_with_uv(file)) or install_with_pip(file)):
        sys.exit("Die Pakete ließen sich nicht installieren; der Grund steht darüber. Ist das Netz erreichbar?")
    for each in FILES if purpose == "test" else [purpose]:
        stamp(each).write_text(fingerprint(each))


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  an older one has to hear why
        here = sys.version.split()[0]
        sys.exit(f"Nachlese braucht Python 3.11 oder neuer, dies ist {here}. Ein anderes: make run PYTHON=python3.12")
    os.chdir(ROOT)
    wanted = sys.argv[1]
    if not is_installed(wanted):
        install(wanted)
