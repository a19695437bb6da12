"""A process of its own that posts to a ledger, with a Django of its own; whoever started it may kill it at any moment.

A role says `ready`, waits until it is let go, works, and answers through its pipe: what it has said has happened.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from typing import Any
from uuid import UUID

import django
from django.conf import settings
from django.db import connection, transaction

from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds, posting, reads
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.store import schema
from pumasi.ledger.tests.proofs import audit

NOON = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
FUND = "good/2026"
SHOP = "2200:SC:bakery"
TERMS = Terms(fund=FUND, expires=None, rate=1)


def found(pipe: Connection, purses: dict[str, int]) -> None:
    """A new ledger with a shop, a campaign and these purses, each filled by lots of at most 100."""
    with connection.schema_editor() as editor:
        schema.create(editor)
    with transaction.atomic():
        posting.open_account("2200", "SC", "bakery", at=NOON)
        posting.open_account("2400", "SC", "coal", at=NOON)
        order = kinds.budget_order(
            key=derived_id("order"), at=NOON, unit="SC", fund=FUND, coins=10**12, won=10**12, deposit=False
        )
        posting.post_one(order)
        for owner, amount in purses.items():
            wallet = posting.open_account("2100", "SC", owner, at=NOON)
            for n in range(0, amount, 100):
                posting.post_one(earned(derived_id("purse", owner, n), wallet, min(100, amount - n)))
    pipe.send("founded")


def earned(key: UUID, wallet: str, amount: int) -> Command:
    return kinds.earn(key=key, at=NOON, wallet=wallet, amount=amount, terms=TERMS)


def race(pipe: Connection, orders: list[list[Any]], together: int) -> None:
    """Post [builder, key, words] as they come, so many to a transaction; answer with the code and transfer of each."""
    pipe.send("ready")
    pipe.recv()
    made = [getattr(kinds, name)(key=UUID(key), at=NOON, **words) for name, key, words in orders]
    answers = []
    for start in range(0, len(made), together):
        with transaction.atomic():
            verdicts = posting.post(made[start : start + together])
        answers += [(verdict.code, verdict.transfer) for verdict in verdicts]
    pipe.send(answers)


def stream(index: int) -> list[Command]:
    """The commands of one transaction in an endless day: the same for the same index."""
    at = NOON + timedelta(seconds=index)
    mine, other = f"2100:SC:p{index % 3}", f"2100:SC:p{(index + 1) % 3}"

    def key(part: int) -> UUID:
        return derived_id("stream", index, part)

    if index % 4 == 0:
        return [kinds.earn(key=key(0), at=at, wallet=mine, amount=30, terms=TERMS)]
    if index % 4 == 1:
        return [kinds.pay(key=key(0), at=at, wallet=mine, till=SHOP, amount=7, programme="good", won=3)]
    if index % 4 == 2:
        return [kinds.gift(key=key(0), at=at, wallet=mine, to=other, amount=5)]
    return [
        kinds.earn(key=key(0), at=at, wallet=other, amount=20, terms=TERMS),
        kinds.donate(key=key(1), at=at, wallet=mine, campaign="2400:SC:coal", amount=4),
        kinds.hold(key=key(2), at=at, wallet=other, amount=3, until=at + timedelta(minutes=3)),
    ]


def post_for_ever(pipe: Connection) -> None:
    """Verify what was acknowledged before, then post from `start` on, with one word after each commit."""
    pipe.send("ready")
    words = pipe.recv()
    for key, transfer in words["acknowledged"]:
        if reads.transfer_of(key) != transfer:
            pipe.send(("lost", key, transfer))
    for index in range(words["start"], words["end"]):
        with transaction.atomic():
            verdicts = posting.post(stream(index))
        for command, verdict in zip(stream(index), verdicts, strict=True):
            pipe.send((index, command.key, verdict.code, verdict.transfer))
    pipe.send("end")


def look(pipe: Connection) -> None:
    """What the audit finds wrong, how many transfers there are, and how often PostgreSQL had to break a deadlock."""
    deadlocks = 0
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select deadlocks from pg_stat_database where datname = current_database()")
            deadlocks = cursor.fetchone()[0]
    books = audit.read()
    pipe.send(
        {
            "faults": audit.faults(books),
            "keys": {row[1]: row[0] for row in books.transfer},
            "transfers": len(books.transfer),
            "balances": books.balances(),
            "deadlocks": deadlocks,
        }
    )


def play(pipe: Connection, database: dict[str, Any], role: str, words: dict[str, Any]) -> None:
    """Set Django up for the ledger alone and play the role."""
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["pumasi.ledger"], USE_TZ=True)
    django.setup()
    roles: dict[str, Callable[..., None]] = {"found": found, "race": race, "post": post_for_ever, "look": look}
    roles[role](pipe, **words)
    connection.close()
