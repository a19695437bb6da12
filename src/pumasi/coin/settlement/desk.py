"""Who may settle, and the one desk at which batches change hands.

Maker, checker and beneficiary are three persons (I13), and none of them issues coins.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import has_role, roles_of
from pumasi.civic.places.queries import place
from pumasi.coin.parties import check_role
from pumasi.coin.settlement.errors import (
    BatchNotInState,
    BeneficiaryCannotSettle,
    IssuerCannotSettle,
    NoSuchBatch,
    ReasonMissing,
)
from pumasi.coin.settlement.models import Batch, Desk, Line, State, Step
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text

TEXT_LIMIT, NUMBER_LIMIT = 200, 80


def check_treasury(acting: Acting) -> UUID:
    """The actor, of the treasury and not an issuer; raises NobodyActing, NotAllowed, IssuerCannotSettle."""
    actor = check_role(acting, RoleName.TREASURY)
    if has_role(actor, RoleName.ISSUER, seoul_date(acting.at)):
        raise IssuerCannotSettle()
    return actor


def check_not_beneficiary(actor: UUID, places: Iterable[UUID], at: datetime) -> None:
    """Raises BeneficiaryCannotSettle when one of these shops is the actor's own."""
    held = {each.place_id for each in roles_of(actor, seoul_date(at)) if each.role is RoleName.SHOP_KEEPER}
    for mine in sorted(held & set(places), key=str):
        if mine is not None:
            raise BeneficiaryCannotSettle(shop=place(mine).name_ko)


def at_the_desk() -> Desk:
    """The desk, held until the transaction ends: batches are made, checked and ended one after another."""
    Desk.objects.bulk_create([Desk(id=1)], ignore_conflicts=True)
    return Desk.objects.select_for_update().get(id=1)


def batch_in(batch_id: UUID, *states: State) -> Batch:
    """The batch, in one of these states; raises NoSuchBatch, BatchNotInState."""
    found = Batch.objects.filter(id=batch_id).first()
    if found is None:
        raise NoSuchBatch()
    if found.state not in states:
        raise BatchNotInState(number=found.number, state=found.state)
    return found


def places_of(batch: Batch) -> list[UUID]:
    """The shops that a batch pays."""
    return list(Line.objects.filter(batch=batch).values_list("place_id", flat=True))


def note(batch: Batch, what: str, actor: UUID, at: datetime, text: str = "") -> None:
    """Add to the batch's history."""
    Step.objects.create(batch=batch, what=what, actor_id=actor, at=at, note=text)


def reason_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Words that somebody has to give; raises ReasonMissing, TextTooLong, TextUnreadable."""
    cleaned = clean_text(" ".join(text.split()), limit)
    if not cleaned:
        raise ReasonMissing()
    return cleaned
