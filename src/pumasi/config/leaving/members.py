"""Members, lots, balances, shops and takings in the very format that `pumasi import` reads (docs/import.md).

Old ids are the pseudonymous owners of wallets and tills in the ledger, so that the other files can be joined to them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.conf import settings

from pumasi.civic.people.moving import Card, cards_of
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.moving.comparing import WALLETS
from pumasi.coin.moving.models import MovedTaking
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import reads
from pumasi.ledger.reads import BornLot
from pumasi.ledger.tables import decimal
from pumasi.services.shops.queries.register import live_shops

Row = tuple[str, ...]
HEADS: dict[str, Row] = {
    "members": ("old_id", "name", "phone", "birth_year", "relation", "valid_until", "dong"),
    "lots": ("old_id", "coins", "earned_on", "expires", "fund", "won"),
    "balances": ("old_id", "coins"),
    "shops": ("old_id", "name_ko", "name_en", "dong", "business_number", "owner", "items", "unpaid"),
    "takings": ("shop", "coins", "taken_on", "fund", "won"),
    "elsewhere": ("account", "name_ko", "name_en", "coins"),
}
_EARNED = re.compile(r"import [0-9a-f]{16} [0-9a-f]{12} ([0-9]{4}-[0-9]{2}-[0-9]{2})")
_SPENT = frozenset({"1100", "3100", "3200", "3300", "3310", "3400", "3500", "3900"})  # coins that are nobody's any more


@dataclass
class Leaving:
    """The rows of each file, and the mapping beside them."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    mapping: str = ""


@one_tariff()
def leaving(acting: Acting) -> Leaving:
    """All files; each member opened is a noted look, with the purpose of `acting`."""
    today = seoul_date(acting.at)
    cards = cards_of(acting)
    owners = {card.wallet.hex for card in cards.values()}
    shops = list(_shops(cards))
    lots, takings = list(_lots(owners, today)), list(_takings({row[0] for row in shops}))
    unpaid = _sums(takings)
    shops = [(*row, decimal(unpaid[row[0]], district_tariff().unit.scale)) for row in shops]
    balances = _balances(owners, lots)
    rows = {
        "members": [_member(card) for card in cards.values()],
        "lots": lots,
        "balances": balances,
        "shops": shops,
        "takings": takings,
        "elsewhere": list(_elsewhere(lots, takings)),
    }
    return Leaving(rows, _mapping(rows, cards.values(), today))


def _member(card: Card) -> Row:
    until = card.left_on or card.relation_until
    return (
        card.wallet.hex,
        card.name,
        card.phone or "",
        str(card.birth_year or ""),
        card.relation.value,
        until.isoformat() if until else "",
        "",
    )


def _lots(owners: set[str], today: date) -> Iterator[Row]:
    unit = district_tariff().unit
    for code in WALLETS:
        for born in reads.lots_in(code, unit.code):
            lot = born.lot
            if born.owner not in owners or (lot.expires is not None and lot.expires < today):
                continue
            yield (
                born.owner,
                decimal(lot.amount, unit.scale),
                _earned_on(born),
                lot.expires.isoformat() if lot.expires else "",
                lot.fund,
                str(lot.rate * unit.minor_per_whole),
            )


def _earned_on(born: BornLot) -> str:
    """The day of the deed; of coins that were moved in, the day that the other system told."""
    match = _EARNED.fullmatch(born.memo) if born.kind == "OPENING" else None
    return match[1] if match else born.born_on.isoformat()


def _balances(owners: set[str], lots: Iterable[Row]) -> list[Row]:
    found = _sums(lots)
    return [(owner, decimal(found[owner], district_tariff().unit.scale)) for owner in sorted(owners)]


def _sums(rows: Iterable[Row]) -> Counter[str]:
    """Minor units by the first column."""
    found: Counter[str] = Counter()
    for owner, coins, *_ in rows:
        found[owner] += _minor(coins)
    return found


def _shops(cards: dict[UUID, Card]) -> Iterator[Row]:
    """Live shops whose owner is a member."""
    for shop in live_shops():
        if shop.owner_id in cards:
            yield (
                shop.till.hex,
                shop.name_ko,
                shop.name_en,
                shop.dong,
                shop.business_number,
                cards[shop.owner_id].wallet.hex,
                shop.items,
            )


def _takings(tills: set[str]) -> Iterator[Row]:
    unit = district_tariff().unit
    moved = dict(MovedTaking.objects.values_list("key", "day"))
    for taken in reads.takings_in("2200", unit.code):
        if taken.owner in tills:
            day = moved.get(taken.key, taken.day)
            won = str(taken.rate * unit.minor_per_whole)
            yield taken.owner, decimal(taken.amount, unit.scale), day.isoformat(), taken.fund, won


def _elsewhere(lots: Iterable[Row], takings: Iterable[Row]) -> Iterator[Row]:
    """What lies neither in a member's wallet nor in a live shop's till, by account: these files do not carry it."""
    unit = district_tariff().unit
    carried = {"wallets": sum(_minor(row[1]) for row in lots), "2200": sum(_minor(row[1]) for row in takings)}
    for line in reads.trial_balance():
        code = line.row.code
        if line.unit != unit.code or code in _SPENT or line.row.control:
            continue
        left = line.balance
        if code in WALLETS:
            taken = min(left, carried["wallets"])
            carried["wallets"] -= taken
            left -= taken
        elif code == "2200":
            left -= carried["2200"]
        if left:
            yield code, line.row.ko, line.row.en, decimal(left, unit.scale)


def _mapping(rows: dict[str, list[Row]], cards: Iterable[Card], today: date) -> str:
    unit = district_tariff().unit
    level = min((card.level.value for card in cards), default="L0")
    lots = [*rows["lots"], *rows["takings"]]
    coins = sum(_minor(row[1]) for row in lots)
    won = sum(_minor(row[1]) * (int(row[-1]) // unit.minor_per_whole) for row in lots)
    counts = {name: len(rows[name]) for name in ("members", "lots", "shops", "takings")}
    lines = [
        f"origin = {_quoted(f'pumasi {settings.LOG_ORIGIN}'[:80])}",
        f"extract_on = {today.isoformat()}",
        f"unit = {_quoted(unit.code)}",
        'date_form = "YYYY-MM-DD"',
        f"level = {_quoted(level)}",
        f"confirmed_two = [{', '.join(_quoted(each) for each in _two_people(rows['members']))}]",
        "",
        "[expected]",
        *(f"{name} = {count}" for name, count in counts.items()),
        f"coins = {_quoted(decimal(coins, unit.scale))}",
        f"won = {won}",
    ]
    return "\n".join(lines) + "\n"


def _two_people(members: Iterable[Row]) -> list[str]:
    """Members of one name and birth year: they have joined here as two, so the next system need not ask again."""
    seen: set[tuple[str, str]] = set()
    found = []
    for old_id, name, _, year, *_ in members:
        who = "".join(name.split()), year
        if who in seen:
            found.append(old_id)
        seen.add(who)
    return found


def _minor(coins: str) -> int:
    return int(coins.replace(".", "")) if district_tariff().unit.scale else int(coins)


def _quoted(text: str) -> str:
    """A TOML basic string; JSON's escapes are a part of TOML's."""
    return json.dumps(text, ensure_ascii=False)
