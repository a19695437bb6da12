"""Finds of households in need for the officials, and which of them take part in a pool."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Sum

from pumasi.civic.places.queries import names_of
from pumasi.coin.district import district_tariff
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST
from pumasi.kernel.ids import derived_id
from pumasi.services.deeds.models import Claim, ClaimStep, Evidence, Grant, PoolMember, State
from pumasi.services.deeds.queries.policy import policy

PAID = (State.ISSUED, State.WAITLISTED)


@dataclass(frozen=True)
class Find:
    """A report for the officials; it names neither finder nor household."""

    id: UUID
    number: str
    place: str
    when: datetime
    due_on: date | None
    is_linked: bool
    is_granted: bool


def linked_before(end: datetime) -> list[Claim]:
    """Finds that were linked before `end` and have had no share of a pool."""
    paid = ClaimStep.objects.filter(claim=OuterRef("pk"), state__in=PAID, at__lt=end)
    shared = PoolMember.objects.filter(claim=OuterRef("pk"))
    rows = Claim.objects.filter(Exists(paid), ~Exists(shared), evidence=Evidence.OUTCOME)
    return list(rows.order_by("sent_at", "id"))


def finds(language: str) -> list[Find]:
    """What the officials still have to decide, by deadline, then the linked ones without a pool; at most 100."""
    last = ClaimStep.objects.filter(claim=OuterRef("pk"), state__in=[*PAID, State.REJECTED, State.UPHELD])
    waiting = list(_claims().filter(~Exists(last)).order_by("sent_at", "id")[:50])
    linked = list(_linked().order_by("-sent_at", "id")[:50])
    found = [*waiting, *linked]
    steps = ClaimStep.objects.filter(claim__in=[each.id for each in waiting]).exclude(role="")
    due = dict(steps.values_list("claim_id", "due_on"))
    granted = set(Grant.objects.filter(claim__in=[each.id for each in linked]).values_list("claim_id", flat=True))
    names = names_of({each.place_id for each in found}, language)
    return [
        Find(
            id=each.id,
            number=each.id.hex[-6:].upper(),
            place=names[each.place_id],
            when=each.done_at,
            due_on=due.get(each.id),
            is_linked=each in linked,
            is_granted=each.id in granted,
        )
        for each in found
    ]


def _claims() -> QuerySet[Claim]:
    return Claim.objects.filter(evidence=Evidence.OUTCOME)


def _linked() -> QuerySet[Claim]:
    paid = ClaimStep.objects.filter(claim=OuterRef("pk"), state__in=PAID)
    shared = PoolMember.objects.filter(claim=OuterRef("pk"))
    return _claims().filter(Exists(paid), ~Exists(shared))


@dataclass(frozen=True)
class PoolView:
    """A quarter for the issuer: how many linked finds and grants wait, and what has been shared."""

    year: int
    quarter: int
    members: int
    grants: int
    fewest: int
    shared: str


def last_quarter(day: date) -> tuple[int, int]:
    """The quarter that ended last before `day`: (year, 1 to 4)."""
    quarter = (day.month - 1) // 3
    return (day.year, quarter) if quarter else (day.year - 1, 4)


def pool_view(year: int, quarter: int) -> PoolView:
    """Where the pool of a quarter stands."""
    months = year * 12 + quarter * 3
    end = datetime(months // 12, months % 12 + 1, 1, tzinfo=KST)
    done = PoolMember.objects.filter(pool=derived_id("deeds.pool", year, quarter))
    shared = done.aggregate(coins=Sum("coins"))["coins"]
    return PoolView(
        year=year,
        quarter=quarter,
        members=len(linked_before(end)),
        grants=Grant.objects.filter(pool=None, at__lt=end).count(),
        fewest=policy().fewest,
        shared=Amount(district_tariff().unit, shared).text() if shared is not None else "",
    )
