"""Reading an organisation's list: CSV in UTF-8 or CP949, one line per person, kind and day.

Columns by their names, in any order: phone (whole number or last four digits), birth_year, kind (code or Korean name),
day (2026-10-05), amount (minutes, pieces ...: the tariff's measure). Korean names of the columns are read too.
"""

import csv
from dataclasses import dataclass
from datetime import date
from io import StringIO

from pumasi.civic.people.queries import Told
from pumasi.coin.district import district_tariff
from pumasi.coin.tariff import MAX_QUANTITY
from pumasi.services.deeds.errors import ListTooLong, ListUnreadable

MAX_LINES = 5000
COLUMNS = {
    "phone": ("phone", "전화번호"),
    "birth_year": ("birth_year", "태어난해"),
    "kind": ("kind", "활동"),
    "day": ("day", "날짜"),
    "amount": ("amount", "수량"),
}


@dataclass(frozen=True)
class ListLine:
    """One line as read."""

    told: Told
    kind: str
    day: date
    quantity: int


def read_list(data: bytes) -> list[ListLine]:
    """All lines after the header; raises ListUnreadable (line 1 is the header) and ListTooLong."""
    rows = list(csv.reader(StringIO(_text(data), newline="")))
    if not rows:
        raise ListUnreadable(line=1, field="phone")
    places = _places(rows[0])
    lines = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if len(lines) > MAX_LINES:
        raise ListTooLong(limit=MAX_LINES)
    if not lines:
        raise ListUnreadable(line=2, field="phone")
    codes = {word: code for code, kind in district_tariff().kinds.items() for word in (code, kind.name_ko)}
    return [_line(number, _cells(row, places), codes) for number, row in lines]


def _cells(row: list[str], places: dict[str, int]) -> dict[str, str]:
    return {name: row[place].strip() if place < len(row) else "" for name, place in places.items()}


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ListUnreadable(line=1, field="UTF-8")


def _places(header: list[str]) -> dict[str, int]:
    """Name of the column -> its place; birth_year may be missing where whole numbers are used."""
    found = {cell.strip().lower().replace(" ", ""): place for place, cell in enumerate(header)}
    places = {name: found[word] for name, words in COLUMNS.items() for word in words if word in found}
    for name in COLUMNS:
        if name not in places and name != "birth_year":
            raise ListUnreadable(line=1, field=name)
    return places


def _line(number: int, cells: dict[str, str], codes: dict[str, str]) -> ListLine:
    year, amount = cells.get("birth_year", ""), cells["amount"]
    if not cells["phone"]:
        raise ListUnreadable(line=number, field="phone")
    if year and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise ListUnreadable(line=number, field="birth_year")
    if cells["kind"] not in codes:
        raise ListUnreadable(line=number, field="kind")
    if not (amount.isascii() and amount.isdigit() and len(amount) < 8 and 0 < int(amount) <= MAX_QUANTITY):
        raise ListUnreadable(line=number, field="amount")
    try:
        day = date.fromisoformat(cells["day"])
    except ValueError:
        raise ListUnreadable(line=number, field="day") from None
    return ListLine(Told(cells["phone"], int(year) if year else None), codes[cells["kind"]], day, int(amount))
