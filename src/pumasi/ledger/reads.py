"""Reading the books: balances, lots, statements, the trial balance. Nothing here changes anything."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import connections

from pumasi.ledger.chart import CHART, ChartRow, Pool
from pumasi.ledger.errors import UnknownAccount
from pumasi.ledger.moments import day_number, micros
from pumasi.ledger.store import queries
from pumasi.ledger.store.queries import rows

_LATEST = 2**62
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class HeldLot:
    """`amount` minor units of a lot; `expires` is the last valid day, None: never; `rate` won per minor unit.

    `born` is the transfer that made the lot.
    """

    lot: int
    fund: str
    fiscal_year: int
    expires: date | None
    rate: int
    amount: int
    born: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One posting: `amount` minor units (negative: out) and the `balance` afterwards."""

    transfer: int
    key: UUID
    kind: str
    at: datetime
    day: date
    memo: str
    amount: int
    balance: int


@dataclass(frozen=True, slots=True)
class TrialLine:
    """All accounts of one code and unit."""

    row: ChartRow
    unit: str
    accounts: int
    balance: int


@dataclass(frozen=True, slots=True)
class HeldReceipt:
    """What is left of one payment in its owner's account: `amount` minor units, worth `won` at the lots' rates."""

    owner: str
    key: UUID
    transfer: int
    amount: int
    won: int


@dataclass(frozen=True, slots=True)
class LotsLine:
    """Lots of one fund in all accounts of one code: `amount` minor units, worth `won` at the lots' own rates."""

    row: ChartRow
    unit: str
    fund: str
    fiscal_year: int
    amount: int
    won: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A lot that an OPENING journal brought into an account."""

    transfer: int
    key: UUID
    memo: str
    address: str
    lot: HeldLot


@dataclass(frozen=True, slots=True)
class BornLot:
    """What is left of a lot with one owner, and the journal, memo and day that it was born with."""

    owner: str
    kind: str
    memo: str
    born_on: date
    lot: HeldLot


@dataclass(frozen=True, slots=True)
class HeldTaking:
    """What is left of one receipt in its owner's account, of one fund and rate; `day` is the receipt's."""

    owner: str
    key: UUID
    day: date
    fund: str
    rate: int
    amount: int


@dataclass(frozen=True, slots=True)
class LeaflessTransfer:
    """A transfer that waits for its leaf in the log."""

    transfer: int
    key: UUID
    kind: str
    at: datetime
    day: date


def balance(address: str, using: str = "default") -> int:
    """Minor units in an account now; raises UnknownAccount."""
    for (found,) in rows(queries.BALANCE, using, address=address):
        return int(found)
    raise UnknownAccount(address=address)


def balance_at(address: str, moment: datetime, using: str = "default") -> int:
    """Minor units in an account after everything posted up to and including `moment`; raises UnknownAccount."""
    balance(address, using)
    ((found,),) = rows(queries.BALANCE_AT, using, address=address, at=micros(moment))
    return int(found)


def lots(address: str, using: str = "default") -> list[HeldLot]:
    """The lots of a wallet, the next to lapse first; lapsed ones too, until they are swept."""
    found = rows(queries.LOTS, using, address=address)
    return [
        HeldLot(lot, fund, year, day_of(expires), rate, amount, born)
        for lot, fund, year, expires, rate, amount, born in found
    ]


def spendable(address: str, day: date, using: str = "default") -> int:
    """Minor units of a wallet that may be spent on `day`: a lapsed lot never counts, swept or not."""
    return sum(lot.amount for lot in lots(address, using) if lot.expires is None or lot.expires >= day)


def statement(address: str, before: int | None = None, limit: int = 20, using: str = "default") -> list[StatementLine]:
    """One page, newest first. `before` is the last transfer of the page before: later postings never shift a page."""
    found = rows(queries.STATEMENT, using, address=address, before=before or _LATEST, limit=limit)
    return [
        StatementLine(transfer, as_uuid(key), kind, moment(at), _day(day), memo, amount, after)
        for transfer, key, kind, at, day, memo, amount, after in found
    ]


def trial_balance(using: str = "default") -> list[TrialLine]:
    """Every code and unit that has accounts, by code. The balances of each book sum to zero."""
    return [
        TrialLine(CHART[code], unit, int(count), int(total))
        for code, unit, count, total in rows(queries.TRIAL_BALANCE, using)
    ]


def trial_balance_at(day: date, using: str = "default") -> list[TrialLine]:
    """The trial balance as it stood at the end of a day, from the postings: the same for ever once the day is over."""
    return [
        TrialLine(CHART[code], unit, int(count), int(total))
        for code, unit, count, total in rows(queries.TRIAL_AT, using, day=day_number(day))
    ]


def owners_at(code: str, day: date, using: str = "default") -> dict[str, int]:
    """Owner -> what lay in the account of this code at the end of a day; empty accounts are left out."""
    return {owner: int(amount) for owner, amount in rows(queries.OWNERS_AT, using, code=code, day=day_number(day))}


def wallets_by_kind(
    unit: str, first: date, last: date, owner: str = "", using: str = "default"
) -> dict[str, dict[str, tuple[int, int]]]:
    """Owner -> kind -> (came in, went out) in all accounts of a wallet within some days; one owner or all.

    What moves between accounts of one owner counts on both sides.
    """
    found: dict[str, dict[str, tuple[int, int]]] = {}
    span = {"first": day_number(first), "last": day_number(last)}
    for who, kind, came, went in rows(queries.OWNERS_BY_KIND, using, unit=unit, owner=owner, **span):
        found.setdefault(who, {})[kind] = (int(came), int(went))
    return found


def lots_at(day: date, using: str = "default") -> list[LotsLine]:
    """Where all lots lay at the end of a day, by code and fund. In a control (1100) they count as below zero."""
    return [
        LotsLine(CHART[code], unit, fund, int(year), int(amount), int(won))
        for code, unit, fund, year, amount, won in rows(queries.LOTS_AT, using, day=day_number(day))
    ]


def lots_of(transfer: int, using: str = "default") -> list[HeldLot]:
    """The lots that a transfer moved, with how much of each."""
    found = rows(queries.LOTS_OF, using, transfer=transfer)
    return [
        HeldLot(lot, fund, year, day_of(expires), rate, int(amount), born)
        for lot, fund, year, expires, rate, amount, born in found
    ]


def accounts_of(code: str, using: str = "default") -> list[tuple[str, str, str, int | None, int]]:
    """(address, unit, owner, floor, balance) of all accounts of one code."""
    return list(rows(queries.ACCOUNTS_OF, using, code=code))


def supply(unit: str, using: str = "default") -> dict[Pool, int]:
    """The supply identity: minor units per class; ISSUED equals the sum of the others (decisions 4)."""
    return _supply(trial_balance(using)).get(unit, {})


def logged_supply(using: str = "default") -> tuple[int, dict[str, dict[Pool, int]]]:
    """Size of the log, and per unit the supply without the transfers that have no place in it: of one moment."""
    found = list(rows(queries.LOGGED_BALANCE, using))
    lines = [TrialLine(CHART[code], unit, int(count), int(total)) for code, unit, count, total, _ in found]
    return (int(found[0][4]) if found else 1), _supply(lines)


def transfer_of(key: UUID, using: str = "default") -> int | None:
    """The id of the transfer posted under a key."""
    for row in rows(queries.TRANSFER, using, key=_key(key, using)):
        return int(row[0])
    return None


def postings_of(transfer: int, using: str = "default") -> list[tuple[str, int, int]]:
    """(address, amount, balance after) of one transfer."""
    return list(rows(queries.POSTINGS_OF, using, transfer=transfer))


def receipt(key: UUID, using: str = "default") -> dict[str, int]:
    """Where the coins of a payment, hold or donation lie now: address -> minor units."""
    return {address: int(amount) for address, amount in rows(queries.RECEIPT, using, key=_key(key, using))}


def came_back_changed(using: str = "default") -> list[tuple[UUID, int, int, int]]:
    """(key, lot, amount that left, amount that had come in) where a receipt gave back more of a lot than it took.

    Always empty: for proofs over a whole book, which it walks.
    """
    return [(as_uuid(key), lot, int(out), int(in_)) for key, lot, out, in_ in rows(queries.BACK_CHANGED, using)]


def strange_births(using: str = "default") -> list[tuple[int, str]]:
    """(lot, kind of transfer) of coins that came from nowhere they may come from. Always empty."""
    return [(lot, kind) for lot, kind in rows(queries.STRANGE_BIRTHS, using)]


def receipts_in(code: str, unit: str, using: str = "default") -> list[HeldReceipt]:
    """Everything in accounts of `code` that is still tied to the payment it came with, by owner and then by age."""
    found = rows(queries.RECEIPTS_IN, using, code=code, unit=unit)
    return [
        HeldReceipt(owner, as_uuid(key), transfer, int(amount), int(won)) for owner, key, transfer, amount, won in found
    ]


def openings(memo: str, using: str = "default") -> list[Opened]:
    """What OPENING journals whose memo begins with `memo` have brought, oldest first; spent since or not."""
    return [
        Opened(transfer, as_uuid(key), said, address, HeldLot(lot, fund, year, day_of(expires), rate, amount, transfer))
        for transfer, key, said, address, lot, fund, year, expires, rate, amount in rows(
            queries.OPENINGS, using, memo=f"{memo}%"
        )
    ]


def touched_owners(after: int, using: str = "default") -> set[str]:
    """Owners of wallets and tills that anything but opening balances has touched after transfer `after`."""
    return {owner for (owner,) in rows(queries.TOUCHED, using, after=after)}


def lots_in(code: str, unit: str, using: str = "default") -> list[BornLot]:
    """Every lot in accounts of `code`, by owner, wherever its receipt came from; lapsed ones too, until swept."""
    return [
        BornLot(owner, kind, memo, _day(day), HeldLot(lot, fund, year, day_of(expires), rate, int(amount), born))
        for owner, kind, memo, day, lot, fund, year, expires, rate, amount, born in rows(
            queries.LOTS_IN, using, code=code, unit=unit
        )
    ]


def takings_in(code: str, unit: str, using: str = "default") -> list[HeldTaking]:
    """Receipts in accounts of `code`, by owner and then by age, divided by fund and rate."""
    return [
        HeldTaking(owner, as_uuid(key), _day(day), fund, rate, int(amount))
        for owner, key, day, fund, rate, amount in rows(queries.TAKINGS_IN, using, code=code, unit=unit)
    ]


def without_leaf(limit: int = 1000, using: str = "default") -> list[LeaflessTransfer]:
    """The oldest transfers that the log does not cover yet."""
    return [
        LeaflessTransfer(transfer, as_uuid(key), kind, moment(at), _day(day))
        for transfer, key, kind, at, day in rows(queries.WITHOUT_LEAF, using, limit=limit)
    ]


def lapsed(day: date, limit: int, using: str = "default") -> list[tuple[str, int, int, int]]:
    """(wallet address, lot, amount, newest transfer of the wallet) whose last valid day is before `day`."""
    return list(rows(queries.LAPSED, using, day=day_number(day), limit=limit))


def lapsing(unit: str, first: date, last: date, using: str = "default") -> list[tuple[str, date, int]]:
    """(owner of a wallet, last day, minor units) of what lapses from `first` to `last`, both last days of lots."""
    found = rows(queries.LAPSING, using, unit=unit, first=day_number(first), last=day_number(last))
    return [(owner, _day(day), int(amount)) for owner, day, amount in found]


def lapsing_by_day(unit: str, first: date, last: date, using: str = "default") -> list[tuple[date, int, int, int]]:
    """(last day, wallets, minor units, won) of what would lapse after each day from `first` to `last`."""
    found = rows(queries.LAPSING_BY_DAY, using, unit=unit, first=day_number(first), last=day_number(last))
    return [(_day(day), int(wallets), int(amount), int(won)) for day, wallets, amount, won in found]


def moment(at: int) -> datetime:
    """The aware moment (UTC) of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=at)


def day_of(number: int | None) -> date | None:
    """The day of yyyymmdd."""
    return None if number is None else _day(number)


def _supply(lines: Iterable[TrialLine]) -> dict[str, dict[Pool, int]]:
    found: dict[str, dict[Pool, int]] = {}
    for line in lines:
        if line.row.coin:
            pools = found.setdefault(line.unit, {})
            sign = -1 if line.row.pool is Pool.ISSUED else 1
            pools[line.row.pool] = pools.get(line.row.pool, 0) + sign * line.balance
    return found


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


def as_uuid(key: UUID | bytes | memoryview) -> UUID:
    """A key as it comes out of either database."""
    return key if isinstance(key, UUID) else UUID(bytes=bytes(key))


def _key(key: UUID, using: str) -> UUID | bytes:
    return key.bytes if connections[using].vendor == "sqlite" else key
