"""Every setting. What differs between machines is read from the environment or `.env`."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
env.read_env(BASE_DIR / ".env")

# ── What an operator sets ────────────────────────────────────────────────────────────────────
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY fehlt. `make run` legt eine .env mit einem eigenen Schlüssel an; sonst bitte "
        "SECRET_KEY als Umgebungsvariable setzen (mindestens 50 zufällige Zeichen)."
    )
# Earlier keys: what they sealed can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Nachlese")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname, "localhost", "127.0.0.1"])
# Everything travels encrypted unless somebody says otherwise: `make run` does, for 127.0.0.1.
HTTPS_ONLY = env.bool("HTTPS_ONLY", default=not DEBUG)
# How many proxies stand in front; 0 means that forwarded headers are not believed.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
# Uploads on their way in and listings in the making: never served, and gone after a day.
PRIVATE_ROOT = Path(env.str("PRIVATE_ROOT", default=str(DATA_DIR / "private")))
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
# How long what was deleted can be brought back; then `empty_trash` removes it for good.
TRASH_DAYS = env.int("TRASH_DAYS", default=90)
# `prune_revisions` lets go of what is older, but for so many of each record.
REVISION_DAYS = env.int("REVISION_DAYS", default=730)
REVISION_KEEP = env.int("REVISION_KEEP", default=20)
# PeerTube servers whose player may be shown, after the visitor agreed: "tube.example.org,videos.example.net".
PEERTUBE_HOSTS = env.list("PEERTUBE_HOSTS", default=[])
# Servers (with everything below them) whose links are never checked, because they do not wish it: "example.org".
LINK_CHECK_SKIP_HOSTS = env.list("LINK_CHECK_SKIP_HOSTS", default=[])

# ── The house ────────────────────────────────────────────────────────────────────────────────
INSTALLED_APPS = [
    "sessions_app.apps.SessionsAppConfig",
    "projects_app.apps.ProjectsAppConfig",
    "conference.apps.ConferenceConfig",
    "django_prose_editor",
    "axes",
    "conference.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "conference.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "conference.accounts.gate.GateMiddleware",
    "conference.accounts.own_sessions.SeenMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "conference.editing.due.DueMiddleware",
    "conference.editing.preview.PreviewMiddleware",
    "conference.redirects.FormerSlugMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "conference.urls"
WSGI_APPLICATION = "conference.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conference.context_processors.site",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Data ─────────────────────────────────────────────────────────────────────────────────────
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'nachlese.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start, because an
    # upgrade from read to write does not wait for `timeout`. Hence no ATOMIC_REQUESTS, ever.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-20000; "
        "PRAGMA mmap_size=134217728; PRAGMA temp_store=MEMORY;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CACHES = {"default": env.cache("CACHE_URL", default="locmemcache://")}

# ── Languages ────────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
CONTENT_LANGUAGE = "de"
LOCALE_PATHS = [BASE_DIR / "conference" / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# ── Files ────────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "medien/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
IMAGE_MAX_BYTES = 20 * 1024 * 1024
IMAGE_MAX_PIXELS = 50_000_000
MATERIAL_MAX_BYTES = 100 * 1024 * 1024
MEDIA_FILE_MAX_BYTES = env.int("MEDIA_FILE_MAX_BYTES", default=4 * 1024**3)
TEXT_TRACK_MAX_BYTES = env.int("TEXT_TRACK_MAX_BYTES", default=5 * 1024 * 1024)
# Where nginx keeps MEDIA_ROOT for itself (docs/nginx.conf): we check, it sends. Empty: we send.
MEDIA_ACCEL_PREFIX = env.str("MEDIA_ACCEL_PREFIX", default="")
# The preview of a large import asks about each talk and each person.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000
FILE_UPLOAD_PERMISSIONS = 0o640

# ── People ───────────────────────────────────────────────────────────────────────────────────
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "conference.accounts.gate.StaffBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
# The first administrator, where the operator names one; `ensure_admin` makes it.
FIRST_ADMINISTRATOR = {
    field: env.str(f"DJANGO_SUPERUSER_{field.upper()}", default="") for field in ("username", "password", "email")
}
# How often a process asks whether a planned change has come up; it then knows the moment to the second.
DUE_CHECK_SECONDS = env.float("DUE_CHECK_SECONDS", default=1)
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
# Five wrong passwords close one name from one address for a quarter of an hour; a colleague elsewhere gets in.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Our own log tells who came when, without addresses; theirs are kept for the quarter of an hour.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "credential"]
AXES_CLIENT_IP_CALLABLE = "conference.security.client_address"

# ── Security ─────────────────────────────────────────────────────────────────────────────────
SECURE_SSL_REDIRECT = HTTPS_ONLY
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS_ONLY
SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "conference.unsaved.refusal.token_refused"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── Mail and logs ────────────────────────────────────────────────────────────────────────────
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Nobody waits longer for a mail server that does not answer.
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=CONTACT_EMAIL or "nachlese@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}
