"""The postings as a file for a spreadsheet: Korean stays Korean, and no cell can be a formula.

UTF-8 with byte order mark (spreadsheets read it as Korean only so), RFC 4180, one line per posting in the order of the
books. Numbers are plain decimals; text that a spreadsheet would calculate gets an apostrophe in front.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import TextIO

from pumasi.kernel.clock import KST
from pumasi.ledger.checks.difference import Findings
from pumasi.ledger.checks.walk import Entry, Holder, entries, holders
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.reads import as_uuid, moment
from pumasi.ledger.store import scans
from pumasi.ledger.tables import SCALES, Cell, decimal

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
POSTINGS_HEAD = (
    "거래 transfer", "요청 번호 key", "분개 kind", "분개명", "journal", "거래일 date", "시각 moment", "계정 code",
    "계정과목", "account", "단위 unit", "소유자 owner", "금액 amount", "잔액 balance", "적요 memo",
)  # fmt: skip


def safe(text: str) -> str:
    """Text that no spreadsheet calculates."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def write_postings(file: TextIO, scales: Mapping[str, int] = SCALES, using: str = "default") -> int:
    """Write every posting; how many. `file` is opened with `encoding="utf-8", newline=""`."""
    writer = csv.writer(file, lineterminator="\r\n")
    file.write(_BYTE_ORDER_MARK)
    writer.writerow(POSTINGS_HEAD)
    count = 0
    with scans.snapshot(using):
        accounts = holders(using, Findings())
        for entry in entries(using, Findings()):
            for row in _rows(entry, accounts, scales):
                writer.writerow(row)
                count += 1
    return count


def trial_text(lines: Iterable[dict[str, Cell]]) -> str:
    """The trial balance (`tables.trial_values`) as a file's text."""
    made = StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    made.write(_BYTE_ORDER_MARK)
    writer.writerow(("계정 code", "계정과목", "account", "단위 unit", "계정수 accounts", "잔액 balance"))
    for line in lines:
        writer.writerow((line["code"], line["ko"], line["en"], line["unit"], line["accounts"], line["amount"]))
    return made.getvalue()


def _rows(entry: Entry, accounts: dict[int, Holder], scales: Mapping[str, int]) -> Iterator[tuple[Cell, ...]]:
    journal = JOURNALS[entry.kind]
    when = moment(entry.at).astimezone(KST).isoformat(timespec="seconds")
    day = f"{entry.day // 10_000}-{entry.day // 100 % 100:02d}-{entry.day % 100:02d}"
    key, memo = str(as_uuid(entry.key)), safe(entry.memo)
    for _, account, amount, balance in entry.postings:
        holder = accounts[account]
        scale = scales.get(holder.unit, 0)
        yield (
            entry.id, key, entry.kind, journal.ko, journal.en, day, when, holder.code, holder.row.ko, holder.row.en,
            holder.unit, safe(holder.owner), decimal(amount, scale), decimal(balance, scale), memo,
        )  # fmt: skip
