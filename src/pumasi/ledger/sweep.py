"""What time alone brings about: holds time out, waiting coins vest, lapsed lots expire.

Order matters (coin.md 5.6): timed-out holds go back first, then lapsed lots expire; the other way round a hold would
bring lapsed coins back to life. Every command's key is derived from what it sweeps, so sweeping twice is sweeping once.
"""

from collections.abc import Sequence
from datetime import datetime

from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command
from pumasi.ledger.moments import micros
from pumasi.ledger.posting import post
from pumasi.ledger.reads import as_uuid, lapsed
from pumasi.ledger.store import queries
from pumasi.ledger.store.queries import rows


def sweep(at: datetime, limit: int = 1000, using: str = "default") -> int:
    """Post what is due at `at`, at most `limit` commands of each sort, and return how many were posted.

    Run again until it returns 0. Inside the caller's transaction, like every posting.
    """
    done = _posted(_due(at, limit, using), using)
    done += _posted(_reservations(at, limit, using), using)
    return done + _posted(_expired(at, limit, using), using)


def _posted(commands: Sequence[Command], using: str) -> int:
    if not commands:
        return 0
    return sum(1 for verdict in post(commands, using) if verdict.code == "posted")


def _due(at: datetime, limit: int, using: str) -> list[Command]:
    made = []
    for kind, key, code, unit, owner, amount in rows(queries.DUE, using, at=micros(at), limit=limit):
        wallet, origin = address("2100", unit, owner), as_uuid(key)
        name = derived_id("ledger.sweep", kind, origin.hex, code, owner, int(amount))
        if code == "2110":
            made.append(kinds.release(key=name, at=at, wallet=wallet, amount=int(amount), hold=origin))
        else:
            made.append(kinds.vest(key=name, at=at, wallet=wallet, amount=int(amount), earned=origin))
    return made


def _reservations(at: datetime, limit: int, using: str) -> list[Command]:
    made = []
    for key, claim, fund in rows(queries.RESERVATIONS_DUE, using, at=micros(at), limit=limit):
        name = derived_id("ledger.sweep", "RESERVE", as_uuid(key).hex)
        made.append(kinds.unreserve(key=name, at=at, fund=fund, claim=claim, reservation=as_uuid(key)))
    return made


def _expired(at: datetime, limit: int, using: str) -> list[Command]:
    made = []
    for wallet, lot, amount, newest in lapsed(seoul_date(at), limit, using):
        # A part of the same lot may come again, by merge or inheritance: the wallet's newest transfer tells them apart.
        name = derived_id("ledger.sweep", "EXPIRE", wallet, lot, newest)
        made.append(kinds.expire(key=name, at=at, wallet=wallet, lots=[(lot, int(amount))]))
    return made
