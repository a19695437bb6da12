"""Items and their CO2 factors: the sample reads, sums keep their range and say their versions, mistakes are named."""

import copy
import tomllib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from pumasi.coin.items import Saved, items, parse
from pumasi.coin.tariff import Basis
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tariff_table import TariffError

CONTENT = tomllib.loads((DATA / "items.toml").read_text(encoding="utf-8"))
DAY = date(2026, 10, 5)


@pytest.fixture
def content() -> dict[str, Any]:
    return copy.deepcopy(CONTENT)


class TestItems:
    def test_the_sample_has_nine_items_and_marks_what_is_guessed(self) -> None:
        table = items()

        assert len(table.items) == 9
        assert [code for code, item in table.items.items() if item.is_named] == [
            "HANGER",
            "PLASTIC_BAG",
            "SHOPPING_BAG",
            "ICE_PACK",
            "COFFEE_TRAY",
        ]
        assert {factor.basis for item in table.items.values() for factor in item.factors} == {Basis.ASSUMED}

    def test_the_sample_lies_in_the_reported_range(self) -> None:
        # 55,752 pieces / 7,507 kg and 228,956 pieces / ~27,000 kg.
        lowest, highest = 27_000_000 // 228_956 + 1, 20_000_000 // 142_257 + 1

        assert {(f.low, f.high) for item in items().items.values() for f in item.factors} == {(lowest, highest)}

    def test_a_sum_keeps_its_range_and_versions(self, content: dict[str, Any]) -> None:
        content["item"][0]["factors"] = [
            {**content["item"][0]["factors"][0], "until": date(2026, 9, 30)},
            {
                "grams": 50,
                "low": 40,
                "high": 60,
                "from": date(2026, 10, 1),
                "version": "2",
                "basis": "REPORTED",
                "sources": [33],
            },
        ]
        table = parse(content)

        total = table.saved([("HANGER", 10, date(2026, 9, 30)), ("HANGER", 10, DAY), ("VOLUNTEERING", 60, DAY)])

        assert total == Saved(20, 1300 + 500, 1180 + 400, 1410 + 600, ("1", "2"))

    def test_nothing_is_counted_before_the_first_factor(self) -> None:
        assert items().saved([("TUMBLER", 3, date(2024, 4, 9))]) == Saved(0, 0, 0, 0, ())

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            (lambda c: c["item"][0]["factors"][0].update(low=131), "does not lie between"),
            (lambda c: c["item"][1].update(code="HANGER"), "defined twice"),
            (lambda c: c["item"][0]["factors"][0].update(sources=[99]), "are sources"),
            (lambda c: c["item"][0]["factors"].append(c["item"][0]["factors"][0]), "does not follow"),
            (lambda c: c["item"][0]["factors"][0].update(gramms=1), "unknown field"),
        ],
    )
    def test_names_what_is_wrong(
        self, content: dict[str, Any], change: Callable[[dict[str, Any]], None], said: str
    ) -> None:
        change(content)

        with pytest.raises(TariffError, match=said):
            parse(content)
