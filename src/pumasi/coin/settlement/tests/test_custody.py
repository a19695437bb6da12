"""Takings of a closed shop that nobody can be paid for: letters, custody, found again, written off by two."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from pumasi.civic.notices.queries import letters
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.places.operations import close_place
from pumasi.coin.errors import NotAllowed
from pumasi.coin.life_errors import (
    CustodyNeedsLetters,
    CustodyTooEarly,
    CustodyUnknown,
    NothingToKeep,
    ShopNotClosed,
    WriteOffTooEarly,
)
from pumasi.coin.models import Custody, CustodyEnd
from pumasi.coin.operations import report_death
from pumasi.coin.registers.errors import SecondPersonNeeded
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.models import PayoutAccount
from pumasi.coin.settlement.tests.street import Street, publish, standing
from pumasi.coin.settlement.unreachable import in_custody, unreachable
from pumasi.coin.tests.world import DATABASES, a_key, acts, books
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
CLOSED = date(2026, 10, 6)
# 30 days of refunds and 90 days more.
FROM = date(2027, 2, 3)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


@pytest.fixture
def street(db: None) -> Street:
    """The bakery has taken 50 coins, its bank account is not confirmed, and it is closed."""
    made = Street()
    made.funds()
    made.earns(made.resident, 100)
    made.pays(50, made.bakery)
    operations.enter_account(
        acts(made.baker), place_id=made.bakery, bank="표본은행", number="999-123-45678", holder="빵집"
    )
    close_place(acts(None, at(CLOSED)), made.bakery)
    for who, role in (
        (made.maker, RoleName.TREASURY),
        (made.checker, RoleName.TREASURY),
        (made.official, RoleName.DONG_OFFICIAL),
    ):
        grant_role(acts(None), who, role, starts=date(2027, 1, 1), ends=date(2033, 12, 31))
    return made


def writes(day: date) -> int:
    return operations.write_to_unreachable(acts(None, at(day)))


def keeps(street: Street, day: date = FROM, actor: UUID | None = None) -> UUID:
    return operations.take_into_custody(
        acts(actor or street.maker, at(day)), place_id=street.bakery, reason="연락 두절", document="결재-1", key=a_key()
    )


def kept(street: Street) -> UUID:
    writes(date(2026, 11, 5))
    writes(date(2026, 12, 5))
    return keeps(street)


class TestLetters:
    def test_come_twice_and_thirty_days_apart(self, street: Street) -> None:
        days = [date(2026, 11, 4), date(2026, 11, 5), date(2026, 11, 6), date(2026, 12, 4), date(2026, 12, 5), FROM]

        assert [writes(day) for day in days] == [0, 1, 0, 0, 1, 0]
        assert [each.title_en for each in letters(street.baker)] == [
            "50 coins of Sample SHOP could not be paid out"
        ] * 2

    def test_a_shop_that_can_be_paid_gets_none(self, street: Street) -> None:
        street.has_account(street.baker, street.bakery, "999-123-45678", at(date(2026, 10, 7)))

        assert (writes(date(2026, 11, 5)), unreachable(at(date(2026, 11, 5)))) == (0, [])


class TestCustody:
    def test_keeps_the_receipts_and_gives_them_back_when_the_owner_is_found(self, street: Street) -> None:
        custody = kept(street)
        inside = (standing("2200"), standing("2220"))

        operations.end_custody(acts(street.maker, at(date(2027, 3, 1))), custody_id=custody, reason="주인이 왔어요")
        operations.confirm_account(
            acts(street.checker, at(date(2027, 3, 1))), account_id=_account(street), document="통장"
        )
        publish()
        paid = street.settles(at(date(2027, 3, 10)))

        assert inside == (0, 5000)
        assert (standing("2200"), standing("2220"), standing("3300")) == (0, 0, 5000)
        assert paid.ended_at == at(date(2027, 3, 10))
        assert CustodyEnd.objects.get().how == "FOUND"
        assert verify().ok

    def test_is_listed_with_the_day_of_writing_off(self, street: Street) -> None:
        kept(street)

        found = in_custody(at(FROM))

        assert [(each.coins.text(), each.since, each.write_off_from) for each in found] == [
            ("50", FROM, date(2032, 2, 3))
        ]

    def test_not_before_its_day_and_not_before_two_letters(self, street: Street) -> None:
        writes(date(2026, 11, 5))
        before = books()

        with pytest.raises(CustodyTooEarly) as early:
            keeps(street, FROM - timedelta(days=1))
        with pytest.raises(CustodyNeedsLetters):
            keeps(street)

        assert early.value.facts["day"] == FROM.isoformat()
        assert (books(), Custody.objects.count()) == (before, 0)

    def test_nobody_is_left_to_write_to(self, street: Street) -> None:
        report_death(acts(street.official, at(date(2026, 10, 20))), person_id=street.baker, key=a_key())

        keeps(street)

        assert standing("2220") == 5000

    def test_only_closed_shops_with_takings_and_only_the_treasury(self, street: Street) -> None:
        with pytest.raises(ShopNotClosed):
            operations.take_into_custody(
                acts(street.maker, at(FROM)), place_id=street.laundry, reason="이유", document="결재", key=a_key()
            )
        with pytest.raises(NotAllowed):
            keeps(street, actor=street.official)
        kept(street)
        before = books()
        with pytest.raises(NothingToKeep):
            keeps(street)
        assert books() == before


class TestWriteOff:
    def test_needs_years_and_two_officers(self, street: Street) -> None:
        kept(street)
        after = at(date(2032, 2, 3))
        with pytest.raises(WriteOffTooEarly) as early:
            _asks(street, after - timedelta(days=1))

        request = _asks(street, after)
        before = books()
        with pytest.raises(SecondPersonNeeded):
            operations.approve_write_off(acts(street.maker, after), proposal_id=request)
        unchanged = books() == before
        operations.approve_write_off(acts(street.checker, after), proposal_id=request)
        operations.approve_write_off(acts(street.checker, after), proposal_id=request)

        assert (early.value.facts["day"], unchanged) == ("2032-02-03", True)
        assert (standing("2220"), standing("3500")) == (0, 5000)
        assert CustodyEnd.objects.get().how == "WRITTEN_OFF"
        assert verify().ok

    def test_what_has_ended_is_not_ended_again(self, street: Street) -> None:
        custody = kept(street)
        operations.end_custody(acts(street.maker, at(FROM)), custody_id=custody, reason="찾음")
        before = books()

        with pytest.raises(CustodyUnknown):
            operations.end_custody(acts(street.maker, at(FROM)), custody_id=custody, reason="또")
        with pytest.raises(CustodyUnknown):
            _asks(street, at(date(2032, 2, 3)))
        assert books() == before


def _asks(street: Street, moment: datetime) -> UUID:
    return operations.ask_write_off(
        acts(street.maker, moment), place_id=street.bakery, reason="오래됨", document="결재-2", key=a_key()
    )


def _account(street: Street) -> UUID:
    return PayoutAccount.objects.filter(place=street.bakery).order_by("-at", "-id").values_list("id", flat=True)[0]
