"""Around a batch: late refunds and what they set off, overrides, bank accounts, closed facilities, disputes."""

from datetime import timedelta

import pytest
from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.coin.errors import NotAllowed, ReceiptInSettlement
from pumasi.coin.models import Refund
from pumasi.coin.parties import venue
from pumasi.coin.queries import wallet_view
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.bank import BankAccount, opened
from pumasi.coin.settlement.errors import (
    AccountNeedsAnother,
    BankAccountUnreadable,
    NoSuchRow,
    NotAFacility,
    NothingToClose,
    NothingToSettle,
    OverrideNeedsAnother,
    TooEarlyToOverride,
)
from pumasi.coin.settlement.models import AccountSeen, FacilityClose, LeftOut, Line, LineReceipt, PayoutAccount
from pumasi.coin.settlement.tests.street import SETTLING, Street, everything, lines_of, publish, standing
from pumasi.coin.tests.world import DATABASES, MORNING, a_key, acts
from pumasi.ledger import kinds
from pumasi.ledger.posting import post_one
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES)]
NEXT = SETTLING + timedelta(days=15)


class TestLateRefund:
    @pytest.mark.postgres
    def test_the_payer_is_whole_at_once_and_the_shop_owes_the_won(self, street: Street) -> None:
        payment = street.pays(30)
        publish()
        street.settles()

        street.refunds(payment.key, 20)

        assert wallet_view(street.resident, SETTLING).balance.text() == "190"
        assert (standing("3300"), standing("K210")) == (1000, 2000)
        assert verify().ok

    @pytest.mark.postgres
    def test_is_set_off_against_the_next_batch(self, street: Street) -> None:
        payment = street.pays(30)
        publish()
        street.settles()
        street.refunds(payment.key, 20)
        street.pays(50, at=SETTLING)
        publish()

        batch = street.settles(NEXT)

        assert lines_of(batch) == [("표본 세탁소", 5000, 2000, "PAID")]
        assert (standing("K200"), standing("K210"), standing("2700")) == (0, 0, 0)
        assert verify().ok

    def test_a_debt_above_the_sum_is_set_off_in_parts(self, street: Street) -> None:
        payment = street.pays(50)
        publish()
        street.settles()
        street.refunds(payment.key)
        street.pays(20, at=SETTLING)
        publish()

        batch = street.settles(NEXT)

        assert lines_of(batch) == [("표본 세탁소", 2000, 2000, "PAID")]
        assert standing("K210") == 3000
        assert verify().ok

    def test_what_was_set_off_is_owed_again_when_the_line_bounces(self, street: Street) -> None:
        payment = street.pays(30)
        publish()
        street.settles()
        street.refunds(payment.key, 20)
        street.pays(50, at=SETTLING)
        publish()
        batch = street.drafts(NEXT)
        street.checks(batch, NEXT)
        street.exports(batch, NEXT)

        line = Line.objects.get(batch=batch)
        operations.bounce_line(acts(street.maker, NEXT), line_id=line.id, reason="반송")

        assert (standing("K200"), standing("K210"), standing("2200")) == (0, 2000, 5000)
        assert verify().ok

    def test_waits_while_the_settlement_is_under_way(self, street: Street) -> None:
        payment = street.pays(30)
        publish()
        batch = street.drafts()
        street.checks(batch)
        before = everything()

        with pytest.raises(ReceiptInSettlement):
            street.refunds(payment.key, 10)

        assert everything() == before
        assert Refund.objects.count() == 0


class TestOverride:
    def test_two_officers_let_what_waited_two_days_go_and_the_file_says_so(self, street: Street) -> None:
        street.pays(30)
        asked = operations.ask_to_override(acts(street.maker, SETTLING), reason="기록 장애 3일째")
        with pytest.raises(OverrideNeedsAnother):
            operations.agree_to_override(acts(street.maker, SETTLING), override_id=asked)
        with pytest.raises(NothingToSettle):
            street.drafts()

        operations.agree_to_override(acts(street.officers[0], SETTLING), override_id=asked)
        batch = street.drafts()
        street.checks(batch)
        files = operations.export_batch(acts(street.maker, SETTLING), batch_id=batch.id)

        assert lines_of(batch) == [("표본 세탁소", 3000, 0, "OPEN")]
        assert LineReceipt.objects.get().override_id == asked
        assert "기록 장애 3일째" in files.evidence.decode()

    def test_covers_only_what_had_waited_when_it_was_asked(self, street: Street) -> None:
        street.pays(30)
        at = MORNING + timedelta(days=2)
        street.pays(20, at=at)
        moment = MORNING + timedelta(days=9)
        street.pays(10, at=moment - timedelta(hours=47))
        asked = operations.ask_to_override(acts(street.maker, moment), reason="기록 장애")
        operations.agree_to_override(acts(street.checker, moment), override_id=asked)

        batch = street.drafts()

        assert lines_of(batch) == [("표본 세탁소", 5000, 0, "OPEN")]
        assert list(LeftOut.objects.values_list("reason", "won")) == [("NOT_SEALED", 1000)]

    def test_is_refused_when_nothing_waits_and_to_whom_it_is_not_for(self, street: Street) -> None:
        street.pays(30)
        publish()

        with pytest.raises(TooEarlyToOverride):
            operations.ask_to_override(acts(street.maker, SETTLING), reason="미리")
        with pytest.raises(NotAllowed):
            operations.ask_to_override(acts(street.resident, SETTLING), reason="미리")
        with pytest.raises(NoSuchRow):
            operations.agree_to_override(acts(street.maker, SETTLING), override_id=a_key())


class TestBankAccount:
    def test_is_sealed_and_opens_again(self, street: Street) -> None:
        row = PayoutAccount.objects.get(place=street.laundry)

        assert opened(row) == BankAccount("표본은행", "110123456789", "표본 예금주")
        assert b"110123456789" not in bytes(row.number_sealed)
        assert row.tail == "6789"

    def test_money_goes_nowhere_before_the_treasury_has_seen_the_new_one(self, street: Street) -> None:
        street.pays(30)
        publish()
        operations.enter_account(
            acts(street.keeper, SETTLING), place_id=street.laundry, bank="표본은행", number="12345678", holder="남"
        )

        with pytest.raises(NothingToSettle):
            street.drafts()

    @pytest.mark.parametrize("number", ["", "1234567", "1" * 21, "12345678a", "１２３４５６７８"])
    def test_refuses_what_is_no_number(self, street: Street, number: str) -> None:
        with pytest.raises(BankAccountUnreadable):
            operations.enter_account(
                acts(street.keeper), place_id=street.laundry, bank="표본은행", number=number, holder="표본"
            )

        assert PayoutAccount.objects.count() == 2

    def test_is_entered_by_its_own_keeper_and_confirmed_by_another(self, street: Street) -> None:
        with pytest.raises(NotAllowed):
            operations.enter_account(
                acts(street.baker), place_id=street.laundry, bank="표본은행", number="12345678", holder="표본"
            )
        street.grants(street.keeper, RoleName.TREASURY)
        account = operations.enter_account(
            acts(street.keeper, SETTLING), place_id=street.laundry, bank="표본은행", number="12345678", holder="표본"
        )

        with pytest.raises(AccountNeedsAnother):
            operations.confirm_account(acts(street.keeper, SETTLING), account_id=account, document="SAMPLE-2")

        assert AccountSeen.objects.count() == 2


class TestFacility:
    @pytest.mark.postgres
    def test_its_takings_become_fee_income_without_cash(self, street: Street) -> None:
        street.pays(30, street.gym)
        key = a_key()

        for _ in range(2):
            operations.close_facility(acts(street.maker), place_id=street.gym, document="결재-9", key=key)

        assert (standing("2300"), standing("3310"), standing("K200"), standing("B300")) == (0, 3000, 0, 3000)
        assert FacilityClose.objects.values_list("coins", "won").get() == (3000, 3000)
        assert verify().ok

    def test_that_is_outsourced_is_paid_by_a_batch_instead(self, street: Street) -> None:
        pool = open_place(
            acts(None),
            kind=PlaceKind.FACILITY,
            name_ko="표본 수영장",
            name_en="Pool",
            dong="표본동",
            is_outsourced=True,
        ).id
        street.grants(street.cashier, RoleName.FACILITY_CASHIER, pool)
        street.has_account(street.cashier, pool, "999-111-222333")
        street.pays(30, pool)
        publish()

        with pytest.raises(NotAFacility):
            operations.close_facility(acts(street.maker), place_id=pool, document="결재-9", key=a_key())
        batch = street.settles()

        assert lines_of(batch) == [("표본 수영장", 3000, 0, "PAID")]
        assert (standing("2200"), standing("3300"), standing("B300")) == (0, 3000, 3000)
        assert verify().ok

    def test_refuses_a_shop_an_empty_till_and_who_is_not_of_the_treasury(self, street: Street) -> None:
        for person, place, refusal in (
            (street.maker, street.laundry, NotAFacility),
            (street.maker, street.gym, NothingToClose),
            (street.cashier, street.gym, NotAllowed),
        ):
            with pytest.raises(refusal):
                operations.close_facility(acts(person), place_id=place, document="결재-9", key=a_key())

        assert FacilityClose.objects.count() == 0


class TestDispute:
    def test_a_disputed_payment_is_left_out(self, street: Street) -> None:
        payment = street.pays(30)
        street.pays(20)
        till = f"2200:SC:{venue(street.laundry).till}"
        with transaction.atomic():
            post_one(kinds.dispute(key=a_key(), at=MORNING, till=till, case="c-1", amount=3000, payment=payment.key))
        publish()

        batch = street.drafts()

        assert lines_of(batch) == [("표본 세탁소", 2000, 0, "OPEN")]
        assert list(LeftOut.objects.values_list("reason", "won")) == [("DISPUTED", 3000)]
