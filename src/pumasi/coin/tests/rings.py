"""A generator of weeks: an honest neighbourhood, and rings that cheat in it. The same seed gives the same weeks."""

from datetime import date, timedelta
from uuid import UUID

from pumasi.coin.fraud.deeds import WINDOW_DAYS, Attempt, HandOver, Window
from pumasi.kernel.ids import derived_id

MONDAY = date(2026, 10, 5)
RESIDENTS, SHOPS, CENTRES = 240, 40, 8
OPENS, CLOSES = 9 * 60, 20 * 60


def person(number: int | str) -> UUID:
    return derived_id("rings.person", number)


def shop(number: int | str) -> UUID:
    return derived_id("rings.shop", number)


def draw(below: int, *parts: str | int) -> int:
    """A number from 0 to below - 1 that looks like chance and is the same each time."""
    return derived_id("rings.draw", *parts).int % below


def honest(seed: int) -> list[HandOver]:
    """Thirty days: everybody has two shops and a centre nearby, and comes about every eighth day in opening hours."""
    found = []
    for number in range(RESIDENTS):
        near = [draw(SHOPS, seed, "near", number, each) for each in range(2)]
        for back in range(1, WINDOW_DAYS + 1):
            if draw(8, seed, "comes", number, back):
                continue
            is_shop = draw(3, seed, "where", number, back) > 0
            place = shop(near[draw(2, seed, "which", number, back)]) if is_shop else shop(f"centre{number % CENTRES}")
            minute = OPENS + draw(CLOSES - OPENS, seed, "when", number, back)
            found.append(HandOver(person(number), place, is_shop, False, MONDAY - timedelta(days=back), minute))
    return found


def window(deeds: list[HandOver], attempts: tuple[Attempt, ...] = ()) -> Window:
    keepers = {shop(number): frozenset({person(f"keeper{number}")}) for number in range(SHOPS)}
    return Window(MONDAY, deeds, attempts, keepers)


def at(who: UUID, where: UUID, back: int, minute: int) -> HandOver:
    return HandOver(who, where, True, False, MONDAY - timedelta(days=back), minute)


def fed_shop(seed: int) -> list[HandOver]:
    """One person makes most of a small shop's deeds, spread over the month."""
    return [at(person("ring"), shop("small"), 1 + each * 2 % 29, 600 + each) for each in range(14)] + [
        at(person(each), shop("small"), 2 + each, 700 + draw(200, seed, each)) for each in range(8)
    ]


def phantom_shop(seed: int) -> list[HandOver]:
    """A shop that hands coins to many names, more than any real shop could."""
    return [
        at(person(f"name{each % 60}"), shop("phantom"), 1 + each % 30, OPENS + draw(600, seed, "phantom", each))
        for each in range(180)
    ]


def burst(seed: int) -> list[HandOver]:
    return [at(person(f"phone{each}"), shop(3), 2, 840 + each + draw(2, seed, each)) for each in range(7)]


def night(seed: int) -> list[HandOver]:
    return [at(person(f"owl{each}"), shop(5), 1 + each, (draw(300, seed, each) + 22 * 60) % 1440) for each in range(4)]


def daily_pair(seed: int) -> list[HandOver]:
    return [at(person("ring"), shop(7), 1 + each, 620 + draw(300, seed, each)) for each in range(18)]


def swap(seed: int) -> list[HandOver]:
    there = [at(person("keeper1"), shop(2), 1 + each * 4, 600 + draw(500, seed, each)) for each in range(6)]
    return there + [at(person("keeper2"), shop(1), 2 + each * 4, 600 + draw(500, seed, "b", each)) for each in range(6)]


def self_deals() -> tuple[Attempt, ...]:
    return tuple(Attempt(person("keeper4"), shop(4), MONDAY - timedelta(days=back)) for back in (1, 3, 5))
