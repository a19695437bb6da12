"""Any order of life events leaves books that balance and no coin without an owner; seeded bugs are noticed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from house.examples import fewer
from pumasi.coin.life_errors import NotYetWoundDown
from pumasi.coin.operations import death, ending, followers, leaving, life, merging
from pumasi.coin.tests.proofs.lives import LifeMachine
from pumasi.coin.tests.world import DATABASES
from pumasi.ledger import kinds
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import ValueNotConserved

pytestmark = pytest.mark.django_db(databases=DATABASES)


def run(examples: int, steps: int = 30, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    run_state_machine_as_test(
        LifeMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            derandomize=True,
            deadline=None,
            database=None,
            phases=phases,
            report_multiple_bugs=False,
            print_blob=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


def notices(examples: int) -> None:
    """Look for a failure without making it small."""
    run(examples, 50, (Phase.generate,))


@pytest.mark.postgres
class TestLives:
    def test_any_order_of_life_events_keeps_every_coin(self) -> None:
        run(6)

    @pytest.mark.full
    def test_many_orders(self) -> None:
        run(fewer(60), 50)


class TestSeededBugs:
    """Each of these mistakes is noticed within a few histories. It is ours, not the store's: once is enough."""

    def test_coins_that_vest_later_and_do_not_follow(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(followers, "_next", _nothing)
        monkeypatch.setattr(leaving, "follow", _nothing)

        with pytest.raises(AssertionError):
            notices(20)

    @pytest.mark.full
    def test_a_wrong_report_that_leaves_the_coins_in_the_estate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(death, "balance_or_zero", _zero)

        with pytest.raises(AssertionError):
            notices(40)

    def test_a_merge_whose_coins_stay(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(merging, "_move_coins", _nothing)
        monkeypatch.setattr(followers, "_next", _nothing)

        with pytest.raises(AssertionError):
            notices(20)

    def test_an_end_that_leaves_takings_in_custody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ending, "_kept", _none)

        with pytest.raises((AssertionError, NotYetWoundDown)):
            notices(20)

    @pytest.mark.full
    def test_a_conversion_that_loses_value(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The ledger itself notices this one."""
        monkeypatch.setattr(life, "converted", _too_little)

        with pytest.raises(ValueNotConserved):
            notices(40)

    def test_a_merge_that_forgets_what_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(kinds, "merge", _without_pending(kinds.merge))

        with pytest.raises(AssertionError):
            notices(40)


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _none(*_: Any) -> Iterator[Command]:
    return iter(())


def _too_little(amount: int, old: int, new: int) -> tuple[int, int]:
    return amount, max(1, amount * old // new - 1)


def _zero(*_: Any) -> int:
    return 0


def _without_pending(merge: Callable[..., Command]) -> Callable[..., Command]:
    def made(**words: Any) -> Command:
        command = merge(**words)
        return replace(command, moves=tuple(move for move in command.moves if not move.source.startswith("2120")))

    return made
