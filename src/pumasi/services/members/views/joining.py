"""Joining: alone on the phone, or at a desk with an officer who reads the consent out."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.people.models import Relation
from pumasi.civic.people.queries import Twin, find_twins
from pumasi.civic.people.reading import keep_reading
from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, begin_session
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.members.forms import DeskJoinForm, JoinForm
from pumasi.services.members.operations import joining
from pumasi.services.members.operations.visiting import open_visit
from pumasi.services.members.queries.consent import CURRENT, first_year_of_children

DESK = (roles.DONG_OFFICIAL, roles.ISSUER)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: ShellRequest) -> HttpResponse:
    """Join on one's own phone: the session of this browser then knows the person."""
    context = {"consent": CURRENT}
    if request.method != "POST":
        form = JoinForm(initial={"key": new_id(request.acting.at)})
        return render(request, "members/join.html", {**context, "form": form, "is_member": _is_member(request)})
    form = JoinForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/join.html", context, form)
    try:
        person_id = joining.join_alone(
            acting_for(request, "JOIN"), _answers(form), consents=form.cleaned_data["consents"], key=form.the_key()
        )
    except Refusal as refusal:
        return refused(request, "members/join.html", {**context, "form": form}, refusal)
    begin_session(request, person_id)
    keep_reading(person_id, language=page_language())
    return redirect("members:mine")


@require_safe
def paper(request: ShellRequest) -> HttpResponse:
    """The form to join with a pen, for whoever wants one."""
    data = papers.Form(
        district=district_name(),
        title=_("Joining Pumasi"),
        fields=(
            _("Name"),
            _("Telephone number, if there is one"),
            _("Year of birth"),
            _("I live here / I work here (ring one), and until when"),
        ),
        text_title=_("What you agree to"),
        text=CURRENT.lines,
        signing=(_("Day"), _("Signature")),
        helper=_("For a child: name and signature of the guardian"),
        closing=_(
            "Bring this to a community centre with any identity card or passport that has your picture; it is looked at"
            " and given back. Without one you may come with a member who knows you: the limits are smaller then."
        ),
    )
    return pdf_answer(papers.form(data, language=page_language(), made_at=request.acting.at), "join")


@for_roles(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def join_at_desk(request: ShellRequest) -> HttpResponse:
    """Four questions; members of the same name are shown before a second membership is made."""
    context = _desk_context(request)
    if request.method != "POST":
        form = DeskJoinForm(initial={"key": new_id(request.acting.at)})
        return render(request, "members/desk_join.html", {**context, "form": form})
    form = DeskJoinForm(request.POST)
    if not form.is_valid():
        return unfinished(request, "members/desk_join.html", context, form)
    acting = acting_for(request, "DESK_JOIN")
    try:
        if not form.cleaned_data["is_another"]:
            twins = find_twins(acting, form.cleaned_data["name"], form.cleaned_data["birth_year"])
            if twins:
                return _same_name(request, form, twins)
        person_id = joining.join_at_desk(
            acting, _answers(form), form.evidence(), consents=form.cleaned_data["consents"], key=form.the_key()
        )
        visit = open_visit(acting, person_id)
    except Refusal as refusal:
        return refused(request, "members/desk_join.html", {**context, "form": form}, refusal)
    return redirect("members:member", visit_id=visit)


def _same_name(request: ShellRequest, form: DeskJoinForm, twins: list[Twin]) -> HttpResponse:
    """Nothing has been done yet: is it one of these members, or somebody else?"""
    acting = acting_for(request, "DESK_JOIN")
    visits = [(open_visit(acting, each.id), each) for each in twins if each.id != acting.actor]
    return render(request, "members/desk_join.html", {**_desk_context(request), "form": form, "twins": visits})


def _desk_context(request: ShellRequest) -> dict[str, object]:
    return {"consent": CURRENT, "child_year": first_year_of_children(seoul_date(request.acting.at))}


def _answers(form: JoinForm) -> joining.Answers:
    data = form.cleaned_data
    return joining.Answers(
        name=data["name"],
        phone=data["phone"] or None,
        birth_year=data["birth_year"],
        relation=Relation(data["relation"]),
        until=data["until"],
    )


def _is_member(request: ShellRequest) -> bool:
    return request.viewer.person_id is not None
