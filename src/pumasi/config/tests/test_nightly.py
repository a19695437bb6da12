"""`pumasi nightly`: each job runs with the night's clock, again changes nothing, and one failure stops no other."""

from datetime import date, timedelta

import pytest

from pumasi.civic.notices.models import Notice
from pumasi.coin.accounts import open_wallet
from pumasi.coin.parties import holder
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, FUND, MORNING, World, a_key, books
from pumasi.config.programs.nightly import run
from pumasi.kernel.clock import FixedClock
from pumasi.kernel.result import Refusal
from pumasi.ledger import kinds
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import post_one
from pumasi.services.giving import operations as giving

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    standing = FixedClock(MORNING)
    monkeypatch.setattr("pumasi.civic.shell.clock.current_clock", lambda: standing)
    return standing


@pytest.fixture
def world(db: None) -> World:
    district = World()
    district.funds()
    return district


def holds(world: World, coins: int, last_day: date) -> None:
    wallet = open_wallet(holder(world.resident), "SC", MORNING)
    post_one(kinds.earn(key=a_key(), at=MORNING, wallet=wallet, amount=coins * 100, terms=Terms(FUND, last_day, 1)))


def counts(said: str) -> dict[str, int]:
    return {line.split()[0]: int(line.split()[1]) for line in said.splitlines()}


class TestNightly:
    def test_lapses_what_is_over_and_writes_before_what_comes(
        self, world: World, clock: FixedClock, capsys: pytest.CaptureFixture[str]
    ) -> None:
        holds(world, 3, date(2026, 10, 5))
        holds(world, 4, date(2026, 10, 30))
        clock.advance(timedelta(days=1))

        assert run([]) == 0

        assert counts(capsys.readouterr().out) == {
            "campaigns": 0,
            "pos": 0,
            "sweep": 1,
            "hearings": 0,
            "lives": 0,
            "unreachable": 0,
            "waiting": 0,
            "rate": 0,
            "ending": 0,
            "letters": 1,
            "years": 0,
            "photos": 0,
            "hooks": 0,
        }
        assert wallet_view(world.resident, clock.now()).balance.text() == "4"
        assert Notice.objects.count() == 1
        before = books()
        assert run([]) == 0
        assert set(counts(capsys.readouterr().out).values()) == {0}
        assert books() == before

    def test_one_job_that_fails_keeps_no_other_from_running(
        self, world: World, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        class Broken(Refusal):
            code = "broken"
            ko = "고장이에요."
            en = "It is broken."

        def fails(_: object) -> int:
            raise Broken

        holds(world, 3, date(2026, 10, 5))
        clock.advance(timedelta(days=1))
        monkeypatch.setattr(giving, "close_due_campaigns", fails)

        assert run([]) == 1

        said = capsys.readouterr()
        assert said.err.startswith("campaigns: ")
        assert "It is broken." in said.err
        assert counts(said.out)["sweep"] == 1

    def test_runs_the_named_job_alone(
        self, world: World, clock: FixedClock, capsys: pytest.CaptureFixture[str]
    ) -> None:
        holds(world, 3, date(2026, 10, 5))
        clock.advance(timedelta(days=1))

        assert run(["letters"]) == 0

        assert counts(capsys.readouterr().out) == {"letters": 0}
        assert wallet_view(world.resident, MORNING).balance.text() == "3"

    def test_an_unknown_job_is_not_understood(self) -> None:
        with pytest.raises(SystemExit) as stopped:
            run(["laundry"])

        assert stopped.value.code == 2
