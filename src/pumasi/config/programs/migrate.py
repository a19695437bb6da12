"""`pumasi migrate`: bring both databases, `default` and `keys`, up to date; with `--grant`, give PostgreSQL's roles.

Run it as the tables' owner. The web processes then sign in with a login that is a member of `pumasi_web`, the sealer
with a member of `pumasi_seal`, the audit office with a member of `pumasi_audit`.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import DEFAULT_DB_ALIAS, connections

from pumasi.config.databases import KEYS
from pumasi.ledger import rights

GRANT = "--grant"
DONE, NOT_UNDERSTOOD = 0, 2


def run(argv: Sequence[str]) -> int:
    """Migrate the default database, then the keys. Further words go to Django's `migrate` both times."""
    words = [word for word in argv if word != GRANT]
    if GRANT in argv and connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
        print(
            "--grant 는 PostgreSQL에서만 됩니다 / --grant works on PostgreSQL only: SQLite has no roles",
            file=sys.stderr,
        )
        return NOT_UNDERSTOOD
    Path(settings.HOME).mkdir(parents=True, exist_ok=True)
    for alias in (DEFAULT_DB_ALIAS, KEYS):
        execute_from_command_line(["pumasi", "migrate", f"--database={alias}", *words])
    if GRANT in argv:
        rights.grant(others=[KEYS])
    return DONE
