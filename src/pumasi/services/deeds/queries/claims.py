"""What is known of a claim: its state, its hands, its deadlines. For operations and pages alike."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.queries import has_role
from pumasi.coin.district import district_tariff
from pumasi.kernel.clock import KST, seoul_date
from pumasi.services.deeds.models import OPEN, Claim, ClaimStep, Evidence, State

# What ends the work on a claim; an objection may open it again.
SETTLED = (State.ISSUED, State.WAITLISTED, State.REJECTED, State.DUPLICATE, State.UPHELD, State.REVERSED)


def latest_step(claim_id: UUID) -> ClaimStep | None:
    """The latest step of a claim, or None when there is no such claim."""
    return ClaimStep.objects.filter(claim_id=claim_id).order_by("-number").first()


def latest_steps() -> QuerySet[ClaimStep]:
    """The latest step of every claim."""
    later = ClaimStep.objects.filter(claim=OuterRef("claim"), number__gt=OuterRef("number"))
    return ClaimStep.objects.filter(~Exists(later))


def state_of(claim_id: UUID) -> State | None:
    """Where a claim stands, or None when there is no such claim."""
    last = latest_step(claim_id)
    return State(last.state) if last else None


def states_of(claim_ids: Iterable[UUID]) -> dict[UUID, State]:
    """Where these claims stand, in one query."""
    rows = latest_steps().filter(claim__in=list(claim_ids)).values_list("claim_id", "state")
    return {claim: State(state) for claim, state in rows}


def hands_on(claim_id: UUID) -> set[UUID]:
    """Everybody who has decided something about a claim (not the claimant)."""
    steps = ClaimStep.objects.filter(claim_id=claim_id).exclude(by=None).exclude(by=F("claim__person_id"))
    return {by for by in steps.values_list("by", flat=True) if by is not None}


def earlier_on_day(claim: Claim, day: date) -> int:
    """How many claims with the same evidence this person sent on that day before this one."""
    start = datetime.combine(day, datetime.min.time(), KST)
    return (
        Claim.objects.filter(
            person_id=claim.person_id,
            evidence=claim.evidence,
            sent_at__gte=start,
            sent_at__lt=start + timedelta(days=1),
        )
        .exclude(id=claim.id)
        .count()
    )


def open_finds(person_id: UUID) -> int:
    """How many finds of this person nobody has decided yet."""
    return latest_steps().filter(claim__person_id=person_id, claim__evidence=Evidence.OUTCOME, state__in=OPEN).count()


def finished_before(moment: datetime) -> QuerySet[Claim]:
    """The claims whose last decision lies before `moment`."""
    return Claim.objects.filter(id__in=latest_steps().filter(state__in=SETTLED, at__lt=moment).values("claim_id"))


def appeal_until(refused: ClaimStep) -> date:
    """The last day on which the person may object to this refusal."""
    return seoul_date(refused.at) + timedelta(days=district_tariff().appeal_days)


def keeper_of(place_id: UUID, at: datetime) -> UUID | None:
    """Who keeps this shop on that day (the first by the role's start), for the shop's share."""
    day = seoul_date(at)
    roles = Role.objects.filter(place_id=place_id, role=RoleName.SHOP_KEEPER, starts__lte=day).order_by("starts", "id")
    people = roles.values_list("person_id", flat=True)
    return next((each for each in people if has_role(each, RoleName.SHOP_KEEPER, day, place_id)), None)
