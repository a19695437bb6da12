"""The help page for everybody; lists, forms with preview, and versions for who writes."""

from collections.abc import Callable
from dataclasses import asdict
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles, or_404
from pumasi.civic.shell.acting import ShellRequest, acting_for
from pumasi.civic.shell.pieces import SLOTS
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.result import Refusal
from pumasi.services.texts import operations, queries
from pumasi.services.texts.forms import TextForm
from pumasi.services.texts.operations import Words
from pumasi.services.texts.queries import Kind

_PARTS = ("title_ko", "title_en", "body_ko", "body_en", "easy", "starts", "ends", "is_shown")


@require_safe
def help_page(request: ShellRequest) -> HttpResponse:
    """Questions and answers, days off, whom to ask."""
    context = {"questions": queries.questions(), "days_off": queries.days_off(seoul_date(request.acting.at))}
    return render(request, "texts/help.html", context)


@for_roles(roles.ISSUER)
@require_safe
def all_(request: ShellRequest) -> HttpResponse:
    """All texts by kind, and where a note can stand."""
    found = queries.all_texts()
    groups = [
        {"kind": kind.lower(), "name": name, "lines": [each for each in found if each.kind == kind]}
        for kind, name in _kinds().items()
        if kind != Kind.NOTE
    ]
    written = {each.slot: each for each in found}
    notes = [{"slot": slot, "name": name, "line": written.get(slot)} for slot, name in SLOTS.items()]
    return render(request, "texts/all.html", {"groups": groups, "notes": notes})


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ShellRequest, kind: str) -> HttpResponse:
    """Write a text of this kind; notes are begun at their place."""
    if kind.upper() not in _kinds() or kind.upper() == Kind.NOTE:
        raise Http404
    return _writing(request, Kind(kind.upper()))


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def note(request: ShellRequest, slot: str) -> HttpResponse:
    """Write or change the note of a place."""
    if slot not in SLOTS:
        raise Http404
    known = queries.note_in(slot)
    return redirect("texts:one", text_id=known) if known else _writing(request, Kind.NOTE, slot)


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: ShellRequest, text_id: UUID) -> HttpResponse:
    """Change a text."""
    line = or_404(queries.text_line(text_id))
    start = {**{name: getattr(line.said, name) for name in _PARTS}, "after": line.said.number, "key": text_id}

    def save(words: Words, form: TextForm) -> None:
        after = form.cleaned_data["after"]
        operations.change(acting_for(request, "TEXTS"), text_id=text_id, after=after, words=words)

    return _form(request, Kind(line.kind), line.slot, start=start, save=save, text_id=text_id)


@for_roles(roles.ISSUER)
@require_http_methods(["GET", "HEAD", "POST"])
def history(request: ShellRequest, text_id: UUID) -> HttpResponse:
    """All versions; one is put back."""
    line = or_404(queries.text_line(text_id))
    context = {"line": line, "versions": queries.versions(text_id), "name": _name(Kind(line.kind), line.slot)}
    if request.method != "POST":
        return render(request, "texts/versions.html", context)
    number = request.POST.get("number", "")
    try:
        wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
        operations.put_back(acting_for(request, "TEXTS"), text_id=text_id, number=wanted)
    except Refusal as refusal:
        return refused(request, "texts/versions.html", context, refusal)
    return redirect("texts:versions", text_id=text_id)


def _writing(request: ShellRequest, kind: Kind, slot: str = "") -> HttpResponse:
    start = {"key": new_id(request.acting.at), "after": 0, "is_shown": True}

    def save(words: Words, form: TextForm) -> None:
        operations.write(acting_for(request, "TEXTS"), key=form.the_key(), kind=kind, slot=slot, words=words)

    return _form(request, kind, slot, start=start, save=save)


def _form(
    request: ShellRequest,
    kind: Kind,
    slot: str,
    *,
    start: dict[str, object],
    save: Callable[[Words, TextForm], None],
    text_id: UUID | None = None,
) -> HttpResponse:
    """The form; with `step` preview it comes back with the words as they will look, else they are saved."""
    form = TextForm(request.POST if request.method == "POST" else None, initial=start)
    context: dict[str, object] = {
        "form": form,
        "name": _name(kind, slot),
        "is_dated": kind in (Kind.OUTAGE, Kind.CLOSURE),
        "text_id": text_id,
    }
    if request.method != "POST":
        return render(request, "texts/one.html", context)
    if not form.is_valid():
        return unfinished(request, "texts/one.html", context, form)
    words = Words(**{name: form.cleaned_data[name] for name in _PARTS})
    if request.POST.get("step") == "preview":
        return render(request, "texts/one.html", {**context, "preview": asdict(words)})
    try:
        save(words, form)
    except Refusal as refusal:
        return refused(request, "texts/one.html", context, refusal)
    return redirect("texts:all")


def _kinds() -> dict[str, str]:
    return {
        Kind.OUTAGE: _("On top of every page"),
        Kind.CLOSURE: _("Days off"),
        Kind.QUESTION: _("Questions and answers"),
        Kind.NOTE: _("Notes on pages"),
    }


def _name(kind: Kind, slot: str) -> str:
    return f"{_kinds()[kind]}: {SLOTS[slot]}" if slot else _kinds()[kind]
