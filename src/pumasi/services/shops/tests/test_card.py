"""A card at the counter: fifty coins a day alone, more with the next code of the strip; nothing else is weaker."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from pumasi.civic.cards import operations as cards
from pumasi.civic.cards.errors import CardEnded, CardFrozen, StripCodeWrong
from pumasi.civic.cards.queries import card_of
from pumasi.civic.codes.errors import CodeUnknown, ScanAlreadySpent
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.queries import card_address, card_text, personal_code
from pumasi.civic.shell.scanning import take
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.card_limit import card_left
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import CardLimitReached
from pumasi.coin.models import CardPayment
from pumasi.coin.operations import refund, undo
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.shops.operations.counter import take_at_counter

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
STEP = timedelta(seconds=30)
type Stop = Callable[[Acting, UUID], object]


@pytest.fixture
def card(world: World) -> str:
    """The card of the resident, who has 200 coins: what its QR writes."""
    world.earns(world.resident, 200)
    return card_address(cards.issue(acts(world.cashier), world.resident).number)


def scan(world: World, text: str, at: datetime = MORNING) -> UUID:
    return take(acts(world.cashier, at), text, Kind.PERSON).id


def pays(world: World, text: str, coins: int, at: datetime = MORNING, strip: str = "", key: UUID | None = None) -> UUID:
    """The cashier of the gym scans and takes coins; the payment."""
    scanned, key = scan(world, text, at), key or a_key()
    take_at_counter(
        acts(world.cashier, at),
        scan_id=scanned,
        place_id=world.gym,
        coins=coins,
        price_won=None,
        key=key,
        strip=strip,
    )
    return key


def left(world: World, at: datetime = MORNING) -> int:
    return card_left(district_tariff(), world.resident, seoul_date(at)).minor // 100


class TestAlone:
    def test_pays_fifty_coins_a_day_and_no_more(self, world: World, card: str) -> None:
        pays(world, card, 30)
        pays(world, card, 20, MORNING + STEP)
        before = books()

        with pytest.raises(CardLimitReached) as refused:
            pays(world, card, 10, MORNING + 2 * STEP)

        assert (refused.value.facts["limit"], refused.value.facts["left"]) == (50, "0")
        assert books() == before
        tomorrow = MORNING + timedelta(days=1)
        assert left(world, tomorrow) == 50
        pays(world, card, 50, tomorrow)

    def test_what_is_undone_or_given_back_may_be_paid_again(self, world: World, card: str) -> None:
        first = pays(world, card, 30)
        second = pays(world, card, 20, MORNING + STEP)

        undo(acts(world.cashier, MORNING + STEP), payment_id=first, key=a_key())
        refund(acts(world.cashier, MORNING + STEP), payment_id=second, key=a_key(), coins=10)

        assert left(world) == 40

    def test_a_telephone_does_not_count_against_it(self, world: World, card: str) -> None:
        pays(world, personal_code(world.resident, MORNING).text, 50)

        assert left(world) == 50
        assert not CardPayment.objects.exists()

    def test_a_scan_pays_once_and_the_card_again_at_once(self, world: World, card: str) -> None:
        first, key = scan(world, card), a_key()
        assert scan(world, card) == first
        pays(world, card, 10, key=key)
        pays(world, card, 10, key=key)
        pays(world, card, 10)

        assert CardPayment.objects.count() == 2
        with pytest.raises(ScanAlreadySpent):
            take_at_counter(
                acts(world.cashier), scan_id=first, place_id=world.gym, coins=10, price_won=None, key=a_key()
            )

    def test_a_stopped_card_pays_nothing(self, world: World, card: str) -> None:
        cards.freeze(acts(world.cashier), world.resident)
        before = books()

        with pytest.raises(CardFrozen):
            pays(world, card, 10)

        assert books() == before

    @pytest.mark.parametrize("stop", [cards.freeze, cards.end, cards.issue])
    def test_what_was_stopped_after_it_was_shown_pays_nothing(self, world: World, card: str, stop: Stop) -> None:
        shown = scan(world, card)
        stop(acts(world.cashier, MORNING + STEP), world.resident)
        before = books()

        with pytest.raises((CardFrozen, CardEnded)):
            scan(world, card)
        with pytest.raises(CardFrozen):
            take_at_counter(
                acts(world.cashier), scan_id=shown, place_id=world.gym, coins=10, price_won=None, key=a_key()
            )

        assert books() == before

    def test_is_typed_with_its_letter(self, world: World, card: str) -> None:
        found = card_of(world.resident)
        assert found is not None

        pays(world, card_text(found.number).lower(), 10)

        assert CardPayment.objects.count() == 1

    def test_is_no_code_of_a_place(self, world: World, card: str) -> None:
        with pytest.raises(CodeUnknown):
            take(acts(world.resident), card, Kind.PLACE)


class TestStrip:
    def test_a_code_pays_above_the_limit_and_counts_nothing(self, world: World, card: str) -> None:
        codes = cards.print_strip(acts(world.cashier), world.resident)

        pays(world, card, 100, strip=codes[0])

        assert left(world) == 50
        with pytest.raises(StripCodeWrong):
            pays(world, card, 60, MORNING + STEP, strip=codes[0])
        pays(world, card, 60, MORNING + STEP, strip=codes[1])

    def test_a_wrong_code_moves_nothing_and_is_remembered(self, world: World, card: str) -> None:
        codes = cards.print_strip(acts(world.cashier), world.resident)
        before = books()

        for _ in range(4):
            with pytest.raises(StripCodeWrong):
                pays(world, card, 100, strip=codes[1])
        with pytest.raises(CardFrozen):
            pays(world, card, 100, strip=codes[1])

        found = card_of(world.resident)
        assert found is not None
        assert found.is_frozen
        assert books() == before

    def test_a_payment_that_fails_leaves_its_code(self, world: World, card: str) -> None:
        codes = cards.print_strip(acts(world.cashier), world.resident)

        with pytest.raises(Exception, match="coin"):
            pays(world, card, 1_000, strip=codes[0])

        found = card_of(world.resident)
        assert found is not None
        assert found.next_position == 1


class TestPages:
    def test_the_counter_asks_for_the_next_number_only_above_the_limit(self, world: World, card: str) -> None:
        cards.print_strip(acts(world.cashier), world.resident)
        staff = visitor(world.cashier, "en")
        form = {"place": str(world.gym), "code": card, "key": str(a_key())}

        small = staff.post("/counter/", {**form, "coins": 30}, follow=True).content.decode()
        large = staff.post("/counter/", {**form, "coins": 60}, follow=True).content.decode()

        assert "50 are left today" in small
        assert "Number 1 of the visitor's strip (not needed now)" in " ".join(small.split())
        assert 'maxlength="20" autocomplete="off" required' in large

    def test_without_a_strip_it_says_where_to_get_one(self, world: World, card: str) -> None:
        staff = visitor(world.cashier, "en")
        form = {"place": str(world.gym), "code": card, "key": str(a_key()), "coins": 60}

        page = staff.post("/counter/", form, follow=True).content.decode()

        assert "There is no strip." in page
