"""Budget orders and cuts: two officers, own keys, once; a cut never below what is promised; the forecast."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import end_role
from pumasi.coin import operations
from pumasi.coin.errors import (
    BadOrder,
    BadSignature,
    CutBelowCommitted,
    NobodyActing,
    NotAllowed,
    OfficerKeyTaken,
    OfficerKeyUnknown,
    OrderAlreadyBooked,
    OrderForAnotherUnit,
    OrderNeedsTwoOfficers,
)
from pumasi.coin.models import BudgetOrder, OfficerKey
from pumasi.coin.orders import OrderKind, SignedOrder, sign
from pumasi.coin.queries import budget_view
from pumasi.coin.tests.world import DATABASES, FUND, MORNING, World, acts, books

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


class TestOrder:
    def test_two_officers_authorise_coins_and_won(self, world: World) -> None:
        view = budget_view(FUND, MORNING)

        assert (view.authorised.minor, view.left.minor, view.issued.minor) == (5_000_000, 5_000_000, 0)
        assert (view.appropriated_won, view.left_won, view.encumbered_won) == (5_000_000, 5_000_000, 0)
        assert BudgetOrder.objects.get().document == "SAMPLE-2026-10"

    def test_orders_of_one_fund_add_up(self, world: World) -> None:
        world.funds(1_000)

        assert budget_view(FUND, MORNING).authorised.minor == 5_100_000

    def test_an_order_is_booked_once(self, world: World) -> None:
        signed = world.signed(world.order())
        operations.book_budget_order(acts(world.issuer), signed)
        before = books()

        with pytest.raises(OrderAlreadyBooked):
            operations.book_budget_order(acts(world.issuer), signed)
        with pytest.raises(OrderAlreadyBooked):
            operations.book_budget_order(acts(world.issuer), world.signed(replace(signed.order, coins=1)))

        assert books() == before

    def test_one_officer_with_two_keys_is_one_officer(self, world: World) -> None:
        second_key = Ed25519PrivateKey.generate()
        operations.register_officer_key(
            acts(world.issuer),
            person_id=world.officers[0],
            public_key=second_key.public_key().public_bytes_raw(),
            starts=date(2026, 10, 1),
            ends=date(2026, 12, 31),
        )
        order = world.order()
        before = books()

        with pytest.raises(OrderNeedsTwoOfficers):
            operations.book_budget_order(
                acts(world.issuer), SignedOrder(order, (sign(order, world.keys[0]), sign(order, second_key)))
            )

        assert books() == before

    @pytest.mark.parametrize("count", [0, 1, 3])
    def test_any_other_number_of_signatures_is_refused(self, world: World, count: int) -> None:
        order = world.order()
        signatures = (*world.signed(order).signatures, sign(order, world.keys[0]))[:count]

        with pytest.raises(OrderNeedsTwoOfficers):
            operations.book_budget_order(acts(world.issuer), SignedOrder(order, signatures))

    def test_a_changed_amount_spoils_the_signatures(self, world: World) -> None:
        signed = world.signed(world.order())
        before = books()

        with pytest.raises(BadSignature):
            operations.book_budget_order(
                acts(world.issuer), replace(signed, order=replace(signed.order, coins=signed.order.coins * 10))
            )

        assert books() == before

    def test_a_strangers_key_signs_nothing(self, world: World) -> None:
        order = world.order()
        stranger = Ed25519PrivateKey.generate()

        with pytest.raises(OfficerKeyUnknown):
            operations.book_budget_order(
                acts(world.issuer), SignedOrder(order, (sign(order, world.keys[0]), sign(order, stranger)))
            )

    def test_an_officer_whose_role_has_ended_signs_no_more(self, world: World) -> None:
        end_role(acts(None), world.officers[1], RoleName.BUDGET_OFFICER)

        with pytest.raises(OfficerKeyUnknown):
            operations.book_budget_order(acts(world.issuer), world.signed(world.order()))

    def test_a_lost_key_signs_nothing_from_the_next_day_on(self, world: World) -> None:
        row = OfficerKey.objects.get(person_id=world.officers[0])
        operations.end_officer_key(acts(world.issuer), key_id=row.pk)

        with pytest.raises(OfficerKeyUnknown):
            operations.book_budget_order(acts(world.issuer, MORNING + timedelta(days=1)), world.signed(world.order()))

    def test_an_order_of_another_unit_or_from_the_future_is_refused(self, world: World) -> None:
        with pytest.raises(OrderForAnotherUnit):
            operations.book_budget_order(acts(world.issuer), world.signed(replace(world.order(), unit="NW")))
        with pytest.raises(BadOrder):
            operations.book_budget_order(
                acts(world.issuer), world.signed(replace(world.order(), issued_on=date(2026, 10, 6)))
            )

    def test_residents_and_nobody_book_nothing(self, world: World) -> None:
        before = books()

        with pytest.raises(NotAllowed):
            operations.book_budget_order(acts(world.resident), world.signed(world.order()))
        with pytest.raises(NobodyActing):
            operations.book_budget_order(acts(None), world.signed(world.order()))

        assert books() == before


class TestCut:
    def test_what_is_free_can_be_cut(self, world: World) -> None:
        world.earns(world.resident, 100)

        operations.book_cut(acts(world.issuer), world.signed(world.order(49_900, OrderKind.CUT)))

        view = budget_view(FUND, MORNING)
        assert (view.left.minor, view.left_won, view.authorised.minor) == (0, 0, 10_000)

    def test_a_cut_below_what_is_promised_names_the_lowest_figure(self, world: World) -> None:
        world.earns(world.resident, 100)
        before = books()

        with pytest.raises(CutBelowCommitted) as refused:
            operations.book_cut(acts(world.issuer), world.signed(world.order(49_901, OrderKind.CUT)))

        assert refused.value.facts == {"lowest_won": "10,000", "lowest_coins": "100"}
        assert books() == before

    def test_an_order_is_no_cut_and_a_cut_no_order(self, world: World) -> None:
        with pytest.raises(BadOrder):
            operations.book_cut(acts(world.issuer), world.signed(world.order()))
        with pytest.raises(BadOrder):
            operations.book_budget_order(acts(world.issuer), world.signed(world.order(1, OrderKind.CUT)))

    def test_after_a_cut_to_the_bone_the_next_deed_waits(self, world: World) -> None:
        operations.book_cut(acts(world.issuer), world.signed(world.order(50_000, OrderKind.CUT)))

        assert world.brings_hangers(10).rank == 1


class TestOfficerKeys:
    def test_a_key_is_registered_once_and_by_the_issuer_only(self, world: World) -> None:
        public_key = world.keys[0].public_key().public_bytes_raw()
        span = {"starts": date(2026, 10, 1), "ends": date(2026, 12, 31)}

        with pytest.raises(OfficerKeyTaken):
            operations.register_officer_key(
                acts(world.issuer), person_id=world.officers[1], public_key=public_key, **span
            )
        with pytest.raises(NotAllowed):
            operations.register_officer_key(
                acts(world.officers[0]), person_id=world.officers[1], public_key=b"\x01" * 32, **span
            )
        with pytest.raises(OfficerKeyUnknown):
            operations.register_officer_key(
                acts(world.issuer), person_id=world.resident, public_key=b"\x01" * 32, **span
            )

        assert OfficerKey.objects.count() == 2


class TestForecast:
    def test_the_budget_lasts_as_long_as_the_pace_of_28_days_allows(self, world: World) -> None:
        for day in range(4):
            world.earns(world.resident, 100, MORNING + timedelta(days=7 * day))
        at = MORNING + timedelta(days=27)

        view = budget_view(FUND, at)

        assert view.issued.minor == 40_000
        assert view.pace_per_day.minor == 40_000 // 28
        assert view.lasts_until == date(2026, 11, 1) + timedelta(days=4_960_000 * 28 // 40_000)

    def test_a_week_old_programme_is_measured_by_its_own_days(self, world: World) -> None:
        world.earns(world.resident, 70)

        view = budget_view(FUND, MORNING + timedelta(days=6))

        assert view.pace_per_day.minor == 1_000

    def test_without_any_deed_there_is_no_forecast(self, world: World) -> None:
        assert budget_view(FUND, MORNING).lasts_until is None

    def test_a_fund_without_an_order_is_all_zeros(self, world: World) -> None:
        view = budget_view("good-deed/2027", MORNING)

        assert (view.authorised.minor, view.left.minor, view.appropriated_won) == (0, 0, 0)
