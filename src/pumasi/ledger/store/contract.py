"""What a store gives and takes: the one contract of the two native stores (SQLite, PostgreSQL).

A store reads what a batch needs under lock (`Snapshot`), and writes what the planner decided (`Plan`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from pumasi.ledger.chart import ChartRow
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import LedgerRefusal

POSTED = "posted"
REPLAYED = "replayed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one command: `posted` or `replayed` with the transfer's id, or the refusal and its code."""

    code: str
    transfer: int | None
    refusal: LedgerRefusal | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be read, and locked, before a batch can be decided.

    addresses: coin and cash accounts; budget accounts are locked after them (`Store.add_accounts`), so that every
    writer takes its locks in one order. pools: addresses whose fungible lots may be picked; receipts: (address,
    transfer key) whose lots may be picked; whole: addresses that are emptied; lots: ids of lots whose terms are needed
    wherever their coins are; transfers, births: how many new ids at most.
    """

    addresses: tuple[str, ...]
    keys: tuple[UUID, ...]
    pools: tuple[str, ...]
    receipts: tuple[tuple[str, UUID], ...]
    whole: tuple[str, ...]
    lots: tuple[int, ...]
    transfers: int
    births: int


@dataclass(slots=True)
class Account:
    """A row of `ledger_account`. floor None: no limit; new: not in the table yet, written when a transfer uses it."""

    id: int
    address: str
    unit: str
    owner: str
    row: ChartRow
    floor: int | None
    balance: int
    closed: bool
    new: bool = False


class Lot(NamedTuple):
    """A row of `ledger_lot`; `expires` is yyyymmdd or None, `rate` won per minor unit."""

    id: int
    unit: str
    fund: str
    fiscal_year: int
    expires: int | None
    rate: int
    amount: int
    born: int


class Known(NamedTuple):
    """An earlier transfer found by its key."""

    transfer: int
    digest: bytes


@dataclass(slots=True)
class Snapshot:
    """The books as far as a batch needs them, and ascending ids reserved for it, above any that it has read."""

    accounts: dict[str, Account]
    known: dict[UUID, Known]
    positions: dict[tuple[int, int], dict[int, int]]  # (account id, origin) -> lot id -> amount
    whole: frozenset[int]  # accounts of which every position was read
    lots: dict[int, Lot]
    due: dict[int, int]  # transfer id of a hold or reservation -> when it times out (microseconds)
    closed_years: frozenset[int]
    transfer_ids: Sequence[int]
    lot_ids: Sequence[int]


class PositionChange(NamedTuple):
    """New `amount` of (account, origin, lot): `added` to what lies there when it was not read, else final (0: gone)."""

    account: int
    origin: int
    lot: int
    amount: int
    added: bool


class Pending(NamedTuple):
    """A row of `ledger_pending`: an amount that waits until `due_at` (microseconds); gone once nothing waits."""

    transfer: int
    kind: str
    due_at: int


@dataclass(slots=True)
class Plan:
    """Rows to write, in the order of the tables' names below; and the verdicts, one for each command."""

    verdicts: list[Verdict] = field(default_factory=list)
    opened: list[Account] = field(default_factory=list)  # accounts that open by themselves, used by a posted transfer
    # A transfer: id, key, digest, kind, at, day, link, memo, due at.
    transfers: list[tuple[int, UUID, bytes, str, int, int, str | None, str, int | None]] = field(default_factory=list)
    # A posting: account, transfer, amount, balance afterwards.
    postings: list[tuple[int, int, int, int]] = field(default_factory=list)
    lots: list[Lot] = field(default_factory=list)
    # A move: transfer, n, lot, source, target, origin before, origin after, amount.
    moves: list[tuple[int, int, int, int, int, int, int, int]] = field(default_factory=list)
    floors: list[tuple[int, int, int]] = field(default_factory=list)  # (transfer, account, change)
    pending: list[Pending] = field(default_factory=list)
    settled: list[int] = field(default_factory=list)  # transfers that wait no longer
    positions: list[PositionChange] = field(default_factory=list)
    accounts: list[tuple[int, int, int | None]] = field(default_factory=list)  # (id, balance, floor)

    def _logs(self) -> tuple[list[Any], ...]:
        return (self.transfers, self.postings, self.lots, self.moves, self.floors, self.pending, self.settled)

    def mark(self) -> tuple[int, ...]:
        """A point to come back to."""
        return tuple(len(rows) for rows in self._logs())

    def cut(self, mark: tuple[int, ...]) -> None:
        """Forget the rows noted since `mark`."""
        for rows, length in zip(self._logs(), mark, strict=True):
            del rows[length:]


class Store(Protocol):
    """One database engine. Every method runs inside the caller's transaction."""

    def open_account(self, address: str, at: int) -> None:
        """Open an account; opening it again changes nothing."""

    def close_account(self, address: str, at: int) -> None:
        """Close an account whose balance is zero."""

    def snapshot(self, need: Need) -> Snapshot:
        """Lock the accounts in id order, then read keys, lots and positions, then reserve ids. Writes nothing."""

    def add_accounts(self, snapshot: Snapshot, addresses: Sequence[str]) -> None:
        """Lock and add the budget accounts that a batch touches."""

    def write(self, plan: Plan) -> None:
        """Write all rows of a plan."""

    def attempt(self, work: Callable[[], list[Verdict]]) -> list[Verdict]:
        """Run `work`, again from the start where another writer came in between."""

    def post_single(self, command: Command) -> Verdict | None:
        """Post one everyday command in one round trip, or None where the batch path has to do it."""

    def close_year(self, year: int, at: int) -> None:
        """Close a fiscal year for good."""
