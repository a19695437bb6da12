"""Visits of a desk: an officer finds a person for a purpose, and for a while may act for them. Each one is noted.

A page about a person has the visit in its address and never the person; another officer cannot open it.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.cards import operations as cards
from pumasi.civic.notices.operations import hand_over
from pumasi.civic.notices.queries import Letter
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import find_by_phone, find_twins, person_card, twin_index
from pumasi.civic.people.reading import keep_reading
from pumasi.civic.people.signing_in import sign_out_everywhere
from pumasi.coin.operations import ask_merge
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.services.members.errors import NobodyFound, NotTwins, OwnDesk, VisitOver
from pumasi.services.members.models import Visit

LIFE = timedelta(minutes=30)
DESK = (RoleName.DONG_OFFICIAL, RoleName.ISSUER)


def open_visit(acting: Acting, person_id: UUID) -> UUID:
    """The officer opens the page of a person. Raises NotAllowed and OwnDesk."""
    officer = check_role(acting, *DESK)
    if officer == person_id:
        raise OwnDesk()
    return Visit.objects.create(
        id=new_id(acting.at), officer_id=officer, person_id=person_id, purpose=acting.purpose[:12], at=acting.at
    ).id


def find(acting: Acting, *, phone: str, name: str, birth_year: int | None) -> list[UUID]:
    """Visits for whoever has this number, or this name and year of birth; raises NobodyFound and what a search does."""
    check_role(acting, *DESK)
    with transaction.atomic():
        if phone:
            found = find_by_phone(acting, phone)
            people = [found] if found else []
        else:
            people = [each.id for each in find_twins(acting, name, birth_year)]
        visits = [open_visit(acting, each) for each in people if each != acting.actor]
    if not visits:
        raise NobodyFound()
    return visits


def visited(acting: Acting, visit_id: UUID) -> UUID:
    """The person of this officer's visit; raises VisitOver when it is another's or too old."""
    officer = check_role(acting, *DESK)
    row = Visit.objects.filter(id=visit_id, officer=officer, at__gt=acting.at - LIFE).first()
    if row is None:
        raise VisitOver(minutes=int(LIFE.total_seconds()) // 60)
    return row.person_id


def issue_card(acting: Acting) -> None:
    """A new card for the subject; the one before ends. Raises NotAllowed, OwnDesk."""
    cards.issue(acting, served(acting))


def freeze_card(acting: Acting) -> None:
    """Stop the subject's card; whoever calls may ask for it. Raises NotAllowed, OwnDesk, NoCard."""
    cards.freeze(acting, served(acting))


def unfreeze_card(acting: Acting) -> None:
    """Open the subject's card: the officer has looked at an identity card. Raises NotAllowed, OwnDesk, NoCard."""
    cards.unfreeze(acting, served(acting))


def end_card(acting: Acting) -> None:
    """The subject's card is gone for good. Raises NotAllowed, OwnDesk, NoCard."""
    cards.end(acting, served(acting))


def strip_for(acting: Acting) -> tuple[str, ...]:
    """A new strip of one-time codes for the subject's card. Raises NotAllowed, OwnDesk, NoCard, CardFrozen."""
    return cards.print_strip(acting, served(acting))


def letters_for(acting: Acting) -> list[Letter]:
    """The subject's unread letters, handed over on paper. Raises NotAllowed, OwnDesk, NothingToHandOver."""
    return hand_over(acting, served(acting))


def choose_language(acting: Acting, language: str) -> None:
    """In which language the subject's papers are printed. Raises NotAllowed, OwnDesk."""
    keep_reading(served(acting), language=language)


def sign_out(acting: Acting) -> None:
    """The subject's telephone is gone: nobody stays signed in as them. Raises NotAllowed, OwnDesk."""
    sign_out_everywhere(acting, served(acting))


def served(acting: Acting) -> UUID:
    """Whom an officer serves: never themselves. Raises NotAllowed and OwnDesk."""
    officer = check_role(acting, *DESK)
    if acting.subject is None or officer == acting.subject:
        raise OwnDesk()
    return acting.subject


def ask_merge_of_twins(acting: Acting, *, kept_id: UUID, gone_id: UUID, reason: str, key: UUID) -> UUID:
    """As `ask_merge`, for two memberships whose name and year of birth are the same; raises NotTwins."""
    first, second = (person_card(acting, each) for each in (kept_id, gone_id))
    index = twin_index(first.name or "", first.birth_year)
    if index is None or index != twin_index(second.name or "", second.birth_year):
        raise NotTwins()
    return ask_merge(acting, kept_id=kept_id, gone_id=gone_id, reason=reason, key=key)
