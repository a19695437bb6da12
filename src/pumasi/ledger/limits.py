"""Which refusal a shortage is: the same missing coin is a spent wallet, an empty hold or an over-refund."""

from pumasi.ledger.errors import (
    BudgetExhausted,
    CaptureExceedsHold,
    InsufficientBalance,
    IssueLimitReached,
    LedgerRefusal,
    RefundExceedsCaptured,
)

_BY_CODE: dict[str, type[LedgerRefusal]] = {
    "1100": IssueLimitReached,
    "B100": BudgetExhausted,
    "2110": CaptureExceedsHold,
    "2120": CaptureExceedsHold,
}
_RECEIPTS = frozenset({"2200", "2220", "2300", "2400", "2500", "2700", "3300", "3310", "3400"})


def shortage(code: str, available: int, needed: int) -> LedgerRefusal:
    """The refusal for `needed` minor units where `available` are there, in an account of kind `code`."""
    if code in _RECEIPTS:
        return RefundExceedsCaptured(available=available, needed=needed)
    return _BY_CODE.get(code, InsufficientBalance)(available=available, needed=needed)
