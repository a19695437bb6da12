"""Django settings of one node (one district). Everything an operator may change comes from `PUMASI_*` variables.

Not here: rules of the coin (tariff files and tables) and the list of services (`config/services.py`).
"""

import os
from pathlib import Path

from pumasi.config.databases import databases
from pumasi.config.services import SERVICES

HOME = Path(os.environ.get("PUMASI_HOME", Path.cwd() / ".pumasi"))
DEMO = os.environ.get("PUMASI_DEMO") == "1"

# The node key seals person keys and derives codes (civic/people/sealing.py): losing it loses every name.
NODE_KEY_FILE = Path(os.environ.get("PUMASI_NODE_KEY", HOME / "node.key"))
SECRET_KEY = os.environ.get("PUMASI_SECRET_KEY", "insecure-for-demo-and-tests-only")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("PUMASI_HOSTS", "localhost,.localhost,127.0.0.1,testserver").split(",")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "pumasi.ledger",
    "pumasi.civic.people",
    "pumasi.civic.places",
    "pumasi.civic.codes",
    "pumasi.civic.audit",
    "pumasi.civic.shell",
    "pumasi.coin",
    *SERVICES,
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
STATIC_URL = "/static/"
