"""Every setting of the server. Read from the environment; each has a safe default or stops the start with one sentence.

`docs/running.md` explains them for the people who run a network; a house rule compares the two.
"""

import hashlib
from pathlib import Path

from holdspace import databases, env
from holdspace.ui.headers import add_static_headers
from holdspace.ui.served import served

BASE = Path(__file__).resolve().parent.parent
DATA = Path(env.text("HOLDSPACE_DATA", "./var")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
BROWSER = BASE / "browser"

# Where it listens -----------------------------------------------------------------------------------------------------
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000, 1, 65535)
TLS_CERT = env.text("HOLDSPACE_TLS_CERT")
TLS_KEY = env.text("HOLDSPACE_TLS_KEY")
if bool(TLS_CERT) != bool(TLS_KEY):
    raise env.stop("HOLDSPACE_TLS_CERT and HOLDSPACE_TLS_KEY belong together; set both or neither.")
BEHIND_PROXY = env.flag("HOLDSPACE_BEHIND_PROXY")
SECURE = bool(TLS_CERT) or BEHIND_PROXY
ALLOWED_HOSTS = [
    host.strip()
    for host in env.text("HOLDSPACE_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]
if "*" in ALLOWED_HOSTS:
    raise env.stop("HOLDSPACE_HOSTS should name this network's own addresses; * is not one.")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Secrets --------------------------------------------------------------------------------------------------------------
SECRETS = DATA / "secrets"
SECRET_KEY = env.secret("SECRET_KEY", SECRETS).hex()
SEAL_PEPPER = env.secret("SEAL_PEPPER", SECRETS)
SEAL_PRELOGIN_KEY = env.secret("SEAL_PRELOGIN_KEY", SECRETS)
SEAL_STAMP_KEYS = env.secret_list("SEAL_STAMP_KEYS", SECRETS, 3)

# Where quick exit goes: a page everybody might be reading.
EXIT_TO = env.address("HOLDSPACE_EXIT_TO", "https://www.wikipedia.org/")

# Whether /design/ is there: every part of the pages in every state, for those who change how they look.
DESIGN = env.flag("HOLDSPACE_DESIGN")

# Limits ---------------------------------------------------------------------------------------------------------------
KEY_BACKUP_DAYS = env.number("HOLDSPACE_KEY_BACKUP_DAYS", 14, 0, 3650)
ITEMS_PER_MINUTE = env.number("HOLDSPACE_ITEMS_PER_MINUTE", 60, 1, 1_000_000)
LIST_CHANGES_PER_HOUR = env.number("HOLDSPACE_LIST_CHANGES_PER_HOUR", 60, 1, 1_000_000)
QUESTIONS_PER_MINUTE = env.number("HOLDSPACE_QUESTIONS_PER_MINUTE", 3000, 60, 1_000_000_000)
MEBIBYTES_PER_DAY = env.number("HOLDSPACE_MEBIBYTES_PER_DAY", 50, 2, 1_000_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
FILE_UPLOAD_HANDLERS: list[str] = []

# Apps -----------------------------------------------------------------------------------------------------------------
DEBUG = False
INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "holdspace.ui",
    "holdspace.trail",
    "holdspace.accounts",
    "holdspace.groups",
    "holdspace.conversations",
    "holdspace.meetings",
    "holdspace.directory",
    "holdspace.ops",
]
ROOT_URLCONF = "holdspace.urls"
MIDDLEWARE = [
    "holdspace.ui.middleware.PageHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "holdspace.accounts.middleware.CurrentAccount",
    "holdspace.ui.middleware.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "holdspace.ui.templatetags.languages",
                "holdspace.ui.templatetags.leaving",
                "holdspace.ui.templatetags.modules",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
APPEND_SLASH = True

# Database -------------------------------------------------------------------------------------------------------------
DATABASE_URL = env.text_or_file("DATABASE_URL")
DATABASES = {"default": databases.postgresql(DATABASE_URL) if DATABASE_URL else databases.sqlite(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cookies and headers --------------------------------------------------------------------------------------------------
SESSION_COOKIE_NAME = "__Host-holdspace" if SECURE else "holdspace"
SESSION_DAYS = 30
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
KNOWN_COOKIE_NAME = "__Host-known" if SECURE else "known"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "holdspace.ui.views.not_from_here"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SECURE = SECURE
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Languages and time ---------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
# Each by its own name, as those who look for it know it: in no language are these translated.
LANGUAGES = [("en", "English"), ("ar", "العربية")]
# Those whose words nobody who grew up with them has read yet; their pages say so.
LANGUAGES_NOBODY_READ = {"ar"}
LOCALE_PATHS = [BASE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"


# Static files: the repository's own lines without their comments, under the digest of the whole tree, cached for a year -
def _digest_of(folder: Path) -> str:
    """12 hex signs that change when any served file changes."""
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith(".test.js"):
            name = path.relative_to(folder).as_posix()
            content = served(name, path.read_bytes())
            total.update(f"{name}\0{len(content)}\0".encode() + content)
    return total.hexdigest()[:12]


RELEASE = _digest_of(BROWSER)
STATIC_URL = f"/static/{RELEASE}/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BROWSER] if BROWSER.is_dir() else []
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {"staticfiles": {"BACKEND": "holdspace.ui.storage.ServedFiles"}}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_IMMUTABLE_FILE_TEST = ".*"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = add_static_headers

# Logs: times, ids and where in the code. Never addresses with their query, never bodies, never names. What was not found is
# not logged at all: it would be a diary of who looked for what.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "holdspace.ui.logs.Plain",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"quiet": {"()": "holdspace.ui.logs.WithoutWords"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["quiet"]}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    "loggers": {
        "holdspace": {"level": "INFO"},
        "django": {"handlers": [], "level": "ERROR"},
    },
}
