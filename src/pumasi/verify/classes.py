"""Accounts as the public sees them: class of each code, which are public, and what each type of entry may move.

Written out, not computed: a verifier must not depend on the books it checks. `tests/architecture/test_log_words.py`
derives the same tables from the ledger's chart and journals.
"""

KRW = "KRW"
ISSUE_CONTROL = "1100"

CLASSES: dict[str, str] = {
    "1100": "issued",
    "1900": "conversion",
    "2100": "wallets",
    "2110": "wallets",
    "2120": "wallets",
    "2140": "wallets",
    "2150": "wallets",
    "4000": "wallets",
    "2200": "takings",
    "2210": "takings",
    "2220": "takings",
    "2300": "takings",
    "2700": "takings",
    "2400": "campaigns",
    "2500": "dispute",
    "2600": "due",
    "2800": "guarantee",
    "3100": "expired",
    "3200": "clawed-back",
    "3300": "redeemed",
    "3310": "redeemed",
    "3400": "donated",
    "3500": "written-off",
    "3900": "rounding",
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
    "K300": "payable",
    "K210": "receivable",
    "K220": "receivable",
}
PUBLIC = frozenset(
    {
        "1100",
        "1900",
        "2400",
        "2600",
        "3100",
        "3300",
        "3310",
        "3400",
        "3500",
        "3900",
        "4000",
        "B000",
        "B100",
        "B110",
        "B200",
        "B300",
        "B400",
        "K000",
        "K100",
        "K300",
    }
)
COMMITTED = frozenset(pool for code, pool in CLASSES.items() if code not in PUBLIC)
"""Classes that a committed posting may name."""
WON = frozenset(pool for code, pool in CLASSES.items() if code[0] in "BK")
"""Classes counted in won; all others are counted in coins."""
BELOW_ZERO = frozenset({"issued", "conversion", "appropriated", "returned", "cash"})
"""Classes that may be negative."""

_MIRROR = frozenset({"free", "encumbered", "executed", "returned", "cash"})


def _with_mirror(classes: str) -> frozenset[str]:
    return _MIRROR | frozenset(classes.split())


TAKES: dict[str, frozenset[str]] = {
    "issue": _with_mirror("appropriated issued"),
    "budget": frozenset({"free", "reserved", "encumbered", "payable", "receivable"}),
    "earn": _with_mirror("issued"),
    "hold": _with_mirror("wallets takings dispute"),
    "give": _with_mirror("wallets"),
    "spend": _with_mirror("wallets"),
    "reverse": _with_mirror("takings redeemed campaigns wallets dispute conversion"),
    "donate": _with_mirror("wallets campaigns"),
    "expire": _with_mirror("wallets takings"),
    "clear": _with_mirror("takings payable"),
    "close": _with_mirror(
        "wallets takings guarantee issued conversion expired clawed-back redeemed donated written-off rounding"
        " appropriated deposit receivable payable"
    ),
}
"""Classes that each type may take from: their amounts may be negative."""
GIVES: dict[str, frozenset[str]] = {
    "issue": _with_mirror("appropriated wallets takings deposit"),
    "budget": frozenset({"free", "reserved", "encumbered", "cash"}),
    "earn": _with_mirror("wallets"),
    "hold": _with_mirror("wallets expired takings dispute"),
    "give": _with_mirror("wallets"),
    "spend": _with_mirror("takings"),
    "reverse": _with_mirror("wallets expired clawed-back conversion receivable"),
    "donate": _with_mirror("campaigns donated payable"),
    "expire": _with_mirror("expired written-off"),
    "clear": _with_mirror("takings redeemed payable receivable"),
    "close": _with_mirror("expired issued conversion appropriated"),
}
"""Classes that each type may give to: their amounts may be positive."""
TYPES = frozenset(TAKES)
