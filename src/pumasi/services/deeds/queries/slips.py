"""A claim as its person reads it: the slip, what was decided and why, by which clause, and how to object."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pumasi.civic.people.keys import key_of
from pumasi.civic.people.queries import of_self
from pumasi.civic.people.sealing import unseal
from pumasi.civic.places.queries import place
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import ProofLink, proof_links
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.errors import CoinRefusal
from pumasi.coin.issuing import recalled
from pumasi.coin.items import items
from pumasi.coin.models import Award, ClaimShare
from pumasi.coin.models import Claim as PricedClaim
from pumasi.coin.queries import budget_view, wallet_view
from pumasi.coin.queries.notices import cap_notices, stop_notices
from pumasi.coin.queries.paid import is_under_hearing
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.models import Claim, ClaimStep, Evidence, State
from pumasi.services.deeds.queries.claims import appeal_until, latest_step, latest_steps, state_of
from pumasi.services.deeds.queries.kinds import printed_name, quantity_text
from pumasi.services.deeds.queries.reasons import reason_text

NOTE_COLUMN = "claim_note"
_REFUSED = (State.REJECTED, State.DUPLICATE, State.UPHELD)
_WAITING = (State.SUBMITTED, State.REVIEW, State.RISK_HOLD, State.NEEDS_INFO, State.APPEALED)


@dataclass(frozen=True)
class Objection:
    """What every refusal prints (decisions 30): why, by which clause, until when and where to object."""

    reason: str
    clause: str
    until: date
    days: int
    office: str
    is_open: bool


@dataclass(frozen=True)
class StepLine:
    """One step in words; it says by which role, never by whom."""

    what: str
    when: datetime
    said: str


@dataclass(frozen=True)
class Result:
    """A slip. `tone` is good, warn or bad; empty texts are left out by the page. `asked`: a question to answer.

    is_heard: the district means to take coins of it back, or has.
    """

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
    id: UUID
    saved: str = ""
    is_heard: bool = False
    proofs: tuple[ProofLink, ...] = ()
    objection: Objection | None = None
    asked: str = ""
    steps: tuple[StepLine, ...] = ()


@dataclass(frozen=True)
class OpenClaim:
    """One of a person's claims that is not finished."""

    id: UUID
    what: str
    when: datetime
    state: str


def result_for(claim_id: UUID, person_id: UUID, at: datetime) -> Result | None:
    """The slip of a claim for a person whom it pays; None when there is none or it is somebody else's."""
    share = ClaimShare.objects.filter(of_self(person_id), claim_id=claim_id).first()
    if share is not None:
        return _priced(PricedClaim.objects.get(key=claim_id), share.person_id, at, reader=person_id)
    claim = Claim.objects.filter(of_self(person_id), id=claim_id).first()
    return _unpriced(claim, at) if claim is not None else None


def open_claims(person_id: UUID, at: datetime) -> list[OpenClaim]:
    """What a person still waits for: claims that somebody looks at, then those on the waiting list with their rank."""
    steps = latest_steps().filter(of_self(person_id, "claim__person"), state__in=_WAITING).select_related("claim")
    looked_at = [
        OpenClaim(each.claim_id, printed_name(each.claim.kind), each.claim.done_at, _tag(State(each.state)))
        for each in steps.order_by("claim__sent_at")[:20]
    ]
    listed = [
        OpenClaim(each.key, printed_name(each.kind), PricedClaim.objects.get(key=each.key).at, _rank(each.rank or 0))
        for each in wallet_view(person_id, at, limit=1).waiting
    ]
    return [*looked_at, *listed]


def refused_lately(person_id: UUID, at: datetime) -> list[OpenClaim]:
    """Refusals to which a person may still object, the latest first, at most 10."""
    steps = latest_steps().filter(of_self(person_id, "claim__person"), state__in=[State.REJECTED, State.DUPLICATE])
    rows = [each for each in steps.select_related("claim").order_by("-at")[:10] if appeal_until(each) >= seoul_date(at)]
    return [OpenClaim(each.claim_id, printed_name(each.claim.kind), each.at, _("refused")) for each in rows]


def next_rank(at: datetime) -> int | None:
    """The rank that a claim would get now, or None while the budget lasts: people are told before they walk."""
    view = budget_view(fund_of(seoul_date(at)), at)
    return view.waiting_claims + 1 if view.waiting_claims or view.left.minor <= 0 else None


def notices_for(person_id: UUID, at: datetime, kind: str = "", place_id: UUID | None = None) -> list[str]:
    """What to know before walking: what is stopped (for this kind and place), and which caps are nearly used up."""
    language = page_language()
    return stop_notices(at, language, kind=kind, place_id=place_id) + cap_notices(person_id, at, language)


def place_notices(place_id: UUID, at: datetime) -> list[str]:
    """What is stopped at this place, for its screen."""
    return stop_notices(at, page_language(), place_id=place_id)


def coins_text(amount: Amount) -> str:
    """An amount with its unit in words: "4코인", "1 coin"."""
    count = 1 if amount.minor == amount.unit.minor_per_whole else 2
    return ngettext("%(coins)s coin", "%(coins)s coins", count) % {"coins": amount.text(page_language())}


def clause_of(kind: str, day: date) -> str:
    """Ordinance clause and document number behind a kind on a day; "" where it earns nothing."""
    try:
        act = district_tariff().row_in_force(kind, day).act
    except CoinRefusal:
        return ""
    return f"{act.clause} ({act.document})"


def objection_to(step: ClaimStep, claim: Claim, at: datetime) -> Objection:
    """What the refusal of this step prints."""
    tariff, until = district_tariff(), appeal_until(step)
    said = step.said_ko if page_language() == "ko" else step.said_en
    return Objection(
        reason=said or reason_text(step.reason),
        clause=clause_of(claim.kind, seoul_date(claim.done_at)),
        until=until,
        days=tariff.appeal_days,
        office=tariff.appeal_office_ko if page_language() == "ko" else tariff.appeal_office_en,
        is_open=step.state != State.UPHELD and seoul_date(at) <= until,
    )


def note_of(step: ClaimStep, claim: Claim) -> str:
    """What was written with a step, unsealed."""
    if step.note_sealed is None:
        return ""
    return unseal(key_of(claim.person_id), NOTE_COLUMN, claim.person_id, bytes(step.note_sealed)).decode("utf-8")


def steps_of(claim: Claim) -> tuple[StepLine, ...]:
    """All that has happened to a claim, in order, without a name."""
    lines = []
    for each in ClaimStep.objects.filter(claim=claim).order_by("number"):
        said = each.said_ko if page_language() == "ko" else each.said_en
        if each.quantity:
            said = _("accepted: %(quantity)s") % {"quantity": quantity_text(claim.kind, each.quantity)}
        words = [said or reason_text(each.reason), note_of(each, claim)]
        lines.append(StepLine(step_text(State(each.state)), each.at, " · ".join(word for word in words if word)))
    return tuple(lines)


def _priced(claim: PricedClaim, person_id: UUID, at: datetime, *, reader: UUID) -> Result:
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
    own = Claim.objects.filter(id=claim.key, person_id=person_id).first()
    steps = steps_of(own) if own and own.evidence != Evidence.OUTCOME else ()
    if own and state_of(own.id) is State.REVERSED:
        tone, headline, say = "bad", _("The coins of this deed were taken back"), ""
    return Result(
        id=claim.key,
        tone=tone,
        headline=headline,
        say=say,
        issued=awarded.rank is None,
        what=printed_name(claim.kind),
        quantity="" if district_tariff().kind(claim.kind).discreet else quantity_text(claim.kind, claim.counted),
        place=_place(claim.place_id),
        when=claim.at,
        amount=amount,
        rank=str(awarded.rank or ""),
        balance=coins_text(wallet_view(reader, at, limit=1).balance),
        rule=_left_over(claim.kind, awarded.left_over),
        saved=_saved(claim),
        proofs=_proofs(claim.key, person_id),
        steps=steps,
        is_heard=is_under_hearing(claim.key, person_id),
    )


def _proofs(claim_id: UUID, person_id: UUID) -> tuple[ProofLink, ...]:
    """Where this person's own coins of the claim stand in the public record; nothing while they wait."""
    mine = Award.objects.filter(share__claim_id=claim_id, share__person_id=person_id).order_by("share_id")
    return proof_links((_("See the proof"), key) for key in mine.values_list("ledger_key", flat=True))


def _unpriced(claim: Claim, at: datetime) -> Result:
    last = latest_step(claim.id)
    assert last is not None
    state = State(last.state)
    headline, say = _standing(claim, state)
    refused = state in _REFUSED
    return Result(
        id=claim.id,
        tone="bad" if refused else "warn",
        headline=headline,
        say=say,
        issued=False,
        what=printed_name(claim.kind),
        quantity="" if district_tariff().kind(claim.kind).discreet else quantity_text(claim.kind, claim.quantity),
        place=_place(claim.place_id),
        when=claim.done_at,
        amount="",
        rank="",
        balance="",
        rule="",
        objection=objection_to(last, claim, at) if refused else None,
        asked=reason_text(last.reason) if state is State.NEEDS_INFO else "",
        steps=steps_of(claim),
    )


def _standing(claim: Claim, state: State) -> tuple[str, str]:
    """Headline and sentence of a claim that has brought no coins (yet)."""
    if state is State.REVIEW and claim.evidence == Evidence.OUTCOME:
        return _("Thank you: the centre looks after it"), _("You hear from us when it is settled, in some weeks.")
    texts = {
        State.REJECTED: (_("The staff could not confirm this"), _("You can object to this below.")),
        State.DUPLICATE: (_("This was claimed before"), _("If it was another deed, object below.")),
        State.UPHELD: (_("The objection was not granted"), _("Another reviewer has looked at everything again.")),
        State.APPEALED: (_("Your objection has arrived"), _("Another reviewer decides within ten working days.")),
        State.NEEDS_INFO: (_("One question about your deed"), _("Please answer it below; then we go on.")),
        State.RISK_HOLD: (_("A reviewer looks at this"), _("It takes up to seven working days. You need do nothing.")),
    }
    if state in texts:
        return texts[state]
    if claim.evidence == Evidence.PHOTO:
        return _("Your photo has arrived"), _("A reviewer looks at it within seven working days.")
    return _("Sent to the staff of this place"), _("The coins arrive when they have looked at it.")


def _tag(state: State) -> str:
    texts = {
        State.APPEALED: _("objection"),
        State.NEEDS_INFO: _("one question"),
        State.RISK_HOLD: _("with a reviewer"),
    }
    return texts.get(state, _("with the staff"))


def step_text(state: State) -> str:
    """A state of a claim in words."""
    texts = {
        State.SUBMITTED: _("sent"),
        State.AUTO_OK: _("proof is enough"),
        State.REVIEW: _("somebody looks at it"),
        State.NEEDS_INFO: _("a question to you"),
        State.RISK_HOLD: _("a reviewer looks at it"),
        State.ISSUED: _("coins paid"),
        State.WAITLISTED: _("on the waiting list"),
        State.REJECTED: _("refused"),
        State.DUPLICATE: _("claimed before"),
        State.APPEALED: _("objection"),
        State.UPHELD: _("refusal stands"),
        State.REVERSED: _("taken back"),
    }
    return texts[state]


def _earned(amount: Amount) -> str:
    one = amount.minor == amount.unit.minor_per_whole
    text = ngettext("You received %(coins)s coin", "You received %(coins)s coins", 1 if one else 2)
    return text % {"coins": amount.text(page_language())}


def _left_over(kind: str, left_over: int) -> str:
    if not left_over:
        return ""
    return _("%(rest)s were not enough for another coin and are not kept.") % {"rest": quantity_text(kind, left_over)}


def _saved(claim: PricedClaim) -> str:
    """What the pieces of a claim have saved, always with the range and the version of the factor; "" without one."""
    saved = items().saved([(claim.kind, claim.counted, claim.day)])
    if not saved.pieces:
        return ""
    return _("about %(grams)s g of CO2 (%(low)s to %(high)s g, version %(version)s)") % {
        "grams": f"{saved.grams:,}",
        "low": f"{saved.low:,}",
        "high": f"{saved.high:,}",
        "version": ", ".join(saved.versions),
    }


def _rank(rank: int) -> str:
    return _("number %(rank)s in line") % {"rank": rank}


def _place(place_id: UUID) -> str:
    return place(place_id).name(page_language())
