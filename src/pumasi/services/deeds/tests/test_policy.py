"""What suffices as proof is data, and a file that leaves something open is refused when it is read."""

import tomllib
from datetime import date
from typing import Any

import pytest

from pumasi.coin.tariff import Measure
from pumasi.services.deeds.models import NEXT, State
from pumasi.services.deeds.queries.policy import FILE, parse, policy


def content() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


class TestPolicy:
    @pytest.mark.parametrize(
        ("evidence", "measure", "coins", "earlier", "then", "by"),
        [
            ("CODE", Measure.ITEM, 20, 0, State.AUTO_OK, ""),
            ("CODE", Measure.ITEM, 21, 0, State.REVIEW, "STAFF"),
            ("CODE", Measure.MINUTE, 1, 0, State.REVIEW, "STAFF"),
            ("STAFF", Measure.MINUTE, 1000, 0, State.AUTO_OK, ""),
            ("ATTENDANCE", Measure.MINUTE, 20, 0, State.AUTO_OK, ""),
            ("ATTENDANCE", Measure.MINUTE, 21, 0, State.REVIEW, "STAFF"),
            ("MACHINE", Measure.ITEM, 20, 0, State.AUTO_OK, ""),
            ("MACHINE", Measure.ITEM, 21, 0, State.RISK_HOLD, "REVIEWER"),
            ("PHOTO", Measure.ITEM, 1, 2, State.REVIEW, "REVIEWER"),
            ("PHOTO", Measure.ITEM, 1, 3, State.RISK_HOLD, "REVIEWER"),
            ("OUTCOME", Measure.TIME, 10, 0, State.REVIEW, "DONG_OFFICIAL"),
        ],
    )
    def test_the_first_rule_that_fits_holds(
        self, evidence: str, measure: Measure, coins: int, earlier: int, then: State, by: str
    ) -> None:
        rule = policy().rule_for(evidence, measure, coins, earlier)

        assert (rule.then, rule.by) == (then, by)

    def test_deadlines_are_working_days(self) -> None:
        friday = date(2026, 10, 9)

        assert policy().due("STAFF", friday) == date(2026, 10, 14)
        assert policy().due("APPEAL", friday) == date(2026, 10, 23)

    def test_an_evidence_kind_without_an_open_end_is_refused(self) -> None:
        told = content()
        told["rule"] = [each for each in told["rule"] if each["evidence"] != "MACHINE" or "up_to_coins" in each]

        with pytest.raises(ValueError, match="evidence MACHINE: no rule without a limit"):
            parse(told)

    @pytest.mark.parametrize(
        "rule",
        [
            {"evidence": "CODE", "then": "AUTO_OK", "by": "STAFF"},
            {"evidence": "CODE", "then": "REVIEW"},
            {"evidence": "CODE", "then": "REVIEW", "by": "MAYOR"},
            {"evidence": "CODE", "then": "ISSUED"},
            {"evidence": "CODE", "then": "AUTO_OK", "up_to_coin": 3},
        ],
    )
    def test_a_rule_that_makes_no_sense_is_refused(self, rule: dict[str, Any]) -> None:
        told = content()
        told["rule"].insert(0, rule)

        with pytest.raises(ValueError, match="rule for CODE"):
            parse(told)

    def test_photos_live_longer_than_an_objection_may_come(self) -> None:
        assert policy().photo_kept_days > 30

    def test_no_state_leads_nowhere_by_mistake(self) -> None:
        last = {State.UPHELD, State.REVERSED}

        assert {state for state in State if state not in NEXT} == last
        assert {target for targets in NEXT.values() for target in targets} == set(State)
