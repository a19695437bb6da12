"""Carrying over in two steps: one budget officer asks, another agrees and it is posted."""

from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin import operations as coin
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text
from pumasi.services.yearend.errors import AskedAlready, NothingAsked, WordsMissing
from pumasi.services.yearend.models import CarryOver, CarryOverDone
from pumasi.services.yearend.queries.carrying import open_request


def ask_carry_over(acting: Acting, *, year: int, document: str, key: UUID) -> None:
    """Ask that what is encumbered go on, once per `key`.

    Raises NotAllowed, WordsMissing, AskedAlready, and what the coin room says (mode, time, nothing to carry over).
    """
    actor = check_role(acting, RoleName.BUDGET_OFFICER)
    said = clean_text(" ".join(document.split()), 80)
    if not said:
        raise WordsMissing()
    with transaction.atomic():
        if CarryOver.objects.filter(id=key, year=year, asked_by=actor).exists():
            return
        coin.check_carry_over(year, seoul_date(acting.at))
        waiting = open_request(year)
        if waiting is not None:
            raise AskedAlready(day=seoul_date(waiting.at).isoformat())
        CarryOver.objects.create(id=key, year=year, document=said, asked_by_id=actor, at=acting.at)
        record(acting, "yearend.ask_carry_over", None, str(year))


def agree_carry_over(acting: Acting, *, year: int) -> None:
    """Agree as the second budget officer; posts it. Raises NothingAsked and what `coin.carry_over` raises."""
    actor = check_role(acting, RoleName.BUDGET_OFFICER)
    with transaction.atomic():
        waiting = open_request(year)
        if waiting is None:
            raise NothingAsked()
        won = coin.check_carry_over(year, seoul_date(acting.at))
        transfer = coin.carry_over(acting, year=year, asked_by=waiting.asked_by_id, document=waiting.document)
        CarryOverDone.objects.create(
            asked=waiting, year=year, agreed_by_id=actor, won=won, transfer=transfer, at=acting.at
        )
