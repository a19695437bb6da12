"""Django settings of one node (one district). Everything an operator may change comes from `PUMASI_*` variables.

Not here: rules of the coin (tariff files and tables) and the list of services (`config/services.py`).
"""

import os
from pathlib import Path

from django.utils.csp import CSP

from pumasi.config.databases import databases
from pumasi.config.history.names import DONGS
from pumasi.config.secret import secret_key
from pumasi.config.services import AT_A_STAND, SERVICES

HOME = Path(os.environ.get("PUMASI_HOME", Path.cwd() / ".pumasi"))
DEMO = os.environ.get("PUMASI_DEMO") == "1"
# The stand of a fair: guests without a name on a practice ledger. Only ever a demo; phones reach it at BOOTH_HOST.
BOOTH = DEMO and os.environ.get("PUMASI_BOOTH") == "1"
BOOTH_HOST = os.environ.get("PUMASI_BOOTH_HOST", "localhost")
# Where officers practise: the address of a demo that stays up; shown on their page.
TRAINING_URL = os.environ.get("PUMASI_TRAINING_URL", "")
# A sample in coin/data (seocho, nowon_style) or the path of a TOML file.
PUMASI_TARIFF = os.environ.get("PUMASI_TARIFF", "seocho")
# Paths of TOML files like coin/data/giving.toml, settlement.toml and life.toml, which hold where these are empty.
PUMASI_GIVING = os.environ.get("PUMASI_GIVING", "")
PUMASI_SETTLEMENT = os.environ.get("PUMASI_SETTLEMENT", "")
PUMASI_LIFE = os.environ.get("PUMASI_LIFE", "")

# The node key seals person keys and derives codes (civic/people/sealing.py): losing it loses every name.
NODE_KEY_FILE = Path(os.environ.get("PUMASI_NODE_KEY", HOME / "node.key"))
SECRET_KEY = secret_key(os.environ, HOME / "secret.key")

# The public record. Only the sealer may read LOG_KEY_FILE; LOG_DIR is public; the guard and the journal belong on
# another disk than the database.
LOG_ORIGIN = os.environ.get("PUMASI_LOG_ORIGIN", "seocho.example/coin")
LOG_DIR = Path(os.environ.get("PUMASI_LOG_DIR", HOME / "log"))
LOG_KEY_FILE = Path(os.environ.get("PUMASI_LOG_KEY", HOME / "log.key"))
LOG_GUARD_FILE = Path(os.environ.get("PUMASI_LOG_GUARD", HOME / "guard" / "head.json"))
PROMISE_KEY_FILE = Path(os.environ.get("PUMASI_PROMISE_KEY", HOME / "promise.key"))
JOURNAL_DIR = Path(os.environ.get("PUMASI_JOURNAL_DIR", HOME / "journal"))
RECOVERY_KEY_FILE = Path(os.environ.get("PUMASI_RECOVERY_KEY", HOME / "recovery.pub"))
LOG_HOURLY = os.environ.get("PUMASI_LOG_HOURLY", "0" if DEMO else "1") == "1"

DEBUG = False
ALLOWED_HOSTS = os.environ.get("PUMASI_HOSTS", "localhost,.localhost,127.0.0.1,testserver").split(",")

# The district whose node this is, and whether a government body runs it (then the official masthead may be shown).
DISTRICT_CODE = os.environ.get("PUMASI_DISTRICT_CODE", "11650")
DISTRICT_NAMES = {
    "ko": os.environ.get("PUMASI_DISTRICT_KO", "서초구"),
    "en": os.environ.get("PUMASI_DISTRICT_EN", "Seocho-gu"),
}
# Administrative dongs 행정동, as forms offer them.
DISTRICT_DONGS = os.environ.get("PUMASI_DONGS", " ".join(DONGS)).split()

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "pumasi.ledger",
    "pumasi.civic.people",
    "pumasi.civic.places",
    "pumasi.civic.cards",
    "pumasi.civic.guardians",
    "pumasi.civic.codes",
    "pumasi.civic.visits",
    "pumasi.civic.audit",
    "pumasi.civic.notices",
    "pumasi.civic.shell",
    "pumasi.civic.api",
    "pumasi.civic.hooks",
    "pumasi.seal",
    "pumasi.coin",
    "pumasi.coin.giving",
    "pumasi.coin.hearings",
    "pumasi.coin.moving",
    "pumasi.coin.settlement",
    "pumasi.config",
    *SERVICES,
    *(AT_A_STAND if BOOTH else []),
]

DATABASES = databases(os.environ, HOME)
DATABASE_ROUTERS = ["pumasi.config.databases.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOT_URLCONF = "pumasi.config.urls"
WSGI_APPLICATION = "pumasi.config.wsgi.application"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Seoul"
LOCALE_PATHS = [Path(__file__).resolve().parents[1] / "locale"]
LANGUAGE_COOKIE_NAME = "pumasi_language"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
FRONT_END = Path(os.environ.get("PUMASI_FRONT_END", Path(__file__).resolve().parents[3] / "node_modules"))
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pumasi.civic.shell.vendor.FrontEndFinder",
]
# Served by the node itself, straight from the packages; a proxy may serve STATIC_ROOT after `collectstatic` instead.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 60 if DEMO else 3600

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "pumasi.coin.attempts.CoinMiddleware",
    "pumasi.civic.shell.acting.ActingMiddleware",
    "pumasi.civic.shell.refusals.RefusalMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "pumasi.civic.shell.context.shell",
            ],
        },
    }
]

# A fault of ours is written with its trace to the process's own output: without this Django mails it to nobody. Only
# faults: the addresses of ordinary requests would tell who looks at what.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"output": {"class": "logging.StreamHandler"}},
    "loggers": {"django.request": {"handlers": ["output"], "level": "ERROR", "propagate": False}},
}

# No script, style or frame from anywhere else, and none inline (OWASP CSP cheat sheet, strict allow list).
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Cookies travel by TLS only, except in the demo and the tests, which speak plain HTTP to localhost.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("PUMASI_HTTPS", "0" if DEMO else "1") == "1"
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
SESSION_COOKIE_AGE = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "pumasi.civic.shell.error_pages.stale_form"
