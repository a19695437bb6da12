"""The desk: find a member, and do for them what they came for. Every page belongs to a visit of this officer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pumasi.civic.cards.queries import card_of, working_card
from pumasi.civic.codes.queries import card_address, card_text
from pumasi.civic.guardians.models import Basis
from pumasi.civic.notices.queries import Letter, unread
from pumasi.civic.people.membership import renew_relation
from pumasi.civic.people.models import Relation
from pumasi.civic.people.reading import reading_of
from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.downloads import district_name, letter_paper, pdf_answer
from pumasi.civic.shell.help import help_lines, take_words
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.civic.shell.scanning import full_address
from pumasi.coin.district import district_tariff
from pumasi.coin.operations import come_back, report_death, take_leaving_back, tell_leaving
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.members.forms import (
    DayForm,
    DeathForm,
    FindForm,
    GuardianForm,
    LanguageForm,
    MergeForm,
    RaiseForm,
    RelationForm,
    RowForm,
    WordsForm,
)
from pumasi.services.members.operations import guarding, visiting
from pumasi.services.members.operations.joining import raise_at_desk
from pumasi.services.members.queries.balance import balance_sheet
from pumasi.services.members.queries.consent import first_year_of_children
from pumasi.services.members.queries.family import basis_words, guardian_views
from pumasi.services.members.queries.member import desk_member, first_slip, member_view
from pumasi.services.members.queries.requests import waiting_requests

DESK = (roles.DONG_OFFICIAL, roles.ISSUER)


@for_roles(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: ShellRequest) -> HttpResponse:
    """Find a member by number, or by name and year of birth; every search is noted."""
    context: dict[str, object] = {"waiting": waiting_requests()}
    if request.method != "POST":
        return render(request, "members/desk.html", {**context, "form": FindForm()})
    form = FindForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/desk.html", context, form)
    acting = acting_for(request, "DESK")
    try:
        visits = visiting.find(acting, **form.cleaned_data)
        if len(visits) == 1:
            return redirect("members:member", visit_id=visits[0])
        found = [(each, desk_member(acting, visiting.visited(acting, each))) for each in visits]
    except Refusal as refusal:
        return refused(request, "members/desk.html", {**context, "form": form}, refusal)
    return render(request, "members/desk.html", {**context, "form": form, "found": found})


@for_roles(*DESK)
@require_safe
def member(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """One member, for half an hour, with what can be done."""
    return render(request, "members/member.html", _page(request, visit_id))


@for_roles(*DESK)
@require_safe
def slip(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """The first slip of this member."""
    person = visiting.visited(request.acting, visit_id)
    at = request.acting.at
    return _printed(
        person,
        "member",
        lambda language: papers.slip(first_slip(member_view(person, at), at), language=language, made_at=at),
    )


@for_roles(*DESK)
@require_safe
def balance(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """This member's coins in large type, to take along."""
    person = visiting.visited(request.acting, visit_id)
    acting = acting_for(request, "DESK_BALANCE", person)
    return _printed(
        person,
        "balance",
        lambda language: papers.balance(balance_sheet(acting, person), language=language, made_at=acting.at),
    )


@for_roles(*DESK)
@require_safe
def card(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """This member's card, to print: the same one again, or a new one that has just been issued."""
    person = visiting.visited(request.acting, visit_id)
    found = working_card(person)
    if found is None:
        raise Http404
    address, code = full_address(request, card_address(found.number), "shop"), card_text(found.number)

    def made(language: str) -> bytes:
        data = papers.Card(district=district_name(), address=address, code=code)
        return papers.card(data, language=language, made_at=request.acting.at)

    return _printed(person, "card", made)


@for_roles(*DESK)
@require_POST
def strip(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """Twenty one-time codes: they are on this paper and nowhere else."""

    def made(codes: tuple[str, ...], language: str) -> bytes:
        data = papers.Strip(district=district_name(), codes=codes, limit=str(district_tariff().card_coins))
        return papers.strip(data, language=language, made_at=request.acting.at)

    return _taken(request, visit_id, "strip", visiting.strip_for, made)


@for_roles(*DESK)
@require_POST
def letters(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """Everything this member has not read, on paper; from then on it counts as handed over."""

    def made(found: list[Letter], language: str) -> bytes:
        data = [letter_paper(each.title(language), each.sentences(language), each.made_at) for each in found]
        return papers.letter(*data, language=language, made_at=request.acting.at)

    return _taken(request, visit_id, "letters", visiting.letters_for, made)


@for_roles(*DESK)
@require_POST
def words(request: ShellRequest, visit_id: UUID) -> HttpResponse:
    """Take down what the person says: an objection, or an opinion."""
    person = visiting.visited(request.acting, visit_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/member.html", _page(request, visit_id), form)
    data = form.cleaned_data
    try:
        take_words(acting_for(request, "DESK_WORDS", person), data["service"], data["line"], data["note"])
    except Refusal as refusal:
        return refused(request, "members/member.html", {**_page(request, visit_id), "form": form}, refusal)
    return redirect("members:member", visit_id=visit_id)


@for_roles(*DESK)
@require_POST
def act(request: ShellRequest, visit_id: UUID, what: str) -> HttpResponse:
    """raise, renew, leave, stay, back, death, merge or the card's; then the same page again, or where it goes on."""
    if what not in _ACTS:
        raise Http404
    person = visiting.visited(request.acting, visit_id)
    make, do = _ACTS[what]
    form = make(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/member.html", {**_page(request, visit_id), "what": what}, form)
    try:
        do(acting_for(request, f"DESK_{what.upper()}", person), person, form)
    except Refusal as refusal:
        context = {**_page(request, visit_id), "what": what, "form": form}
        return refused(request, "members/member.html", context, refusal)
    if what in ("death", "merge"):
        return redirect("members:estates" if what == "death" else "members:requests")
    return redirect("members:member", visit_id=visit_id)


def _printed(person_id: UUID, name: str, make: Callable[[str], bytes]) -> HttpResponse:
    """What `make` prints in the language in which this member reads papers, or the officer's where it is not known."""
    language = reading_of(person_id).language or page_language()
    with override(language):
        return pdf_answer(make(language), name)


def _taken[T](
    request: ShellRequest, visit_id: UUID, name: str, take: Callable[[Acting], T], make: Callable[[T, str], bytes]
) -> HttpResponse:
    """What can be taken from the system once, on paper; a refusal leaves the member's page."""
    person = visiting.visited(request.acting, visit_id)
    try:
        taken = take(acting_for(request, f"DESK_{name.upper()}", person))
    except Refusal as refusal:
        return refused(request, "members/member.html", _page(request, visit_id), refusal)
    return _printed(person, name, lambda language: make(taken, language))


def _death(acting: Acting, person: UUID, form: Any) -> None:
    data = form.cleaned_data
    report_death(acting, person_id=person, key=form.the_key(), died_on=data["died_on"], document=data["document"])


def _merge(acting: Acting, person: UUID, form: Any) -> None:
    other = visiting.visited(acting, form.cleaned_data["other"])
    visiting.ask_merge_of_twins(
        acting, kept_id=person, gone_id=other, reason=form.cleaned_data["reason"], key=form.the_key()
    )


def _back(acting: Acting, person: UUID, form: Any) -> None:
    come_back(
        acting,
        person_id=person,
        relation=Relation(form.cleaned_data["relation"]),
        until=form.cleaned_data["until"],
    )


_ACTS: dict[str, tuple[Callable[[Any], Form], Callable[[Acting, UUID, Any], object]]] = {
    "raise": (RaiseForm, lambda acting, person, form: raise_at_desk(acting, person, **form.cleaned_data)),
    "renew": (
        RelationForm,
        lambda acting, person, form: renew_relation(
            acting,
            person,
            relation=Relation(form.cleaned_data["relation"]),
            until=form.cleaned_data["until"],
        ),
    ),
    "leave": (
        DayForm,
        lambda acting, person, form: tell_leaving(
            acting, person_id=person, day=form.cleaned_data["day"], key=form.the_key()
        ),
    ),
    "card": (Form, lambda acting, _person, _form: visiting.issue_card(acting)),
    "freeze": (Form, lambda acting, _person, _form: visiting.freeze_card(acting)),
    "unfreeze": (Form, lambda acting, _person, _form: visiting.unfreeze_card(acting)),
    "lost": (Form, lambda acting, _person, _form: visiting.end_card(acting)),
    "guardian": (
        GuardianForm,
        lambda acting, _person, form: guarding.begin_at_desk(
            acting,
            code=form.cleaned_data["code"],
            basis=Basis(form.cleaned_data["basis"]),
            ends=form.cleaned_data["ends"],
        ),
    ),
    "unguard": (
        RowForm,
        lambda acting, _person, form: guarding.end_at_desk(acting, guardianship_id=form.cleaned_data["row"]),
    ),
    "language": (
        LanguageForm,
        lambda acting, _person, form: visiting.choose_language(acting, form.cleaned_data["language"]),
    ),
    "signout": (Form, lambda acting, _person, _form: visiting.sign_out(acting)),
    "stay": (Form, lambda acting, person, form: take_leaving_back(acting, person_id=person)),
    "back": (RelationForm, _back),
    "death": (DeathForm, _death),
    "merge": (MergeForm, _merge),
}


def _page(request: ShellRequest, visit_id: UUID) -> dict[str, object]:
    acting = acting_for(request, "DESK")
    person = visiting.visited(acting, visit_id)
    found = desk_member(acting, person)
    twins = [(visiting.open_visit(acting, each.id), each) for each in found.twins if each.id != person_of(request)]
    return {
        "visit": visit_id,
        "member": found,
        "twins": twins,
        "key": new_id(acting.at),
        "told": help_lines(person, acting.at),
        "card": card_of(person),
        "unread": unread(person),
        "guardians": guardian_views(acting, person, by_name=True),
        "bases": [(each.value, basis_words(each)) for each in Basis],
        "languages": settings.LANGUAGES,
        "paper_language": reading_of(person).language or page_language(),
        "child_year": first_year_of_children(seoul_date(acting.at)),
        "card_coins": district_tariff().card_coins,
    }
