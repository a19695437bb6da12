"""Names behind one payment: an auditor asks by order number, another officer agrees, and looks last an hour.

Nobody gets names in any other way from the audit pack; each look is noted, and its person finds it in their own log.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import person_card
from pumasi.coin.models import Payment
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.text import clean_text
from pumasi.services.yearend.errors import (
    AskedAlready,
    LookIsOver,
    NamesNeedAnother,
    NothingAsked,
    WordsMissing,
)
from pumasi.services.yearend.models import NameAsk, NameGrant
from pumasi.services.yearend.queries.naming import granted, open_asks
from pumasi.services.yearend.queries.trail import earners_of

LASTS = timedelta(hours=1)


@dataclass(frozen=True)
class Names:
    """`payer` paid, `earners` did the deeds; "" where a membership is closed."""

    payer: str
    earners: tuple[str, ...]


def ask_names(acting: Acting, *, transfer: int, order_number: str, reason: str, key: UUID) -> None:
    """Ask for the names behind a payment, once per `key`.

    Raises NotAllowed (auditors only), NothingAsked (no such payment), WordsMissing and AskedAlready.
    """
    actor = check_role(acting, RoleName.AUDITOR)
    order, why = clean_text(" ".join(order_number.split()), 80), clean_text(" ".join(reason.split()), 200)
    payment = Payment.objects.filter(transfer=transfer).first()
    if payment is None:
        raise NothingAsked()
    if not order or not why:
        raise WordsMissing()
    with transaction.atomic():
        if NameAsk.objects.filter(id=key, asked_by=actor, payment=payment).exists():
            return
        waiting = open_asks().filter(payment=payment, asked_by=actor).first()
        if waiting is not None:
            raise AskedAlready(day=seoul_date(waiting.at).isoformat())
        NameAsk.objects.create(id=key, payment=payment, order_number=order, reason=why, asked_by_id=actor, at=acting.at)
        record(acting, "yearend.ask_names", None)


def agree_names(acting: Acting, *, ask_id: UUID) -> None:
    """Agree as issuer or budget officer: for an hour from now the asker may look.

    Raises NotAllowed, NothingAsked (none, or agreed to already) and NamesNeedAnother (one's own request).
    """
    actor = check_role(acting, RoleName.ISSUER, RoleName.BUDGET_OFFICER)
    with transaction.atomic():
        ask = open_asks().filter(id=ask_id).first()
        if ask is None:
            raise NothingAsked()
        if ask.asked_by_id == actor:
            raise NamesNeedAnother()
        NameGrant.objects.create(asked=ask, agreed_by_id=actor, at=acting.at, until=acting.at + LASTS)
        record(acting, "yearend.agree_names", None)


def look_at_names(acting: Acting, *, ask_id: UUID) -> Names:
    """The names, each noted before it is shown, with the order number as purpose.

    Raises NotAllowed, NothingAsked (not agreed to, or somebody else's) and LookIsOver.
    """
    actor = check_role(acting, RoleName.AUDITOR)
    grant = granted(ask_id)
    if grant is None or grant.asked.asked_by_id != actor:
        raise NothingAsked()
    if acting.at > grant.until:
        raise LookIsOver(until=grant.until.astimezone(KST).strftime("%Y-%m-%d %H:%M"))
    looking = replace(acting, purpose=f"AUDIT {grant.asked.order_number}")
    payment = grant.asked.payment
    with transaction.atomic():
        payer = person_card(looking, payment.person_id).name or ""
        others = sorted(earners_of(payment.transfer) - {payment.person_id}, key=str)
        earners = [person_card(looking, each).name or "" for each in others]
        if payment.person_id in earners_of(payment.transfer):
            earners.insert(0, payer)
    return Names(payer, tuple(earners))
