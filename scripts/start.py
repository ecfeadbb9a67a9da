"""From an installed environment to the running site: key, tables, sample, administrator, static files, server.

Every step looks first whether there is something to do, so that a second start takes seconds and changes no data.
What differs between machines is set in the environment or in `.env`; it wins over what is assumed here.
"""

import hashlib
import json
import os
import secrets
import socket
import sys
from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
PORT = os.environ.get("PORT") or "8000"


def check_port():
    """Say so before the work, not after it, when somebody else listens there."""
    if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
        sys.exit(f"PORT={PORT} ist keine Portnummer. Üblich: PORT=8000")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError as error:
            sys.exit(f"Auf Port {PORT} lässt sich nicht hören ({error.strerror}). Ein anderer: PORT=8123 make run")


def make_key():
    """A key of its own for this installation, readable for its owner alone."""
    path = ROOT / ".env"
    if os.environ.get("SECRET_KEY"):
        return
    path.touch(mode=0o600)
    known = path.read_text()
    if not any(line.startswith("SECRET_KEY=") for line in known.splitlines()):
        with path.open("a") as file:
            file.write("\n" if known and not known.endswith("\n") else "")
            file.write(f"SECRET_KEY={secrets.token_urlsafe(50)}\n")


def set_environment(debug: bool):
    """Production settings for 127.0.0.1, where there is no encryption; what the operator has set stays."""
    environ.Env.read_env(ROOT / ".env")
    os.environ["DEBUG"] = "true" if debug else "false"
    os.environ.setdefault("HTTPS_ONLY", "false")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{PORT}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "conference.settings"


def prepare():
    """Tables, sample and administrator, in one process: starting Django three times would take longer."""
    import django
    from django.conf import settings
    from django.core.management import call_command

    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT):
        folder.mkdir(parents=True, exist_ok=True)
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_sample")
    call_command("ensure_admin")
    if not settings.DEBUG:
        collect_static(settings.STATIC_ROOT)


def collect_static(target: Path):
    """Hashed and compressed, and only when a file has changed since."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    found = [
        (name, os.stat(storage.path(name)).st_size, os.stat(storage.path(name)).st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list(None)
    ]
    fingerprint = hashlib.sha256(json.dumps(sorted(found)).encode()).hexdigest()
    stamp = target / "collected"
    if stamp.exists() and stamp.read_text() == fingerprint and (target / "staticfiles.json").exists():
        return
    target.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint)


def serve(debug: bool):
    server = ["manage.py", "runserver", f"127.0.0.1:{PORT}"]
    if not debug:
        server = ["-m", "gunicorn", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{PORT}"]
    # The next program takes this one's place, with what it has not written yet: the password, in a pipe.
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, *server])


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    is_development = "--dev" in sys.argv[1:]
    check_port()
    make_key()
    set_environment(is_development)
    prepare()
    serve(is_development)
