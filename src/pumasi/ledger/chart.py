"""The chart of accounts 계정과목: every kind of account, what it may hold and what it means for the budget.

One account lives at an address `code:unit:owner`. Owners are pseudonymous (a wallet, a till, a fund, a year): the
ledger knows no people. Not here: which journal moves what (`kinds.py`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pumasi.ledger.errors import BadAddress


class Lots(StrEnum):
    """How an account keeps the lots that lie in it."""

    NONE = "none"  # controls and won accounts: amounts only
    POOLED = "pooled"  # lots, whichever way they came: wallets and final resting places
    BY_ORIGIN = "by_origin"  # lots per receipt, so that exactly those come back: takings, holds, escrow


class BudgetState(StrEnum):
    """Where the budget stands for a coin that lies in an account (ADR 0010: the budget book mirrors the coins)."""

    AVAILABLE = "available"  # not issued: the money is still free
    ENCUMBERED = "encumbered"  # promised to somebody
    EXECUTED = "executed"  # paid out
    RETURNED = "returned"  # lapsed or taken back
    CONVERTING = "converting"  # in passing between two rates; must be zero at the end of each transfer
    OUTSIDE = "outside"  # won accounts


class Pool(StrEnum):
    """Classes of the supply identity (decisions 4): issued = the sum of all others."""

    ISSUED = "issued"
    WALLETS = "wallets"
    TAKINGS = "with shops and facilities"
    CAMPAIGNS = "in campaigns"
    SUSPENSE = "in dispute"
    DUE = "due to peers"
    GUARANTEE = "guarantee"
    EXPIRED = "expired"
    CLAWED_BACK = "clawed back"
    REDEEMED = "redeemed"
    DONATED = "donated out"
    WRITTEN_OFF = "written off"
    CONVERSION = "conversion"
    ROUNDING = "rounding"
    WON = "won book"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One kind of account. A `control` may be negative; every other account never is."""

    code: str
    ko: str
    en: str
    owner: str
    pool: Pool
    state: BudgetState = BudgetState.ENCUMBERED
    lots: Lots = Lots.POOLED
    control: bool = False

    @property
    def coin(self) -> bool:
        """True in the coin book, False in the won book."""
        return self.pool is not Pool.WON

    @property
    def automatic(self) -> bool:
        """True where the first journal opens the account; wallets, tills and campaigns are opened on purpose."""
        return self.code not in _ON_PURPOSE

    @property
    def first_floor(self) -> int | None:
        """The limit of a new account: 1100 issues nothing before a budget order lowers its floor."""
        return None if self.control and self.code != "1100" else 0


_ON_PURPOSE = frozenset({"2100", "2200", "2210", "2300", "2400", "2600", "2800", "4000"})


def _won(code: str, ko: str, en: str, owner: str, *, control: bool = False) -> ChartRow:
    return ChartRow(code, ko, en, owner, Pool.WON, BudgetState.OUTSIDE, Lots.NONE, control)


_ENC, _EXE, _RET = BudgetState.ENCUMBERED, BudgetState.EXECUTED, BudgetState.RETURNED
_BY = Lots.BY_ORIGIN

CHART: dict[str, ChartRow] = {
    row.code: row
    for row in (
        ChartRow("1100", "발행통제", "Issuance control", "fund", Pool.ISSUED, BudgetState.AVAILABLE, Lots.NONE, True),
        ChartRow(
            "1900", "환산통제", "Conversion control", "fund", Pool.CONVERSION, BudgetState.CONVERTING, Lots.NONE, True
        ),
        ChartRow("2100", "주민지갑", "Resident wallet", "wallet", Pool.WALLETS),
        ChartRow("2110", "보류", "Wallet hold", "wallet", Pool.WALLETS, _ENC, _BY),
        ChartRow("2120", "확정대기", "Pending vesting", "wallet", Pool.WALLETS, _ENC, _BY),
        ChartRow("2140", "상속대기", "Estate of a deceased", "wallet", Pool.WALLETS),
        ChartRow("2150", "전출자 지갑", "Wallet of one who moved away", "wallet", Pool.WALLETS),
        ChartRow("2200", "가맹점 받은코인", "Shop takings", "till", Pool.TAKINGS, _ENC, _BY),
        ChartRow("2210", "가맹점 재사용지갑", "Shop reusable wallet", "till", Pool.TAKINGS),
        ChartRow("2220", "보관금", "Custody of unreachable takings", "till", Pool.TAKINGS, _ENC, _BY),
        ChartRow("2300", "공공시설 받은코인", "Facility takings", "till", Pool.TAKINGS, _ENC, _BY),
        ChartRow("2400", "기부모금", "Donation campaign", "campaign", Pool.CAMPAIGNS, _ENC, _BY),
        ChartRow("2500", "분쟁", "Suspense, dispute", "case", Pool.SUSPENSE, _ENC, _BY),
        ChartRow("2600", "구간정산", "Due to a peer district", "district", Pool.DUE, _ENC, _BY),
        ChartRow("2700", "정산미지급", "Settlement payable", "batch", Pool.TAKINGS, _ENC, _BY),
        ChartRow("2800", "오프라인보증", "Offline guarantee", "device", Pool.GUARANTEE),
        ChartRow("3100", "소멸", "Expired", "year", Pool.EXPIRED, _RET),
        ChartRow("3200", "환수", "Clawed back", "case", Pool.CLAWED_BACK, _RET),
        ChartRow("3300", "정산완료", "Redeemed by shops", "year", Pool.REDEEMED, _EXE, _BY),
        ChartRow("3310", "공공시설 정산완료", "Redeemed by facilities", "year", Pool.REDEEMED, _EXE, _BY),
        ChartRow("3400", "기부집행", "Donated out", "year", Pool.DONATED, _EXE, _BY),
        ChartRow("3500", "불납결손", "Written off", "year", Pool.WRITTEN_OFF, _RET),
        ChartRow("3900", "단수", "Rounding", "year", Pool.ROUNDING, _RET),
        ChartRow("4000", "구 보유", "Treasury stock", "programme", Pool.WALLETS),
        _won("B000", "예산통제", "Appropriation control", "fund", control=True),
        _won("B100", "예산", "Appropriation, free", "fund"),
        _won("B110", "이월", "Encumbered, carried over", "fund"),
        _won("B200", "원인행위", "Encumbered", "fund"),
        _won("B210", "예약", "Reserved for an outcome", "claim"),
        _won("B300", "집행", "Executed", "programme/year"),
        _won("B400", "반납", "Returned to the budget", "programme/year", control=True),
        _won("K000", "현금통제", "Cash control", "programme", control=True),
        _won("K100", "예치금", "Deposit at the bank", "programme"),
        _won("K200", "가맹점 미지급금", "Payable to shops", "till"),
        _won("K210", "가맹점 환수채권", "Receivable from shops", "till"),
        _won("K220", "개인 환수채권", "Receivable from persons", "wallet"),
        _won("K300", "기부 미지급금", "Donation payable", "campaign"),
        _won("K500", "병행 수납", "Won taken beside coins", "till"),
    )
}
KRW = "KRW"


_OWNER = re.compile(r"[A-Za-z0-9._/@+~#=-]{1,80}")
_UNIT = re.compile(r"[A-Z0-9][A-Z0-9-]{0,15}")


def address(code: str, unit: str, owner: str) -> str:
    """The address `code:unit:owner`; raises BadAddress for what `parts` could not read back."""
    made = f"{code}:{unit}:{owner}"
    if code not in CHART or not _UNIT.fullmatch(unit) or not _OWNER.fullmatch(owner):
        raise BadAddress(address=_shown(made))
    return made


@lru_cache(maxsize=65_536)
def parts(at: str) -> tuple[ChartRow, str, str]:
    """(chart row, unit, owner) of an address; raises BadAddress."""
    code, _, rest = at.partition(":")
    unit, _, owner = rest.partition(":")
    row = CHART.get(code)
    if row is None or not _UNIT.fullmatch(unit) or not _OWNER.fullmatch(owner) or row.coin == (unit == KRW):
        raise BadAddress(address=_shown(at))
    return row, unit, owner


def is_budget(at: str) -> bool:
    """True for an account of the budget: it is locked after all others, because only the lots tell which it is."""
    return at.startswith("B")


def _shown(at: str) -> str:
    """An address that may hold anything, fit for a message."""
    return at[:120].encode("ascii", "backslashreplace").decode().replace("\0", "\\0")
