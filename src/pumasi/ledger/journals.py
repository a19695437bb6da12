"""The journal kinds 분개: for each, the moves it may make, its leaf type in the log, and its name.

`docs/accounts.md` is generated from this table, and `planner.py` refuses a command that moves anything else.
"""

from dataclasses import dataclass

from pumasi.ledger.commands import Command

_WALLETS = ("2100", "2140", "2150")
_TILLS = ("2200", "2300")


@dataclass(frozen=True, slots=True)
class Journal:
    """One kind: `pairs` are the (source, target) account codes it may move between."""

    kind: str
    leaf: str
    ko: str
    en: str
    pairs: frozenset[tuple[str, str]]


def _pairs(
    sources: tuple[str, ...] | str, targets: tuple[str, ...] | str, *more: tuple[str, str]
) -> frozenset[tuple[str, str]]:
    left = (sources,) if isinstance(sources, str) else sources
    right = (targets,) if isinstance(targets, str) else targets
    return frozenset({(s, t) for s in left for t in right} | set(more))


_CASH_BACK = ("K500", "K000")
JOURNALS: dict[str, Journal] = {
    journal.kind: journal
    for journal in (
        Journal("BUDGET_ORDER", "issue", "예산 지시", "Budget order", _pairs("B000", "B100", ("K000", "K100"))),
        Journal("APPROPRIATION_CUT", "issue", "예산 삭감", "Appropriation cut", _pairs("B100", "B000")),
        Journal("RESERVE", "budget", "예산 예약", "Reserve for an outcome", _pairs("B100", "B210")),
        Journal("UNRESERVE", "budget", "예약 해제", "Release a reservation", _pairs("B210", "B100")),
        Journal("CARRY_OVER", "budget", "이월", "Carry over", _pairs("B200", "B110")),
        Journal("OPENING", "issue", "개시", "Opening balance", _pairs("1100", ("2100", "2200"))),
        Journal("OPENING_UNDONE", "reverse", "개시 취소", "Opening undone", _pairs(("2100", "2200"), "3200")),
        Journal("EARN", "earn", "적립", "Earn", _pairs("1100", ("2100", "2120"))),
        Journal("VEST", "hold", "확정", "Vest", _pairs("2120", ("2100", "3100"))),
        Journal("GIFT", "give", "선물", "Gift", _pairs(_WALLETS, ("2100",))),
        Journal("PAY", "spend", "사용", "Pay", _pairs(_WALLETS, _TILLS, ("K000", "K500"))),
        Journal("HOLD", "hold", "보류", "Hold", _pairs(_WALLETS, "2110")),
        Journal("CAPTURE", "spend", "보류 사용", "Capture", _pairs("2110", _TILLS)),
        Journal("RELEASE", "hold", "보류 해제", "Release", _pairs("2110", (*_WALLETS, "3100"))),
        Journal("REFUND", "reverse", "환불", "Refund", _pairs(_TILLS, (*_WALLETS, "3100"), _CASH_BACK)),
        Journal(
            "REFUND_LATE",
            "reverse",
            "정산 후 환불",
            "Refund after settlement",
            _pairs(("3300", "3310"), (*_WALLETS, "3100"), ("K000", "K210"), _CASH_BACK),
        ),
        Journal("DONATE", "donate", "기부", "Donate", _pairs(_WALLETS, "2400")),
        Journal(
            "DONATION_RELEASE", "donate", "기부 집행", "Release a campaign", _pairs("2400", "3400", ("K000", "K300"))
        ),
        Journal("DONATION_PAID", "budget", "기부금 지급", "Pay a donation out", _pairs("K300", "K000")),
        Journal("DONATION_RETURN", "reverse", "기부 반환", "Return a donation", _pairs("2400", (*_WALLETS, "3100"))),
        Journal("EXPIRE", "expire", "소멸", "Expire", _pairs((*_WALLETS, "2210"), "3100")),
        Journal("CLAWBACK", "reverse", "환수", "Claw back", _pairs(("2120", *_WALLETS), "3200", ("K000", "K220"))),
        Journal("DISPUTE", "hold", "분쟁 보류", "Move to suspense", _pairs(_TILLS, "2500")),
        Journal("DISPUTE_UPHELD", "hold", "분쟁 기각", "Back to the till", _pairs("2500", _TILLS)),
        Journal("DISPUTE_RETURNED", "reverse", "분쟁 환불", "Back to the payer", _pairs("2500", (*_WALLETS, "3100"))),
        Journal("BATCH", "clear", "정산 묶음", "Settlement batch", _pairs("2200", "2700", ("K000", "K200"))),
        Journal("BOUNCED", "clear", "정산 반송", "Bounced", _pairs("2700", "2200", ("K200", "K000"), ("K000", "K210"))),
        Journal("PAID", "clear", "정산 지급", "Paid", _pairs("2700", "3300", ("K200", "K000"))),
        Journal("SET_OFF", "budget", "상계", "Set off", frozenset({("K210", "K000"), ("K200", "K000")})),
        Journal("FACILITY_CLOSE", "clear", "공공시설 마감", "Facility close", _pairs("2300", "3310")),
        Journal("CUSTODY", "clear", "보관", "To custody", _pairs("2200", "2220")),
        Journal("CUSTODY_END", "clear", "보관 해제", "Out of custody", _pairs("2220", "2200")),
        Journal("WRITE_OFF", "expire", "불납결손", "Write off", _pairs(("2220", "2140", "2150"), "3500")),
        Journal("RATE_CHANGE", "reverse", "환산", "Rate change", _pairs(_WALLETS, "1900") | _pairs("1900", _WALLETS)),
        Journal(
            "MERGE",
            "give",
            "지갑 합치기",
            "Merge wallets",
            frozenset({("2100", "2100"), ("2120", "2120"), ("2110", "2110")}),
        ),
        Journal("LEAVE", "hold", "전출", "Move away", _pairs("2100", "2150")),
        Journal(
            "COME_BACK",
            "hold",
            "되돌아옴",
            "Come back",
            frozenset({("2150", "2100"), ("2140", "2100"), ("2140", "2150")}),
        ),
        Journal("DEATH", "hold", "사망", "Death", _pairs(("2100", "2150"), "2140")),
        Journal("INHERIT", "give", "상속", "Estate to family", _pairs("2140", "2100")),
        Journal("WIND_DOWN", "close", "사업 종료", "Wind down", _pairs((*_WALLETS, "2210", "2800", "4000"), "3100")),
        Journal(
            "CLOSE_BOOK",
            "close",
            "장부 마감",
            "Close the book",
            _pairs(
                ("1900", "3100", "3200", "3300", "3310", "3400", "3500", "3900"),
                "1100",
                ("1100", "1900"),
                ("B000", "B400"),
                *((code, "B000") for code in ("B100", "B110", "B200", "B300", "B400")),
                *((code, "K000") for code in ("K100", "K210", "K220", "K300", "K500")),
            ),
        ),
    )
}


def allows(command: Command) -> bool:
    """True where the command's kind exists and may move what it asks for."""
    journal = JOURNALS.get(command.kind)
    return journal is not None and all(
        (move.source[:4], target[:4]) in journal.pairs
        for move in command.moves
        for target in (move.target, move.lapsed_to)
        if target is not None
    )
