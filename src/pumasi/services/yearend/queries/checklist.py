"""The list of a year end: what has to happen by when, what is still open, and who has to act. Nobody is named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.shell.manifest import doors_for
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.models import DISPUTE_ENDS, BudgetOrder, Dispute, DisputeStep
from pumasi.coin.orders import OrderKind
from pumasi.coin.settlement.candidates import payments_of
from pumasi.coin.settlement.models import Batch, State
from pumasi.coin.settlement.queries import open_facilities
from pumasi.coin.tariff import FundingMode
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.reads import owners_at, receipts_in
from pumasi.services.yearend.queries.access import open_roles
from pumasi.services.yearend.queries.accruals import Accruals
from pumasi.services.yearend.queries.dates import Dates
from pumasi.services.yearend.queries.words import role_name

OPEN_BATCHES = (State.DRAFT, State.CHECKED, State.EXPORTED)
# Roles that need two different people on the morning of the hand-over.
TWO_HANDS = (RoleName.TREASURY, RoleName.BUDGET_OFFICER)
NEEDED = (RoleName.ISSUER, *TWO_HANDS, RoleName.REVIEWER, RoleName.DONG_OFFICIAL, RoleName.AUDITOR)


@dataclass(frozen=True)
class Item:
    """One line. `open` is how much is left (0: done); `early`: its time has not come; `who` has to act, at `link`."""

    name: str
    by: date
    say: str
    open: int
    early: bool
    who: str
    link: str = ""

    @property
    def tone(self) -> str:
        return "" if self.early else "warn" if self.open else "good"

    @property
    def state(self) -> str:
        if self.early:
            return _("not yet")
        if self.open:
            return ngettext("%(n)s still open", "%(n)s still open", self.open) % {"n": f"{self.open:,}"}
        return _("done")


def checklist(dates: Dates, found: Accruals, roles: frozenset[str], at: datetime) -> tuple[Item, ...]:
    """The lines in the order of their days, with links that somebody with these roles may open."""
    today = seoul_date(at)
    to = {door.link: reverse(door.url_name) for door in doors_for(roles) if door.link}
    early = not dates.is_over(today)
    undecided, settle = sum(found.undecided.values()), to.get("settlement", "")
    disputes, payments, batches = _open_disputes(dates), _unsettled(dates), _open_batches(dates)
    facilities, staff = len(open_facilities()), missing_hands(dates.hand_over)
    # fmt: off
    return (
        Item(_("Last day of deeds"), dates.last_deed,
             _("What is done until midnight belongs to this year."), int(early), early, _("everybody")),
        Item(_("Hand-over: somebody holds every role"), dates.hand_over,
             _said(staff) or _("Every role has the hands that it needs on that morning."),
             len(staff), False, role_name(RoleName.ISSUER)),
        Item(_("Access review: roles that end with the year"), dates.last_day,
             _("Each is given again or left to end, by somebody else than its holder."),
             open_roles(dates), False, role_name(RoleName.ISSUER), reverse("yearend:access", args=[dates.year])),
        Item(_("Budget order of the new year"), dates.hand_over,
             _("Deeds that are approved in January are paid from it. Without it they wait."),
             int(not _next_order(dates)), False, role_name(RoleName.BUDGET_OFFICER), to.get("budget_order", "")),
        Item(_("Last settlement of this year's payments"), dates.settle_by,
             ngettext("%(n)s payment is in no settlement yet", "%(n)s payments are in no settlement yet", payments)
             % {"n": f"{payments:,}"} + (" · " + _("%(n)s settlements under way") % {"n": batches} if batches else ""),
             payments + batches, early, role_name(RoleName.TREASURY), settle),
        Item(_("Takings of public facilities closed"), dates.settle_by,
             _("Coins in the tills of own facilities become fee income, gross."),
             facilities, early, role_name(RoleName.TREASURY), to.get("settlement_around", "")),
        Item(_("Disputes about amounts answered"), dates.settle_by,
             _("Their coins wait in suspense and stand in the liability note."),
             disputes, early, role_name(RoleName.DONG_OFFICIAL), to.get("shop_desk", "")),
        Item(_("Deeds of December approved"), dates.approve_by,
             _said(f"{role_name(role)} {n:,}" for role, n in sorted(found.undecided.items()))
             or _("Nobody waits for a decision."), undecided, early,
             _said(role_name(role) for role in sorted(found.undecided)) or role_name(RoleName.REVIEWER),
             to.get("reviews", "")),
    )
    # fmt: on


def may_carry_over(dates: Dates) -> bool:
    """Whether the tariff covers coins by encumbering and carrying over once, on the last day of the year."""
    return district_tariff().funding(dates.last_day) is FundingMode.CARRY_OVER_ONCE


def missing_hands(day: date) -> list[str]:
    """Roles that too few people hold on that day: "treasury 1 of 2"; one query."""
    held = Role.objects.filter(role__in=NEEDED, starts__lte=day, ends__gte=day).exclude(ended_on__lte=day)
    people = dict(held.order_by("role").values_list("role").annotate(n=Count("person_id", distinct=True)))
    wanted = {role: 2 if role in TWO_HANDS else 1 for role in NEEDED}
    return [
        _("%(role)s: %(n)s of %(wanted)s") % {"role": role_name(role), "n": people.get(role, 0), "wanted": n}
        for role, n in wanted.items()
        if people.get(role, 0) < n
    ]


def _next_order(dates: Dates) -> bool:
    fund = f"{PROGRAMME}/{dates.year + 1}"
    return BudgetOrder.objects.filter(fund=fund, kind=OrderKind.ORDER.value).exists()


def _open_disputes(dates: Dates) -> int:
    ended = DisputeStep.objects.filter(state__in=DISPUTE_ENDS).values("dispute_id")
    return Dispute.objects.filter(day__lte=dates.last_day).exclude(key__in=ended).count()


def _open_batches(dates: Dates) -> int:
    return Batch.objects.filter(state__in=OPEN_BATCHES, cutoff__lte=dates.settle_by).count()


def _unsettled(dates: Dates) -> int:
    """Payments of the year whose coins still lie with the shop, in no checked settlement."""
    if not owners_at("2200", dates.last_day):
        return 0
    keys = [each.key for each in receipts_in("2200", district_tariff().unit.code)]
    return sum(1 for each in payments_of(keys).values() if each.day <= dates.last_day)


def _said(parts: Iterable[str]) -> str:
    return ", ".join(parts)
