"""A shop applies, is verified, opens, is suspended and closes. Each step says who, when and why, and none is edited.

Not here: the settlement of what a closed shop still has to get (`settlement`), and the place's own state of the day.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.places.business_number import business_number
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import close_place, open_place, resume_place, set_state, suspend_place
from pumasi.coin.items import items
from pumasi.coin.parties import check_actor, check_role, holder
from pumasi.coin.settlement.operations import end_hold_of_hearing, hold_while_heard
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.kernel.text import clean_text
from pumasi.services.shops.errors import (
    BusinessNumberTaken,
    BusinessNumberWrong,
    CertificateDiffers,
    NoItems,
    OwnApplication,
    SecondPersonNeeded,
    ShopUnknown,
    WordsMissing,
    WrongShopState,
)
from pumasi.services.shops.models import NEXT, Cause, Device, Shop, ShopStep, State
from pumasi.services.shops.queries.lifecycle import state_on

OFFICERS = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)
WORDS = 300


@dataclass(frozen=True)
class Wish:
    """What stands on the application form; `items` are codes of `coin.items`."""

    name_ko: str
    name_en: str
    dong: str
    number: str
    items: Sequence[str]


@dataclass(frozen=True)
class Ground:
    """Why a shop is suspended, by which clause, how the owner was told, and until when (None: until lifted)."""

    cause: Cause
    why: str
    clause: str
    notice: str
    until: date | None


def apply(acting: Acting, *, owner_id: UUID, wish: Wish, key: UUID) -> UUID:
    """The owner, or an officer for them at a desk, hands in an application; the same key is one application.

    Raises NotAllowed, PersonUnknown, PersonClosed, BusinessNumberWrong, BusinessNumberTaken, WordsMissing and NoItems.
    """
    actor = check_actor(acting)
    if actor != owner_id:
        check_role(acting, *OFFICERS)
    holder(owner_id)
    wanted = _read(wish)
    with transaction.atomic():
        if Shop.objects.filter(id=key, owner_id=owner_id).exists():
            return key
        try:
            with transaction.atomic():
                shop = Shop.objects.create(
                    id=key, owner_id=owner_id, applied_by=actor, applied_at=acting.at, **_columns(wanted)
                )
        except IntegrityError:
            raise BusinessNumberTaken() from None
        _step(acting, shop, State.APPLIED)
    return key


def send_again(acting: Acting, *, shop_id: UUID, wish: Wish) -> None:
    """The owner hands in what was missing; raises what `apply` raises, ShopUnknown and WrongShopState."""
    wanted = _read(wish)
    with transaction.atomic():
        shop = _owned(acting, shop_id)
        _must_follow(acting, shop, State.APPLIED)
        for name, value in _columns(wanted).items():
            setattr(shop, name, value)
        try:
            with transaction.atomic():
                shop.save()
        except IntegrityError:
            raise BusinessNumberTaken() from None
        _step(acting, shop, State.APPLIED)


def ask_for_more(acting: Acting, *, shop_id: UUID, what: str) -> None:
    """An officer says what is missing; the owner reads it."""
    _officer_step(acting, shop_id, State.MISSING, what)


def refuse(acting: Acting, *, shop_id: UUID, why: str) -> None:
    """An officer refuses an application, with the reason that the owner reads."""
    _officer_step(acting, shop_id, State.REFUSED, why)


def verify(acting: Acting, *, shop_id: UUID, number: str) -> None:
    """An officer types the number from the certificate 사업자등록증; it must be the application's.

    Raises NotAllowed, OwnApplication (owner or whoever entered it), CertificateDiffers and WrongShopState.
    """
    with transaction.atomic():
        shop = _for_officer(acting, shop_id)
        if state_on(shop, seoul_date(acting.at)) is State.VERIFIED:
            return
        _must_follow(acting, shop, State.VERIFIED)
        if business_number(number) != shop.business_number:
            raise CertificateDiffers()
        _step(acting, shop, State.VERIFIED)


def activate(acting: Acting, *, shop_id: UUID) -> UUID:
    """The owner opens the verified shop: place, role and till are there from now on. Again: the same place."""
    with transaction.atomic():
        shop = _owned(acting, shop_id)
        if shop.place_id is not None:
            return shop.place_id
        _must_follow(acting, shop, State.ACTIVE)
        verifier = ShopStep.objects.filter(shop=shop, state=State.VERIFIED).values_list("by", flat=True)[0]
        place = open_place(acting, kind=PlaceKind.SHOP, name_ko=shop.name_ko, name_en=shop.name_en, dong=shop.dong)
        wanted = shop.items.split()
        set_state(acting, place.id, accepts=wanted, needs=wanted, daily_limit=None)
        # The role comes from the officer who checked the certificate: nobody gives a role to themselves.
        grant_role(replace(acting, actor=verifier), shop.owner_id, RoleName.SHOP_KEEPER, place.id)
        shop.place_id = place.id
        shop.save(update_fields=["place"])
        _step(acting, shop, State.ACTIVE)
    return place.id


def suspend(acting: Acting, *, shop_id: UUID, ground: Ground) -> State:
    """An officer suspends for the terms, or proposes a suspension for signs of fraud; returns the new state.

    From a proposal on payouts wait until the suspicion is dropped; a breach of the terms keeps no money back.
    Raises NotAllowed, OwnApplication, WordsMissing (why, clause, notice) and WrongShopState.
    """
    ground = _checked(ground)
    state = State.SUSPENDED if ground.cause is Cause.TERMS else State.PROPOSED
    with transaction.atomic():
        shop = _for_officer(acting, shop_id)
        _must_follow(acting, shop, state)
        _step(acting, shop, state, ground)
        if state is State.SUSPENDED:
            suspend_place(acting, _place(shop), ground.until)
        else:
            hold_while_heard(acting, place_id=_place(shop), reason=ground.why, hold_id=_hold_id(shop))
    return state


def approve_suspension(acting: Acting, *, shop_id: UUID) -> None:
    """A second officer approves; the shop stops at once. Raises SecondPersonNeeded for the first one."""
    with transaction.atomic():
        shop = _for_officer(acting, shop_id)
        _must_follow(acting, shop, State.SUSPENDED, only_from=State.PROPOSED)
        proposed = ShopStep.objects.filter(shop=shop).order_by("-id")[0]
        if proposed.by == acting.actor:
            raise SecondPersonNeeded()
        ground = Ground(Cause(proposed.cause), proposed.why, proposed.clause, proposed.notice, proposed.until)
        _step(acting, shop, State.SUSPENDED, ground)
        suspend_place(acting, _place(shop), ground.until)


def lift(acting: Acting, *, shop_id: UUID, why: str) -> None:
    """An officer drops a proposal or ends a suspension, with the reason; a hold on payouts that came of it ends too."""
    with transaction.atomic():
        shop = _for_officer(acting, shop_id)
        if state_on(shop, seoul_date(acting.at)) not in (State.PROPOSED, State.SUSPENDED):
            raise WrongShopState(state=state_on(shop, seoul_date(acting.at)).value)
        resume_place(acting, _place(shop))
        end_hold_of_hearing(acting, hold_id=_hold_id(shop), reason=why)
        _step(acting, shop, State.ACTIVE, _only(why))


def close(acting: Acting, *, shop_id: UUID, why: str) -> None:
    """The owner or an officer ends the shop: its codes and counter devices are dead at once.

    The owner keeps the role to give coins back until the refund days are over; then the last batch is made.
    """
    with transaction.atomic():
        shop = _locked(shop_id)
        if acting.actor != shop.owner_id:
            check_role(acting, *OFFICERS)
        if state_on(shop, seoul_date(acting.at)) is State.CLOSED:
            return
        _must_follow(acting, shop, State.CLOSED)
        place_id = _place(shop)
        close_place(acting, place_id)
        Device.objects.filter(place_id=place_id, revoked_at=None).update(revoked_at=acting.at)
        _step(acting, shop, State.CLOSED, _only(why))


def _officer_step(acting: Acting, shop_id: UUID, state: State, why: str) -> None:
    with transaction.atomic():
        shop = _for_officer(acting, shop_id)
        _must_follow(acting, shop, state)
        _step(acting, shop, state, _only(why))


def _read(wish: Wish) -> Wish:
    number = business_number(wish.number)
    if number is None:
        raise BusinessNumberWrong()
    known = [code for code in items().items if code in wish.items]
    if not known:
        raise NoItems()
    return Wish(
        name_ko=_words(wish.name_ko, "name_ko", 60),
        name_en=_words(wish.name_en, "name_en", 60),
        dong=_words(wish.dong, "dong", 20),
        number=number,
        items=known,
    )


def _columns(wish: Wish) -> dict[str, str]:
    return {
        "name_ko": wish.name_ko,
        "name_en": wish.name_en,
        "dong": wish.dong,
        "business_number": wish.number,
        "items": " ".join(wish.items),
    }


def _checked(ground: Ground) -> Ground:
    return Ground(
        Cause(ground.cause),
        _words(ground.why, "why", WORDS),
        _words(ground.clause, "clause", 80),
        _words(ground.notice, "notice", 120),
        ground.until,
    )


def _only(why: str) -> Ground:
    return Ground(Cause.TERMS, _words(why, "why", WORDS), "", "", None)


def _words(text: str, field: str, limit: int) -> str:
    text = clean_text(text.strip(), limit)
    if not text:
        raise WordsMissing(field=field)
    return text


def _locked(shop_id: UUID) -> Shop:
    shop = Shop.objects.select_for_update().filter(id=shop_id).first()
    if shop is None:
        raise ShopUnknown()
    return shop


def _owned(acting: Acting, shop_id: UUID) -> Shop:
    shop = _locked(shop_id)
    if acting.actor != shop.owner_id:
        raise ShopUnknown()
    return shop


def _for_officer(acting: Acting, shop_id: UUID) -> Shop:
    officer = check_role(acting, *OFFICERS)
    shop = _locked(shop_id)
    if officer in (shop.owner_id, shop.applied_by):
        raise OwnApplication()
    return shop


def _place(shop: Shop) -> UUID:
    if shop.place_id is None:
        raise ShopUnknown()
    return shop.place_id


def _hold_id(shop: Shop) -> UUID:
    """The hold on payouts that the shop's latest proposal of a suspension placed."""
    proposed = ShopStep.objects.filter(shop=shop, state=State.PROPOSED).order_by("-id").values_list("id", flat=True)[:1]
    return derived_id("shops.hold", shop.id.hex, *proposed)


def _must_follow(acting: Acting, shop: Shop, state: State, only_from: State | None = None) -> None:
    now = state_on(shop, seoul_date(acting.at))
    if state not in NEXT.get(now, frozenset()) or (only_from is not None and now is not only_from):
        raise WrongShopState(state=now.value)


def _step(acting: Acting, shop: Shop, state: State, ground: Ground | None = None) -> None:
    ShopStep.objects.create(
        shop=shop,
        state=state,
        by=check_actor(acting),
        at=acting.at,
        why=ground.why if ground else "",
        cause=ground.cause if ground and ground.clause else "",
        clause=ground.clause if ground else "",
        notice=ground.notice if ground else "",
        until=ground.until if ground else None,
    )
    if state in (State.REFUSED, State.CLOSED):
        shop.ended_at = acting.at
        shop.save(update_fields=["ended_at"])
    record(acting, "shops.step", shop.id, state)
