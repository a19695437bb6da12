"""PostgreSQL's roles get their rights: web adds to the books, seal adds to the log, audit reads; none rewrites.

Not here: which rights those are (`store/roles.py`).
"""

from collections.abc import Iterable

from django.db import connections

from pumasi.ledger.store import roles


def grant(using: str = "default", others: Iterable[str] = ()) -> None:
    """Give the roles their rights on the books, and web and seal their own on all else there and in `others`."""
    roles.grant(connections[using])
    for alias in (using, *others):
        roles.grant_elsewhere(connections[alias])
