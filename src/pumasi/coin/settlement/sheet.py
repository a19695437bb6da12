"""The files that the district's treasury needs for 지출결의: payee sheet, evidence, total. Plain data in, bytes out.

The same batch gives the same bytes for ever: no time of making, no compression, fixed order. Not here: who may have
them (`operations`).
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from pumasi.coin.settlement.bank import BankAccount
from pumasi.kernel.clock import KST

PAYEES, EVIDENCE, TOTAL = "payees.csv", "evidence.csv", "total.txt"
# A cell that begins like this is a formula to a spreadsheet.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Payout:
    """One payee: `won` of its coins less `set_off` is what the bank sends."""

    shop: str
    account: BankAccount
    coins: str
    won: int
    set_off: int

    @property
    def payout(self) -> int:
        return self.won - self.set_off


@dataclass(frozen=True)
class Evidence:
    """One payment behind a payout. `entry` is its index in the public record, `override` who allowed to go without."""

    shop: str
    receipt: str
    day: date
    coins: str
    won: int
    entry: int | None
    override: str


@dataclass(frozen=True)
class Totals:
    """What the approval of the expenditure says."""

    number: int
    cutoff: date
    made_at: datetime
    clause: str
    coins: str


@dataclass(frozen=True)
class Files:
    """The three files and the archive of them."""

    payees: bytes
    evidence: bytes
    total: bytes
    archive: bytes

    @property
    def sheet_hash(self) -> str:
        """SHA-256 (hex) of the payee sheet: what maker and checker agree on."""
        return sha256(self.payees).hexdigest()

    @property
    def archive_hash(self) -> str:
        """SHA-256 (hex) of the archive."""
        return sha256(self.archive).hexdigest()


def files(totals: Totals, payouts: Sequence[Payout], evidence: Sequence[Evidence]) -> Files:
    """The files of one batch."""
    payees, proof = _payees(payouts), _evidence(evidence)
    total = _total(totals, payouts, payees, proof)
    archive = io.BytesIO()
    made = totals.made_at.astimezone(KST)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as bundle:
        for name, body in ((PAYEES, payees), (EVIDENCE, proof), (TOTAL, total)):
            info = zipfile.ZipInfo(name, made.timetuple()[:6])
            info.create_system, info.external_attr = 3, 0o644 << 16
            bundle.writestr(info, body)
    return Files(payees, proof, total, archive.getvalue())


def _payees(payouts: Sequence[Payout]) -> bytes:
    head = ("순번", "가맹점", "은행", "계좌번호", "예금주", "지급액(원)", "코인", "코인 금액(원)", "상계(원)")
    rows = [
        (n, p.shop, p.account.bank, p.account.number, p.account.holder, p.payout, p.coins, p.won, p.set_off)
        for n, p in enumerate(payouts, start=1)
    ]
    last = ("합계", "", "", "", "", sum(p.payout for p in payouts), "", sum(p.won for p in payouts))
    return _csv([head, *rows, (*last, sum(p.set_off for p in payouts))])


def _evidence(evidence: Sequence[Evidence]) -> bytes:
    head = ("가맹점", "결제번호", "결제일", "코인", "금액(원)", "공개기록 번호", "예외")
    rows = [
        (e.shop, e.receipt, e.day.isoformat(), e.coins, e.won, "" if e.entry is None else e.entry, e.override)
        for e in evidence
    ]
    return _csv([head, *rows, ("합계", "", "", "", sum(e.won for e in evidence), "", "")])


def _total(totals: Totals, payouts: Sequence[Payout], payees: bytes, evidence: bytes) -> bytes:
    lines = (
        f"정산 제{totals.number}호 지출결의 자료 / Settlement no. {totals.number}",
        f"결제 기간 / payments up to: {totals.cutoff.isoformat()}",
        f"근거 / clause: {totals.clause}",
        f"지급 건수 / payees: {len(payouts):,}",
        f"코인 / coins: {totals.coins}",
        f"코인 금액 / won of the coins: {sum(p.won for p in payouts):,}",
        f"상계 / set off: {sum(p.set_off for p in payouts):,}",
        f"지급 총액 / total to pay: {sum(p.payout for p in payouts):,}",
        f"{PAYEES} SHA-256: {sha256(payees).hexdigest()}",
        f"{EVIDENCE} SHA-256: {sha256(evidence).hexdigest()}",
    )
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def _csv(rows: Iterable[Sequence[object]]) -> bytes:
    """CSV as Korean spreadsheets open it: UTF-8 with a mark, CRLF."""
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return ("\ufeff" + text.getvalue()).encode("utf-8")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
