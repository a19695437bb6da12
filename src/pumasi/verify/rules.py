"""The public rules `pumasi-1` that one entry keeps or breaks by itself (docs/formats.md, The public rules).

Not here: what needs the entries before it (`replay`).
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pumasi.verify.classes import GIVES, KRW, TAKES
from pumasi.verify.leaf import Authority, Leaf

LONGEST_HOLD_DAYS = 92
RULES = {
    "grammar": ("항목의 형식이 틀립니다", "the bytes are not an entry"),
    "index": ("항목 번호가 자리와 다릅니다", "the entry's number is not its position"),
    "block": ("블록 번호가 이어지지 않습니다", "the number of the block does not follow"),
    "sum": ("한 단위·기한의 합이 0이 아닙니다", "the postings of one unit and vintage do not sum to zero"),
    "class": ("이 유형이 옮길 수 없는 부류입니다", "the type may not move this class"),
    "order": ("두 담당자의 서명이 없거나 지시와 다릅니다", "not exactly what an order with two good signatures says"),
    "twice": ("약속값이나 지시가 두 번 나옵니다", "a commitment or an order stands in the log twice"),
    "early": ("유효기간 전에 소멸했습니다", "coins expire before their time"),
    "late": ("유효기간이 지난 코인을 썼습니다", "lapsed coins are spent"),
    "limit": ("지시된 한도보다 많이 발행했습니다", "more is issued than orders authorised"),
    "negative": ("0 아래로 내려갔습니다", "something is below zero"),
}
"""Each rule with what it means when broken, in Korean and in English."""


def unbalanced(leaf: Leaf) -> str | None:
    """Which unit and vintage of a leaf does not sum to zero, or None."""
    sums: dict[tuple[str, str], int] = {}
    for posting in leaf.postings:
        unit = posting.unit
        for vintage, amount in posting.amounts.items():
            at = (unit, vintage)
            sums[at] = sums.get(at, 0) + amount
    for (unit, vintage), left in sums.items():
        if left:
            return f"{unit} {vintage}: {left}"
    return None


def broken_by_itself(leaf: Leaf) -> Iterator[tuple[str, str]]:
    """(rule, what is wrong) for each rule that the leaf breaks whatever stands before it."""
    found = unbalanced(leaf)
    if found is not None:
        yield "sum", found
    takes, gives, day = TAKES[leaf.type], GIVES[leaf.type], leaf.day.toordinal()
    closes, spends = leaf.type == "close", leaf.type in ("spend", "donate")
    for posting in leaf.postings:
        pool = posting.pool
        for vintage, amount in posting.amounts.items():
            if pool not in (takes if amount < 0 else gives):
                yield "class", f"{leaf.type} {'takes from' if amount < 0 else 'gives to'} {pool}"
            if pool == "expired" and amount > 0 and not closes and day <= quarter(vintage)[0]:
                yield "early", f"{posting.unit} {vintage} on {leaf.day}"
            if spends and pool == "wallets" and amount < 0 and day > quarter(vintage)[1] + LONGEST_HOLD_DAYS:
                yield "late", f"{posting.unit} {vintage} on {leaf.day}"
    if leaf.type == "issue":
        found = unordered(leaf)
        if found is not None:
            yield "order", found


NEVER = date.max.toordinal()


@lru_cache(maxsize=4096)
def quarter(vintage: str) -> tuple[int, int]:
    """Ordinals of the first and last day of a vintage's quarter; of one that never expires, days that never come."""
    if "Q" not in vintage:
        return NEVER, NEVER
    year, number = int(vintage[:4]), int(vintage[5])
    first = date(year, 3 * number - 2, 1)
    last = date(year, 12, 31) if number == 4 else date(year, 3 * number + 1, 1) - timedelta(days=1)
    return first.toordinal(), last.toordinal()


def unordered(leaf: Leaf) -> str | None:
    """Why an entry of type issue is not what an order says, or None."""
    if leaf.authority is None:
        pools = {posting.pool for posting in leaf.postings}
        return "the budget changes without an order" if pools & {"appropriated", "deposit"} else None
    if not _signed(leaf.authority):
        return "not two good signatures of two different keys"
    order = leaf.authority.order
    sign = 1 if order["kind"] == "ORDER" else -1
    fund, unit, coins, won = str(order["fund"]), str(order["unit"]), int(order["coins"]), sign * int(order["won"])
    if dict(leaf.limits) != {f"1100:{unit}:{fund}": sign * coins}:
        return "the limit is not the order's"
    budget = {f"B000:{KRW}:{fund}": -won, f"B100:{KRW}:{fund}": won}
    programme = fund.rpartition("/")[0]
    deposit = {f"K000:{KRW}:{programme}": -won, f"K100:{KRW}:{programme}": won} if sign > 0 else {}
    said = {posting.account: dict(posting.amounts) for posting in leaf.postings}
    for expected in (budget, budget | deposit):
        if said == {account: {"won": amount} for account, amount in expected.items()}:
            return None
    return "the postings are not the order's"


def _signed(authority: Authority) -> bool:
    first, second = authority.keys
    if first == second:
        return False
    message = authority.signed_bytes()
    try:
        for key, signature in zip(authority.keys, authority.signatures, strict=True):
            Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
