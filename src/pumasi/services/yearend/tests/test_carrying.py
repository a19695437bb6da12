"""Carrying over: two budget officers, once, where the tariff says so; a refusal changes nothing."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from pytest_django import Settings

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import CarryOverNeedsTwo, CarryOverNotTheMode, CarryOverOutOfTime, NothingToCarryOver
from pumasi.coin.settlement.tests.street import publish
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tests.world import DATABASES, a_key, acts, books
from pumasi.kernel.result import Refusal
from pumasi.ledger.reads import owners_at
from pumasi.services.yearend.errors import AskedAlready, NothingAsked, WordsMissing
from pumasi.services.yearend.models import CarryOver, CarryOverDone
from pumasi.services.yearend.operations import agree_carry_over, ask_carry_over
from pumasi.services.yearend.queries.dates import dates_of
from pumasi.services.yearend.queries.note import note
from pumasi.services.yearend.tests.turn import BEFORE, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


@pytest.fixture
def carried(turn: Turn, settings: Settings, tmp_path: Path) -> Turn:
    """The turn of the year in a district that encumbers and carries over once."""
    text = (DATA / "seocho.toml").read_text(encoding="utf-8")
    other = tmp_path / "carried.toml"
    other.write_text(text.replace('mode = "ANNUAL_LINE"', 'mode = "CARRY_OVER_ONCE"'), encoding="utf-8")
    settings.PUMASI_TARIFF = str(other)
    return turn


def state() -> object:
    return books(), CarryOver.objects.count(), CarryOverDone.objects.count()


def asks(turn: Turn, at: datetime = JANUARY, document: str = "이월-1") -> None:
    ask_carry_over(acts(turn.officers[0], at), year=2026, document=document, key=a_key())


class TestTwoOfficers:
    def test_what_is_encumbered_goes_on_and_the_note_of_the_year_stays(self, carried: Turn) -> None:
        before = note(dates_of(2026))
        asks(carried)

        agree_carry_over(acts(carried.officers[1], JANUARY), year=2026)

        day = dates_of(2026).hand_over
        assert (owners_at("B200", day).get("good-deed/2026"), owners_at("B110", day)["good-deed/2026"]) == (
            None,
            10_000,
        )
        assert CarryOverDone.objects.get().won == 10_000
        assert note(dates_of(2026)) == before
        assert note(dates_of(2027)).matches

    def test_carried_coins_are_spent_and_settled(self, carried: Turn) -> None:
        asks(carried)
        agree_carry_over(acts(carried.officers[1], JANUARY), year=2026)
        carried.pays(30, at=JANUARY)
        publish()

        carried.settles(datetime(2027, 1, 25, 1, tzinfo=UTC))

        (fund,) = [each for each in note(dates_of(2027)).funds if each.fund == "good-deed/2026"]
        assert (fund.carried_over, fund.encumbered) == (7_000, 0)

    def test_the_same_form_twice_asks_once(self, carried: Turn) -> None:
        key = a_key()
        for _ in range(2):
            ask_carry_over(acts(carried.officers[0], JANUARY), year=2026, document="이월-1", key=key)

        assert CarryOver.objects.count() == 1


class TestRefusals:
    def test_not_where_the_tariff_covers_coins_otherwise(self, turn: Turn) -> None:
        before = state()
        with pytest.raises(CarryOverNotTheMode) as refusal:
            asks(turn)
        assert refusal.value.facts == {"year": 2026, "mode": "ANNUAL_LINE"}
        assert state() == before

    @pytest.mark.parametrize("at", [BEFORE, datetime(2027, 12, 31, 15, tzinfo=UTC)])
    def test_only_in_the_year_after(self, carried: Turn, at: datetime) -> None:
        carried.grants_for_long()
        before = state()
        with pytest.raises(CarryOverOutOfTime):
            asks(carried, at)
        assert state() == before

    def test_the_one_who_asked_cannot_agree(self, carried: Turn) -> None:
        asks(carried)
        self.refused(carried, CarryOverNeedsTwo, carried.officers[0])

    def test_nobody_agrees_to_nothing(self, carried: Turn) -> None:
        self.refused(carried, NothingAsked, carried.officers[1])

    def test_once(self, carried: Turn) -> None:
        asks(carried)
        agree_carry_over(acts(carried.officers[1], JANUARY), year=2026)
        before = state()
        with pytest.raises(NothingToCarryOver):
            asks(carried)
        assert state() == before

    def test_not_asked_for_twice_and_not_without_a_document(self, carried: Turn) -> None:
        with pytest.raises(WordsMissing):
            asks(carried, document="  ")
        asks(carried)
        before = state()
        with pytest.raises(AskedAlready):
            asks(carried)
        assert state() == before

    def test_requests_stay(self, carried: Turn) -> None:
        asks(carried)
        with pytest.raises(IntegrityError), transaction.atomic():
            CarryOver.objects.update(document="x")

    def refused(self, carried: Turn, refusal: type[Refusal], officer: UUID) -> None:
        before = state()
        with pytest.raises(refusal):
            agree_carry_over(acts(officer, JANUARY), year=2026)
        assert state() == before


class TestPages:
    def test_from_asking_to_carried(self, carried: Turn) -> None:
        first, second = (visitor(officer, "en") for officer in carried.officers)
        url = "/year-end/2026/carry-over/"

        first.post(f"{url}ask/", {"key": a_key(), "document": "이월-1"})
        own = first.get(url).content.decode()
        others = second.get(url).content.decode()
        done = second.post(f"{url}agree/", follow=True).content.decode()

        assert "agree/" not in own
        assert "10,000 won" in others
        assert "It was carried over" in done

    def test_the_page_says_why_not(self, turn: Turn) -> None:
        page = visitor(turn.officers[0], "en").get("/year-end/2026/carry-over/").content.decode()

        assert "not covered by carrying over" in page
        assert '<form method="post" action="/year-end' not in page

    def test_others_than_budget_officers_read_only(self, carried: Turn) -> None:
        assert visitor(carried.auditor).post("/year-end/2026/carry-over/ask/").status_code == 403
