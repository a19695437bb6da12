"""Both parts or neither: each way of the provider, and a crash at every point between two steps."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.cards import operations as cards
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import card_address, personal_code
from pumasi.coin import operations as coin
from pumasi.coin.models import Payment, Refund
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.result import Refusal
from pumasi.services.pos.errors import CardNotInSale, NoProvider, WonDeclined
from pumasi.services.pos.models import Sale, SaleStep, SimulatedMove, WonBack
from pumasi.services.pos.operations import selling, settling, steps
from pumasi.services.pos.operations.plugged import plug
from pumasi.services.pos.operations.provider import Answer, Outcome
from pumasi.services.pos.operations.selling import Sold, take_sale
from pumasi.services.pos.operations.settling import PATIENCE, settle_open
from pumasi.services.pos.operations.simulated import SimulatedProvider
from pumasi.services.pos.operations.steps import state_of
from pumasi.services.pos.queries import Found, compared, unsettled

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
TODAY = date(2026, 10, 5)
LATER = acts(None, MORNING + PATIENCE)


class Crash(BaseException):
    """The process dies here."""


class Port(SimulatedProvider):
    """The simulated provider, with a tap: `at` meets every call before and after it, and may die."""

    def __init__(self) -> None:
        self.at: Callable[[str], None] = lambda _where: None

    def __getattribute__(self, name: str) -> Any:
        found = super().__getattribute__(name)
        if name not in ("authorise", "capture", "void", "refund"):
            return found

        def tapped(*args: Any) -> Answer:
            self.at(f"before {name}")
            answer: Answer = found(*args)
            self.at(f"after {name}")
            return answer

        return tapped


@pytest.fixture
def port() -> Iterator[Port]:
    made = Port()
    plug(made)
    yield made
    plug()


@pytest.fixture
def world(world: World, port: Port) -> World:
    world.earns(world.resident, 100)
    return world


def scanned(world: World, who: str = "resident") -> UUID:
    code = personal_code(getattr(world, who), MORNING).text
    return scan(acts(world.cashier), code, a_key(), Kind.PERSON).id


def sells(world: World, won: int = 2000, **other: Any) -> Sold:
    given = {"scan_id": other.get("scan_id") or scanned(world), "key": a_key(), **other}
    return take_sale(acts(world.cashier), **{"place_id": world.gym, "coins": 30, "price_won": 3000 + won, **given})


def parts() -> tuple[int, int]:
    """Minor units of coins that stayed paid, and won that stayed captured."""
    coins = sum(each.coins for each in Payment.objects.all()) - sum(each.coins for each in Refund.objects.all())
    moves = SimulatedMove.objects.filter(reason="")
    return coins, sum({"CAPTURE": each.won, "REFUND": -each.won}.get(each.kind, 0) for each in moves)


def states() -> list[str]:
    return list(SaleStep.objects.order_by("id").values_list("state", flat=True))


class TestTakeSale:
    @pytest.mark.parametrize("won", [2000, 2068, 2091, 2094, 2040])
    def test_takes_both_and_once_for_a_key(self, world: World, won: int) -> None:
        scan_id, key = scanned(world), a_key()

        sold = sells(world, won, scan_id=scan_id, key=key)
        assert sells(world, won, scan_id=scan_id, key=key) == sold

        assert (sold.state, sold.coins, sold.won, sold.is_simulated) == ("DONE", 30, won, True)
        assert states() == ["OPEN", "AUTHORISED", "SPENT", "DONE"]
        assert parts() == (3000, won)
        assert Payment.objects.get().won == won

    def test_a_members_card_is_too_weak_for_it(self, world: World) -> None:
        number = cards.issue(acts(world.cashier), world.resident).number
        shown = scan(acts(world.cashier), card_address(number), a_key(), Kind.PERSON).id
        before = books()

        with pytest.raises(CardNotInSale):
            sells(world, scan_id=shown)

        assert (states(), parts(), books()) == ([], (0, 0), before)

    def test_declined_won_take_no_coins(self, world: World) -> None:
        before = books()["trial"]

        with pytest.raises(WonDeclined) as refused:
            sells(world, 2051)

        assert refused.value.facts == {"reason": "51"}
        assert (states(), parts(), books()["trial"]) == (["OPEN", "DECLINED"], (0, 0), before)

    def test_too_few_coins_let_the_card_go(self, world: World) -> None:
        with pytest.raises(Refusal) as refused:
            sells(world, coins=200, price_won=25_000)

        assert refused.value.code == "coin.not_enough_coins"
        assert states() == ["OPEN", "AUTHORISED", "RELEASING", "RELEASED"]
        assert parts() == (0, 0)

    def test_a_capture_that_fails_for_good_gives_the_coins_back(self, world: World) -> None:
        with pytest.raises(WonDeclined):
            sells(world, 2096)

        assert states() == ["OPEN", "AUTHORISED", "SPENT", "RELEASING", "RELEASED"]
        assert parts() == (0, 0)
        assert [each.kind for each in Refund.objects.all()] == ["REFUND"]

    def test_a_capture_without_an_answer_waits_and_is_asked_for(
        self, world: World, port: Port, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def silent(*_args: object) -> Answer:
            return Answer(Outcome.UNKNOWN)

        real = SimulatedProvider.status
        keys = SimulatedMove.objects.filter(kind="CAPTURE").values_list("key", flat=True)
        monkeypatch.setattr(
            SimulatedProvider, "status", lambda self, key: silent() if key in set(keys.all()) else real(self, key)
        )

        assert sells(world, 2091).state == "SPENT"
        assert settle_open(LATER) == 0
        assert [each.state for each in unsettled([world.gym])] == ["SPENT"]
        monkeypatch.undo()

        assert settle_open(LATER) == 1
        assert (states()[-1], parts(), unsettled(None)) == ("DONE", (3000, 2091), [])

    @pytest.mark.parametrize(
        ("code", "who", "other"),
        [
            ("coin.not_allowed", "keeper", {}),
            ("pos.nothing_in_won", "cashier", {"price_won": 3000}),
            ("pos.nothing_in_won", "cashier", {"coins": 0}),
            ("codes.scan_unknown|scan_unknown", "cashier", {"scan_id": UUID(int=9)}),
        ],
    )
    def test_refuses_and_nothing_is_asked(self, world: World, code: str, who: str, other: dict[str, Any]) -> None:
        scan_id, before = scanned(world), books()
        given: dict[str, Any] = {"place_id": world.gym, "coins": 30, "price_won": 5000, "scan_id": scan_id, **other}

        with pytest.raises(Refusal) as refused:
            take_sale(acts(getattr(world, who)), key=a_key(), **given)

        assert refused.value.code in code.split("|")
        assert (books(), Sale.objects.count(), SimulatedMove.objects.count()) == (before, 0, 0)

    def test_one_key_is_one_sale(self, world: World) -> None:
        scan_id, key = scanned(world), a_key()
        sells(world, scan_id=scan_id, key=key)

        with pytest.raises(Refusal) as refused:
            sells(world, 2100, scan_id=scan_id, key=key)

        assert refused.value.code == "coin.key_reused"
        assert parts() == (3000, 2000)

    def test_without_a_provider_there_are_no_sales(self, world: World) -> None:
        plug()

        with pytest.raises(NoProvider):
            sells(world)

        assert settle_open(LATER) == 0
        assert Sale.objects.count() == 0


class TestCrash:
    @pytest.mark.parametrize("won", [2000, 2068, 2091, 2094, 2096])
    def test_at_every_point_ends_in_both_or_neither(
        self, world: World, port: Port, monkeypatch: pytest.MonkeyPatch, won: int
    ) -> None:
        met: list[str] = []
        real, die_at = steps.go, [0]

        def tap(where: str) -> None:
            met.append(where)
            if len(met) == die_at[0]:
                raise Crash

        def tapped(*args: Any, **words: Any) -> bool:
            tap("before step")
            moved = real(*args, **words)
            tap("after step")
            return moved

        port.at = tap
        for room in (selling, settling):
            monkeypatch.setattr(room, "go", tapped)
        ends, point, scan_id = [], 0, scanned(world)
        while point == 0 or len(met) >= die_at[0]:
            point += 1
            met.clear()
            die_at[0] = point
            with transaction.atomic():
                with suppress(Crash, WonDeclined):
                    sells(world, won, scan_id=scan_id)
                die_at[0] = 0
                settle_open(LATER)
                settle_open(LATER)
                sale = Sale.objects.get()
                ends.append((state_of(sale).value, *parts()))
                transaction.set_rollback(True)
            die_at[0] = point
        assert len(ends) > 10
        assert set(ends) <= {("DONE", 3000, won), ("RELEASED", 0, 0), ("DECLINED", 0, 0)}
        assert ends[-1][0] == ("RELEASED" if won == 2096 else "DONE")


class TestCoinsThatGoBack:
    def test_take_their_won_along_at_the_next_pass_and_once(self, world: World) -> None:
        sold = sells(world)
        coin.refund(acts(world.cashier), payment_id=sold.payment_id, coins=10, key=a_key())
        coin.undo(acts(world.resident), payment_id=sold.payment_id, key=a_key())

        assert [settle_open(LATER), settle_open(LATER)] == [2, 0]

        assert parts() == (0, 0)
        assert sorted(WonBack.objects.values_list("won", flat=True)) == [666, 1334]

    def test_undone_before_the_capture_failed_they_are_not_given_back_twice(self, world: World, port: Port) -> None:
        def undoes(where: str) -> None:
            if where == "before capture":
                coin.undo(acts(world.resident), payment_id=Payment.objects.get().key, key=a_key())

        port.at = undoes

        with pytest.raises(WonDeclined):
            sells(world, 2096)

        assert (states()[-1], parts()) == ("RELEASED", (0, 0))


class TestReconcile:
    def test_says_what_matches_what_is_missing_and_what_differs(self, world: World, port: Port) -> None:
        people = ("resident", "neighbour", "reviewer")
        for who in people[1:]:
            world.earns(getattr(world, who), 30)
        scans = [scanned(world, who) for who in people]
        amounts = (2000, 2040, 2500)
        good, unlisted, other = (sells(world, won, scan_id=each) for won, each in zip(amounts, scans, strict=True))
        port.capture(port.authorise(700, "elsewhere", UUID(int=1), TODAY).reference, UUID(int=2), TODAY)
        listed = {each.reference: each.won for each in port.reconcile(TODAY)}
        reference = {each.sale_id: each.reference for each in SaleStep.objects.filter(state="DONE")}
        listed[reference[other.id]] = 2400

        found = compared(TODAY, listed.items(), None)

        assert {(each.reference, each.found, each.here, each.there) for each in found} == {
            (reference[good.id], Found.MATCHED, 2000, 2000),
            (reference[unlisted.id], Found.MISSING_THERE, 2040, None),
            (reference[other.id], Found.DIFFERS, 2500, 2400),
            (str(UUID(int=2)), Found.MISSING_HERE, None, 700),
        }
        assert found[-1].found is Found.MATCHED
        own = {each.found for each in compared(TODAY, listed.items(), [world.gym])}
        assert own == set(Found) - {Found.MISSING_HERE}
        assert compared(TODAY, listed.items(), [world.laundry]) == []
        assert compared(TODAY + timedelta(days=1), [], None) == []

    @pytest.mark.parametrize("table", [Sale, SaleStep])
    def test_no_row_is_ever_changed(self, world: World, table: type[Sale | SaleStep]) -> None:
        sells(world)

        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(at=LATER.at)

        assert set(table.objects.values_list("at", flat=True)) == {MORNING}
