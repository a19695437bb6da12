"""`pumasi migrate`: bring both databases, `default` and `keys`, up to date."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import DEFAULT_DB_ALIAS

from pumasi.config.databases import KEYS


def run(argv: Sequence[str]) -> int:
    """Migrate the default database, then the keys. Further words go to Django's `migrate` both times."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    for alias in (DEFAULT_DB_ALIAS, KEYS):
        execute_from_command_line(["pumasi", "migrate", f"--database={alias}", *argv])
    return 0
