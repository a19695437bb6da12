"""A shop that comes with a district's move: two officers have taken it over, so it is verified and active at once.

Plugged into `coin.moving.enrolment` by `config`. Not here: its takings, which are the coin's.
"""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import close_place, open_place, set_state
from pumasi.coin.moving.enrolment import Enrolment
from pumasi.kernel.acting import Acting
from pumasi.services.shops.models import Device, Shop, ShopStep, State

WHY = "이관 / moved in"


class ShopRegister:
    """The register of shops, as moving sees it."""

    def take_over(self, acting: Acting, wanted: Enrolment) -> UUID:
        """Place, role and steps of a shop, active from now on; the same key is the same shop."""
        known = Shop.objects.filter(id=wanted.key).first()
        if known is not None and known.place_id is not None:
            return known.place_id
        with transaction.atomic():
            place = open_place(
                acting, kind=PlaceKind.SHOP, name_ko=wanted.name_ko, name_en=wanted.name_en, dong=wanted.dong
            )
            set_state(acting, place.id, accepts=wanted.items, needs=wanted.items, daily_limit=None)
            by = replace(acting, actor=wanted.verified_by)
            grant_role(by, wanted.owner_id, RoleName.SHOP_KEEPER, place.id)
            shop = Shop.objects.create(
                id=wanted.key,
                name_ko=wanted.name_ko,
                name_en=wanted.name_en,
                dong=wanted.dong,
                business_number=wanted.business_number,
                owner_id=wanted.owner_id,
                items=" ".join(wanted.items),
                place_id=place.id,
                applied_by=wanted.entered_by,
                applied_at=acting.at,
            )
            for state, officer in (
                (State.APPLIED, wanted.entered_by),
                (State.VERIFIED, wanted.verified_by),
                (State.ACTIVE, wanted.verified_by),
            ):
                _step(acting, shop, state, officer)
        return place.id

    def end(self, acting: Acting, place_id: UUID, by: UUID) -> None:
        """Close a shop that was taken over, with its counter devices."""
        with transaction.atomic():
            shop = Shop.objects.select_for_update().get(place_id=place_id)
            if shop.ended_at is None:
                close_place(acting, place_id)
                Device.objects.filter(place_id=place_id, revoked_at=None).update(revoked_at=acting.at)
                shop.ended_at = acting.at
                shop.save(update_fields=["ended_at"])
                _step(acting, shop, State.CLOSED, by)

    def taken_numbers(self, numbers: Collection[str]) -> set[str]:
        """Business numbers of live shops here."""
        live = Shop.objects.filter(business_number__in=list(numbers), ended_at=None)
        return set(live.values_list("business_number", flat=True))


def _step(acting: Acting, shop: Shop, state: State, by: UUID) -> None:
    ShopStep.objects.create(
        shop=shop, state=state, by=by, at=acting.at, why=WHY, cause="", clause="", notice="", until=None
    )
    record(acting, "shops.step", shop.id, state)
