"""Price lists of facilities, in won: an officer sets them, cashiers charge by them and never change them."""

from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.places.queries import place
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text
from pumasi.services.shops.errors import PriceUnreadable
from pumasi.services.shops.models import Price

MOST_WON = 1_000_000


def set_price(acting: Acting, *, place_id: UUID, name_ko: str, name_en: str, won: int) -> None:
    """Something costs `won` from today; the same name's earlier price ends. Raises NotAllowed, PriceUnreadable."""
    officer, today = check_role(acting, RoleName.ISSUER, RoleName.DONG_OFFICIAL), seoul_date(acting.at)
    names = [clean_text(each.strip(), 40) for each in (name_ko, name_en)]
    if not all(names) or type(won) is not int or not 0 < won <= MOST_WON:
        raise PriceUnreadable(limit=MOST_WON)
    found = place(place_id)
    with transaction.atomic():
        Price.objects.filter(place_id=found.id, name_ko=names[0], ended_on=None).update(ended_on=today)
        Price.objects.create(
            place_id=found.id,
            name_ko=names[0],
            name_en=names[1],
            won=won,
            starts=today,
            set_by=officer,
            set_at=acting.at,
        )
        record(acting, "shops.set_price", found.id)


def end_price(acting: Acting, *, place_id: UUID, price_id: int) -> None:
    """A price falls away from today; again: nothing happens."""
    check_role(acting, RoleName.ISSUER, RoleName.DONG_OFFICIAL)
    with transaction.atomic():
        live = Price.objects.filter(id=price_id, place_id=place_id, ended_on=None)
        if live.update(ended_on=seoul_date(acting.at)):
            record(acting, "shops.end_price", place_id)
