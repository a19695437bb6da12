"""금액이 달라요: the sum waits, the shop answers, silence gives back, an outsider decides; and the books agree."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.coin import errors
from pumasi.coin.answers import Disputed, Paid
from pumasi.coin.models import Dispute, DisputeReason, DisputeStep, Payment, Refund
from pumasi.coin.operations import (
    accept_dispute,
    answer_overdue_disputes,
    decide_dispute,
    dispute,
    explain_dispute,
    refund,
    sweep,
    undo,
)
from pumasi.coin.parties import venue
from pumasi.coin.queries import (
    dispute_of,
    disputes_to_answer,
    disputes_to_decide,
    payment_view,
    till_view,
    wallet_view,
)
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.result import Refusal
from pumasi.ledger import kinds
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import receipt
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES, transaction=False), pytest.mark.postgres]
# Paid on Monday; three working days later is Thursday 8 October 2026.
LAST_DAY = date(2026, 10, 8)
FRIDAY = MORNING + timedelta(days=4)


@pytest.fixture
def paid(world: World) -> Paid:
    """30 coins that the resident has paid at the laundry."""
    world.earns(world.resident, 40)
    return world.pays(30)


def says(world: World, paid: Paid, coins: int | None = None, **other: object) -> Disputed:
    wanted = {"payment_id": paid.key, "coins": coins, "reason": DisputeReason.TOO_MUCH, "key": a_key(), **other}
    return dispute(acts(world.resident), **wanted)  # type: ignore[arg-type]


def balance(world: World) -> str:
    return wallet_view(world.resident, MORNING).balance.text()


def refuses(what: type[Refusal], act: Callable[[], object]) -> Refusal:
    """The refusal, after it has been seen to change nothing."""
    before = (books(), Dispute.objects.count(), DisputeStep.objects.count())
    with pytest.raises(what) as caught:
        act()
    assert (books(), Dispute.objects.count(), DisputeStep.objects.count()) == before
    return caught.value


class TestDispute:
    def test_sets_the_sum_aside_at_once(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)

        assert (found.state, found.coins.text(), found.answer_by) == ("OPEN", "20", LAST_DAY)
        view = payment_view(paid.key)
        assert (view.left.text(), view.disputed.text(), balance(world)) == ("30", "20", "10")
        assert till_view(world.laundry, MORNING.date()).balance.text() == "10"
        assert sorted(receipt(paid.key).values()) == [1000, 2000]
        assert verify().ok

    def test_all_of_it_when_no_number_is_given(self, world: World, paid: Paid) -> None:
        refund(acts(world.keeper), payment_id=paid.key, coins=10, key=a_key())

        assert says(world, paid).coins.text() == "20"

    def test_the_same_key_is_one_dispute(self, world: World, paid: Paid) -> None:
        key = a_key()

        first, second = (says(world, paid, 20, key=key) for _ in range(2))

        assert first == second
        assert Dispute.objects.count() == 1
        refuses(errors.KeyReused, lambda: says(world, paid, 10, key=key))

    def test_refuses_a_second_one(self, world: World, paid: Paid) -> None:
        says(world, paid, 10)

        refuses(errors.PaymentDisputedAlready, lambda: says(world, paid, 10))

    def test_refuses_strangers_and_other_shops(self, world: World, paid: Paid) -> None:
        for stranger in (world.neighbour, world.cashier, world.official):
            refuses(
                errors.NotAllowed,
                partial(dispute, acts(stranger), payment_id=paid.key, reason=DisputeReason.TWICE, key=a_key()),
            )
        refuses(errors.NoSuchPayment, lambda: says(world, paid, payment_id=a_key()))

    def test_refuses_more_than_is_left(self, world: World, paid: Paid) -> None:
        refund(acts(world.keeper), payment_id=paid.key, coins=20, key=a_key())

        said = refuses(errors.DisputeTooLarge, lambda: says(world, paid, 20))

        assert said.facts["left"] == "10"
        refuses(errors.BadCoins, lambda: says(world, paid, 0))

    def test_refuses_after_the_refund_days(self, world: World, paid: Paid) -> None:
        def late(days: int) -> Disputed:
            return dispute(
                acts(world.resident, MORNING + timedelta(days=days)),
                payment_id=paid.key,
                reason=DisputeReason.OTHER,
                key=a_key(),
            )

        refuses(errors.DisputeTooLate, lambda: late(31))
        assert late(30).state == "OPEN"

    def test_refuses_what_is_settled_and_says_what_to_do(self, world: World, paid: Paid) -> None:
        row = Payment.objects.get()
        post_one(
            kinds.batch(
                key=a_key(), at=MORNING, till=row.till, batch="b1", receipts=[(row.key, 2000)], programme="good-deed"
            )
        )

        said = refuses(errors.PaymentSettled, lambda: says(world, paid))

        assert "환불을 부탁" in said.text("ko")
        assert says(world, paid, 10).state == "OPEN"

    def test_a_shop_reports_its_own_and_an_officer_decides(self, world: World, paid: Paid) -> None:
        found = dispute(acts(world.keeper), payment_id=paid.key, reason=DisputeReason.OTHER, coins=10, key=a_key())

        assert [each.key for each in disputes_to_decide()] == [found.key]
        assert disputes_to_answer([world.laundry]) == []
        refuses(errors.DisputeInBadOrder, lambda: accept_dispute(acts(world.keeper), dispute_id=found.key))
        assert answer_overdue_disputes(acts(None, FRIDAY)) == 0
        done = decide_dispute(acts(world.official), dispute_id=found.key, is_payer_right=True, why="두 번 찍힘")
        assert (done.state, balance(world)) == ("RETURNED", "20")


class TestAnswer:
    def test_accepting_gives_the_same_coins_back(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)

        done = [accept_dispute(acts(world.keeper), dispute_id=found.key) for _ in range(2)]

        assert [each.state for each in done] == ["RETURNED", "RETURNED"]
        assert (balance(world), payment_view(paid.key).left.text()) == ("30", "10")
        assert [(each.kind, each.coins) for each in Refund.objects.all()] == [("DISPUTE", 2000)]
        moved = wallet_view(world.resident, MORNING).movements[0]
        assert (moved.text_ko, moved.receipt) == ("표본 세탁소 결제 금액 확인 후 돌려받음", paid.key)
        assert verify().ok

    def test_an_explanation_goes_to_an_officer(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)

        explain_dispute(acts(world.keeper), dispute_id=found.key, why="세탁 두 벌 값")

        assert disputes_to_answer([world.laundry]) == []
        waiting = disputes_to_decide()
        assert [(each.key, each.steps[-1].why) for each in waiting] == [(found.key, "세탁 두 벌 값")]
        assert answer_overdue_disputes(acts(None, FRIDAY)) == 0
        refuses(errors.DisputeClosed, lambda: accept_dispute(acts(world.keeper), dispute_id=found.key))

    def test_only_staff_of_the_place_answer(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)

        for who in (world.resident, world.cashier, world.official):
            refuses(errors.NotAllowed, partial(accept_dispute, acts(who), dispute_id=found.key))
        refuses(errors.ReasonMissing, lambda: explain_dispute(acts(world.keeper), dispute_id=found.key, why=" "))
        refuses(errors.DisputeUnknown, lambda: accept_dispute(acts(world.keeper), dispute_id=a_key()))

    def test_staff_do_not_answer_their_own_payment(self, world: World) -> None:
        world.earns(world.resident, 20)
        paid = world.pays(20, world.gym)
        found = says(world, paid, 20)
        world.grants(world.resident, RoleName.FACILITY_CASHIER, world.gym)

        refuses(errors.NotAllowed, lambda: accept_dispute(acts(world.resident), dispute_id=found.key))

    def test_what_waits_is_neither_refunded_nor_undone(self, world: World, paid: Paid) -> None:
        says(world, paid, 20)

        refuses(errors.RefundTooLarge, lambda: refund(acts(world.keeper), payment_id=paid.key, coins=20, key=a_key()))
        refuses(errors.UndoWhileDisputed, lambda: undo(acts(world.keeper), payment_id=paid.key, key=a_key()))
        refund(acts(world.keeper), payment_id=paid.key, key=a_key())
        assert payment_view(paid.key).left.text() == "20"

    def test_the_won_part_of_later_refunds_stays_in_proportion(self, world: World) -> None:
        world.earns(world.resident, 30)
        paid = world.pays(30, price=6000)
        found = says(world, paid, 10)
        accept_dispute(acts(world.keeper), dispute_id=found.key)

        back = refund(acts(world.keeper), payment_id=paid.key, key=a_key())

        assert (back.coins.text(), back.won) == ("20", 2000)


class TestSilence:
    def test_returns_after_the_third_working_day_and_not_before(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)

        assert answer_overdue_disputes(acts(None, MORNING + timedelta(days=3))) == 0
        assert answer_overdue_disputes(acts(None, FRIDAY)) == 1
        assert answer_overdue_disputes(acts(None, FRIDAY)) == 0
        view = dispute_of(paid.key)
        assert view is not None
        assert [(each.state, each.by_node) for each in view.steps] == [("OPEN", False), ("RETURNED", True)]
        assert (view.key, balance(world)) == (found.key, "30")

    def test_a_weekend_lies_between(self, world: World, paid: Paid) -> None:
        found = dispute(acts(world.resident, FRIDAY), payment_id=paid.key, reason=DisputeReason.TWICE, key=a_key())

        assert found.answer_by == date(2026, 10, 14)

    def test_the_sweep_does_it(self, world: World, paid: Paid) -> None:
        says(world, paid, 20)

        assert (sweep(acts(None, FRIDAY)), sweep(acts(None, FRIDAY))) == (1, 0)
        assert balance(world) == "30"


class TestDecide:
    @pytest.mark.parametrize(
        ("is_payer_right", "state", "left_with_payer", "in_till"),
        [(True, "RETURNED", "30", "10"), (False, "UPHELD", "10", "30")],
    )
    def test_an_outsider_decides_with_reasons(
        self, world: World, paid: Paid, is_payer_right: bool, state: str, left_with_payer: str, in_till: str
    ) -> None:
        found = says(world, paid, 20)
        explain_dispute(acts(world.keeper), dispute_id=found.key, why="값이 맞음")

        for _ in range(2):
            done = decide_dispute(
                acts(world.official), dispute_id=found.key, is_payer_right=is_payer_right, why="영수증을 봄"
            )

        assert done.state == state
        assert balance(world) == left_with_payer
        assert till_view(world.laundry, MORNING.date()).balance.text() == in_till
        assert disputes_to_decide() == []
        refuses(
            errors.DisputeClosed,
            lambda: decide_dispute(
                acts(world.official), dispute_id=found.key, is_payer_right=not is_payer_right, why="다시"
            ),
        )
        assert verify().ok

    def test_an_upheld_sum_can_still_be_refunded_and_settled(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)
        explain_dispute(acts(world.keeper), dispute_id=found.key, why="값이 맞음")
        decide_dispute(acts(world.official), dispute_id=found.key, is_payer_right=False, why="맞음")

        refund(acts(world.keeper), payment_id=paid.key, coins=10, key=a_key())

        row = Payment.objects.get()
        assert (balance(world), receipt(row.key)[row.till]) == ("20", 2000)

    def test_refuses_before_the_shop_has_answered(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)

        said = refuses(
            errors.DisputeInBadOrder,
            lambda: decide_dispute(acts(world.official), dispute_id=found.key, is_payer_right=True, why="봄"),
        )

        assert said.facts["until"] == "2026-10-08"

    def test_refuses_payer_staff_and_whoever_has_no_such_role(self, world: World, paid: Paid) -> None:
        found = says(world, paid, 20)
        explain_dispute(acts(world.keeper), dispute_id=found.key, why="값이 맞음")
        world.grants(world.resident, RoleName.DONG_OFFICIAL)
        world.grants(world.keeper, RoleName.ISSUER)

        def decides(who: object) -> Disputed:
            return decide_dispute(acts(who), dispute_id=found.key, is_payer_right=True, why="봄")  # type: ignore[arg-type]

        refuses(errors.DisputeNeedsOutsider, lambda: decides(world.resident))
        refuses(errors.DisputeNeedsOutsider, lambda: decides(world.keeper))
        refuses(errors.NotAllowed, lambda: decides(world.cashier))
        refuses(
            errors.ReasonMissing,
            lambda: decide_dispute(acts(world.official), dispute_id=found.key, is_payer_right=True, why=""),
        )

    def test_an_official_of_centres_does_not_judge_a_centre(self, world: World) -> None:
        world.earns(world.resident, 20)
        paid = world.pays(20, world.centre)
        found = says(world, paid, 20)
        explain_dispute(acts(world.official), dispute_id=found.key, why="값이 맞음")
        other = world.joins("다른 동 담당 역할")
        world.grants(other, RoleName.DONG_OFFICIAL)

        refuses(
            errors.DisputeNeedsOutsider,
            lambda: decide_dispute(acts(other), dispute_id=found.key, is_payer_right=True, why="봄"),
        )
        done = decide_dispute(acts(world.issuer), dispute_id=found.key, is_payer_right=True, why="봄")

        assert (venue(world.centre).kind, done.state) == ("CENTRE", "RETURNED")
