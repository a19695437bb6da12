"""One CSV file of the other system: its encoding found and said, its columns by our names, its rows with lines."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from pumasi.coin.moving.findings import Finding
from pumasi.coin.moving.mapping import COLUMNS, Words

MOST_LINES = 1_000_000
OPTIONAL = frozenset({"balances", "shops", "takings"})
_ENCODINGS = (("utf-8", "UTF-8"), ("cp949", "CP949"))


@dataclass(frozen=True)
class Row:
    """One line: `cells` by our column names, stripped and in NFC; an absent optional column is empty."""

    file: str
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """A file as it was read; `encoding` is empty for a file that is not there."""

    encoding: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]


def read_sheet(folder: Path, name: str, words: Words) -> Sheet:
    """`name` (members, lots ...) of a folder; everything that cannot be read is a finding, the rest are rows."""
    file = f"{name}.csv"
    try:
        content = (folder / file).read_bytes()
    except FileNotFoundError:
        missing = () if name in OPTIONAL else (Finding(file, 0, "", "file_missing"),)
        return Sheet("", (), missing)
    decoded = _decoded(content)
    if decoded is None:
        return Sheet("", (), (Finding(file, 0, "", "encoding"),))
    encoding, text = decoded
    if text.count("\n") > MOST_LINES:
        return Sheet(encoding, (), (Finding(file, 0, "", "too_large", (("limit", MOST_LINES),)),))
    rows, findings = _rows(name, text, words)
    return Sheet(encoding, tuple(rows), tuple(findings))


def _decoded(content: bytes) -> tuple[str, str] | None:
    """UTF-8 with or without its mark, or the code page that spreadsheets of Windows write in Korea."""
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    for codec, said in _ENCODINGS:
        try:
            return said, content.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _rows(name: str, text: str, words: Words) -> tuple[list[Row], list[Finding]]:
    file = f"{name}.csv"
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    findings: list[Finding] = []
    try:
        head = [cell.strip() for cell in next(reader, [])]
        places, problems = _places(name, head, words)
        if problems:
            return [], problems
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                facts = (("found", len(cells)), ("wanted", len(head)))
                findings.append(Finding(file, reader.line_num, "", "cells", facts))
                continue
            found = {ours: normalize("NFC", cells[at].strip()) if at is not None else "" for ours, at in places.items()}
            rows.append(Row(file, reader.line_num, found))
    except csv.Error:
        findings.append(Finding(file, reader.line_num, "", "quotes"))
    return rows, findings


def _places(name: str, head: list[str], words: Words) -> tuple[dict[str, int | None], list[Finding]]:
    """Our column -> where it stands in the head."""
    needed, optional = COLUMNS[name]
    found: dict[str, int | None] = {}
    problems: list[Finding] = []
    for ours in (*needed, *optional):
        theirs = words.column(name, ours)
        count = head.count(theirs)
        if count > 1:
            problems.append(Finding(f"{name}.csv", 1, theirs, "column_twice"))
        elif count == 0 and (ours in needed or ours in words.columns.get(name, {})):
            problems.append(Finding(f"{name}.csv", 1, theirs, "column_missing"))
        found[ours] = head.index(theirs) if count else None
    return found, problems
