"""Tables line up although a Korean letter is two columns wide, and decimals are exact."""

import pytest

from pumasi.ledger import tables
from pumasi.ledger.chart import CHART
from pumasi.ledger.reads import TrialLine


class TestDecimals:
    @pytest.mark.parametrize(
        ("minor", "scale", "text"),
        [(1250, 2, "12.50"), (-5, 2, "-0.05"), (0, 2, "0.00"), (-7, 0, "-7"), (2**53 - 1, 4, "900719925474.0991")],
    )
    def test_are_exact(self, minor: int, scale: int, text: str) -> None:
        assert tables.decimal(minor, scale) == text

    def test_are_grouped_for_people(self) -> None:
        assert [tables.grouped(n, 2) for n in (-50, 123456789)] == ["-0.50", "1,234,567.89"]


class TestTables:
    def test_count_korean_letters_as_two_columns(self) -> None:
        assert [tables.width(text) for text in ("가나", "ab", "가a", "e\u0301")] == [4, 2, 3, 1]

    def test_line_up(self) -> None:
        text = tables.table(["이름", "N"], [["주민지갑", "5"], ["ab", "1,000"]], frozenset({1}))

        assert text.splitlines() == ["이름          N", "--------  -----", "주민지갑      5", "ab        1,000"]

    def test_of_a_trial_balance_end_with_the_sum_of_each_book(self) -> None:
        lines = [TrialLine(CHART["1100"], "SC", 1, -500), TrialLine(CHART["2100"], "SC", 2, 500)]

        assert [line.split()[-1] for line in tables.trial_table(lines, tables.SCALES).splitlines()[2:]] == [
            "-5.00",
            "5.00",
            "0.00",
        ]
