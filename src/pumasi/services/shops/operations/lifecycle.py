"""A shop applies, is verified, opens and closes. Each step says who, when and why, and none is edited.

Not here: suspending it (`suspension`), the settlement of what a closed shop still has to get (`settlement`), and the
place's own state of the day.
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
from pumasi.civic.places.operations import close_place, open_place, set_state
from pumasi.coin.hearings import operations as hearings
from pumasi.coin.hearings.models import Kind
from pumasi.coin.items import items
from pumasi.coin.parties import check_actor, check_role, holder
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text
from pumasi.services.shops.errors import (
    BusinessNumberTaken,
    BusinessNumberWrong,
    CertificateDiffers,
    NoItems,
    OwnApplication,
    ShopUnknown,
    WordsMissing,
    WrongShopState,
)
from pumasi.services.shops.models import NEXT, Device, Shop, ShopStep, State, SuspensionCause
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

    cause: SuspensionCause
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
        add_step(acting, shop, State.APPLIED)
    return key


def send_again(acting: Acting, *, shop_id: UUID, wish: Wish) -> None:
    """The owner hands in what was missing; raises what `apply` raises, ShopUnknown and WrongShopState."""
    wanted = _read(wish)
    with transaction.atomic():
        shop = _owned(acting, shop_id)
        must_follow(acting, shop, State.APPLIED)
        for name, value in _columns(wanted).items():
            setattr(shop, name, value)
        try:
            with transaction.atomic():
                shop.save()
        except IntegrityError:
            raise BusinessNumberTaken() from None
        add_step(acting, shop, State.APPLIED)


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
        shop = for_officer(acting, shop_id)
        if state_on(shop, seoul_date(acting.at)) is State.VERIFIED:
            return
        must_follow(acting, shop, State.VERIFIED)
        if business_number(number) != shop.business_number:
            raise CertificateDiffers()
        add_step(acting, shop, State.VERIFIED)


def activate(acting: Acting, *, shop_id: UUID) -> UUID:
    """The owner opens the verified shop: place, role and till are there from now on. Again: the same place."""
    with transaction.atomic():
        shop = _owned(acting, shop_id)
        if shop.place_id is not None:
            return shop.place_id
        must_follow(acting, shop, State.ACTIVE)
        verifier = ShopStep.objects.filter(shop=shop, state=State.VERIFIED).values_list("by", flat=True)[0]
        place = open_place(acting, kind=PlaceKind.SHOP, name_ko=shop.name_ko, name_en=shop.name_en, dong=shop.dong)
        wanted = shop.items.split()
        set_state(acting, place.id, accepts=wanted, needs=wanted, daily_limit=None)
        # The role comes from the officer who checked the certificate: nobody gives a role to themselves.
        grant_role(replace(acting, actor=verifier), shop.owner_id, RoleName.SHOP_KEEPER, place.id)
        shop.place_id = place.id
        shop.save(update_fields=["place"])
        add_step(acting, shop, State.ACTIVE)
    return place.id


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
        must_follow(acting, shop, State.CLOSED)
        place_id = place_of(shop)
        close_place(acting, place_id)
        Device.objects.filter(place_id=place_id, revoked_at=None).update(revoked_at=acting.at)
        add_step(acting, shop, State.CLOSED, only(why))
        hearings.drop_moot(acting, kind=Kind.SUSPENSION, subject=shop_id, why=why)


def _officer_step(acting: Acting, shop_id: UUID, state: State, why: str) -> None:
    with transaction.atomic():
        shop = for_officer(acting, shop_id)
        must_follow(acting, shop, state)
        add_step(acting, shop, state, only(why))


def _read(wish: Wish) -> Wish:
    number = business_number(wish.number)
    if number is None:
        raise BusinessNumberWrong()
    known = [code for code in items().items if code in wish.items]
    if not known:
        raise NoItems()
    return Wish(
        name_ko=shop_words(wish.name_ko, "name_ko", 60),
        name_en=shop_words(wish.name_en, "name_en", 60),
        dong=shop_words(wish.dong, "dong", 20),
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


def only(why: str) -> Ground:
    return Ground(SuspensionCause.TERMS, shop_words(why, "why", WORDS), "", "", None)


def shop_words(text: str, field: str, limit: int) -> str:
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


def for_officer(acting: Acting, shop_id: UUID) -> Shop:
    officer = check_role(acting, *OFFICERS)
    shop = _locked(shop_id)
    if officer in (shop.owner_id, shop.applied_by):
        raise OwnApplication()
    return shop


def place_of(shop: Shop) -> UUID:
    if shop.place_id is None:
        raise ShopUnknown()
    return shop.place_id


def must_follow(acting: Acting, shop: Shop, state: State, only_from: State | None = None) -> None:
    now = state_on(shop, seoul_date(acting.at))
    if state not in NEXT.get(now, frozenset()) or (only_from is not None and now is not only_from):
        raise WrongShopState(state=now.value)


def add_step(acting: Acting, shop: Shop, state: State, ground: Ground | None = None) -> None:
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
