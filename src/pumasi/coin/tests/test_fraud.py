"""The open rules: each ring is caught by its rule, and honest weeks stay nearly silent."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pumasi.coin.fraud.deeds import HandOver
from pumasi.coin.fraud.rules import RULES, findings
from pumasi.coin.tests import rings

SEEDS = range(12)
# What the rules may cost in honest time: at most this many findings in a week of about 900 deeds in 30 days.
HONEST_FLAGS = 1
RINGS: dict[str, Callable[[int], list[HandOver]]] = {
    "SHOP_SHARE": rings.fed_shop,
    "SHOP_OF_ALL": rings.phantom_shop,
    "BURST": rings.burst,
    "NIGHT": rings.night,
    "SAME_PAIR": rings.daily_pair,
    "SWAP": rings.swap,
}


class TestRings:
    @pytest.mark.parametrize("rule", sorted(RINGS))
    @pytest.mark.parametrize("seed", SEEDS)
    def test_a_ring_is_caught_by_its_rule(self, rule: str, seed: int) -> None:
        found = findings(rings.window(rings.honest(seed) + RINGS[rule](seed)))

        assert rule in {each.rule for each in found}

    def test_each_rule_has_its_ring(self) -> None:
        assert {*RINGS, "SELF_DEAL"} == set(RULES)

    def test_refused_self_deals_are_counted(self) -> None:
        found = findings(rings.window([], rings.self_deals()))

        assert [(each.rule, each.numbers) for each in found] == [("SELF_DEAL", {"count": 3})]

    def test_the_numbers_are_exact(self) -> None:
        found = findings(rings.window(rings.fed_shop(0)))

        assert [(each.rule, each.person, each.place, each.numbers) for each in found] == [
            ("SHOP_SHARE", rings.person("ring"), rings.shop("small"), {"count": 14, "total": 22, "percent": 63})
        ]

    def test_what_ended_before_the_week_is_not_said_again(self) -> None:
        old = [deed for deed in rings.daily_pair(0)]
        moved = [
            HandOver(deed.person, deed.place, True, False, deed.day - timedelta(days=8), deed.minute) for deed in old
        ]

        assert findings(rings.window(moved)) == []


class TestHonest:
    @pytest.mark.parametrize("seed", SEEDS)
    def test_weeks_are_nearly_silent(self, seed: int) -> None:
        assert len(findings(rings.window(rings.honest(seed)))) <= HONEST_FLAGS

    def test_a_roll_call_at_a_centre_is_no_burst(self) -> None:
        hall = [
            HandOver(rings.person(each), rings.shop("centre1"), False, False, rings.MONDAY - timedelta(days=2), 600)
            for each in range(300)
        ]

        assert findings(rings.window(hall)) == []

    def test_the_same_list_however_often_it_is_made(self) -> None:
        window = rings.window(rings.honest(1) + rings.burst(1))

        assert [each.id for each in findings(window)] == [each.id for each in findings(window)]
