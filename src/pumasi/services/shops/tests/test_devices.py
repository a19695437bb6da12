"""Counter mode: bind once, take, undo one's own within ten minutes; nothing else, and dead when told so."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest

from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import personal_code
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import end_role
from pumasi.civic.places.operations import close_place
from pumasi.coin.errors import NotAllowed, UndoTooLate
from pumasi.coin.models import Payment, Refund
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.result import Refusal
from pumasi.services.shops.errors import DeviceCodeWrong, DeviceNotBound, NotTakenHere
from pumasi.services.shops.models import Device, DeviceTaking
from pumasi.services.shops.operations.devices import (
    Counter,
    bind_device,
    counter_of,
    make_device_code,
    revoke_device,
    take_by_device,
    undo_by_device,
)
from pumasi.services.shops.queries.counter import devices_of

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


def bound(world: World, name: str = "계산대 태블릿") -> str:
    code = make_device_code(acts(world.keeper), place_id=world.laundry)
    return bind_device(acts(None), code=code, name=name)


def takes(world: World, counter: Counter, coins: int = 10, key: UUID | None = None) -> UUID:
    code = personal_code(world.resident, counter.acting.at).text
    found = scan(counter.acting, code, a_key(), Kind.PERSON)
    return take_by_device(counter, scan_id=found.id, coins=coins, price_won=None, key=key or a_key()).key


def refuses(what: type[Refusal], act: Callable[[], object]) -> None:
    before = (books(), Device.objects.count(), DeviceTaking.objects.count())
    with pytest.raises(what):
        act()
    assert (books(), Device.objects.count(), DeviceTaking.objects.count()) == before


class TestBinding:
    def test_a_number_binds_one_device_once(self, world: World) -> None:
        code = make_device_code(acts(world.keeper), place_id=world.laundry)

        token = bind_device(acts(None), code=f"{code[:4]}-{code[4:].lower()}", name="계산대")

        assert counter_of(acts(None), token).place_id == world.laundry
        refuses(DeviceCodeWrong, lambda: bind_device(acts(None), code=code, name="둘째"))

    def test_a_number_dies_after_ten_minutes_and_with_the_next(self, world: World) -> None:
        late = acts(None, MORNING + timedelta(minutes=10))
        first = make_device_code(acts(world.keeper), place_id=world.laundry)
        second = make_device_code(acts(world.keeper), place_id=world.laundry)

        refuses(DeviceCodeWrong, lambda: bind_device(acts(None), code=first, name=""))
        refuses(DeviceCodeWrong, lambda: bind_device(late, code=second, name=""))

    def test_only_staff_of_the_place_make_numbers(self, world: World) -> None:
        for who in (world.resident, world.cashier, world.official):
            refuses(NotAllowed, partial(make_device_code, acts(who), place_id=world.laundry))

    def test_the_owner_sees_when_it_was_seen_and_sends_it_away(self, world: World) -> None:
        token = bound(world)
        counter_of(acts(None, MORNING + timedelta(minutes=5)), token)

        (shown,) = devices_of(world.laundry)
        assert (shown.name, shown.seen_at, shown.is_live) == ("계산대 태블릿", MORNING + timedelta(minutes=5), True)
        with pytest.raises(NotAllowed):
            revoke_device(acts(world.cashier), device_id=shown.id)
        for _ in range(2):
            revoke_device(acts(world.keeper), device_id=shown.id)
        refuses(DeviceNotBound, lambda: counter_of(acts(None), token))
        assert not devices_of(world.laundry)[0].is_live

    def test_it_dies_with_the_role_of_who_bound_it(self, world: World) -> None:
        token = bound(world)

        end_role(acts(world.issuer), world.keeper, RoleName.SHOP_KEEPER, world.laundry)

        refuses(DeviceNotBound, lambda: counter_of(acts(None), token))

    def test_no_token_is_no_counter(self, world: World) -> None:
        bound(world)

        for token in ("", "x" * 43):
            refuses(DeviceNotBound, partial(counter_of, acts(None), token))


class TestTaking:
    def test_takes_and_undoes_its_own(self, world: World) -> None:
        world.earns(world.resident, 20)
        counter = counter_of(acts(None), bound(world))

        payment = takes(world, counter)

        assert Payment.objects.get().key == payment
        undo_by_device(counter, payment_id=payment, key=a_key())
        assert Refund.objects.get().kind == "UNDO"

    def test_the_same_key_takes_once(self, world: World) -> None:
        world.earns(world.resident, 20)
        counter, key = counter_of(acts(None), bound(world)), a_key()
        found = scan(counter.acting, personal_code(world.resident, MORNING).text, a_key(), Kind.PERSON)

        for _ in range(2):
            take_by_device(counter, scan_id=found.id, coins=10, price_won=None, key=key)

        assert (Payment.objects.count(), DeviceTaking.objects.count()) == (1, 1)

    def test_cannot_undo_what_it_did_not_take_or_too_late(self, world: World) -> None:
        world.earns(world.resident, 20)
        token = bound(world)
        counter, other = counter_of(acts(None), token), counter_of(acts(None), bound(world, "둘째"))
        mine, owners = takes(world, counter), world.pays(10).key

        refuses(NotTakenHere, lambda: undo_by_device(counter, payment_id=owners, key=a_key()))
        refuses(NotTakenHere, lambda: undo_by_device(other, payment_id=mine, key=a_key()))
        late = counter_of(acts(None, MORNING + timedelta(minutes=11)), token)
        refuses(UndoTooLate, lambda: undo_by_device(late, payment_id=mine, key=a_key()))

    def test_takes_nothing_once_the_place_is_closed(self, world: World) -> None:
        world.earns(world.resident, 20)
        counter = counter_of(acts(None), bound(world))
        close_place(acts(world.keeper), world.laundry)

        with pytest.raises(Refusal) as caught:
            takes(world, counter)

        assert (caught.value.code, Payment.objects.count()) == ("place_closed", 0)
