"""The whole import set: read, checked row by row and across files, summed up to the minor unit, and named by a digest.

Reading writes nothing and asks no database: the same folder on the same day gives the same answer anywhere.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pumasi.coin.moving.cells import READERS, District, Reader
from pumasi.coin.moving.findings import Finding
from pumasi.coin.moving.mapping import FILE, Words, read_mapping
from pumasi.coin.moving.rows import Balance, Lot, Member, Shop, canonical_line
from pumasi.coin.moving.sheets import read_sheet
from pumasi.kernel.amount import Amount
from pumasi.kernel.result import Refusal

FILES = ("members", "lots", "balances", "shops", "takings")


@dataclass(frozen=True, slots=True)
class Sum:
    """Lots of one fund, expiry and rate: how many, and how many minor units. `where` is `lots` or `takings`."""

    where: str
    fund: str
    expires: str
    rate: int
    lots: int
    coins: int

    @property
    def won(self) -> int:
        return self.coins * self.rate


@dataclass(frozen=True)
class Book:
    """An import set without a bad row, in one order whatever the order of the files."""

    words: Words
    members: tuple[Member, ...] = ()
    lots: tuple[Lot, ...] = ()
    balances: tuple[Balance, ...] = ()
    shops: tuple[Shop, ...] = ()
    takings: tuple[Lot, ...] = ()

    @property
    def coins(self) -> int:
        """Minor units in wallets and tills together."""
        return sum(lot.coins for lot in (*self.lots, *self.takings))

    @property
    def won(self) -> int:
        return sum(lot.won for lot in (*self.lots, *self.takings))

    def without_phone(self) -> int:
        """Members without a number: they need a card or a desk."""
        return sum(member.phone is None for member in self.members)

    def sums(self) -> list[Sum]:
        """Per file, fund, expiry and rate."""
        counts: Counter[tuple[str, str, str, int]] = Counter()
        coins: Counter[tuple[str, str, str, int]] = Counter()
        for where, lots in (("lots", self.lots), ("takings", self.takings)):
            for lot in lots:
                counts[where, *lot.terms] += 1
                coins[where, *lot.terms] += lot.coins
        return [Sum(*terms, counts[terms], coins[terms]) for terms in sorted(counts)]

    def needs(self) -> Mapping[str, tuple[int, int]]:
        """Fund -> (minor units, won) that budget orders must cover."""
        found: dict[str, tuple[int, int]] = {}
        for lot in (*self.lots, *self.takings):
            coins, won = found.get(lot.fund, (0, 0))
            found[lot.fund] = coins + lot.coins, won + lot.won
        return dict(sorted(found.items()))

    def lots_of(self) -> dict[str, list[Lot]]:
        """Member -> lots, the oldest first: of two that lapse on one day the older one is spent first."""
        return _by_owner(self.lots)

    def takings_of(self) -> dict[str, list[Lot]]:
        """Shop -> takings, the oldest first."""
        return _by_owner(self.takings)

    def digest(self) -> str:
        """SHA-256 (hex) over the canonical rows and what the mapping says of them: the name of this import set."""
        words = self.words
        digest = hashlib.sha256(b"pumasi/import/v1\n")
        digest.update(f"{words.origin}\n{words.extract_on.isoformat()}\n{words.level}\n".encode())
        for rows in (self.members, self.lots, self.balances, self.shops, self.takings):
            for row in rows:
                digest.update(canonical_line(row) + b"\n")
        return digest.hexdigest()


@dataclass(frozen=True)
class Checked:
    """What reading a folder gave: the findings in file order, and the book, which is to be used only without any.

    `encodings`: file -> UTF-8 or CP949; `read`: file -> rows that could be read.
    """

    book: Book | None
    findings: tuple[Finding, ...]
    encodings: Mapping[str, str] = field(default_factory=dict)
    read: Mapping[str, int] = field(default_factory=dict)


def read_folder(folder: Path, district: District) -> Checked:
    """Read and check everything in a folder; each bad row is named, not only the first."""
    words = read_mapping(folder)
    if isinstance(words, Finding):
        return Checked(None, (words,))
    reader = Reader(words, district)
    sheets = {name: read_sheet(folder, name, words) for name in FILES}
    rows: dict[str, list[object]] = {
        name: [made for row in sheet.rows if (made := READERS[name](reader, row)) is not None]
        for name, sheet in sheets.items()
    }
    book = Book(
        words,
        _ordered(_only(rows["members"], Member)),
        _ordered(_only(rows["lots"], Lot)),
        _ordered(_only(rows["balances"], Balance)),
        _ordered(_only(rows["shops"], Shop)),
        _ordered(_only(rows["takings"], Lot)),
    )
    found = [*reader.findings, *(each for sheet in sheets.values() for each in sheet.findings)]
    # Rows that could not be read would make every sum and every owner look wrong: the first answer names them alone.
    known = {name: {row.cells.get("old_id", "") for row in sheet.rows} for name, sheet in sheets.items()}
    found += _across(book, known, district, has_bad_rows=bool(found), has_balances=bool(sheets["balances"].encoding))
    return Checked(
        None if found else book,
        tuple(sorted(set(found))),
        {name: sheet.encoding for name, sheet in sheets.items() if sheet.encoding},
        {name: len(sheet.rows) for name, sheet in sheets.items()},
    )


def _across(
    book: Book, known: Mapping[str, set[str]], district: District, *, has_bad_rows: bool, has_balances: bool
) -> list[Finding]:
    """The rules that look at more than one row."""
    column = book.words.column
    found = _joined_twice(book)
    for file, ours, values, rule in (
        ("members", "old_id", [(m.line, m.old_id) for m in book.members], "old_id_twice"),
        ("members", "phone", [(m.line, m.phone) for m in book.members if m.phone is not None], "phone_twice"),
        ("balances", "old_id", [(b.line, b.owner) for b in book.balances], "old_id_twice"),
        ("shops", "old_id", [(s.line, s.old_id) for s in book.shops], "old_id_twice"),
        ("shops", "business_number", [(s.line, s.business_number) for s in book.shops], "business_number_twice"),
    ):
        found += _twice(f"{file}.csv", column(file, ours), values, rule)
    for file, owners, ours, whom, rule in (
        ("lots", [(lot.line, lot.owner) for lot in book.lots], "old_id", "members", "unknown_member"),
        ("balances", [(b.line, b.owner) for b in book.balances], "old_id", "members", "unknown_member"),
        ("shops", [(s.line, s.owner) for s in book.shops], "owner", "members", "unknown_member"),
        ("takings", [(lot.line, lot.owner) for lot in book.takings], "shop", "shops", "unknown_shop"),
    ):
        found += [
            Finding(f"{file}.csv", line, column(file, ours), rule) for line, owner in owners if owner not in known[whom]
        ]
    if book.words.unit and book.words.unit != district.unit.code:
        found.append(Finding(FILE, 0, "unit", "unit", (("unit", district.unit.code),)))
    if not has_bad_rows:
        found += _balances(book, district) if has_balances else []
        found += _unpaid(book, district)
        found += _expected(book, district)
    return found


def _twice(file: str, column: str, values: Iterable[tuple[int, str]], rule: str) -> list[Finding]:
    """Every later line that says the same again, with the first one."""
    first: dict[str, int] = {}
    found = []
    for line, value in sorted(values):
        if value in first:
            found.append(Finding(file, line, column, rule, (("line", first[value]),)))
        first.setdefault(value, line)
    return found


def _joined_twice(book: Book) -> list[Finding]:
    """The same name, birth year and dong: two people, or one who joined twice. Somebody has to say which."""
    first: dict[tuple[str, int, str], int] = {}
    found = []
    for member in sorted(book.members, key=lambda each: each.line):
        if member.birth_year is None:
            continue
        who = ("".join(member.name.split()), member.birth_year, member.dong)
        if who in first and member.old_id not in book.words.confirmed_two:
            facts = (("line", first[who]),)
            found.append(
                Finding("members.csv", member.line, book.words.column("members", "name"), "joined_twice", facts)
            )
        first.setdefault(who, member.line)
    return found


def _balances(book: Book, district: District) -> list[Finding]:
    """Every member's lots sum to their balance, and nobody with coins is missing from the balances."""
    lots: Counter[str] = Counter()
    for lot in book.lots:
        lots[lot.owner] += lot.coins
    column = book.words.column("balances", "coins")
    found = [
        Finding("balances.csv", each.line, column, "balance_differs",
                (("lots", _text(lots[each.owner], district)), ("balance", _text(each.coins, district))))
        for each in book.balances
        if lots[each.owner] != each.coins
    ]  # fmt: skip
    said = {each.owner for each in book.balances}
    first = {lot.owner: lot.line for lot in reversed(sorted(book.lots, key=lambda each: each.line))}
    owner = book.words.column("lots", "old_id")
    found += [Finding("lots.csv", line, owner, "balance_absent") for whose, line in first.items() if whose not in said]
    return found


def _unpaid(book: Book, district: District) -> list[Finding]:
    """Every shop's takings sum to what it is to be paid for, where the other system says so."""
    sums = {shop: sum(lot.coins for lot in lots) for shop, lots in book.takings_of().items()}
    column = book.words.column("shops", "unpaid")
    return [
        Finding(
            "shops.csv",
            shop.line,
            column,
            "unpaid_differs",
            (("takings", _text(sums.get(shop.old_id, 0), district)), ("unpaid", _text(shop.unpaid, district))),
        )
        for shop in book.shops
        if shop.unpaid is not None and shop.unpaid != sums.get(shop.old_id, 0)
    ]


def _expected(book: Book, district: District) -> list[Finding]:
    """The control totals that the district wrote down beside its extract."""
    counted = {
        "members": str(len(book.members)),
        "lots": str(len(book.lots)),
        "shops": str(len(book.shops)),
        "takings": str(len(book.takings)),
        "coins": _text(book.coins, district),
        "won": str(book.won),
    }
    return [
        Finding(FILE, 0, f"expected.{name}", "expected", (("expected", said), ("found", counted[name])))
        for name, said in book.words.expected.items()
        if _spelt(name, said, district) != counted[name]
    ]


def _spelt(name: str, said: str, district: District) -> str:
    """A control total in our spelling: 1,234.50 is 1,234.5."""
    try:
        return Amount.parse(said, district.unit).text() if name == "coins" else said.replace(",", "")
    except Refusal:
        return said


def _text(minor: int, district: District) -> str:
    return Amount(district.unit, minor).text()


def _only[R: (Member, Lot, Balance, Shop)](rows: Iterable[object], kind: type[R]) -> list[R]:
    return [row for row in rows if isinstance(row, kind)]


def _ordered[R: (Member, Lot, Balance, Shop)](rows: Iterable[R]) -> tuple[R, ...]:
    return tuple(sorted(rows, key=lambda row: (canonical_line(row), row.line)))


def _by_owner(lots: Iterable[Lot]) -> dict[str, list[Lot]]:
    found: dict[str, list[Lot]] = {}
    for lot in sorted(lots, key=lambda each: each.earned_on):
        found.setdefault(lot.owner, []).append(lot)
    return found
