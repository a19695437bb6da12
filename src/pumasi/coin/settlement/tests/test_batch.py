"""From draft to paid: two persons, exact sums, and refusals that change nothing."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.models import RoleName
from pumasi.civic.places.models import PlaceKind
from pumasi.coin.errors import KeyReused, NotAllowed
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.errors import (
    BatchChanged,
    BatchNotInState,
    BeneficiaryCannotSettle,
    FilesNotTaken,
    IssuerCannotSettle,
    LineClosed,
    MakerCannotCheck,
    NoSuchBatch,
    NothingToSettle,
    NumbersAlreadyEntered,
    NumbersMissing,
    ReasonMissing,
    SettlementNotDue,
)
from pumasi.coin.settlement.models import Batch, LeftOut, Line, LineReceipt, Step
from pumasi.coin.settlement.paper import files_of
from pumasi.coin.settlement.tests.street import SETTLING, Street, everything, lines_of, publish, standing
from pumasi.coin.tests.world import DATABASES, a_key, acts, books
from pumasi.ledger.verify import verify
from pumasi.seal.tests.record import replayed, seal_all

pytestmark = [pytest.mark.django_db(databases=DATABASES)]


class TestDraft:
    @pytest.mark.postgres
    def test_adds_up_each_shop_and_moves_no_coin(self, street: Street) -> None:
        street.pays(30)
        street.pays(20)
        street.pays(10, street.bakery)
        publish()
        before = books()["trial"]

        batch = street.drafts()

        assert lines_of(batch) == [("표본 빵집", 1000, 0, "OPEN"), ("표본 세탁소", 5000, 0, "OPEN")]
        assert (batch.number, batch.state, batch.cutoff.isoformat()) == (1, "DRAFT", "2026-10-19")
        assert books()["trial"] == before

    def test_again_with_the_same_key_is_the_same_batch(self, street: Street) -> None:
        street.pays(30)
        publish()
        key = a_key()

        first, second = street.drafts(key=key), street.drafts(key=key)

        assert first.id == second.id
        assert Batch.objects.count() == 1
        with pytest.raises(KeyReused):
            street.drafts(key=key, maker=street.checker)

    def test_leaves_out_what_is_younger_than_seven_days(self, street: Street) -> None:
        street.pays(30)
        street.pays(20, at=SETTLING - timedelta(days=7))
        street.pays(10, at=SETTLING - timedelta(days=6))
        publish()

        batch = street.drafts()

        assert lines_of(batch) == [("표본 세탁소", 5000, 0, "OPEN")]
        assert list(LeftOut.objects.values_list("reason", "won")) == [("TOO_YOUNG", 1000)]

    def test_leaves_out_what_the_record_does_not_show(self, street: Street) -> None:
        street.pays(30)
        publish()
        street.pays(20)

        batch = street.drafts()

        assert lines_of(batch) == [("표본 세탁소", 3000, 0, "OPEN")]
        assert list(LeftOut.objects.values_list("reason", "won")) == [("NOT_SEALED", 2000)]

    def test_leaves_out_a_shop_on_hold_without_account_or_below_the_minimum(self, street: Street) -> None:
        stationer = street.opens(PlaceKind.SHOP, "표본 문구점")
        for place in (street.laundry, street.bakery, stationer):
            street.pays(10, place)
        street.refunds(street.pays(10).key)
        operations.place_hold(acts(street.maker), place_id=street.bakery, reason="확인 중")
        publish()

        batch = street.drafts()

        assert lines_of(batch) == [("표본 세탁소", 1000, 0, "OPEN")]
        assert sorted(LeftOut.objects.values_list("place__name_ko", "reason", "won")) == [
            ("표본 문구점", "NO_ACCOUNT", 1000),
            ("표본 빵집", "ON_HOLD", 1000),
        ]

    def test_crumbs_wait_until_they_are_enough(self, street: Street) -> None:
        street.refunds(street.pays(10).key, 1)
        publish()

        with pytest.raises(NothingToSettle):
            street.drafts()

        assert Batch.objects.count() == 0

    def test_counts_what_is_left_of_a_payment_after_refunds(self, street: Street) -> None:
        payment = street.pays(30)
        street.refunds(payment.key, 10)
        street.refunds(street.pays(20).key)
        publish()

        assert lines_of(street.drafts()) == [("표본 세탁소", 2000, 0, "OPEN")]

    def test_is_refused_between_the_fixed_days(self, street: Street) -> None:
        street.pays(30)
        publish()
        street.settles()
        street.pays(20, at=SETTLING)
        publish()
        before = everything()

        with pytest.raises(SettlementNotDue) as refused:
            street.drafts(SETTLING + timedelta(days=10))

        assert refused.value.facts == {"next": "2026-11-10", "threshold": "5,000,000", "won": "2,000"}
        assert everything() == before
        assert street.drafts(SETTLING + timedelta(days=15)).number == 2

    def test_needs_the_treasury_and_nobody_who_issues(self, street: Street) -> None:
        street.pays(30)
        publish()
        street.grants(street.issuer, RoleName.TREASURY)
        before = everything()

        for person, refusal in ((street.resident, NotAllowed), (street.issuer, IssuerCannotSettle)):
            with pytest.raises(refusal):
                street.drafts(maker=person)

        assert everything() == before

    def test_is_refused_to_the_keeper_of_a_shop_in_it(self, street: Street) -> None:
        street.pays(30)
        publish()
        street.grants(street.keeper, RoleName.TREASURY)
        before = everything()

        with pytest.raises(BeneficiaryCannotSettle) as refused:
            street.drafts(maker=street.keeper)

        assert refused.value.facts == {"shop": "표본 세탁소"}
        assert everything() == before


class TestCheck:
    @pytest.mark.postgres
    def test_moves_the_coins_and_owes_the_won(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()

        street.checks(batch)

        batch.refresh_from_db()
        assert (batch.state, batch.checker_id, len(batch.sheet)) == ("CHECKED", street.checker, 64)
        assert (standing("2200"), standing("2700"), standing("K200")) == (0, 3000, 3000)
        assert verify().ok

    def test_is_refused_to_the_maker(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        before = everything()

        with pytest.raises(MakerCannotCheck):
            street.checks(batch, checker=street.maker)

        assert everything() == before

    def test_is_refused_to_a_beneficiary(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.grants(street.keeper, RoleName.TREASURY)

        with pytest.raises(BeneficiaryCannotSettle):
            street.checks(batch, checker=street.keeper)

        assert standing("2700") == 0

    @pytest.mark.parametrize("what", ["refund", "hold", "account", "sheet"])
    def test_is_refused_when_something_has_changed(self, street: Street, what: str) -> None:
        payment = street.pays(30)
        publish()
        batch = street.drafts()
        seen = files_of(batch).sheet_hash
        if what == "refund":
            street.refunds(payment.key, 10)
        elif what == "hold":
            operations.place_hold(acts(street.maker), place_id=street.laundry, reason="확인 중")
        elif what == "account":
            street.has_account(street.keeper, street.laundry, "999-888-777666", SETTLING)
        else:
            seen = "0" * 64
        before = everything()

        with pytest.raises(BatchChanged) as refused:
            operations.check_batch(acts(street.checker, SETTLING), batch_id=batch.id, sheet_hash=seen)

        assert refused.value.facts == {"number": 1}
        assert everything() == before

    def test_a_receipt_that_came_later_waits_for_the_next_batch(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.pays(20)
        publish()

        street.checks(batch)

        assert (standing("2200"), standing("2700")) == (2000, 3000)

    def test_a_line_of_many_receipts_moves_in_several_transfers(self, street: Street) -> None:
        street.earns(street.resident, 500)
        for _ in range(61):
            street.pays(10)
        publish()
        batch = street.drafts()

        street.checks(batch)

        assert (standing("2200"), standing("2700"), standing("K200")) == (0, 61_000, 61_000)
        assert verify().ok

    def test_no_such_batch(self, street: Street) -> None:
        with pytest.raises(NoSuchBatch):
            operations.check_batch(acts(street.checker, SETTLING), batch_id=a_key(), sheet_hash="")


class TestGivingUp:
    @pytest.mark.parametrize("checked", [False, True])
    def test_frees_the_receipts_for_the_next_batch(self, street: Street, checked: bool) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        if checked:
            street.checks(batch)

        operations.give_up_batch(acts(street.checker, SETTLING), batch_id=batch.id, reason="계좌 오류")

        assert (standing("2200"), standing("2700"), standing("K200")) == (3000, 0, 0)
        assert lines_of(street.drafts()) == [("표본 세탁소", 3000, 0, "OPEN")]
        assert lines_of(batch) == [("표본 세탁소", 3000, 0, "VOID")]
        assert verify().ok

    def test_needs_a_reason_and_is_over_once_the_files_are_out(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        with pytest.raises(ReasonMissing):
            operations.give_up_batch(acts(street.maker, SETTLING), batch_id=batch.id, reason=" ")
        street.checks(batch)
        street.exports(batch)

        with pytest.raises(BatchNotInState) as refused:
            operations.give_up_batch(acts(street.maker, SETTLING), batch_id=batch.id, reason="늦음")

        assert refused.value.facts == {"number": 1, "state": "EXPORTED"}


class TestExport:
    def test_the_files_say_the_same_for_ever(self, street: Street) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        publish()
        batch = street.drafts()
        street.checks(batch)

        first = operations.export_batch(acts(street.maker, SETTLING), batch_id=batch.id)
        street.exports(batch)
        operations.pay_open_lines(acts(street.maker, SETTLING), batch_id=batch.id)
        later = operations.export_batch(acts(street.checker, SETTLING + timedelta(days=60)), batch_id=batch.id)

        assert first.archive == later.archive
        assert zipfile.ZipFile(io.BytesIO(first.archive)).namelist() == ["payees.csv", "evidence.csv", "total.txt"]
        rows = first.payees.decode("utf-8-sig").split("\r\n")
        assert rows[1] == "1,표본 빵집,표본은행,333019876543,표본 예금주,1000,10,1000,0"
        assert rows[2] == "2,표본 세탁소,표본은행,110123456789,표본 예금주,3000,30,3000,0"
        assert rows[3] == "합계,,,,,4000,,4000,0"
        assert "지급 총액 / total to pay: 4,000" in first.total.decode()

    def test_every_export_is_a_noted_look(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.checks(batch)
        operations.export_batch(acts(street.maker, SETTLING), batch_id=batch.id)

        looks = AuditRow.objects.filter(action="settlement.export_batch", kind="LOOK", actor=street.maker)

        assert looks.count() == 1
        assert Step.objects.filter(batch=batch).order_by("id").values_list("what", flat=True)[2] == "EXPORTED"

    def test_a_draft_cannot_be_exported(self, street: Street) -> None:
        street.pays(30)
        publish()

        with pytest.raises(BatchNotInState):
            operations.export_batch(acts(street.maker, SETTLING), batch_id=street.drafts().id)

    def test_numbers_come_after_the_files(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.checks(batch)
        before = everything()

        with pytest.raises(FilesNotTaken):
            operations.enter_numbers(
                acts(street.maker, SETTLING), batch_id=batch.id, document="회계-1", payment_number="2026-1"
            )

        assert everything() == before

    def test_numbers_are_entered_once(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.checks(batch)
        street.exports(batch)
        street.exports(batch)

        with pytest.raises(NumbersAlreadyEntered) as refused:
            operations.enter_numbers(
                acts(street.maker, SETTLING), batch_id=batch.id, document="결재-2", payment_number="지급-1"
            )

        assert refused.value.facts == {"number": 1, "document": "결재-1", "payment": "지급-1"}


class TestOutcome:
    @pytest.mark.postgres
    def test_paid_redeems_the_coins_and_executes_the_budget(self, street: Street) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        publish()

        batch = street.settles()

        assert batch.state == "DONE"
        assert (standing("2700"), standing("3300"), standing("K200")) == (0, 4000, 0)
        assert standing("B300") == 4000
        assert verify().ok

    @pytest.mark.postgres
    def test_a_bounced_line_goes_into_the_next_batch(self, street: Street) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        publish()
        batch = street.drafts()
        street.checks(batch)
        street.exports(batch)
        laundry, bakery = Line.objects.filter(batch=batch).order_by("-shop")

        operations.bounce_line(acts(street.maker, SETTLING), line_id=laundry.id, reason="예금주 불일치")
        operations.pay_line(acts(street.maker, SETTLING), line_id=bakery.id)

        batch.refresh_from_db()
        assert batch.state == "DONE"
        assert (standing("2200"), standing("2700"), standing("3300")) == (3000, 0, 1000)
        again = street.drafts(SETTLING + timedelta(days=15))
        assert lines_of(again) == [("표본 세탁소", 3000, 0, "OPEN")]
        assert LineReceipt.objects.filter(live=True).count() == 2
        assert verify().ok

    def test_is_said_once_and_not_twice_in_different_ways(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.checks(batch)
        street.exports(batch)
        line = Line.objects.get(batch=batch)
        operations.pay_line(acts(street.maker, SETTLING), line_id=line.id)
        operations.pay_line(acts(street.maker, SETTLING), line_id=line.id)
        before = everything()

        with pytest.raises(LineClosed):
            operations.bounce_line(acts(street.maker, SETTLING), line_id=line.id, reason="반송")

        assert everything() == before
        assert standing("3300") == 3000

    def test_waits_for_the_numbers(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        street.checks(batch)
        operations.export_batch(acts(street.maker, SETTLING), batch_id=batch.id)

        with pytest.raises(NumbersMissing):
            operations.pay_open_lines(acts(street.maker, SETTLING), batch_id=batch.id)

        assert standing("3300") == 0

    def test_the_public_rules_accept_every_entry_of_it(self, street: Street) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        seal_all()
        batch = street.drafts()
        street.checks(batch)
        street.exports(batch)
        line = Line.objects.filter(batch=batch).order_by("-shop").first()
        assert line is not None
        operations.bounce_line(acts(street.maker, SETTLING), line_id=line.id, reason="반송")
        operations.pay_open_lines(acts(street.maker, SETTLING), batch_id=batch.id)
        seal_all()

        assert replayed()


class TestHistory:
    @pytest.mark.postgres
    def test_no_row_of_it_can_be_changed_or_deleted(self, street: Street) -> None:
        street.pays(30)
        publish()
        street.drafts()

        for change in (lambda: Step.objects.update(note="x"), lambda: Step.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

        assert Step.objects.count() == 1
