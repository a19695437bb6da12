"""What the ledger's commands show: aligned tables in Korean and English, and the same as plain values for machines.

A Korean letter is two columns wide on a terminal. Nothing here prints.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pumasi.kernel.clock import KST
from pumasi.ledger.chart import KRW
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.reads import HeldLot, StatementLine, TrialLine

type Cell = str | int | None
# Decimals of each unit; a district with other units says so with `--scale`.
SCALES: Mapping[str, int] = {KRW: 0, "SC": 2}


def decimal(minor: int, scale: int) -> str:
    """Minor units as an exact decimal without thousands marks: 1250 at scale 2 is "12.50"."""
    if not scale:
        return str(minor)
    whole, rest = divmod(abs(minor), 10**scale)
    return f"{'-' if minor < 0 else ''}{whole}.{rest:0{scale}d}"


def grouped(minor: int, scale: int) -> str:
    """The same for people: "1,234.50"."""
    whole, dot, rest = decimal(minor, scale).partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole != "-0" else f"-0{dot}{rest}"


def width(text: str) -> int:
    """Columns on a terminal: wide and full-width letters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )


def table(head: Sequence[str], body: Iterable[Sequence[str]], right: frozenset[int]) -> str:
    """Lines with aligned columns; `right` names the columns of numbers."""
    lines = [list(head), *(list(row) for row in body)]
    widths = [max(width(line[column]) for line in lines) for column in range(len(head))]
    made = []
    for line in lines:
        cells = []
        for column, text in enumerate(line):
            gap = " " * (widths[column] - width(text))
            cells.append(gap + text if column in right else text + gap)
        made.append("  ".join(cells).rstrip())
    made.insert(1, "  ".join("-" * size for size in widths))
    return "\n".join(made)


def trial_values(lines: Iterable[TrialLine], scales: Mapping[str, int]) -> list[dict[str, Cell]]:
    """The trial balance as plain values; `balance` in minor units, `amount` as a decimal."""
    return [
        {
            "code": line.row.code,
            "ko": line.row.ko,
            "en": line.row.en,
            "unit": line.unit,
            "accounts": line.accounts,
            "balance": line.balance,
            "amount": decimal(line.balance, scales.get(line.unit, 0)),
        }
        for line in lines
    ]


def trial_table(lines: Sequence[TrialLine], scales: Mapping[str, int]) -> str:
    """The trial balance 합계잔액시산표, with the sum of each book below: both are zero."""
    body = [
        [
            line.row.code,
            line.row.ko,
            line.row.en,
            line.unit,
            f"{line.accounts:,}",
            grouped(line.balance, scales.get(line.unit, 0)),
        ]
        for line in lines
    ]
    for unit in sorted({line.unit for line in lines}):
        total = sum(line.balance for line in lines if line.unit == unit)
        body.append(["", "합계", "Sum", unit, "", grouped(total, scales.get(unit, 0))])
    return table(
        ["계정 Code", "계정과목", "Account", "단위 Unit", "계정수 Count", "잔액 Balance"], body, frozenset({4, 5})
    )


def statement_values(lines: Iterable[StatementLine]) -> list[dict[str, Cell]]:
    """A statement as plain values."""
    return [
        {
            "transfer": line.transfer,
            "key": str(line.key),
            "kind": line.kind,
            "at": _seoul(line.at),
            "day": line.day.isoformat(),
            "memo": line.memo,
            "amount": line.amount,
            "balance": line.balance,
        }
        for line in lines
    ]


def statement_table(lines: Iterable[StatementLine], scale: int) -> str:
    """A statement 거래내역, newest first."""
    body = [
        [
            str(line.transfer),
            _seoul(line.at)[:16].replace("T", " "),
            f"{JOURNALS[line.kind].ko} {JOURNALS[line.kind].en}",
            grouped(line.amount, scale),
            grouped(line.balance, scale),
            line.memo,
        ]
        for line in lines
    ]
    head = ["거래 Transfer", "시각 Time", "분개 Journal", "금액 Amount", "잔액 Balance", "적요 Memo"]
    return table(head, body, frozenset({0, 3, 4}))


def lot_values(lots: Iterable[HeldLot]) -> list[dict[str, Cell]]:
    """Lots as plain values."""
    return [
        {
            "lot": lot.lot,
            "fund": lot.fund,
            "fiscal_year": lot.fiscal_year,
            "expires": lot.expires.isoformat() if lot.expires else None,
            "rate": lot.rate,
            "amount": lot.amount,
        }
        for lot in lots
    ]


def lot_table(lots: Iterable[HeldLot], scale: int) -> str:
    """Lots 코인 묶음, the next to lapse first."""
    body = [
        [
            str(lot.lot),
            lot.fund,
            lot.expires.isoformat() if lot.expires else "없음 none",
            f"{lot.rate * 10**scale:,}",
            grouped(lot.amount, scale),
        ]
        for lot in lots
    ]
    return table(["묶음 Lot", "재원 Fund", "기한 Expires", "원/단위 Won", "금액 Amount"], body, frozenset({0, 3, 4}))


def _seoul(moment: datetime) -> str:
    return moment.astimezone(KST).isoformat(timespec="seconds")
