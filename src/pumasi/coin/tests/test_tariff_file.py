"""The tariff file: each mistake an operator can make is named with its place."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pumasi.coin.tariff_file import DATA, load, parse
from pumasi.coin.tariff_table import TariffError


@pytest.fixture
def content() -> dict[str, Any]:
    return tomllib.loads((DATA / "seocho.toml").read_text(encoding="utf-8"))


def kind_of(content: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(kind for kind in content["kind"] if kind["code"] == code)
    return found


class TestMistakes:
    def test_overlapping_rows_are_named(self, content: dict[str, Any]) -> None:
        kind_of(content, "HANGER")["rows"][0]["until"] = kind_of(content, "HANGER")["rows"][1]["from"]

        with pytest.raises(TariffError, match="kind HANGER: the entries from 2023-07-03 and from 2024-04-10 overlap"):
            parse(content)

    def test_an_open_row_before_another_overlaps(self, content: dict[str, Any]) -> None:
        del kind_of(content, "HANGER")["rows"][0]["until"]

        with pytest.raises(TariffError, match="overlap"):
            parse(content)

    def test_a_gap_between_rows_is_named(self, content: dict[str, Any]) -> None:
        row = kind_of(content, "HANGER")["rows"][0]
        row["until"] = row["until"].replace(day=1)

        with pytest.raises(TariffError, match="kind HANGER: nothing holds between 2024-04-01 and 2024-04-10"):
            parse(content)

    def test_an_unknown_field_is_not_ignored(self, content: dict[str, Any]) -> None:
        kind_of(content, "HANGER")["rows"][0]["coin"] = 3

        with pytest.raises(TariffError, match=r"rows\[1\]: unknown field 'coin'"):
            parse(content)

    @pytest.mark.parametrize("coins", [1.0, "1", True])
    def test_an_amount_that_is_no_whole_number_is_refused(self, content: dict[str, Any], coins: object) -> None:
        kind_of(content, "HANGER")["rows"][0]["coins"] = coins

        with pytest.raises(TariffError, match=r"coins: must be a whole number"):
            parse(content)

    @pytest.mark.parametrize("coins", [0, -1])
    def test_an_amount_below_one_is_refused(self, content: dict[str, Any], coins: int) -> None:
        kind_of(content, "HANGER")["rows"][0]["coins"] = coins

        with pytest.raises(TariffError, match="is not between 1"):
            parse(content)

    def test_a_missing_field_is_named(self, content: dict[str, Any]) -> None:
        del kind_of(content, "HANGER")["measure"]

        with pytest.raises(TariffError, match="measure: is missing"):
            parse(content)

    def test_a_shop_share_where_no_shop_is_paid_is_refused(self, content: dict[str, Any]) -> None:
        kind_of(content, "TUMBLER")["rows"][0]["shop_coins"] = 1

        with pytest.raises(TariffError, match="unknown field 'shop_coins'"):
            parse(content)

    def test_an_unknown_act_is_refused(self, content: dict[str, Any]) -> None:
        kind_of(content, "TUMBLER")["rows"][0]["act"] = "1999-01"

        with pytest.raises(TariffError, match="no act '1999-01'"):
            parse(content)

    def test_an_unknown_source_is_refused(self, content: dict[str, Any]) -> None:
        kind_of(content, "TUMBLER")["rows"][0]["sources"] = [99]

        with pytest.raises(TariffError, match="no source 99"):
            parse(content)

    def test_a_kind_defined_twice_is_refused(self, content: dict[str, Any]) -> None:
        content["kind"].append(dict(kind_of(content, "TUMBLER")))

        with pytest.raises(TariffError, match="kind TUMBLER: defined twice"):
            parse(content)

    def test_a_cap_on_an_unknown_kind_is_refused(self, content: dict[str, Any]) -> None:
        content["cap"][0]["kind"] = "JUGGLING"

        with pytest.raises(TariffError, match="no kind 'JUGGLING'"):
            parse(content)

    def test_a_span_that_ends_before_it_starts_is_refused(self, content: dict[str, Any]) -> None:
        row = kind_of(content, "WELCOME")["rows"][0]
        row["until"] = row["from"].replace(day=1)

        with pytest.raises(TariffError, match="lies before"):
            parse(content)

    def test_text_that_is_not_toml_is_refused(self, tmp_path: Path) -> None:
        broken = tmp_path / "broken.toml"
        broken.write_text("name_ko = ", encoding="utf-8")

        with pytest.raises(TariffError, match=r"broken\.toml: not TOML"):
            load(broken)
