"""The rules of the Monday list, open to everybody: what is looked at, from which number on, and what else it may be.

A rule flags and never blocks; blocks are caps. Thresholds are constants here and stand in the words that pages print.
Not here: who looks at a finding and closes it (`operations.monday`).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from pumasi.coin.fraud.deeds import Finding, HandOver, Window

SHARE_PERCENT, SHARE_LEAST = 40, 20
SHOP_PERCENT, SHOP_LEAST, SHOP_COUNT = 15, 200, 10
BURST_COUNT, BURST_MINUTES = 6, 10
NIGHT_FROM, NIGHT_UNTIL, NIGHT_COUNT = 22 * 60, 6 * 60, 3
PAIR_DAYS = 15
SWAP_COUNT = 5
SELF_COUNT = 2


@dataclass(frozen=True)
class Rule:
    """One rule in words. `says_*` take the finding's numbers; `honest_*` is what else it may be."""

    code: str
    name_ko: str
    name_en: str
    when_ko: str
    when_en: str
    says_ko: str
    says_en: str
    honest_ko: str
    honest_en: str
    find: Callable[[Window], Iterator[Finding]]


def findings(window: Window) -> list[Finding]:
    """Everything the rules notice in this window, in the order of the rules."""
    return [finding for rule in RULES.values() for finding in rule.find(window)]


def _share_of_shop(window: Window) -> Iterator[Finding]:
    shops: defaultdict[UUID, Counter[UUID]] = defaultdict(Counter)
    for deed in window.deeds:
        if deed.is_shop:
            shops[deed.place][deed.person] += 1
    new = {(deed.person, deed.place) for deed in window.week}
    for place, people in sorted(shops.items()):
        total = people.total()
        for person, count in sorted(people.items()):
            if total >= SHARE_LEAST and count * 100 >= total * SHARE_PERCENT and (person, place) in new:
                numbers = {"count": count, "total": total, "percent": count * 100 // total}
                yield Finding("SHOP_SHARE", window.monday, person, place, numbers)


def _shop_of_all(window: Window) -> Iterator[Finding]:
    shops = Counter(deed.place for deed in window.deeds if deed.is_shop)
    total = shops.total()
    if total < SHOP_LEAST or len(shops) < SHOP_COUNT:
        return
    for place, count in sorted(shops.items()):
        if count * 100 >= total * SHOP_PERCENT:
            numbers = {"count": count, "total": total, "percent": count * 100 // total}
            yield Finding("SHOP_OF_ALL", window.monday, None, place, numbers)


def _burst(window: Window) -> Iterator[Finding]:
    days: defaultdict[UUID, list[int]] = defaultdict(list)
    for deed in window.week:
        if deed.is_shop:
            days[deed.place].append(deed.day.toordinal() * 1440 + deed.minute)
    for place, minutes in sorted(days.items()):
        minutes.sort()
        most = max(_within(minutes, start) for start in range(len(minutes)))
        if most >= BURST_COUNT:
            yield Finding("BURST", window.monday, None, place, {"count": most, "minutes": BURST_MINUTES})


def _within(minutes: list[int], start: int) -> int:
    return sum(1 for minute in minutes[start:] if minute < minutes[start] + BURST_MINUTES)


def _night(window: Window) -> Iterator[Finding]:
    found = Counter(deed.place for deed in window.week if not deed.by_machine and _is_night(deed))
    for place, count in sorted(found.items()):
        if count >= NIGHT_COUNT:
            yield Finding("NIGHT", window.monday, None, place, {"count": count})


def _is_night(deed: HandOver) -> bool:
    return deed.minute >= NIGHT_FROM or deed.minute < NIGHT_UNTIL


def _same_pair(window: Window) -> Iterator[Finding]:
    days: defaultdict[tuple[UUID, UUID], set[object]] = defaultdict(set)
    for deed in window.deeds:
        if deed.is_shop:
            days[deed.person, deed.place].add(deed.day)
    new = {(deed.person, deed.place) for deed in window.week}
    for (person, place), found in sorted(days.items()):
        if len(found) >= PAIR_DAYS and (person, place) in new:
            yield Finding("SAME_PAIR", window.monday, person, place, {"days": len(found)})


def _swap(window: Window) -> Iterator[Finding]:
    """A keeper earns at another's shop, and that other one at the first one's."""
    owner_of = {person: place for place, people in window.keepers.items() for person in people}
    earned = Counter(
        (owner_of[deed.person], deed.place, deed.person)
        for deed in window.deeds
        if deed.person in owner_of and deed.place in window.keepers
    )
    ways: defaultdict[tuple[UUID, UUID], int] = defaultdict(int)
    for (home, place, _), count in earned.items():
        ways[home, place] += count
    for (home, place, person), count in sorted(earned.items()):
        back = ways.get((place, home), 0)
        if home != place and count >= SWAP_COUNT and back >= SWAP_COUNT:
            yield Finding("SWAP", window.monday, person, place, {"count": count, "back": back})


def _self_deal(window: Window) -> Iterator[Finding]:
    tried = Counter((each.person, each.place) for each in window.attempts if window.is_new(each.day))
    for (person, place), count in sorted(tried.items()):
        if count >= SELF_COUNT:
            yield Finding("SELF_DEAL", window.monday, person, place, {"count": count})


_ALL = (
    Rule(
        "SHOP_SHARE",
        "한 사람이 한 가게의 큰 몫",
        "One person is much of one shop",
        f"30일 동안 {SHARE_LEAST}건 이상인 가게에서 한 사람이 {SHARE_PERCENT}% 이상",
        f"In 30 days a shop has {SHARE_LEAST} deeds or more, and {SHARE_PERCENT} % of them or more are one person's",
        "30일 동안 이 가게의 {total}건 중 {count}건({percent}%)",
        "{count} of this shop's {total} deeds in 30 days ({percent} %)",
        "세탁물이 많은 단골일 수 있어요.",
        "It may be a regular with much laundry.",
        _share_of_shop,
    ),
    Rule(
        "SHOP_OF_ALL",
        "한 가게가 구 전체의 큰 몫",
        "One shop is much of the district",
        f"30일 동안 가게 {SHOP_COUNT}곳 이상, {SHOP_LEAST}건 이상 중 한 가게가 {SHOP_PERCENT}% 이상",
        f"In 30 days, of {SHOP_LEAST} deeds or more at {SHOP_COUNT} shops or more, {SHOP_PERCENT} % or more are at one",
        "30일 동안 가게 전체 {total}건 중 {count}건({percent}%)",
        "{count} of {total} deeds at all shops in 30 days ({percent} %)",
        "큰길의 큰 가게이거나 행사가 있었을 수 있어요.",
        "It may be a large shop on a main street, or there was an event.",
        _shop_of_all,
    ),
    Rule(
        "BURST",
        "짧은 시간에 몰림",
        "Many in a short time",
        f"한 가게에서 {BURST_MINUTES}분 안에 {BURST_COUNT}건 이상",
        f"{BURST_COUNT} deeds or more at one shop within {BURST_MINUTES} minutes",
        "{minutes}분 안에 {count}건",
        "{count} deeds within {minutes} minutes",
        "모임이 함께 왔을 수 있어요.",
        "A group may have come together.",
        _burst,
    ),
    Rule(
        "NIGHT",
        "문 닫은 시간",
        "Outside opening hours",
        f"한 장소에서 한 주에 22시~06시 사이 {NIGHT_COUNT}건 이상(기계 제외)",
        f"{NIGHT_COUNT} deeds or more in a week between 22:00 and 06:00 at one place (machines apart)",
        "22시~06시 사이 {count}건",
        "{count} deeds between 22:00 and 06:00",
        "늦게까지 여는 가게일 수 있어요.",
        "The shop may be open late.",
        _night,
    ),
    Rule(
        "SAME_PAIR",
        "거의 날마다 같은 둘",
        "The same two nearly every day",
        f"30일 중 {PAIR_DAYS}일 이상 같은 사람이 같은 가게에서",
        f"The same person at the same shop on {PAIR_DAYS} days or more of 30",
        "30일 중 {days}일",
        "on {days} of 30 days",
        "매일 들르는 카페일 수 있어요.",
        "It may be the cafe of every morning.",
        _same_pair,
    ),
    Rule(
        "SWAP",
        "두 가게 주인이 서로",
        "Two keepers for each other",
        f"30일 동안 두 가게 주인이 서로의 가게에서 {SWAP_COUNT}건 이상씩 적립",
        f"In 30 days two keepers earn {SWAP_COUNT} times or more each at the other's shop",
        "이 가게에서 {count}건, 반대쪽에서 {back}건",
        "{count} deeds here, {back} the other way",
        "이웃 가게끼리 자주 오갈 수 있어요.",
        "Neighbouring shops may visit each other often.",
        _swap,
    ),
    Rule(
        "SELF_DEAL",
        "자기 거래 시도",
        "Attempts to deal with oneself",
        f"한 주에 자기 활동 확인이나 자기 가게 거래를 {SELF_COUNT}번 이상 시도(모두 거절됨)",
        f"{SELF_COUNT} attempts or more in a week to confirm or pay oneself (all were refused)",
        "거절된 시도 {count}번",
        "{count} attempts, all refused",
        "규칙을 몰랐을 수 있어요.",
        "They may not have known the rule.",
        _self_deal,
    ),
)
RULES = {rule.code: rule for rule in _ALL}
