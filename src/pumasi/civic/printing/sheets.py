"""Spreadsheets (Office Open XML, ISO/IEC 29500) from plain rows; the same rows give the same bytes.

Written by hand: tables of text and whole numbers need five small files in a ZIP, and no formulas, styles or dates.
A cell that a spreadsheet might take for a formula gets a mark before it, also where somebody saves it as CSV later.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
type Cell = str | int
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# What XML 1.0 cannot hold.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAME_FORBIDDEN, _NAME_LIMIT = re.compile(r"[\[\]:*?/\\']"), 31
_EPOCH = (1980, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the heads of its columns, its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one .xlsx file; the first row stays in sight."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, body in _parts(sheets):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
            bundle.writestr(info, (_HEAD + body).encode("utf-8"))
    return made.getvalue()


def csv_file(sheet: Sheet) -> bytes:
    """The same as CSV, as Korean spreadsheets open it: UTF-8 with a mark, CRLF."""
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(cell) for cell in row] for row in (sheet.head, *sheet.rows)])
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def harmless(cell: Cell) -> Cell:
    """The cell, with an apostrophe before text that would be a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _parts(sheets: Sequence[Sheet]) -> Iterable[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        + "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{kind}.worksheet+xml"/>' for n in numbers
        )
        + "</Types>",
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>'
        + "".join(
            f'<sheet name={quoteattr(_sheet_name(each.name))} sheetId="{n}" r:id="rId{n}"/>'
            for n, each in zip(numbers, sheets, strict=True)
        )
        + "</sheets></workbook>",
    )
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numbers]),
    )
    for n, each in zip(numbers, sheets, strict=True):
        yield f"xl/worksheets/sheet{n}.xml", _sheet(each)


def _relations(links: Iterable[tuple[str, str, str]]) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{id_}" Type="{_LINKS}/{kind}" Target="{to}"/>' for id_, kind, to in links)
        + "</Relationships>"
    )


def _sheet(sheet: Sheet) -> str:
    rows = "".join(
        f'<row r="{n}">' + "".join(_cell(f"{_letters(column)}{n}", cell) for column, cell in enumerate(row)) + "</row>"
        for n, row in enumerate((sheet.head, *sheet.rows), start=1)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultColWidth="20" defaultRowHeight="15"/><sheetData>{rows}</sheetData></worksheet>'
    )


def _cell(place: str, cell: Cell) -> str:
    if isinstance(cell, int):
        return f'<c r="{place}"><v>{cell}</v></c>'
    text = escape(_CONTROL.sub("", str(harmless(cell))))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _letters(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_name(name: str) -> str:
    return _NAME_FORBIDDEN.sub(" ", name)[:_NAME_LIMIT] or "Sheet"
