"""One member as the desk and the member see it: level, relation, coins, moving, limits."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.people.models import Level, Relation
from pumasi.civic.people.queries import PersonFacts, Twin, find_twins, person, person_card
from pumasi.civic.printing import papers
from pumasi.civic.shell.downloads import district_name
from pumasi.coin.district import district_tariff
from pumasi.coin.life_rules import life_rule
from pumasi.coin.operations.leaving import open_leaving
from pumasi.coin.queries import wallet_view
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True)
class MemberView:
    """`grace_until` is set once somebody has left, `leaving_on` from the moment a move is known."""

    level: str
    level_say: str
    is_unchecked: bool
    relation: str
    until: date | None
    joined_on: date
    leaving_on: date | None
    has_left: bool
    grace_until: date | None
    balance: str
    vesting: str
    month_limit: str
    hold_limit: str


@dataclass(frozen=True)
class DeskMember:
    """A member at the desk, by name; `twins` are other members with the same name and year of birth."""

    name: str
    phone: str
    birth_year: int | None
    is_phone_confirmed: bool
    view: MemberView
    twins: tuple[Twin, ...]


def member_view(person_id: UUID, at: datetime) -> MemberView:
    """What holds for this member now; raises PersonUnknown and PersonClosed."""
    facts, wallet = person(person_id), wallet_view(person_id, at, limit=1)
    today = seoul_date(at)
    leaving = open_leaving(person_id)
    tariff = district_tariff()
    month = [cap.coins for cap in tariff.caps_for("*", today, is_l0=True) if cap.scope == "L0_MONTH"]
    return MemberView(
        level=facts.level.value,
        level_say=_level(facts),
        is_unchecked=facts.level is Level.L0,
        relation=_("works here") if facts.relation is Relation.WORKER else _("lives here"),
        until=facts.relation_until,
        joined_on=facts.joined_on,
        leaving_on=leaving.day if leaving else facts.left_on,
        has_left=facts.left_on is not None,
        grace_until=life_rule(today).grace_until(facts.left_on) if facts.left_on else None,
        balance=wallet.balance.text(),
        vesting=wallet.vesting.text() if wallet.vesting.minor else "",
        month_limit=str(month[0]) if month else "",
        hold_limit=str(tariff.hold_limit(today) or ""),
    )


def desk_member(acting: Acting, person_id: UUID) -> DeskMember:
    """The member by name, for the officer who has opened a visit; a noted look."""
    card = person_card(acting, person_id)
    twins = find_twins(acting, card.name or "", card.birth_year)
    return DeskMember(
        name=card.name or "",
        phone=card.phone or "",
        birth_year=card.birth_year,
        is_phone_confirmed=card.facts.level is not Level.L0,
        view=member_view(person_id, acting.at),
        twins=tuple(each for each in twins if each.id != person_id),
    )


def first_slip(view: MemberView, made_at: datetime) -> papers.Slip:
    """The slip that a new member takes along: what holds, and what to do next."""
    facts = [
        (_("Member since"), view.joined_on.isoformat()),
        (_("Identity"), view.level_say),
        (_("Relation"), view.relation + (f" ({view.until.isoformat()})" if view.until else "")),
    ]
    if view.is_unchecked:
        facts.append((_("Limits"), _("%(month)s coins a month, %(hold)s in all") % _limits(view)))
    facts.append((_("Printed"), papers.moment(made_at)))
    return papers.Slip(
        district=district_name(),
        headline=_("Welcome"),
        coins=_("%(coins)s coins") % {"coins": view.balance},
        facts=tuple(facts),
        closing=_("Every desk of a community centre tells you your coins, and helps without a phone."),
    )


def _limits(view: MemberView) -> dict[str, str]:
    return {"month": view.month_limit, "hold": view.hold_limit}


def _level(facts: PersonFacts) -> str:
    return {
        Level.L0: _("not checked yet (L0)"),
        Level.L1: _("checked at a desk (L1)"),
        Level.L2: _("checked by an identity provider (L2)"),
    }[facts.level]
