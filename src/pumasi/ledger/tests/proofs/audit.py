"""Reads the whole books out of the tables and says what is wrong with them, knowing nothing of how they were written.

The numbers I1, I2, ... are those of the accounting design; codes of accounts are repeated here on purpose.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connections

MAY_BE_NEGATIVE = {"1100", "1900", "B000", "B400", "K000"}
BUDGET = ("B000", "B100", "B110", "B200", "B210", "B300", "B400")
ENCUMBERED = "2"
NO_LOTS = {"1100", "1900"}
BIRTHS = {"EARN", "OPENING", "RATE_CHANGE"}
SUPPLY = {
    "in wallets": ("2100", "2110", "2120", "2140", "2150", "4000"),
    "with shops": ("2200", "2210", "2220", "2300", "2700"),
    "in campaigns": ("2400",),
    "in dispute": ("2500",),
    "due to peers": ("2600",),
    "guarantee": ("2800",),
    "expired": ("3100",),
    "clawed back": ("3200",),
    "redeemed": ("3300", "3310"),
    "donated out": ("3400",),
    "written off": ("3500",),
    "rounding": ("3900",),
    "conversion": ("1900",),
}
TABLES = {
    "account": "id, address, code, unit, owner, floor, balance, closed_at is not null",
    "transfer": "id, key, digest, kind, at, day, link, memo, due_at",
    "posting": "account_id, transfer_id, amount, balance",
    "lot": "id, unit, fund, fiscal_year, expires, rate, amount, born",
    "lot_move": "transfer_id, n, lot_id, source_id, target_id, origin_before, origin_after, amount",
    "position": "account_id, origin, lot_id, amount",
    "pending": "transfer_id, kind, due_at",
    "floor_change": "transfer_id, account_id, change",
    "closed_year": "year",
}


@dataclass(frozen=True)
class Books:
    """Every row of every table, sorted."""

    account: list[tuple[Any, ...]]
    transfer: list[tuple[Any, ...]]
    posting: list[tuple[Any, ...]]
    lot: list[tuple[Any, ...]]
    lot_move: list[tuple[Any, ...]]
    position: list[tuple[Any, ...]]
    pending: list[tuple[Any, ...]]
    floor_change: list[tuple[Any, ...]]
    closed_year: list[tuple[Any, ...]]

    def addresses(self) -> dict[int, str]:
        return {row[0]: row[1] for row in self.account}

    def keys(self) -> dict[int, UUID]:
        return {row[0]: row[1] for row in self.transfer}

    def lot_numbers(self) -> dict[int, int]:
        """Lot id -> place in the order of births."""
        return {row[0]: number for number, row in enumerate(self.lot)}

    def balances(self) -> dict[str, int]:
        return {row[1]: row[6] for row in self.account if row[6]}

    def positions(self) -> dict[tuple[str, UUID | None, int], int]:
        """(address, key of the receipt, number of the lot) -> amount."""
        address, key, number = self.addresses(), self.keys(), self.lot_numbers()
        return {
            (address[account], key[origin] if origin else None, number[lot]): amount
            for account, origin, lot, amount in self.position
        }


def read(using: str = "default") -> Books:
    """All rows as the database holds them now."""
    tables: dict[str, list[tuple[Any, ...]]] = {}
    with connections[using].cursor() as cursor:
        for table, columns in TABLES.items():
            cursor.execute(f"select {columns} from ledger_{table}")
            tables[table] = sorted(cursor.fetchall(), key=lambda row: [(v is None, v) for v in row if _sortable(v)])
    tables["account"] = [(*row[:7], bool(row[7])) for row in tables["account"]]
    tables["transfer"] = [(row[0], _uuid(row[1]), bytes(row[2]), *row[3:]) for row in tables["transfer"]]
    return Books(**tables)


def faults(books: Books) -> list[str]:
    """Everything that is wrong, one sentence each; an empty list is the proof."""
    return [fault for check in CHECKS for fault in check(books)]


def _uuid(key: Any) -> UUID:
    return key if isinstance(key, UUID) else UUID(bytes=bytes(key))


def _sortable(value: Any) -> bool:
    return value is None or isinstance(value, int | str)


def _whole_numbers(books: Books) -> Iterator[str]:
    for row in [*books.posting, *books.position, *books.lot_move]:
        if any(type(value) is not int for value in row):
            yield f"I17: not a whole number in {row}"


def _journals_balance(books: Books) -> Iterator[str]:
    unit = {row[0]: row[3] for row in books.account}
    sums: dict[tuple[int, str], int] = defaultdict(int)
    for account, transfer, amount, _ in books.posting:
        sums[(transfer, unit[account])] += amount
    for (transfer, name), total in sums.items():
        if total:
            yield f"I1: transfer {transfer} sums to {total} {name}"
    silent = {row[0] for row in books.transfer} ^ {transfer for transfer, _ in sums}
    if silent:
        yield f"I1: transfers without postings, or postings without a transfer: {sorted(silent)}"


def _accounts_sum_to_zero(books: Books) -> Iterator[str]:
    sums: dict[str, int] = defaultdict(int)
    for row in books.account:
        sums[row[3]] += row[6]
    yield from (f"I2: all {unit} accounts sum to {total}" for unit, total in sums.items() if total)


def _supply_identity(books: Books) -> Iterator[str]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in books.account:
        sums[(row[3], row[2])] += row[6]
    for unit in {unit for unit, _ in sums if unit != "KRW"}:
        issued = -sums[(unit, "1100")]
        elsewhere = sum(sums[(unit, code)] for codes in SUPPLY.values() for code in codes)
        if issued != elsewhere:
            yield f"I3: {issued} {unit} issued, {elsewhere} found"


def _lots_make_up_accounts(books: Books) -> Iterator[str]:
    sums: dict[int, int] = defaultdict(int)
    for account, _, _, amount in books.position:
        sums[account] += amount
    for id_, address, code, unit, _, _, balance, _ in books.account:
        if unit != "KRW" and code not in NO_LOTS and balance != sums[id_]:
            yield f"I4: {address} has {balance}, its lots {sums[id_]}"
        if (unit == "KRW" or code in NO_LOTS) and sums[id_]:
            yield f"I4: {address} must hold no lots"


def _lots_are_whole(books: Books) -> Iterator[str]:
    code = {row[0]: row[2] for row in books.account}
    found: dict[int, int] = defaultdict(int)
    for _, _, lot, amount in books.position:
        found[lot] += amount
        if amount <= 0:
            yield f"I5: lot {lot} has a part of {amount}"
    for _, _, lot, _, target, _, _, amount in books.lot_move:
        if code[target] == "1900":
            found[lot] += amount
    for row in books.lot:
        if found[row[0]] != row[6]:
            yield f"I5: lot {row[0]} was born with {row[6]}, {found[row[0]]} found"


def _nothing_negative(books: Books) -> Iterator[str]:
    for _, address, code, _, _, floor, balance, closed in books.account:
        if balance < 0 and code not in MAY_BE_NEGATIVE:
            yield f"I6: {address} has {balance}"
        if floor is not None and balance < floor:
            yield f"I6: {address} has {balance}, its limit is {floor}"
        if closed and balance:
            yield f"I6: {address} is closed and has {balance}"


def _no_more_back_than_taken(books: Books) -> Iterator[str]:
    code = {row[0]: row[2] for row in books.account}
    taken: dict[int, int] = defaultdict(int)
    back: dict[int, int] = defaultdict(int)
    for _, _, _, source, target, before, after, amount in books.lot_move:
        if after and after != before:
            taken[after] += amount
        if before and before != after and code[source] != "1100":
            back[before] += amount
        if target == source:
            yield f"I7: a move from {source} to itself"
    yield from (f"I7: {back[o]} left receipt {o}, {taken[o]} came in" for o in back if back[o] > taken[o])


def _budget_mirrors_coins(books: Books) -> Iterator[str]:
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for row in books.account:
        sums[(row[2], row[4])] += row[6]
    lot = {row[0]: row for row in books.lot}
    code = {row[0]: row[2] for row in books.account}
    promised: dict[str, int] = defaultdict(int)
    for account, _, id_, amount in books.position:
        if code[account].startswith(ENCUMBERED) or code[account] == "4000":
            promised[lot[id_][2]] += amount * lot[id_][5]
    for fund in {row[4] for row in books.account if row[2] in {"B000", "B200", "B110"}} | set(promised):
        stands = sums[("B200", fund)] + sums[("B110", fund)]
        if stands != promised[fund]:
            yield f"I8: {fund} has {stands} won encumbered, its coins out are worth {promised[fund]}"
        if sums[("B100", fund)] < 0:
            yield f"I8: {fund} is overspent by {-sums[('B100', fund)]}"
    whole = sum(amount for (name, _), amount in sums.items() if name in BUDGET)
    if whole:
        yield f"I8: the budget book sums to {whole}"


def _stored_is_rebuilt(books: Books) -> Iterator[str]:
    totals: dict[int, int] = defaultdict(int)
    for account, transfer, amount, balance in sorted(books.posting, key=lambda row: row[1]):
        totals[account] += amount
        if totals[account] != balance:
            yield f"I12: account {account} after transfer {transfer}: {balance} noted, {totals[account]} rebuilt"
    floors: dict[int, int] = defaultdict(int)
    for _, account, change in books.floor_change:
        floors[account] += change
    for row in books.account:
        if row[6] != totals[row[0]]:
            yield f"I12: {row[1]} stores {row[6]}, its postings make {totals[row[0]]}"
        if row[2] == "1100" and row[5] != floors[row[0]]:
            yield f"I12: {row[1]} stores the limit {row[5]}, its orders make {floors[row[0]]}"
    code = {row[0]: row[2] for row in books.account}
    rebuilt: dict[tuple[int, int, int], int] = defaultdict(int)
    for _, _, id_, source, target, before, after, amount in books.lot_move:
        rebuilt[(source, before, id_)] -= amount
        rebuilt[(target, after, id_)] += amount
    wanted = {k: v for k, v in rebuilt.items() if v and code[k[0]] not in NO_LOTS}
    if wanted != {row[:3]: row[3] for row in books.position}:
        yield "I12: positions differ from the moves"


def _keys_are_unique(books: Books) -> Iterator[str]:
    if len({row[1] for row in books.transfer}) != len(books.transfer):
        yield "I9: one key, two transfers"


def _batches_are_their_lines(books: Books) -> Iterator[str]:
    lot = {row[0]: row for row in books.lot}
    code = {row[0]: row[2] for row in books.account}
    in_batches = sum(amount * lot[id_][5] for account, _, id_, amount in books.position if code[account] == "2700")
    if any(not origin for account, origin, _, _ in books.position if code[account] == "2700"):
        yield "I15: a settlement line without its receipt"
    payable = sum(row[6] for row in books.account if row[2] == "K200")
    if payable > in_batches:
        yield f"I15: {payable} won payable to shops, their batches are worth {in_batches}"


def _lots_keep_their_terms(books: Books) -> Iterator[str]:
    kind = {row[0]: row[3] for row in books.transfer}
    lot = {row[0]: row for row in books.lot}
    code = {row[0]: row[2] for row in books.account}
    unit = {row[0]: row[3] for row in books.account}
    eaten: dict[int, list[Any]] = defaultdict(list)
    for transfer, _, id_, source, target, _, _, _ in books.lot_move:
        if lot[id_][1] != unit[source] or unit[source] != unit[target]:
            yield f"I18: transfer {transfer} mixes units"
        if code[target] == "1900":
            eaten[transfer].append(lot[id_])
    for row in books.lot:
        if kind.get(row[7]) not in BIRTHS:
            yield f"I16: lot {row[0]} was born of {kind.get(row[7])}"
        if kind.get(row[7]) == "RATE_CHANGE":
            latest = max((old[4] or 99_999_999 for old in eaten[row[7]]), default=0)
            if (row[4] or 99_999_999) > latest:
                yield f"I16: conversion {row[7]} lets lot {row[0]} lapse later than before"
            if {old[2] for old in eaten[row[7]]} != {row[2]}:
                yield f"I18: conversion {row[7]} moves lot {row[0]} to another fund"


CHECKS = (
    _whole_numbers,
    _journals_balance,
    _accounts_sum_to_zero,
    _supply_identity,
    _lots_make_up_accounts,
    _lots_are_whole,
    _nothing_negative,
    _no_more_back_than_taken,
    _budget_mirrors_coins,
    _stored_is_rebuilt,
    _keys_are_unique,
    _batches_are_their_lines,
    _lots_keep_their_terms,
)
