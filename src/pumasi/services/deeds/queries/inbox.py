"""What waits for somebody: the staff of a place, reviewers. By legal deadline, then by age."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.models import OPEN, Claim, ClaimStep, Evidence, Photo, PhotoCode, State
from pumasi.services.deeds.queries.claims import hands_on, latest_step, latest_steps
from pumasi.services.deeds.queries.kinds import printed_name, quantity_text, unit_size
from pumasi.services.deeds.queries.slips import StepLine, clause_of, steps_of


@dataclass(frozen=True)
class ReviewLine:
    """A claim that waits; it does not say whose it is. `count` is the quantity in people's units."""

    id: UUID
    what: str
    quantity: str
    count: int
    place: str
    when: datetime
    due_on: date | None
    is_late: bool
    state: str
    is_objection: bool


@dataclass(frozen=True)
class ReviewPage:
    """One claim for a reviewer; `may_decide` False for who had a hand in it."""

    line: ReviewLine
    has_photo: bool
    photo_code: str
    clause: str
    steps: tuple[StepLine, ...]
    may_decide: bool
    is_outcome: bool


def waiting_for_look(places: Sequence[UUID], day: date) -> list[ReviewLine]:
    """Claims at these places that their staff have not decided, by deadline, at most 50; three queries."""
    rows = latest_steps().filter(state=State.REVIEW, role="STAFF", claim__place_id__in=places)
    return _lines(list(rows.select_related("claim").order_by("due_on", "claim__sent_at")[:50]), day)


def reviewers_inbox(day: date) -> list[ReviewLine]:
    """Everything that waits for a reviewer, objections and photos alike, by deadline, at most 100; two queries."""
    rows = latest_steps().filter(state__in=OPEN, role="REVIEWER")
    return _lines(list(rows.select_related("claim").order_by("due_on", "claim__sent_at")[:100]), day)


def review_page(claim_id: UUID, reviewer: UUID, day: date) -> ReviewPage | None:
    """One claim that waits for a reviewer, or None."""
    last = latest_step(claim_id)
    if last is None or last.role != "REVIEWER" or last.state not in OPEN:
        return None
    claim = Claim.objects.get(id=claim_id)
    photo = Photo.objects.filter(claim=claim).exclude(sealed=None).exists()
    hands = hands_on(claim_id) if last.state == State.APPEALED else set()
    (line,) = _lines([last], day)
    return ReviewPage(
        line=line,
        has_photo=photo,
        photo_code=_photo_code(claim) if photo else "",
        clause=clause_of(claim.kind, seoul_date(claim.done_at)),
        steps=steps_of(claim),
        may_decide=reviewer != claim.person_id and reviewer not in hands,
        is_outcome=claim.evidence == Evidence.OUTCOME,
    )


def is_at(claim_id: UUID, places: Sequence[UUID]) -> bool:
    """Whether the claim lies at one of these places."""
    return Claim.objects.filter(id=claim_id, place_id__in=places).exists()


def claimed_kind(claim_id: UUID) -> str | None:
    """The kind of a claim, to read a corrected quantity in its units."""
    return Claim.objects.filter(id=claim_id).values_list("kind", flat=True).first()


def _lines(steps: Sequence[ClaimStep], day: date) -> list[ReviewLine]:
    language = page_language()
    names = names_of({each.claim.place_id for each in steps}, language)
    return [
        ReviewLine(
            id=each.claim_id,
            what=printed_name(each.claim.kind),
            quantity=quantity_text(each.claim.kind, each.claim.quantity),
            count=each.claim.quantity // unit_size(district_tariff().kind(each.claim.kind)),
            place=names[each.claim.place_id],
            when=each.claim.done_at,
            due_on=each.due_on,
            is_late=each.due_on is not None and each.due_on < day,
            state=_words(each),
            is_objection=each.state == State.APPEALED,
        )
        for each in steps
    ]


def _words(step: ClaimStep) -> str:
    if step.state == State.APPEALED:
        return _("objection")
    if step.state == State.RISK_HOLD:
        return _("unusual")
    return _("photo") if step.claim.evidence == Evidence.PHOTO else _("to look at")


def _photo_code(claim: Claim) -> str:
    return PhotoCode.objects.values_list("code", flat=True).get(id=claim.proof)
