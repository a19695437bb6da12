"""The log's words and the ledger's: verify's tables are literal, and are what chart and journals say."""

import pytest

from pumasi.ledger.chart import CHART, KRW, Pool
from pumasi.ledger.journals import JOURNALS
from pumasi.verify import classes

NAMES = {
    Pool.ISSUED: "issued",
    Pool.WALLETS: "wallets",
    Pool.TAKINGS: "takings",
    Pool.CAMPAIGNS: "campaigns",
    Pool.SUSPENSE: "dispute",
    Pool.DUE: "due",
    Pool.GUARANTEE: "guarantee",
    Pool.EXPIRED: "expired",
    Pool.CLAWED_BACK: "clawed-back",
    Pool.REDEEMED: "redeemed",
    Pool.DONATED: "donated",
    Pool.WRITTEN_OFF: "written-off",
    Pool.CONVERSION: "conversion",
    Pool.ROUNDING: "rounding",
}
WON_NAMES = {
    "B000": "appropriated",
    "B100": "free",
    "B110": "encumbered",
    "B200": "encumbered",
    "B210": "reserved",
    "B300": "executed",
    "B400": "returned",
    "K000": "cash",
    "K100": "deposit",
    "K200": "payable",
    "K210": "receivable",
    "K220": "receivable",
    "K300": "payable",
}
PUBLIC_OWNERS = {"fund", "year", "programme", "programme/year", "campaign", "district"}
BOTH_WAYS = {"B100", "B110", "B200", "B300", "B400", "K000"}  # the budget's mirror, and cash


def class_of(code: str) -> str:
    return NAMES[CHART[code].pool] if CHART[code].coin else WON_NAMES[code]


def test_each_code_but_won_taken_beside_coins_has_the_class_of_the_chart() -> None:
    assert {code: class_of(code) for code in CHART if code != "K500"} == classes.CLASSES


def test_public_accounts_are_those_that_belong_to_nobody() -> None:
    assert {code for code, row in CHART.items() if row.owner in PUBLIC_OWNERS} == classes.PUBLIC


def test_won_classes_are_those_of_the_won_book() -> None:
    assert {class_of(code) for code, row in CHART.items() if not row.coin and code != "K500"} == classes.WON
    assert classes.KRW == KRW


def test_only_classes_of_controls_may_be_below_zero() -> None:
    assert {class_of(code) for code, row in CHART.items() if row.control} == classes.BELOW_ZERO


@pytest.mark.parametrize("side", ["takes", "gives"])
def test_each_type_moves_what_its_journals_move(side: str) -> None:
    table = classes.TAKES if side == "takes" else classes.GIVES
    derived: dict[str, set[str]] = {}
    for journal in JOURNALS.values():
        pairs = [pair for pair in journal.pairs if "K500" not in pair]
        moved = {(source if side == "takes" else target) for source, target in pairs}
        if any(CHART[code].coin for pair in pairs for code in pair):
            moved |= BOTH_WAYS
        derived.setdefault(journal.leaf, set()).update(class_of(code) for code in moved)

    assert derived == {kind: set(found) for kind, found in table.items()}
