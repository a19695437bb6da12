"""Whom a person looks after, with what they have and did; and who may look at a person."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.audit.operations import record_look
from pumasi.civic.cards.queries import card_of
from pumasi.civic.guardians.models import Basis
from pumasi.civic.guardians.queries import Guarding, guardians_of, wards_of
from pumasi.civic.people.queries import person_card
from pumasi.civic.shell.language import page_language
from pumasi.coin.queries import wallet_view
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date

LAST = 6


@dataclass(frozen=True)
class WardView:
    """Somebody who is looked after; `movements`: the last (when, what, signed coins); `has_card`: one that works."""

    id: UUID
    name: str
    basis: str
    until: date
    balance: str
    vesting: str
    movements: tuple[tuple[datetime, str, str], ...]
    has_card: bool
    is_card_stopped: bool


@dataclass(frozen=True)
class GuardianView:
    """Somebody who looks after a person: by name only at a desk. `may_end`: the person ends it alone."""

    id: UUID
    name: str
    basis: str
    until: date
    may_end: bool


def family(acting: Acting, guardian_id: UUID) -> list[WardView]:
    """Everybody whom this person looks after today; each one a noted look, shown to them."""
    return [_ward(acting, each) for each in wards_of(guardian_id, seoul_date(acting.at))]


def guardian_views(acting: Acting, ward_id: UUID, *, by_name: bool = False) -> list[GuardianView]:
    """Who looks after this person today; the names, at a desk, are noted looks."""
    return [
        GuardianView(
            id=each.id,
            name=(person_card(acting, each.guardian).name or "") if by_name else "",
            basis=basis_words(each.basis),
            until=each.until,
            may_end=each.basis is Basis.WISH,
        )
        for each in guardians_of(ward_id, seoul_date(acting.at))
    ]


def basis_words(basis: Basis) -> str:
    """Why somebody is a guardian."""
    return {Basis.PARENT: _("parent"), Basis.COURT: _("named by a court"), Basis.WISH: _("by their own wish")}[basis]


def _ward(acting: Acting, each: Guarding) -> WardView:
    record_look(acting, "guardians.look", each.ward, role="GUARDIAN")
    wallet, card = wallet_view(each.ward, acting.at, limit=LAST), card_of(each.ward)
    return WardView(
        id=each.id,
        name=person_card(acting, each.ward).name or "",
        basis=basis_words(each.basis),
        until=each.until,
        balance=wallet.balance.text(),
        vesting=wallet.vesting.text() if wallet.vesting.minor else "",
        movements=tuple((line.at, line.text(page_language()), line.coins.signed()) for line in wallet.movements),
        has_card=card is not None and not card.is_frozen,
        is_card_stopped=card is not None and card.is_frozen,
    )
