"""Spend, refund, undo and give: steps of ten, won beside coins, both sides' rights, and books that a refusal leaves."""

from datetime import timedelta
from uuid import UUID

import pytest

from pumasi.civic.people.errors import PersonClosed
from pumasi.civic.people.operations import close_person
from pumasi.civic.places.errors import PlaceClosed
from pumasi.civic.places.operations import close_place
from pumasi.coin import operations
from pumasi.coin.errors import (
    BadCoins,
    BadPrice,
    CoinsExceedPrice,
    GiftToSelf,
    KeyReused,
    NobodyActing,
    NoSuchPayment,
    NotAllowed,
    NotEnoughCoins,
    NotInSteps,
    OwnShop,
    RefundTooLarge,
    RefundTooLate,
    UndoTooLate,
)
from pumasi.coin.queries import payment_view, till_view, wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.errors import TooLate
from pumasi.ledger.reads import balance, trial_balance

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
TODAY = seoul_date(MORNING)


@pytest.fixture
def rich(world: World) -> World:
    """The resident holds 100 coins."""
    world.earns(world.resident, 100)
    return world


class TestSpend:
    def test_moves_coins_to_the_till_and_tells_what_is_left(self, rich: World) -> None:
        paid = rich.pays(30)

        assert (paid.coins.minor, paid.won, paid.balance.minor) == (3000, 0, 7000)
        assert paid.undo_until == MORNING + timedelta(minutes=10)
        assert till_view(rich.laundry, TODAY).balance.minor == 3000

    def test_the_rest_of_the_price_is_recorded_as_won(self, rich: World) -> None:
        paid = rich.pays(30, price=12_500)

        assert (paid.coins.minor, paid.won) == (3000, 9500)
        assert [line.balance for line in trial_balance() if line.row.code == "K500"] == [9500]

    def test_the_same_key_pays_once(self, rich: World) -> None:
        key = a_key()
        wish = {"payer_id": rich.resident, "place_id": rich.laundry, "coins": 30}
        first = operations.spend(acts(rich.resident), key=key, **wish)  # type: ignore[arg-type]  # one wish, twice
        before = books()

        again = operations.spend(acts(rich.resident, MORNING + timedelta(days=1)), key=key, **wish)  # type: ignore[arg-type]  # as above

        assert again == first
        assert books() == before

    def test_the_same_key_for_another_price_is_refused(self, rich: World) -> None:
        key = a_key()
        operations.spend(acts(rich.resident), payer_id=rich.resident, place_id=rich.laundry, coins=30, key=key)
        before = books()

        with pytest.raises(KeyReused):
            operations.spend(acts(rich.resident), payer_id=rich.resident, place_id=rich.laundry, coins=40, key=key)

        assert books() == before

    @pytest.mark.parametrize(
        ("coins", "price", "refusal"),
        [
            (0, None, BadCoins),
            (-10, None, BadCoins),
            (10.0, None, BadCoins),
            (True, None, BadCoins),
            (2_000_000, None, BadCoins),
            (35, None, NotInSteps),
            (110, None, NotEnoughCoins),
            (10, 0, BadPrice),
            (10, 10.5, BadPrice),
            (20, 1_900, CoinsExceedPrice),
        ],
    )
    def test_a_wrong_amount_is_refused_and_nothing_changes(
        self, rich: World, coins: int, price: int | None, refusal: type[Exception]
    ) -> None:
        before = books()

        with pytest.raises(refusal):
            rich.pays(coins, price=price)

        assert books() == before

    def test_a_refusal_names_the_two_nearest_steps(self, rich: World) -> None:
        with pytest.raises(NotInSteps) as refused:
            rich.pays(35)

        assert refused.value.facts == {"step": 10, "lower": 30, "higher": 40}

    def test_too_few_coins_says_how_many_there_are(self, rich: World) -> None:
        with pytest.raises(NotEnoughCoins) as refused:
            rich.pays(110)

        assert refused.value.facts == {"available": "100", "needed": "110"}

    def test_nobody_pays_at_the_own_shop(self, world: World) -> None:
        world.earns(world.keeper, 20)
        before = books()

        with pytest.raises(OwnShop):
            operations.spend(acts(world.keeper), payer_id=world.keeper, place_id=world.laundry, coins=10, key=a_key())

        assert books() == before

    def test_a_closed_shop_takes_nothing(self, rich: World) -> None:
        close_place(acts(None), rich.laundry)
        before = books()

        with pytest.raises(PlaceClosed):
            rich.pays(10)

        assert books() == before

    def test_a_closed_member_pays_nothing(self, rich: World) -> None:
        close_person(acts(None), rich.resident)
        before = books()

        with pytest.raises(PersonClosed):
            rich.pays(10)

        assert books() == before

    def test_after_the_codes_life_it_is_too_late_but_a_repeated_key_is_not(self, rich: World) -> None:
        key, late = a_key(), MORNING + timedelta(minutes=2)

        def pay(at_late: bool, with_key: UUID) -> None:
            operations.spend(
                acts(rich.resident, late if at_late else MORNING),
                payer_id=rich.resident,
                place_id=rich.laundry,
                coins=10,
                key=with_key,
                not_after=MORNING + timedelta(seconds=90),
            )

        pay(False, key)
        pay(True, key)
        before = books()
        with pytest.raises(TooLate):
            pay(True, a_key())

        assert books() == before


class TestRefund:
    def test_brings_back_a_part_and_splits_the_won_the_same_way(self, rich: World) -> None:
        paid = rich.pays(30, price=4_001)

        first = operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=a_key())
        second = operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=a_key())
        third = operations.refund(acts(rich.keeper), payment_id=paid.key, key=a_key())

        assert [part.coins.minor for part in (first, second, third)] == [1000, 1000, 1000]
        assert [part.won for part in (first, second, third)] == [333, 334, 334]
        assert wallet_view(rich.resident, MORNING).balance.minor == 10_000
        assert payment_view(paid.key).left.minor == 0

    def test_no_more_comes_back_than_was_paid(self, rich: World) -> None:
        paid = rich.pays(30)
        operations.refund(acts(rich.keeper), payment_id=paid.key, coins=20, key=a_key())
        before = books()

        with pytest.raises(RefundTooLarge) as refused:
            operations.refund(acts(rich.keeper), payment_id=paid.key, coins=20, key=a_key())

        assert refused.value.facts == {"left": "10"}
        assert books() == before

    def test_the_same_key_refunds_once(self, rich: World) -> None:
        paid, key = rich.pays(30), a_key()
        first = operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=key)
        before = books()

        assert operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=key) == first
        assert books() == before

    @pytest.mark.parametrize("who", ["resident", "neighbour", "cashier", "official"])
    def test_only_staff_of_the_place_refund(self, rich: World, who: str) -> None:
        paid = rich.pays(30)
        before = books()

        with pytest.raises(NotAllowed):
            operations.refund(acts(getattr(rich, who)), payment_id=paid.key, key=a_key())

        assert books() == before

    def test_is_possible_for_thirty_days_and_after_the_shop_has_closed(self, rich: World) -> None:
        paid = rich.pays(30)
        close_place(acts(None, MORNING + timedelta(days=3)), rich.laundry)
        last, after = MORNING + timedelta(days=30), MORNING + timedelta(days=31)

        operations.refund(acts(rich.keeper, last), payment_id=paid.key, coins=10, key=a_key())
        before = books()
        with pytest.raises(RefundTooLate) as refused:
            operations.refund(acts(rich.keeper, after), payment_id=paid.key, key=a_key())

        assert refused.value.facts == {"days": 30, "until": "2026-11-04"}
        assert books() == before

    def test_an_unknown_payment_is_refused(self, rich: World) -> None:
        with pytest.raises(NoSuchPayment):
            operations.refund(acts(rich.keeper), payment_id=a_key(), key=a_key())


class TestUndo:
    @pytest.mark.parametrize("who", ["resident", "keeper"])
    def test_either_side_takes_it_back_within_ten_minutes(self, rich: World, who: str) -> None:
        paid = rich.pays(30, price=5_000)

        undone = operations.undo(
            acts(getattr(rich, who), MORNING + timedelta(minutes=10)), payment_id=paid.key, key=a_key()
        )

        assert (undone.coins.minor, undone.won) == (3000, 2000)
        assert wallet_view(rich.resident, MORNING).balance.minor == 10_000
        assert till_view(rich.laundry, TODAY).balance.minor == 0

    def test_is_refused_after_ten_minutes_and_to_others(self, rich: World) -> None:
        paid = rich.pays(30)
        before = books()

        with pytest.raises(UndoTooLate):
            operations.undo(
                acts(rich.resident, MORNING + timedelta(minutes=10, seconds=1)), payment_id=paid.key, key=a_key()
            )
        with pytest.raises(NotAllowed):
            operations.undo(acts(rich.neighbour), payment_id=paid.key, key=a_key())
        with pytest.raises(NobodyActing):
            operations.undo(acts(None), payment_id=paid.key, key=a_key())

        assert books() == before


class TestGive:
    def test_coins_go_to_another_person(self, rich: World) -> None:
        given = operations.give(acts(rich.resident), to_id=rich.neighbour, coins=7, key=a_key())

        assert (given.coins.minor, given.balance.minor) == (700, 9300)
        assert wallet_view(rich.neighbour, MORNING).balance.minor == 700

    def test_the_same_key_gives_once(self, rich: World) -> None:
        key = a_key()
        operations.give(acts(rich.resident), to_id=rich.neighbour, coins=7, key=key)
        before = books()

        operations.give(acts(rich.resident), to_id=rich.neighbour, coins=7, key=key)

        assert books() == before

    @pytest.mark.parametrize(("coins", "refusal"), [(0, BadCoins), (1.5, BadCoins), (101, NotEnoughCoins)])
    def test_a_wrong_amount_is_refused(self, rich: World, coins: int, refusal: type[Exception]) -> None:
        before = books()

        with pytest.raises(refusal):
            operations.give(acts(rich.resident), to_id=rich.neighbour, coins=coins, key=a_key())

        assert books() == before

    def test_nobody_gives_to_themselves(self, rich: World) -> None:
        with pytest.raises(GiftToSelf):
            operations.give(acts(rich.resident), to_id=rich.resident, coins=1, key=a_key())


class TestDeath:
    def test_a_desk_report_stops_the_wallet_and_keeps_the_coins_for_the_family(self, rich: World) -> None:
        key = a_key()
        waiting = operations.report_death(acts(rich.official), person_id=rich.resident, key=key)
        before = books()

        assert waiting.minor == 10_000
        assert operations.report_death(acts(rich.official), person_id=rich.resident, key=key) == waiting
        with pytest.raises(PersonClosed):
            rich.pays(10)
        assert books() == before

    def test_only_an_official_reports_a_death(self, rich: World) -> None:
        before = books()

        with pytest.raises(NotAllowed):
            operations.report_death(acts(rich.cashier), person_id=rich.resident, key=a_key())

        assert books() == before


class TestWords:
    def test_the_statement_says_in_plain_words_what_happened(self, rich: World) -> None:
        paid = rich.pays(30, price=5_000)
        operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=a_key())
        operations.give(acts(rich.resident), to_id=rich.neighbour, coins=7, key=a_key())

        lines = wallet_view(rich.resident, MORNING, limit=4).movements

        assert [(line.text_ko, line.coins.text("ko"), line.balance.text("ko")) for line in lines] == [
            ("선물함", "-7", "73"),
            ("표본 세탁소 결제 환불", "10", "80"),
            ("표본 세탁소에서 사용 (원화 2,000원과 함께)", "-30", "70"),
            ("투명 페트병 모으기 적립", "20", "100"),
        ]
        assert [line.text_en for line in lines] == [
            "Given as a gift",
            "Refunded: payment at Sample SHOP",
            "Paid at Sample SHOP (with 2,000 won)",
            "Earned: Clear PET bottles",
        ]
        assert lines[1].receipt == lines[2].receipt == paid.key

    def test_a_page_of_the_statement_starts_where_the_last_one_ended(self, rich: World) -> None:
        for _ in range(3):
            rich.pays(10)
        whole = wallet_view(rich.resident, MORNING).movements

        first = wallet_view(rich.resident, MORNING, limit=2).movements
        second = wallet_view(rich.resident, MORNING, before=first[-1].transfer, limit=2).movements

        assert first + second == whole[:4]

    def test_the_till_shows_a_days_payments_without_people(self, rich: World) -> None:
        paid = rich.pays(30, price=5_000)
        rich.pays(10)
        operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=a_key())

        view = till_view(rich.laundry, TODAY)

        assert [(line.coins.minor, line.refunded.minor, line.left.minor) for line in view.lines] == [
            (1000, 0, 1000),
            (3000, 1000, 2000),
        ]
        assert (view.received.minor, view.received_won) == (4000, 2000)
        assert (view.given_back.minor, view.given_back_won, view.balance.minor) == (1000, 666, 3000)
        assert not hasattr(view.lines[0], "person_id")

    def test_a_wallet_that_was_never_used_is_empty(self, world: World) -> None:
        view = wallet_view(world.neighbour, MORNING)

        assert (view.balance.minor, view.movements, view.next_expiry) == (0, (), None)


def test_the_books_balance_after_everything(rich: World) -> None:
    paid = rich.pays(30, price=4_001)
    operations.refund(acts(rich.keeper), payment_id=paid.key, coins=10, key=a_key())
    operations.give(acts(rich.resident), to_id=rich.neighbour, coins=7, key=a_key())

    coins = sum(line.balance for line in trial_balance() if line.unit == "SC")
    won = sum(line.balance for line in trial_balance() if line.unit == "KRW")

    assert (coins, won) == (0, 0)
    assert balance("1100:SC:good-deed/2026") == -10_000
