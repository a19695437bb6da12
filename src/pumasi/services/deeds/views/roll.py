"""Calling the roll: open a session, call one after the other, close it, have it approved by somebody else."""

from dataclasses import asdict, dataclass
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pumasi.civic.people.queries import Told, find_by_phone
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import open_places, place
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.camera import code_in, with_camera
from pumasi.civic.shell.refusals import box_for, refused, unfinished
from pumasi.civic.visits.operations import add_leader
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import MemberNotFound
from pumasi.services.deeds.forms import CallForm, PaperForm, RollForm
from pumasi.services.deeds.operations.roll import Called
from pumasi.services.deeds.queries.kinds import kinds_by_visit, place_card
from pumasi.services.deeds.queries.rolls import RollPage, roll_page, rolls_for

AT_PLACES = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER, roles.ORGANISATION_ADMIN)
OPENERS = (roles.FACILITY_CASHIER, roles.DONG_OFFICIAL, roles.ORGANISATION_ADMIN)


@dataclass(frozen=True)
class Beep:
    """What the page says after a call; `tone` is good, warn or bad and chooses the sound."""

    tone: str
    headline: str
    say: str


@for_roles()
@require_http_methods(["GET", "HEAD"])
def rolls(request: ShellRequest) -> HttpResponse:
    """The sessions I lead, those at my places, and a form for a new one for those who may open it."""
    return render(request, "deeds/rolls.html", _rolls(request, _fresh(request)))


@for_roles(*OPENERS)
@require_POST
def open_one(request: ShellRequest) -> HttpResponse:
    """Open a session at a place of mine."""
    form = RollForm(request.POST)
    context = _rolls(request, form)
    if not form.is_valid():
        return unfinished(request, "deeds/rolls.html", context, form)
    data, (starts, ends) = form.cleaned_data, form.span()
    try:
        held = operations.open_roll(
            acting_for(request, "DEED_ROLL"),
            place_id=data["place"],
            kind=data["kind"],
            title=data["title"],
            starts_at=starts,
            ends_at=ends,
            key=form.the_key(),
        )
    except Refusal as refusal:
        return refused(request, "deeds/rolls.html", context, refusal)
    return redirect("deeds:roll", session_id=held.id)


@with_camera
@for_roles()
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: ShellRequest, session_id: UUID) -> HttpResponse:
    """Call one after the other; answers JSON to the page's own script, a page to everybody else."""
    page = _page(request, session_id)
    if request.method != "POST":
        return render(request, "deeds/roll.html", {"page": page, "form": CallForm()})
    form = CallForm(request.POST)
    beep, status = _call(request, session_id, form)
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({**asdict(beep), "count": _page(request, session_id).count}, status=status)
    context = {"page": _page(request, session_id), "form": CallForm(), "beep": beep}
    return render(request, "deeds/roll.html", context, status=status)


@for_roles()
@require_POST
def paper(request: ShellRequest, session_id: UUID) -> HttpResponse:
    """Type a paper list in."""
    page = _page(request, session_id)
    form = PaperForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "deeds/roll.html", {"page": page}, form)
    lines = [line.split() for line in form.cleaned_data["lines"].splitlines() if line.strip()]
    told = [Told(words[0], int(words[1]) if len(words) > 1 and words[1].isdecimal() else None) for words in lines]
    answers = operations.call_list(acting_for(request, "DEED_ROLL"), session_id=session_id, told=told)
    typed = [_typed(" ".join(words), answer) for words, answer in zip(lines, answers, strict=True)]
    return render(request, "deeds/roll.html", {"page": _page(request, session_id), "form": CallForm(), "typed": typed})


@for_roles()
@require_POST
def leader(request: ShellRequest, session_id: UUID) -> HttpResponse:
    """Let somebody else call the roll too, by their telephone number."""
    page, acting = _page(request, session_id), acting_for(request, "DEED_ROLL")
    try:
        person = find_by_phone(acting, request.POST.get("phone", ""))
        if person is None:
            raise MemberNotFound()
        add_leader(acting, session_id=session_id, person_id=person)
    except Refusal as refusal:
        return refused(request, "deeds/roll.html", {"page": page, "form": CallForm()}, refusal)
    return redirect("deeds:roll", session_id=session_id)


@for_roles()
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ShellRequest, session_id: UUID) -> HttpResponse:
    """Check-out: all stay; tick who left early or was called by mistake."""
    page = _page(request, session_id)
    if request.method != "POST":
        return render(request, "deeds/roll_close.html", {"page": page})
    at, known = request.acting.at, {str(each.visit_id): each.visit_id for each in page.everybody}
    left = {known[each]: _left_at(request, each, at) for each in request.POST.getlist("left") if each in known}
    away = [known[each] for each in request.POST.getlist("away") if each in known]
    try:
        operations.close_roll(acting_for(request, "DEED_ROLL"), session_id=session_id, left=left, away=away)
    except Refusal as refusal:
        return refused(request, "deeds/roll_close.html", {"page": page}, refusal)
    return redirect("deeds:roll", session_id=session_id)


@for_roles(*OPENERS)
@require_POST
def approve(request: ShellRequest, session_id: UUID) -> HttpResponse:
    """The second person: everybody on the roll earns."""
    page = _page(request, session_id)
    try:
        operations.approve_roll(acting_for(request, "DEED_ROLL"), session_id=session_id)
    except Refusal as refusal:
        return refused(request, "deeds/roll.html", {"page": page, "form": CallForm()}, refusal)
    return redirect("deeds:roll", session_id=session_id)


def _call(request: ShellRequest, session_id: UUID, form: CallForm) -> tuple[Beep, int]:
    acting = acting_for(request, "DEED_ROLL")
    if not form.is_valid() or not (form.cleaned_data["code"] or form.cleaned_data["phone"]):
        return Beep("bad", _("Nothing was typed"), ""), HTTPStatus.UNPROCESSABLE_ENTITY
    data = form.cleaned_data
    try:
        if data["code"]:
            called = operations.call_by_code(acting, session_id=session_id, text=code_in(data["code"]))
        else:
            told = Told(data["phone"], data["birth_year"])
            called = operations.call_by_number(acting, session_id=session_id, told=told)
    except Refusal as refusal:
        box = box_for(refusal)
        return Beep("bad", box.title, box.reason), HTTPStatus.CONFLICT
    return _beep(called), HTTPStatus.OK


def _beep(called: Called) -> Beep:
    number = {"number": called.number}
    if called.is_new:
        return Beep("good", _("Number %(number)s is here") % number, "")
    return Beep("warn", _("Number %(number)s was on the roll already") % number, _("Counted once."))


def _typed(line: str, answer: Called | Refusal) -> tuple[str, Beep]:
    if isinstance(answer, Refusal):
        return line, Beep("bad", box_for(answer).reason, "")
    return line, _beep(answer)


def _left_at(request: ShellRequest, visit: str, at: datetime) -> datetime:
    """The time typed beside a tick (HH:MM of the session's day), else now."""
    typed = request.POST.get(f"at-{visit}", "")
    try:
        hour, minute = (int(part) for part in typed.split(":", 1))
        return at.astimezone(KST).replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        return at


def _page(request: ShellRequest, session_id: UUID) -> RollPage:
    places = request.viewer.places(*AT_PLACES)
    found = roll_page(session_id, person_of(request), places, all_places=roles.DONG_OFFICIAL in request.viewer.roles)
    if found is None:
        raise Http404
    return found


def _rolls(request: ShellRequest, form: RollForm) -> dict[str, object]:
    mine, day = request.viewer.places(*AT_PLACES), seoul_date(request.acting.at)
    places = [each for each in map(place, mine) if each.is_open(day)]
    if roles.DONG_OFFICIAL in request.viewer.roles:
        places += open_places(PlaceKind.CENTRE, day)
    may_open = bool(request.viewer.roles & set(OPENERS))
    return {
        "rolls": rolls_for(person_of(request), mine, request.acting.at),
        "places": [place_card(each, "") for each in places] if may_open else [],
        "groups": kinds_by_visit(places, day),
        "form": form,
    }


def _fresh(request: ShellRequest) -> RollForm:
    day = seoul_date(request.acting.at)
    return RollForm(initial={"key": new_id(request.acting.at), "day": day, "starts": "10:00", "ends": "12:00"})
