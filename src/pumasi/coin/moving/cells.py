"""From cells to rows: each cell by its rule; what is wrong becomes a finding, and the row is left out."""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from pumasi.civic.people.errors import PhoneUnreadable
from pumasi.civic.people.operations import EARLIEST_BIRTH_YEAR, NAME_LIMIT
from pumasi.civic.people.phones import normal_phone
from pumasi.civic.places.business_number import business_number
from pumasi.coin.moving.findings import Finding
from pumasi.coin.moving.mapping import DATE_FORMS, Words
from pumasi.coin.moving.rows import Balance, Lot, Member, Shop
from pumasi.coin.moving.sheets import Row
from pumasi.kernel.amount import Amount, Unit
from pumasi.kernel.errors import AmountOutOfRange, AmountUnreadable, TextTooLong, TextUnreadable
from pumasi.kernel.text import clean_text

ID_LIMIT, DONG_LIMIT, ITEMS_LIMIT = 60, 20, 400
# Decisions 32: who has moved away spends and gives for six months more.
MONTHS_AFTER = 6
_DATES: Mapping[str, re.Pattern[str]] = {
    form: re.compile(
        re.escape(form).replace("YYYY", "([0-9]{4})").replace("MM", "([0-9]{2})").replace("DD", "([0-9]{2})"), re.ASCII
    )
    for form in DATE_FORMS
}
_DECIMAL = re.compile(r"-?[0-9,]+\.([0-9]+)", re.ASCII)
_FUND = re.compile(r"(?:([a-z][a-z0-9-]{0,39})/)?(20[0-9]{2})", re.ASCII)


@dataclass(frozen=True)
class District:
    """What the rules ask of the district: its unit, programme, dongs (none: any) and items, and today."""

    unit: Unit
    programme: str
    dongs: frozenset[str]
    items: frozenset[str]
    today: date


@dataclass
class Reader:
    """Reads rows by the mapping and the district's rules and gathers findings."""

    words: Words
    district: District
    findings: list[Finding] = field(default_factory=list)

    def member(self, row: Row) -> Member | None:
        """A member, or None when a cell is wrong."""
        cell = self._cells(row, "members")
        relation = self.words.relation(row.cells["relation"])
        if relation is None:
            cell.wrong("relation", "relation")
        until = cell.day("valid_until")
        if until is not None and months_after(until) < self.district.today:
            cell.wrong("valid_until", "relation_over")
        phone, year = cell.phone("phone"), cell.birth_year("birth_year")
        old_id, name = cell.text("old_id", ID_LIMIT), cell.text("name", NAME_LIMIT)
        dong = cell.text("dong", DONG_LIMIT, needed=False)
        if cell.is_bad or relation is None:
            return None
        return Member(row.line, old_id, name, phone, year, relation, until, dong)

    def lot(self, row: Row) -> Lot | None:
        """A lot in a wallet."""
        cell = self._cells(row, "lots")
        earned, expires = cell.day("earned_on", past=True, needed=True), cell.day("expires")
        if earned and expires and expires < earned:
            cell.wrong("expires", "earned_after_expiry")
        elif expires and expires < self.district.today:
            cell.wrong("expires", "lapsed", expires=expires.isoformat())
        return self._lot(cell, row, "old_id", earned, expires)

    def taking(self, row: Row) -> Lot | None:
        """Coins that a shop has taken and was not paid for; they never lapse."""
        cell = self._cells(row, "takings")
        return self._lot(cell, row, "shop", cell.day("taken_on", past=True, needed=True), None)

    def balance(self, row: Row) -> Balance | None:
        """A balance, which may be nothing."""
        cell = self._cells(row, "balances")
        owner, coins = cell.text("old_id", ID_LIMIT), cell.coins("coins", least=0)
        return None if cell.is_bad else Balance(row.line, owner, coins)

    def shop(self, row: Row) -> Shop | None:
        """A shop with its owner and items."""
        cell = self._cells(row, "shops")
        number = business_number(row.cells["business_number"])
        if number is None:
            cell.wrong("business_number", "business_number")
        dong = cell.text("dong", DONG_LIMIT)
        if dong and self.district.dongs and dong not in self.district.dongs:
            cell.wrong("dong", "dong")
        if not row.cells["owner"]:
            cell.wrong("owner", "no_owner")
        said = cell.text("items", ITEMS_LIMIT, needed=False).split()
        items = tuple(sorted({self.words.items.get(each, each) for each in said}))
        if set(items) - self.district.items:
            cell.wrong("items", "item")
        old_id, name = cell.text("old_id", ID_LIMIT), cell.text("name_ko", NAME_LIMIT)
        english = cell.text("name_en", NAME_LIMIT, needed=False) or name
        owner = cell.text("owner", ID_LIMIT, needed=False)
        unpaid = cell.coins("unpaid", least=0) if row.cells["unpaid"] else None
        if cell.is_bad or number is None:
            return None
        return Shop(row.line, old_id, name, english, dong, number, owner, items, unpaid)

    def _lot(self, cell: "_Cells", row: Row, owner: str, born: date | None, expires: date | None) -> Lot | None:
        whose, coins, rate = cell.text(owner, ID_LIMIT), cell.coins("coins", least=1), cell.rate("won")
        fund = cell.fund("fund", born)
        if cell.is_bad or born is None:
            return None
        return Lot(row.line, whose, coins, born, expires, fund, rate)

    def _cells(self, row: Row, file: str) -> "_Cells":
        return _Cells(self, row, file)


class _Cells:
    """The cells of one row, read one by one."""

    def __init__(self, reader: Reader, row: Row, file: str) -> None:
        self._reader, self._row, self._file = reader, row, file
        self.is_bad = False

    def wrong(self, column: str, rule: str, **facts: str | int) -> None:
        """Note a finding, under the other system's own name of the column."""
        self.is_bad = True
        theirs = self._reader.words.column(self._file, column)
        self._reader.findings.append(Finding(self._row.file, self._row.line, theirs, rule, tuple(facts.items())))

    def text(self, column: str, limit: int, *, needed: bool = True) -> str:
        """Text in NFC within a limit, on one line."""
        said = self._row.cells[column]
        if needed and not said:
            self.wrong(column, "missing")
            return ""
        try:
            found = clean_text(said, limit)
        except TextTooLong:
            self.wrong(column, "too_long", limit=limit)
        except TextUnreadable:
            self.wrong(column, "unreadable")
        else:
            if found.isprintable():
                return found
            self.wrong(column, "unreadable")
        return ""

    def phone(self, column: str) -> str | None:
        """A number in E.164, or None where there is none."""
        said = self._row.cells[column]
        try:
            return normal_phone(said) if said else None
        except PhoneUnreadable:
            self.wrong(column, "phone")
            return None

    def birth_year(self, column: str) -> int | None:
        """A year from 1900 to this one."""
        said = self._row.cells[column]
        if not said:
            return None
        year = int(said) if len(said) == 4 and said.isascii() and said.isdecimal() else 0
        if EARLIEST_BIRTH_YEAR <= year <= self._reader.district.today.year:
            return year
        self.wrong(column, "birth_year")
        return None

    def day(self, column: str, *, past: bool = False, needed: bool = False) -> date | None:
        """A day in the other system's form, from 2000 to 2099."""
        said = self._row.cells[column]
        if not said:
            if needed:
                self.wrong(column, "missing")
            return None
        found = day_of(said, self._reader.words.date_form)
        if found is None or not 2000 <= found.year < 2100:
            self.wrong(column, "date", form=self._reader.words.date_form)
            return None
        if past and found > self._reader.district.today:
            self.wrong(column, "date_in_future")
        return found

    def coins(self, column: str, *, least: int) -> int:
        """Minor units, exact: more decimals than the unit has are refused, never rounded."""
        unit, said = self._reader.district.unit, self._row.cells[column]
        if not said:
            self.wrong(column, "missing")
            return 0
        decimals = _DECIMAL.fullmatch(said)
        if decimals and len(decimals[1]) > unit.scale:
            self.wrong(column, "over_precise", scale=unit.scale)
            return 0
        try:
            minor = Amount.parse(said, unit).minor
        except AmountUnreadable:
            self.wrong(column, "amount")
        except AmountOutOfRange:
            self.wrong(column, "too_many_coins")
        else:
            if minor >= least:
                return minor
            self.wrong(column, "negative" if minor < 0 else "not_positive")
        return 0

    def rate(self, column: str) -> int:
        """Won per minor unit, from the won value of one coin."""
        step, said = self._reader.district.unit.minor_per_whole, self._row.cells[column]
        won = int(said) if said.isascii() and said.isdecimal() and len(said) <= 9 else 0
        if won <= 0 or won % step or won // step > 1_000_000:
            self.wrong(column, "won", step=step)
            return 0
        return won // step

    def fund(self, column: str, born: date | None) -> str:
        """`programme/year`; empty: the year of birth."""
        said, programme = self._row.cells[column], self._reader.district.programme
        if not said:
            return "" if born is None else f"{programme}/{born.year}"
        match = _FUND.fullmatch(said)
        if match is None:
            self.wrong(column, "fund")
            return ""
        return f"{match[1] or programme}/{match[2]}"


def day_of(said: str, form: str) -> date | None:
    """The day in this form, or None."""
    match = _DATES[form].fullmatch(said)
    try:
        return None if match is None else date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def months_after(day: date, months: int = MONTHS_AFTER) -> date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


READERS: Mapping[str, Callable[[Reader, Row], Member | Lot | Balance | Shop | None]] = {
    "members": Reader.member,
    "lots": Reader.lot,
    "balances": Reader.balance,
    "shops": Reader.shop,
    "takings": Reader.taking,
}
