"""PostgreSQL's roles get their rights: the web role adds to the books and never rewrites them, the audit role reads.

Not here: which rights those are (`store/roles.py`).
"""

from collections.abc import Iterable

from django.db import connections

from pumasi.ledger.store import roles


def grant(using: str = "default", others: Iterable[str] = ()) -> None:
    """Give both roles their rights on the books, and the web role its own on all else there and in `others`."""
    roles.grant(connections[using])
    for alias in (using, *others):
        roles.grant_elsewhere(connections[alias])
