"""Claims for the pages: the slip of one claim for those it concerns, and what waits for a place's staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.people.queries import has_role
from pumasi.civic.places.queries import place
from pumasi.civic.shell.manifest import ProofLink, proof_links
from pumasi.coin.district import fund_of
from pumasi.coin.issuing import recalled
from pumasi.coin.models import Award, ClaimShare
from pumasi.coin.models import Claim as PricedClaim
from pumasi.coin.queries import budget_view, wallet_view
from pumasi.coin.queries.notices import cap_notices, stop_notices
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.models import Claim, ClaimStep, State
from pumasi.services.deeds.queries.kinds import printed_name, quantity_text


@dataclass(frozen=True)
class Result:
    """A slip. `tone` is good, warn or bad; empty texts are left out by the page."""

    tone: str
    headline: str
    say: str
    issued: bool
    what: str
    quantity: str
    place: str
    when: datetime
    amount: str
    rank: str
    balance: str
    rule: str
    proofs: tuple[ProofLink, ...]


@dataclass(frozen=True)
class ReviewLine:
    """A claim that waits for staff; it does not say whose it is."""

    id: UUID
    what: str
    quantity: str
    place: str
    when: datetime


@dataclass(frozen=True)
class OpenClaim:
    """One of a person's claims that is not finished."""

    id: UUID
    what: str
    when: datetime
    state: str


def state_of(claim_id: UUID) -> State | None:
    """The latest step of a claim, or None when there is no such claim."""
    found = ClaimStep.objects.filter(claim_id=claim_id).order_by("-id").values_list("state", flat=True).first()
    return State(found) if found else None


def keeper_of(place_id: UUID, at: datetime) -> UUID | None:
    """Who keeps this shop on that day (the first by the role's start), for the shop's share."""
    day = seoul_date(at)
    roles = Role.objects.filter(place_id=place_id, role=RoleName.SHOP_KEEPER, starts__lte=day).order_by("starts", "id")
    people = roles.values_list("person_id", flat=True)
    return next((each for each in people if has_role(each, RoleName.SHOP_KEEPER, day, place_id)), None)


def result_for(claim_id: UUID, person_id: UUID, at: datetime) -> Result | None:
    """The slip of a claim for a person whom it pays; None when there is none or it is somebody else's."""
    share = ClaimShare.objects.filter(claim_id=claim_id, person_id=person_id).first()
    if share is not None:
        return _priced(PricedClaim.objects.get(key=claim_id), person_id, at)
    claim = Claim.objects.filter(id=claim_id, person_id=person_id).first()
    return _unpriced(claim) if claim is not None else None


def waiting_for_look(places: Sequence[UUID]) -> list[ReviewLine]:
    """Claims at these places that staff have not decided, oldest first, at most 50."""
    decided = ClaimStep.objects.exclude(state__in=[State.SUBMITTED, State.REVIEW]).values("claim_id")
    in_review = ClaimStep.objects.filter(state=State.REVIEW).values("claim_id")
    rows = Claim.objects.filter(place_id__in=places, id__in=in_review).exclude(id__in=decided).order_by("sent_at")[:50]
    return [
        ReviewLine(
            id=row.id,
            what=printed_name(row.kind),
            quantity=quantity_text(row.kind, row.quantity),
            place=_place(row.place_id),
            when=row.done_at,
        )
        for row in rows
    ]


def is_at(claim_id: UUID, places: Sequence[UUID]) -> bool:
    """Whether the claim lies at one of these places."""
    return Claim.objects.filter(id=claim_id, place_id__in=places).exists()


def open_claims(person_id: UUID, at: datetime) -> list[OpenClaim]:
    """What a person still waits for: claims with the staff, then those on the waiting list with their rank."""
    decided = ClaimStep.objects.exclude(state__in=[State.SUBMITTED, State.REVIEW]).values("claim_id")
    mine = Claim.objects.filter(person_id=person_id).exclude(id__in=decided).order_by("sent_at")
    with_staff = [OpenClaim(row.id, printed_name(row.kind), row.done_at, _("with the staff")) for row in mine]
    listed = [
        OpenClaim(each.key, printed_name(each.kind), PricedClaim.objects.get(key=each.key).at, _rank(each.rank or 0))
        for each in wallet_view(person_id, at, limit=1).waiting
    ]
    return [*with_staff, *listed]


def next_rank(at: datetime) -> int | None:
    """The rank that a claim would get now, or None while the budget lasts: people are told before they walk."""
    view = budget_view(fund_of(seoul_date(at)), at)
    return view.waiting_claims + 1 if view.waiting_claims or view.left.minor <= 0 else None


def notices_for(person_id: UUID, at: datetime, kind: str = "", place_id: UUID | None = None) -> list[str]:
    """What to know before walking: what is stopped (for this kind and place), and which caps are nearly used up."""
    language = _language()
    return stop_notices(at, language, kind=kind, place_id=place_id) + cap_notices(person_id, at, language)


def place_notices(place_id: UUID, at: datetime) -> list[str]:
    """What is stopped at this place, for its screen."""
    return stop_notices(at, _language(), place_id=place_id)


def coins_text(amount: Amount) -> str:
    """An amount with its unit in words: "4코인", "1 coin"."""
    count = 1 if amount.minor == amount.unit.minor_per_whole else 2
    return ngettext("%(coins)s coin", "%(coins)s coins", count) % {"coins": amount.text(_language())}


def _priced(claim: PricedClaim, person_id: UUID, at: datetime) -> Result:
    awarded = recalled(claim.key)
    share = next(each for each in awarded.shares if each.person_id == person_id)
    amount = coins_text(share.amount)
    later = share.vest_on is not None and share.vest_on > seoul_date(at)
    if awarded.rank is not None:
        tone, headline = "warn", _("You are number %(rank)s on the waiting list") % {"rank": awarded.rank}
        say = _("This year's budget is used up for now. %(coins)s come in your turn; you need not do anything.")
        say = say % {"coins": amount}
    else:
        tone, headline = "good", _earned(share.amount)
        say = _("You can use them right away.")
        if later:
            say = _("You can use them from %(day)s.") % {"day": share.vest_on}
    return Result(
        tone=tone,
        headline=headline,
        say=say,
        issued=awarded.rank is None,
        what=printed_name(claim.kind),
        quantity=quantity_text(claim.kind, claim.counted),
        place=_place(claim.place_id),
        when=claim.at,
        amount=amount,
        rank=str(awarded.rank or ""),
        balance=coins_text(wallet_view(person_id, at, limit=1).balance),
        rule=_left_over(claim.kind, awarded.left_over),
        proofs=_proofs(claim.key, person_id),
    )


def _proofs(claim_id: UUID, person_id: UUID) -> tuple[ProofLink, ...]:
    """Where this person's own coins of the claim stand in the public record; nothing while they wait."""
    mine = Award.objects.filter(share__claim_id=claim_id, share__person_id=person_id).order_by("share_id")
    return proof_links((_("See the proof"), key) for key in mine.values_list("ledger_key", flat=True))


def _unpriced(claim: Claim) -> Result:
    rejected = state_of(claim.id) is State.REJECTED
    return Result(
        tone="bad" if rejected else "warn",
        headline=_("The staff could not confirm this") if rejected else _("Sent to the staff of this place"),
        say=_("Ask the staff there, or object at your community centre within 30 days.")
        if rejected
        else _("The coins arrive when they have looked at the hours."),
        issued=False,
        what=printed_name(claim.kind),
        quantity=quantity_text(claim.kind, claim.quantity),
        place=_place(claim.place_id),
        when=claim.done_at,
        amount="",
        rank="",
        balance="",
        rule="",
        proofs=(),
    )


def _earned(amount: Amount) -> str:
    one = amount.minor == amount.unit.minor_per_whole
    text = ngettext("You received %(coins)s coin", "You received %(coins)s coins", 1 if one else 2)
    return text % {"coins": amount.text(_language())}


def _left_over(kind: str, left_over: int) -> str:
    if not left_over:
        return ""
    return _("%(rest)s were not enough for another coin and are not kept.") % {"rest": quantity_text(kind, left_over)}


def _rank(rank: int) -> str:
    return _("number %(rank)s in line") % {"rank": rank}


def _place(place_id: UUID) -> str:
    return place(place_id).name(_language())


def _language() -> str:
    return "en" if (get_language() or "ko").startswith("en") else "ko"
