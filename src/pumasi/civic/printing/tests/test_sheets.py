"""Spreadsheets: what is in them can be read back, is the same for ever, and is never a formula."""

import io
import zipfile
from xml.etree import ElementTree

import pytest

from pumasi.civic.printing.sheets import Sheet, csv_file, harmless, workbook

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ONE = Sheet("2026 부채", ("이름", "코인"), (("가 & <나>", 12), ("=1+1", -3)))


def read(made: bytes, number: int = 1) -> list[list[str | int]]:
    """The cells of one sheet."""
    with zipfile.ZipFile(io.BytesIO(made)) as bundle:
        tree = ElementTree.fromstring(bundle.read(f"xl/worksheets/sheet{number}.xml"))
    return [
        [int(cell.findtext(f"{MAIN}v") or 0) if cell.get("t") is None else "".join(cell.itertext()) for cell in row]
        for row in tree.iter(f"{MAIN}row")
    ]


def test_cells_come_back_and_formulas_are_text() -> None:
    assert read(workbook([ONE])) == [["이름", "코인"], ["가 & <나>", 12], ["'=1+1", -3]]


def test_the_same_rows_give_the_same_bytes() -> None:
    assert workbook([ONE, ONE]) == workbook([ONE, ONE])


def test_cells_know_their_place_beyond_z() -> None:
    made = workbook([Sheet("s", tuple(str(n) for n in range(28)), ())])

    with zipfile.ZipFile(io.BytesIO(made)) as bundle:
        tree = ElementTree.fromstring(bundle.read("xl/worksheets/sheet1.xml"))
    assert [cell.get("r") for cell in tree.iter(f"{MAIN}c")][24:] == ["Y1", "Z1", "AA1", "AB1"]


def test_names_of_sheets_fit_what_spreadsheets_allow() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook([Sheet("a/b:c?" + "x" * 40, ("h",), ())]))) as bundle:
        tree = ElementTree.fromstring(bundle.read("xl/workbook.xml"))
    assert [each.get("name") for each in tree.iter(f"{MAIN}sheet")] == ["a b c " + "x" * 25]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_what_looks_like_a_formula_is_marked(text: str) -> None:
    assert harmless(text) == f"'{text}"


def test_csv_opens_in_korean_spreadsheets() -> None:
    assert csv_file(ONE) == "\ufeff이름,코인\r\n가 & <나>,12\r\n'=1+1,-3\r\n".encode()


def test_letters_that_xml_cannot_hold_are_left_out() -> None:
    assert read(workbook([Sheet("s", ("a\x00b\x0b",), ())])) == [["ab"]]
