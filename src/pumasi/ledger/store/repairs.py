"""Writing derived rows anew: the only updates of the ledger besides its two stores. Used by `rebuild.py` alone."""

from collections.abc import Iterable, Mapping

from django.db import connections

type Values = Mapping[str, int | str | None]

# An account's balance and limit.
ACCOUNT = "update ledger_account set balance = %(balance)s, floor = %(floor)s where id = %(account)s"

# How much of a lot lies in a place.
POSITION = """
insert into ledger_position (account_id, origin, lot_id, amount)
values (%(account)s, %(origin)s, %(lot)s, %(amount)s)
on conflict (account_id, origin, lot_id) do update set amount = excluded.amount
"""

# A place where nothing lies.
POSITION_GONE = """
delete from ledger_position where account_id = %(account)s and origin = %(origin)s and lot_id = %(lot)s
"""

# What waits until a moment.
PENDING = """
insert into ledger_pending (transfer_id, kind, due_at) values (%(transfer)s, %(kind)s, %(due_at)s)
on conflict (transfer_id) do update set kind = excluded.kind, due_at = excluded.due_at
"""

# What waits no longer.
PENDING_GONE = "delete from ledger_pending where transfer_id = %(transfer)s"

# Nobody posts while rows are derived anew; on SQLite the open transaction is that lock already.
_LOCK = "lock table ledger_account, ledger_position, ledger_pending in share row exclusive mode"


def lock(using: str) -> None:
    """Keep writers out until the transaction ends."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(_LOCK)


def repair(query: str, rows: Iterable[Values], using: str) -> None:
    """Run one of the statements above for each row."""
    for row in rows:
        with connections[using].cursor() as cursor:
            cursor.execute(query, row)
