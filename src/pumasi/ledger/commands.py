"""What the ledger is asked to do: a Command is one journal of one business event, made of Moves between addresses.

Commands are plain data. `kinds.py` builds them, `planner.py` decides them, a store writes them.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pumasi.kernel import canonical
from pumasi.kernel.amount import MAX_MINOR
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import chart
from pumasi.ledger.errors import (
    AmountNotInteger,
    AmountNotPositive,
    AmountTooLarge,
    BadLotTerms,
    BadText,
    LedgerRefusal,
    NothingToMove,
    SameAccount,
    UnitMismatch,
    UnknownLot,
)

MEMO_LIMIT = 200
MOVES_LIMIT = 64
_DIGEST_LIMIT = 1 << 20
_FLOOR_SIGN = {"BUDGET_ORDER": -1}  # an order lowers the floor of issuance, a cut raises it, never the other way round


class Pick(StrEnum):
    """Which lots a move takes out of its source."""

    BORN = "born"  # a new lot, out of a control account
    FIFO = "fifo"  # spendable lots, earliest expiry first, then oldest
    ORIGIN = "origin"  # the lots of one earlier transfer, last taken first
    NAMED = "named"  # the lots named, then (only with `short`) FIFO for the rest
    ALL = "all"  # everything that lies there, lapsed or not
    PLAIN = "plain"  # amounts without lots: the won book


@dataclass(frozen=True, slots=True)
class Terms:
    """What a new lot carries for life: fund `programme/year`, last valid day (inclusive; None: never lapses), won rate.

    `rate` is won per minor unit; `from_lot` is the lot it was converted from.
    """

    fund: str
    expires: date | None
    rate: int

    @property
    def fiscal_year(self) -> int:
        """The year in `fund`."""
        return int(self.fund.rpartition("/")[2])

    def problem(self) -> str | None:
        """Why these terms cannot stand, or None."""
        programme, _, year = self.fund.rpartition("/")
        if not programme or not (year.isdigit() and len(year) == 4):
            return "fund"
        if type(self.rate) is not int or not 0 < self.rate <= 1_000_000:
            return "rate"
        return None


@dataclass(frozen=True, slots=True)
class Move:
    """`amount` minor units from `source` to `target`.

    amount None: everything there (ALL) or the won value of the coins this command moves (PLAIN).
    lapsed_to: where lots go instead of `target` when their last day has passed.
    keep_origin: the coins stay tied to the receipt they came with.
    short: (source, target) in the won book for the value that NAMED could not find; without it a shortage refuses.
    """

    source: str
    target: str
    amount: int | None
    pick: Pick
    terms: Terms | None = None
    origin: UUID | None = None
    lots: tuple[tuple[int, int], ...] = ()
    keep_origin: bool = False
    lapsed_to: str | None = None
    short: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """One journal: `key` makes it happen once, `not_after` ends its chance, `link` ties neighbours: all or nothing.

    due_at: when a pending amount times out (hold, reservation) or vests.
    floors: (address, change) of control accounts' limits: budget orders and cuts only.
    mirrored: False when the won legs are written out in `moves` (wind-down, carry-over).
    """

    key: UUID
    kind: str
    at: datetime
    moves: tuple[Move, ...]
    not_after: datetime | None = None
    due_at: datetime | None = None
    floors: tuple[tuple[str, int], ...] = ()
    link: str | None = None
    memo: str = ""
    mirrored: bool = True
    day: date = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "day", seoul_date(self.at))

    def digest(self) -> bytes:
        """SHA-256 (32 bytes) of the business fields; times are left out, so that a retry has the same digest.

        The year of an account that is one per year is a time too: a retry after New Year is still a retry.
        """
        moves = [
            [
                m.source,
                _timeless(m.target),
                -1 if m.amount is None else m.amount,
                m.pick.value,
                m.origin.hex if m.origin else "",
                [[lot, amount] for lot, amount in m.lots],
            ]
            for m in self.moves
        ]
        body = {"kind": self.kind, "moves": moves, "memo": self.memo, "floors": [[a, d] for a, d in self.floors]}
        return hashlib.sha256(canonical.dumps(body, limit=_DIGEST_LIMIT)).digest()

    def addresses(self) -> set[str]:
        """Every address the command names."""
        found = {a for m in self.moves for a in (m.source, m.target, m.lapsed_to) if a}
        found.update(a for m in self.moves if m.short for a in m.short)
        found.update(a for a, _ in self.floors)
        return found


def _timeless(address: str) -> str:
    code = address.partition(":")[0]
    if code in chart.CHART and chart.CHART[code].owner == "year":
        return address.rpartition(":")[0]
    return address


def problem(command: Command) -> LedgerRefusal | None:
    """What is wrong with a command before any book is looked at, or None."""
    if not (_usable(command.memo) and _usable(command.link or "")):
        return BadText(limit=MEMO_LIMIT)
    if not command.moves or len(command.moves) > MOVES_LIMIT:
        return NothingToMove()
    try:
        for move in command.moves:
            _check_move(move)
        for at, change in command.floors:
            chart.parts(at)
            _check_size(change)
            if change * _FLOOR_SIGN.get(command.kind, 1) < 0:
                raise AmountNotPositive(amount=-abs(change))
    except LedgerRefusal as refusal:
        return refusal
    return None


def _usable(text: str) -> bool:
    unusable = any(c == "\0" or "\ud800" <= c <= "\udfff" for c in text)
    return len(text) <= MEMO_LIMIT and not unusable and unicodedata.is_normalized("NFC", text)


def check_amount(amount: object) -> int:
    """The amount itself when it is an int of 1 to 2^53-1; raises AmountNotInteger, -NotPositive, -TooLarge."""
    if type(amount) is int and amount <= 0:
        raise AmountNotPositive(amount=amount)
    return _check_size(amount)


def _check_size(amount: object) -> int:
    if type(amount) is not int:
        raise AmountNotInteger(amount=repr(amount)[:40])
    if abs(amount) > MAX_MINOR:
        raise AmountTooLarge(amount=amount)
    return amount


def _check_move(move: Move) -> None:
    if move.amount is not None:
        check_amount(move.amount)
    for lot, amount in move.lots:
        check_amount(amount)
        if type(lot) is not int or not 0 < lot <= MAX_MINOR:
            raise UnknownLot(address=move.source, lot=repr(lot)[:40], amount=amount)
    for at in move.short or ():
        chart.parts(at)
    if move.source == move.target:
        raise SameAccount(address=move.source)
    source_row, source_unit, _ = chart.parts(move.source)
    _, target_unit, _ = chart.parts(move.target)
    if source_unit != target_unit or (move.lapsed_to and chart.parts(move.lapsed_to)[1] != source_unit):
        raise UnitMismatch(source=move.source, target=move.target)
    if move.pick is Pick.BORN:
        what = "terms" if move.terms is None else move.terms.problem()
        if what or not source_row.control:
            raise BadLotTerms(what=what or "source")
