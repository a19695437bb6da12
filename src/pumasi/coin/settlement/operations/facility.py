"""A public facility's takings become fee income: gross, without cash (decisions 37)."""

from uuid import UUID

from django.db import transaction

from pumasi.coin.accounts import is_open, till
from pumasi.coin.district import district_tariff
from pumasi.coin.parties import venue
from pumasi.coin.requests import is_first
from pumasi.coin.settlement.desk import NUMBER_LIMIT, at_the_desk, check_treasury, reason_text
from pumasi.coin.settlement.errors import NotAFacility, NothingToClose
from pumasi.coin.settlement.models import FacilityClose
from pumasi.kernel.acting import Acting
from pumasi.ledger import kinds
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import balance, receipts_in


def close_facility(acting: Acting, *, place_id: UUID, document: str, key: UUID) -> None:
    """Everything in a facility's till is redeemed against its fee income, once per `key`.

    Raises NotAllowed, IssuerCannotSettle, ReasonMissing, PlaceUnknown, NotAFacility, NothingToClose and KeyReused.
    """
    actor, said = check_treasury(acting), reason_text(document, NUMBER_LIMIT)
    place = venue(place_id)
    if place.is_paid_in_won:
        raise NotAFacility(place=place.name_ko)
    unit = district_tariff().unit.code
    with transaction.atomic():
        if not is_first(key, "FACILITY_CLOSE", {"place": str(place_id), "document": said}, acting.at):
            return
        at_the_desk()
        source = till(place, unit)
        coins = balance(source) if is_open(source) else 0
        if not coins:
            raise NothingToClose(place=place.name_ko)
        won = sum(each.won for each in receipts_in("2300", unit) if each.owner == place.till)
        transfer = post_one(kinds.facility_close(key=key, at=acting.at, till=source, memo=said))
        FacilityClose.objects.create(
            key=key,
            place_id=place_id,
            transfer=transfer,
            coins=coins,
            won=won,
            document=said,
            actor_id=actor,
            at=acting.at,
        )
