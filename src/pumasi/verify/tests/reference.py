"""The grammar of an entry once more, over `kernel.canonical` and without regular expressions for the whole: an oracle.

Written from docs/formats.md, member by member; the parser in `leaf` must take and refuse the same bytes.
"""

import base64
import re
from datetime import date

from pumasi.kernel import canonical
from pumasi.kernel.errors import NotCanonical

TYPES = {"issue", "budget", "earn", "hold", "give", "spend", "reverse", "donate", "expire", "clear", "close"}
PUBLIC = {
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
COIN_CLASSES = {"wallets", "takings", "dispute", "clawed-back", "guarantee"}
WON_CLASSES = {"reserved", "payable", "receivable"}
TRANSFER = {"v", "n", "b", "day", "t", "p"}


def is_entry(data: bytes) -> bool:
    """Whether the bytes are an entry."""
    try:
        value = canonical.loads(data, 65_535)
    except NotCanonical:
        return False
    try:
        return isinstance(value, dict) and _entry(value)
    except (KeyError, TypeError, ValueError, AttributeError):
        return False


def _entry(e: dict[str, canonical.Value]) -> bool:
    day = e["day"]
    if not (_int(e["v"]) and e["v"] == 1 and _natural(e["n"]) and _natural(e["b"]) and _is_day(day)):
        return False
    if e["t"] == "rules":
        return e.keys() == {"v", "n", "b", "day", "t", "o", "d", "rules"} and e["n"] == 0 and _is_genesis(e)
    if e["t"] not in TYPES or e["n"] == 0:
        return False
    if e.keys() == TRANSFER:
        return _postings(e["p"])
    return (
        e.keys() == TRANSFER | {"f", "auth"}
        and e["t"] == "issue"
        and _f(e["f"])
        and _auth(e["auth"])
        and _postings(e["p"])
    )


def _is_genesis(e: dict[str, canonical.Value]) -> bool:
    origin, district = str(e["o"]), str(e["d"])
    parts = origin.split("/")
    good = all(part and set(part) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-") for part in parts)
    named = isinstance(e["o"], str) and isinstance(e["d"], str) and re.fullmatch(r"[0-9A-Za-z.-]{1,16}", district)
    return bool(named) and good and len(origin) <= 100 and e["rules"] == "pumasi-1"


def _postings(p: canonical.Value) -> bool:
    if not isinstance(p, list) or not 1 <= len(p) <= 250:
        return False
    places = []
    for posting in p:
        if not isinstance(posting, dict):
            return False
        if posting.keys() == {"a", "x"}:
            places.append((0, str(posting["a"])))
            unit = _public_unit(posting["a"])
        elif posting.keys() == {"c", "k", "u", "x"}:
            places.append((1, str(posting["c"])))
            unit = str(posting["u"])
            classes = WON_CLASSES if unit == "KRW" else COIN_CLASSES
            if not (_raw(posting["c"], 32) and posting["k"] in classes and _is_unit(posting["u"])):
                return False
        else:
            return False
        if unit is None or not _amounts(posting["x"], unit):
            return False
    return places == sorted(set(places))


def _public_unit(account: canonical.Value) -> str | None:
    if not isinstance(account, str):
        return None
    code, unit, owner = account.split(":", 2)
    if code not in PUBLIC or not _is_unit(unit) or (code[0] in "BK") != (unit == "KRW"):
        return None
    return unit if re.fullmatch(r"[A-Za-z0-9._/@+~#=-]{1,80}", owner) else None


def _amounts(x: canonical.Value, unit: str) -> bool:
    if not isinstance(x, dict) or not 1 <= len(x) <= 100 or not all(_int(amount) and amount for amount in x.values()):
        return False
    if unit == "KRW":
        return x.keys() == {"won"}
    return all(vintage in ("none", "plain") or _is_quarter(vintage) for vintage in x)


def _is_quarter(vintage: str) -> bool:
    year, _, quarter = vintage.partition("Q")
    return len(year) == 4 and year.isascii() and year.isdigit() and int(year) > 0 and quarter in ("1", "2", "3", "4")


def _f(f: canonical.Value) -> bool:
    if not isinstance(f, dict) or len(f) != 1:
        return False
    ((account, change),) = f.items()
    return account.startswith("1100:") and _public_unit(account) is not None and _int(change) and change != 0


def _auth(auth: canonical.Value) -> bool:
    if not isinstance(auth, dict) or auth.keys() != {"k", "o", "s"}:
        return False
    keys, signatures, order = auth["k"], auth["s"], auth["o"]
    if not (isinstance(keys, list) and isinstance(signatures, list) and isinstance(order, dict)):
        return False
    if not (len(keys) == len(signatures) == 2 and all(_raw(k, 32) for k in keys)):
        return False
    members = {"coins", "document", "fund", "issued_on", "kind", "order", "type", "unit", "won"}
    return all(_raw(s, 64) for s in signatures) and order.keys() == members and _order(order)


def _order(o: dict[str, canonical.Value]) -> bool:
    numbers = all(_natural(o[name]) and o[name] for name in ("coins", "won"))
    texts = all(isinstance(o[name], str) for name in o.keys() - {"coins", "won"})
    if not (numbers and texts):
        return False
    document = str(o["document"])
    return bool(
        document.strip(" ")
        and len(document) <= 80
        and re.fullmatch(r"[a-z][a-z0-9-]{0,39}/[0-9]{4}", str(o["fund"]))
        and _is_day(o["issued_on"])
        and o["kind"] in ("ORDER", "CUT")
        and re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", str(o["order"]))
        and o["type"] == "pumasi/budget-order/v1"
        and _is_unit(o["unit"])
    )


def _raw(text: canonical.Value, size: int) -> bool:
    raw = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    return len(raw) == size and base64.b64encode(raw).decode() == text


def _is_unit(unit: canonical.Value) -> bool:
    return isinstance(unit, str) and re.fullmatch(r"[A-Z0-9][A-Z0-9-]{0,15}", unit) is not None


def _is_day(day: canonical.Value) -> bool:
    return isinstance(day, str) and date.fromisoformat(day).isoformat() == day


def _int(value: canonical.Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _natural(value: canonical.Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
