"""An entry of the log (leaf): its values and its one spelling, as docs/formats.md says. Parsing is strict and fast.

Not here: whether what an entry says is allowed (`rules`), and the tree (`tlog`).
"""

import base64
import re
from binascii import a2b_base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from pumasi.kernel import canonical
from pumasi.kernel.amount import MAX_MINOR
from pumasi.kernel.errors import NotCanonical
from pumasi.verify.classes import CLASSES, COMMITTED, ISSUE_CONTROL, KRW, PUBLIC, TYPES, WON
from pumasi.verify.errors import BadEntry

ENTRY_LIMIT = 65_535
RULES = "pumasi-1"
ORDER_TYPE = "pumasi/budget-order/v1"
_NOTHING: Mapping[str, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Posting:
    """A change of one account in minor units by vintage: a public one by name, anybody's by class and commitment."""

    account: str | None
    pool: str
    unit: str
    commitment: bytes | None
    amounts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Authority:
    """A budget order (its signed members) with two officers' Ed25519 keys (32 bytes) and signatures (64 bytes)."""

    keys: tuple[bytes, bytes]
    signatures: tuple[bytes, bytes]
    order: Mapping[str, str | int]

    def signed_bytes(self) -> bytes:
        """What both officers signed."""
        return canonical.dumps(dict(self.order))


@dataclass(frozen=True, slots=True)
class Genesis:
    """What entry 0 says: whose log it is and which rules hold in it."""

    origin: str
    district: str
    rules: str = RULES


@dataclass(frozen=True, slots=True)
class Leaf:
    """One entry. `limits` changes the limit of issuance of a public 1100: positive by an order, negative by a cut."""

    index: int
    block: int
    day: date
    type: str
    postings: tuple[Posting, ...] = ()
    limits: Mapping[str, int] = field(default_factory=lambda: _NOTHING)
    authority: Authority | None = None
    genesis: Genesis | None = None


def public(account: str, amounts: Mapping[str, int]) -> Posting:
    """A posting of a public account `code:unit:owner`; raises BadEntry."""
    return Posting(account, *_account(account), None, amounts)


def committed(pool: str, unit: str, commitment: bytes, amounts: Mapping[str, int]) -> Posting:
    """A posting of somebody's account of the class `pool`."""
    return Posting(None, pool, unit, commitment, amounts)


def in_order(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """The postings in the order of an entry: public by account, then committed by the text of the commitment."""
    return tuple(sorted(postings, key=lambda p: (p.account is None, p.account or _text(p.commitment or b""))))


def encode(leaf: Leaf) -> bytes:
    """The entry's bytes; raises BadEntry where the leaf is none that `parse` would return."""
    value: dict[str, object] = {"b": leaf.block, "day": leaf.day.isoformat(), "n": leaf.index, "t": leaf.type, "v": 1}
    if leaf.genesis is not None:
        value |= {"o": leaf.genesis.origin, "d": leaf.genesis.district, "rules": leaf.genesis.rules}
    else:
        value["p"] = [_posting_value(posting) for posting in leaf.postings]
    if leaf.limits:
        value["f"] = dict(leaf.limits)
    if leaf.authority is not None:
        value["auth"] = {
            "k": [_text(key) for key in leaf.authority.keys],
            "o": dict(leaf.authority.order),
            "s": [_text(signature) for signature in leaf.authority.signatures],
        }
    try:
        entry = canonical.dumps(value, ENTRY_LIMIT)
    except NotCanonical as error:
        raise BadEntry(str(error.facts["reason"])) from error
    if parse(entry) != leaf:
        raise BadEntry("the leaf says more than its entry")
    return entry


def parse(entry: bytes) -> Leaf:
    """The leaf in an entry's bytes; raises BadEntry for every other byte string."""
    if len(entry) > ENTRY_LIMIT:
        raise BadEntry(f"longer than {ENTRY_LIMIT} bytes")
    try:
        text = entry.decode()
    except UnicodeDecodeError as error:
        raise BadEntry("not UTF-8") from error
    found = _TRANSFER.fullmatch(text)
    if found is None:
        return _parse_genesis(text)
    auth, block, day, limit_of, limit, index, postings, type_ = found.groups()
    if index == "0":
        raise BadEntry("entry 0 holds no rules")
    authority, limits = None, _NOTHING
    if auth is not None or limit_of is not None:
        authority, limits = _order(type_, auth, limit_of, limit)
    return Leaf(_whole(index), _whole(block), _day(day), type_, _postings(postings), limits, authority)


# The grammar. In all of it but the order (`auth`), text is plain ASCII that JSON never escapes, so one regular
# expression says canonical form and members at once; tests hold it equal to a parser over `kernel.canonical`.
_NATURAL = r"(?:0|[1-9][0-9]{0,15})"
_CHANGE = r"-?[1-9][0-9]{0,15}"
_UNIT = r"[A-Z0-9][A-Z0-9-]{0,15}"
_ACCOUNT = rf"[0-9A-Z]{{4}}:{_UNIT}:[A-Za-z0-9._/@+~#=-]{{1,80}}"
_COMMITMENT = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="
_AMOUNT = rf'"(?:[0-9]{{4}}Q[1-4]|none|plain|won)":{_CHANGE}'
_POSTING = (
    rf'\{{(?:"a":"{_ACCOUNT}"|"c":"{_COMMITMENT}","k":"[a-z-]{{1,20}}","u":"{_UNIT}"),'
    rf'"x":\{{{_AMOUNT}(?:,{_AMOUNT}){{0,99}}\}}\}}'
)
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TRANSFER = re.compile(
    rf'\{{(?:"auth":(\{{.+?\}}),)?"b":({_NATURAL}),"day":"({_DAY})",(?:"f":\{{"({_ACCOUNT})":({_CHANGE})\}},)?'
    rf'"n":({_NATURAL}),"p":\[({_POSTING}(?:,{_POSTING}){{0,249}})\],"t":"({"|".join(sorted(TYPES))})","v":1\}}',
    re.DOTALL,
)
_GENESIS = re.compile(
    rf'\{{"b":({_NATURAL}),"d":"([0-9A-Za-z.-]{{1,16}})","day":"({_DAY})","n":0,'
    rf'"o":"([a-z0-9.-]+(?:/[a-z0-9.-]+)*)","rules":"({RULES})","t":"rules","v":1\}}'
)
# Used on what _TRANSFER has let through, so it need not be strict again.
_PARTS = re.compile(r'\{(?:"a":"([^"]+)"|"c":"([^"]+)","k":"([^"]+)","u":"([^"]+)"),"x":\{([^}]+)')
_AMOUNTS = re.compile(r'"([^"]+)":(-?[0-9]+)')


def _parse_genesis(text: str) -> Leaf:
    found = _GENESIS.fullmatch(text)
    if found is None:
        raise BadEntry(_what_is_wrong(text))
    block, district, day, origin, rules = found.groups()
    if len(origin) > 100:
        raise BadEntry("an origin longer than 100 characters")
    return Leaf(0, _whole(block), _day(day), "rules", genesis=Genesis(origin, district, rules))


def _what_is_wrong(text: str) -> str:
    try:
        canonical.loads(text.encode(), ENTRY_LIMIT)
    except NotCanonical as error:
        return f"not canonical JSON: {error.facts['reason']}"
    return "not the members of an entry"


def _postings(text: str) -> tuple[Posting, ...]:
    found = []
    last = ""
    for account, commitment, pool, unit, amounts in _PARTS.findall(text):
        place = account or "~" + commitment  # a tilde sorts after every account
        if place <= last:
            raise BadEntry("postings out of order")
        last = place
        changes = _changes(amounts)
        if account:
            posting = Posting(account, *_account(account), None, changes)
        else:
            if pool not in COMMITTED or (pool in WON) != (unit == KRW):
                raise BadEntry("a class that no account of this unit has")
            posting = Posting(None, pool, unit, a2b_base64(commitment), changes)
        if ("won" in changes) != (posting.unit == KRW):
            raise BadEntry("a vintage that this unit does not have")
        found.append(posting)
    return tuple(found)


@lru_cache(maxsize=65_536)
def _account(account: str) -> tuple[str, str]:
    """Class and unit of a public account."""
    code, _, rest = account.partition(":")
    unit = rest.partition(":")[0]
    if code not in PUBLIC or not re.fullmatch(_ACCOUNT, account):
        raise BadEntry("not a public account")
    pool = CLASSES[code]
    if (pool in WON) != (unit == KRW):
        raise BadEntry("an account in another unit's book")
    return pool, unit


@lru_cache(maxsize=65_536)
def _changes(text: str) -> Mapping[str, int]:
    """Amounts by vintage, out of the inside of an object of amounts."""
    pairs = [(vintage, int(digits)) for vintage, digits in _AMOUNTS.findall(text)]
    for (vintage, amount), following in zip(pairs, [*(vintage for vintage, _ in pairs[1:]), "~"], strict=True):
        if vintage >= following:
            raise BadEntry("not canonical JSON: vintages out of order")
        if abs(amount) > MAX_MINOR:
            raise BadEntry("not canonical JSON: integer beyond 2^53-1")
        if vintage.startswith("0000"):
            raise BadEntry("no such quarter")
    if len(pairs) > 1 and pairs[-1][0] == "won":
        raise BadEntry("a vintage that this unit does not have")
    return MappingProxyType(dict(pairs))


def _whole(digits: str) -> int:
    number = int(digits)
    if number > MAX_MINOR:
        raise BadEntry("not canonical JSON: integer beyond 2^53-1")
    return number


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadEntry("no such day") from error


def _posting_value(posting: Posting) -> dict[str, object]:
    amounts = dict(posting.amounts)
    if posting.account is not None:
        return {"a": posting.account, "x": amounts}
    return {"c": _text(posting.commitment or b""), "k": posting.pool, "u": posting.unit, "x": amounts}


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


# The order in `auth`.
_ORDER: dict[str, str] = {
    "document": r"(?=.*[^ ]).{1,80}",  # blank is the space alone: what else counts as one differs between languages
    "fund": r"[a-z][a-z0-9-]{0,39}/[0-9]{4}",
    "issued_on": _DAY,
    "kind": "ORDER|CUT",
    "order": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "type": re.escape(ORDER_TYPE),
    "unit": _UNIT,
}


def _order(
    type_: str, auth: str | None, limit_of: str | None, limit: str | None
) -> tuple[Authority, Mapping[str, int]]:
    if type_ != "issue" or auth is None or limit_of is None or limit is None:
        raise BadEntry("`auth` and `f` stand together, in an entry of type issue")
    if not limit_of.startswith(ISSUE_CONTROL) or abs(int(limit)) > MAX_MINOR:
        raise BadEntry("not a limit of issuance")
    _account(limit_of)
    return _authority(auth), MappingProxyType({limit_of: int(limit)})


def _authority(text: str) -> Authority:
    try:
        value = canonical.loads(text.encode(), ENTRY_LIMIT)
    except NotCanonical as error:
        raise BadEntry(f"not canonical JSON: {error.facts['reason']}") from error
    if not isinstance(value, dict) or value.keys() != {"k", "o", "s"}:
        raise BadEntry("not the members of an order's authority")
    keys, signatures = _two(value["k"], 32), _two(value["s"], 64)
    order = value["o"]
    if not isinstance(order, dict) or order.keys() != {*_ORDER, "coins", "won"}:
        raise BadEntry("not the members of an order")
    return Authority(keys, signatures, MappingProxyType({name: _member(name, order[name]) for name in order}))


def _member(name: str, value: canonical.Value) -> str | int:
    if name in _ORDER:
        if isinstance(value, str) and re.fullmatch(_ORDER[name], value, re.DOTALL):
            if name == "issued_on":
                _day(value)
            return value
    elif isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    raise BadEntry(f"an order with a wrong `{name}`")


def _two(value: canonical.Value, size: int) -> tuple[bytes, bytes]:
    if not isinstance(value, list) or len(value) != 2:
        raise BadEntry("not two keys and two signatures")
    first, second = (_raw(item, size) for item in value)
    return first, second


def _raw(value: canonical.Value, size: int) -> bytes:
    if not isinstance(value, str):
        raise BadEntry("not base64")
    try:
        raw = base64.b64decode(value, validate=True)
    except ValueError as error:
        raise BadEntry("not base64") from error
    if len(raw) != size or _text(raw) != value:
        raise BadEntry("not base64 of the right length")
    return raw
