"""The recorded contract: what any provider of card payments answers to these calls, in this order."""

import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from pumasi.services.pos.operations.provider import Answer, Outcome, PaymentProvider
from pumasi.services.pos.operations.simulated import SimulatedProvider

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
RECORDED = json.loads(Path(__file__).with_name("contract.json").read_text(encoding="utf-8"))
DAY = date(2026, 10, 5)


def answer_of(port: PaymentProvider, step: dict[str, Any], references: dict[int, str]) -> Answer:
    key, of = UUID(int=step["key"]), references.get(step.get("of", 0), "")
    match step["call"]:
        case "authorise":
            return port.authorise(step["won"], "A-1", key, DAY)
        case "capture":
            return port.capture(of, key, DAY)
        case "void":
            return port.void(of, key, DAY)
        case "refund":
            return port.refund(of, step["won"], key, DAY)
        case _:
            return port.status(key)


class TestContract:
    @pytest.mark.parametrize("port", [SimulatedProvider()])
    def test_holds(self, port: PaymentProvider) -> None:
        references: dict[int, str] = {}

        for step in RECORDED:
            if step["call"] == "reconcile":
                wanted = sorted((references[key], won) for key, won in step["lines"])
                assert sorted((each.reference, each.won) for each in port.reconcile(DAY)) == wanted
                continue
            answer = answer_of(port, step, references)
            assert [answer.outcome, answer.reason] == step["answer"], step
            assert bool(answer.reference) == (answer.outcome is Outcome.APPROVED), step
            if answer.reference:
                assert references.setdefault(step["key"], answer.reference) == answer.reference, step


class TestSimulated:
    """Its ways of failing, each by the last two digits."""

    def test_a_reservation_that_times_out_was_made(self) -> None:
        port, key = SimulatedProvider(), UUID(int=1)

        assert port.authorise(2068, "A", key, DAY).outcome is Outcome.UNKNOWN
        assert port.status(key).outcome is Outcome.APPROVED

    @pytest.mark.parametrize(("won", "again"), [(2091, Outcome.APPROVED), (2094, Outcome.DECLINED)])
    def test_a_capture_that_times_out_was_made_whatever_it_answers_the_second_time(
        self, won: int, again: Outcome
    ) -> None:
        port, hold, key = SimulatedProvider(), UUID(int=1), UUID(int=2)
        held = port.authorise(won, "A", hold, DAY)

        assert port.capture(held.reference, key, DAY).outcome is Outcome.UNKNOWN
        assert port.capture(held.reference, key, DAY).outcome is again
        assert port.status(key).outcome is Outcome.APPROVED
        assert [each.won for each in port.reconcile(DAY)] == [won]

    def test_a_capture_may_be_declined_or_be_missing_on_the_list(self) -> None:
        port = SimulatedProvider()
        for number, won, outcome in ((1, 2096, Outcome.DECLINED), (3, 2040, Outcome.APPROVED)):
            held = port.authorise(won, "A", UUID(int=number), DAY)
            assert port.capture(held.reference, UUID(int=number + 1), DAY).outcome is outcome

        assert port.reconcile(DAY) == []
