"""The end of the programme: each last day is kept, what is left winds down, every account comes to zero."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.district import district_tariff
from pumasi.coin.life_errors import EarningEnded, NotYetWoundDown, SettlingEnded, SpendingEnded
from pumasi.coin.models import DisputeReason
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.registers.errors import ChangeDoesNotFit, SecondPersonNeeded
from pumasi.coin.settlement import operations as settlement
from pumasi.coin.settlement.tests.street import Street, publish
from pumasi.coin.tariff_edit import EndProgramme
from pumasi.coin.tests.world import DATABASES, MORNING, a_key, acts, books
from pumasi.ledger.reads import trial_balance
from pumasi.ledger.verify import verify
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.sealer import SealerAtWork

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
PLAN = EndProgramme("2026-10-31", "2026-11-30", "2026-12-20", "2026-12-28")


def at(day: str) -> datetime:
    found = date.fromisoformat(day)
    return datetime(found.year, found.month, found.day, 1, tzinfo=UTC)


@pytest.fixture
def street(db: None) -> Street:
    made = Street()
    made.funds()
    made.earns(made.resident, 100)
    made.earns(made.neighbour, 40)
    return made


def drafts(
    street: Street, plan: EndProgramme = PLAN, effective: date = date(2026, 10, 6), moment: datetime = MORNING
) -> UUID:
    draft = Draft("사업 종료", "End", "제20조", "결재-20", effective, (plan,))
    return operations.draft_change(acts(street.issuer, moment), draft, key=a_key())


def plans(street: Street) -> None:
    operations.approve_change(acts(street.officers[0]), change_id=drafts(street))


def zero() -> bool:
    return {line.balance for line in trial_balance()} == {0}


class TestPlan:
    def test_holds_once_two_officers_agree(self, street: Street) -> None:
        change = drafts(street)
        with pytest.raises(SecondPersonNeeded):
            operations.approve_change(acts(street.issuer), change_id=change)
        before = district_tariff().ending

        operations.approve_change(acts(street.officers[0]), change_id=change)

        ending = district_tariff().ending
        assert before is None
        assert ending is not None
        assert (ending.last_earn, ending.archive) == (date(2026, 10, 31), date(2026, 12, 28))

    @pytest.mark.parametrize(
        "plan",
        [
            EndProgramme("2026-11-30", "2026-10-31", "2026-12-20", "2026-12-28"),
            EndProgramme("2026-10-31", "2026-10-31", "2026-12-20", "2026-12-28"),
            EndProgramme("2026-10-05", "2026-11-30", "2026-12-20", "2026-12-28"),
            EndProgramme("x", "2026-11-30", "2026-12-20", "2026-12-28"),
        ],
    )
    def test_days_that_do_not_follow_each_other_are_refused(self, street: Street, plan: EndProgramme) -> None:
        before = books()

        with pytest.raises(ChangeDoesNotFit):
            drafts(street, plan)

        assert (books(), district_tariff().ending) == (before, None)

    def test_a_plan_that_has_begun_is_not_moved(self, street: Street) -> None:
        plans(street)

        with pytest.raises(ChangeDoesNotFit):
            drafts(
                street,
                EndProgramme("2026-12-01", "2026-12-10", "2026-12-20", "2026-12-28"),
                date(2026, 11, 2),
                at("2026-11-01"),
            )


class TestLastDays:
    def test_each_is_kept(self, street: Street) -> None:
        plans(street)
        street.earns(street.resident, 2, at("2026-10-31"))
        street.pays(10, at=at("2026-11-30"))
        before = books()

        with pytest.raises(EarningEnded) as earning:
            street.earns(street.resident, 2, at("2026-11-01"))
        with pytest.raises(EarningEnded):
            operations.award(
                acts(street.cashier, at("2026-11-02")),
                kind="VOLUNTEERING",
                quantity=60,
                place_id=street.gym,
                payees=[Payee(street.resident)],
                evidence_ref="STAFF:x",
                key=a_key(),
            )
        with pytest.raises(SpendingEnded):
            street.pays(10, at=at("2026-12-01"))
        with pytest.raises(SpendingEnded):
            operations.give(acts(street.resident, at("2026-12-01")), to_id=street.neighbour, coins=1, key=a_key())
        with pytest.raises(SettlingEnded):
            settlement.draft_batch(acts(street.maker, at("2026-12-21")), key=a_key())

        assert earning.value.facts == {"until": "2026-10-31", "spend": "2026-11-30"}
        assert books() == before

    def test_winds_down_to_zero_and_the_record_stays(self, street: Street) -> None:
        plans(street)
        street.pays(30, at=at("2026-10-06"))
        street.pays(20, street.bakery, at=at("2026-10-06"))
        street.pays(20, street.gym, at=at("2026-10-06"))
        operations.award(
            acts(street.official, at("2026-10-30")),
            kind="BARTER_ITEM",
            quantity=1,
            place_id=street.centre,
            payees=[Payee(street.neighbour)],
            evidence_ref="PHOTO:x",
            key=a_key(),
        )
        operations.report_death(acts(street.official, at("2026-11-02")), person_id=street.neighbour, key=a_key())
        publish()
        street.settles(at("2026-11-10"))
        street.pays(10, street.bakery, at=at("2026-11-30"))

        early = operations.wind_down(acts(None, at("2026-11-30")))
        lapsed = operations.wind_down(acts(None, at("2026-12-01")))
        again = operations.wind_down(acts(None, at("2026-12-02")))
        unsettled = operations.wind_down(acts(None, at("2026-12-21")))
        assert verify().ok
        closed = operations.wind_down(acts(None, at("2026-12-29")))

        assert (early, lapsed, again, unsettled) == (0, 2, 0, 3)
        assert closed > 0
        assert zero()
        assert operations.wind_down(acts(None, at("2026-12-30"))) == 0

    def test_does_not_close_over_an_open_account(self, street: Street) -> None:
        plans(street)
        paid = street.pays(30, at=at("2026-10-06"))
        operations.dispute(
            acts(street.resident, at("2026-10-07")), payment_id=paid.key, reason=DisputeReason.TWICE, key=a_key()
        )
        street_day = at("2026-12-29")

        with pytest.raises(NotYetWoundDown) as open_one:
            operations.wind_down(acts(None, street_day))
        operations.answer_overdue_disputes(acts(None, street_day))
        operations.wind_down(acts(None, street_day + timedelta(hours=1)))

        assert open_one.value.facts["codes"] == "2500"
        assert zero()


class TestRecord:
    def test_the_sealer_publishes_the_end_too(self, street: Street) -> None:
        plans(street)
        operations.wind_down(acts(None, at("2026-12-29")))

        with SealerAtWork(AT_ONCE) as sealer:
            refusal = sealer.turn()

        assert refusal is None
        assert zero()
