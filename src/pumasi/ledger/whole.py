"""Transfers whole, as they were written: what the log and the journal of blocks are made from.

Also gives them their place in the log. Not here: what of them is public (`seal`), single questions (`reads`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connections

from pumasi.ledger.chart import KRW, parts
from pumasi.ledger.errors import NoTransaction
from pumasi.ledger.reads import as_uuid, day_of, moment
from pumasi.ledger.store import queries

WON, PLAIN = "won", "plain"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class LotTerms:
    """A lot as it was born in a transfer; `rate` won per minor unit."""

    unit: str
    fund: str
    expires: date | None
    rate: int
    amount: int


@dataclass(frozen=True, slots=True)
class LotMove:
    """`amount` minor units of one lot; `origin_before` and `origin_after` are keys of transfers, None in a pool.

    vintage: the quarter of the lot's last valid day, or `none`. born: the lot's terms when this transfer made it.
    """

    n: int
    lot: int
    source: str
    target: str
    origin_before: UUID | None
    origin_after: UUID | None
    amount: int
    vintage: str
    born: LotTerms | None


@dataclass(frozen=True, slots=True)
class WholeTransfer:
    """One transfer with all its rows; amounts in minor units."""

    transfer: int
    key: UUID
    digest: bytes
    kind: str
    at: datetime
    day: date
    link: str | None
    memo: str
    due_at: datetime | None
    leaf_index: int | None
    postings: tuple[tuple[str, int], ...]
    moves: tuple[LotMove, ...]
    floors: tuple[tuple[str, int], ...]

    def by_vintage(self) -> dict[str, dict[str, int]]:
        """address -> vintage -> amount; the amounts of an address sum to its posting, zeros are left out.

        What moves without lots is `plain`, and `won` in the won book.
        """
        found: dict[str, dict[str, int]] = {}
        for move in self.moves:
            for address, amount in ((move.source, -move.amount), (move.target, move.amount)):
                amounts = found.setdefault(address, {})
                amounts[move.vintage] = amounts.get(move.vintage, 0) + amount
        for address, amount in self.postings:
            amounts = found.setdefault(address, {})
            rest = amount - sum(amounts.values())
            if rest:
                amounts[WON if parts(address)[1] == KRW else PLAIN] = rest
        kept = {address: {v: a for v, a in amounts.items() if a} for address, amounts in found.items()}
        return {address: amounts for address, amounts in kept.items() if amounts}


def whole_transfers(transfers: Sequence[int], using: str = "default") -> Iterator[WholeTransfer]:
    """The transfers with these ids, in the order of their ids."""
    ordered = sorted(transfers)
    for start in range(0, len(ordered), _CHUNK):
        yield from _chunk(ordered[start : start + _CHUNK], using)


def assign_leaf_indexes(indexes: Iterable[tuple[int, int]], using: str = "default") -> None:
    """(leaf index, transfer) for transfers that enter the log, in the caller's transaction; the schema allows it once.

    Raises NoTransaction outside one, and the database's own error when a transfer or an index is in the log already.
    """
    if not connections[using].in_atomic_block:
        raise NoTransaction()
    queries.assign_leaves(using, indexes)


def _chunk(transfers: Sequence[int], using: str) -> Iterator[WholeTransfer]:
    def grouped(query: str, make: Callable[..., Any]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = {}
        for transfer, *row in queries.whole(query, using, transfers):
            found.setdefault(transfer, []).append(make(transfer, *row))
        return found

    postings = grouped(queries.POSTINGS_WHOLE, lambda _, address, amount: (address, amount))
    floors = grouped(queries.FLOORS_WHOLE, lambda _, address, change: (address, change))
    moves = grouped(queries.MOVES_WHOLE, _move)
    for row in queries.whole(queries.TRANSFERS_WHOLE, using, transfers):
        transfer, key, digest, kind, at, day, link, memo, due_at, leaf_index = row
        yield WholeTransfer(
            transfer=transfer,
            key=as_uuid(key),
            digest=bytes(digest),
            kind=kind,
            at=moment(at),
            day=_required(day_of(day)),
            link=link,
            memo=memo,
            due_at=None if due_at is None else moment(due_at),
            leaf_index=leaf_index,
            postings=tuple(postings.get(transfer, ())),
            moves=tuple(moves.get(transfer, ())),
            floors=tuple(floors.get(transfer, ())),
        )


def _move(transfer: int, *row: Any) -> LotMove:
    n, lot, source, target, before, after, amount, vintage, unit, fund, expires, rate, whole, born = row
    return LotMove(
        n=n,
        lot=lot,
        source=source,
        target=target,
        origin_before=None if before is None else as_uuid(before),
        origin_after=None if after is None else as_uuid(after),
        amount=amount,
        vintage=vintage,
        born=LotTerms(unit, fund, day_of(expires), rate, whole) if born == transfer else None,
    )


def _required(day: date | None) -> date:
    assert day is not None
    return day
