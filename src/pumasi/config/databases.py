"""The node's two databases: `default` (everything) and `keys` (person keys only, with backups of their own).

`PUMASI_DATABASE_URL` and `PUMASI_KEYS_DATABASE_URL` take `sqlite:///path` or `postgresql://user:password@host:port/name`;
without them both are SQLite files in `PUMASI_HOME`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

# decisions 2: WAL, BEGIN IMMEDIATE, synchronous=FULL, busy timeout.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON;"
        " PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY"
    ),
}
KEYS = "keys"


def databases(environ: Mapping[str, str], home: Path) -> dict[str, dict[str, Any]]:
    """Django's DATABASES for this environment; files lie in `home` unless a URL says otherwise."""
    return {
        "default": database(environ.get("PUMASI_DATABASE_URL", f"sqlite:///{home / 'node.sqlite3'}")),
        KEYS: database(environ.get("PUMASI_KEYS_DATABASE_URL", f"sqlite:///{home / 'keys.sqlite3'}")),
    }


def database(url: str) -> dict[str, Any]:
    """One entry of DATABASES for a `sqlite:///` or `postgresql://` URL; raises ValueError for any other scheme."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = url.removeprefix("sqlite:///")
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
        }
    raise ValueError(f"unknown database scheme {parts.scheme!r}: use sqlite:/// or postgresql://")


class KeysRouter:
    """Person keys live in `keys` alone, so that they can be destroyed and backed up apart (decisions 11)."""

    def db_for_read(self, model: type[Any], **hints: object) -> str | None:
        return KEYS if getattr(model, "database", None) == KEYS else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **hints: object) -> bool:
        in_keys = hints.get("database") == KEYS or model_name == "personkey"
        return in_keys if db == KEYS else not in_keys
