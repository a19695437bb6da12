"""The letter box, one letter, and the letter on paper."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pumasi.civic.notices.errors import NoSuchNotice
from pumasi.civic.notices.operations import read_notice
from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, acting_for, person_of
from pumasi.civic.shell.downloads import letter_paper, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.services.letters.queries import LetterPage, box_page, letter_page


@for_roles(roles.RESIDENT)
@require_safe
def box(request: ShellRequest) -> HttpResponse:
    """All my letters, newest first."""
    return render(request, "letters/box.html", {"letters": box_page(person_of(request))})


@for_roles(roles.RESIDENT)
@require_safe
def letter(request: ShellRequest, notice_id: UUID) -> HttpResponse:
    """One letter; opening it notes that it was read."""
    found = _mine(request, notice_id)
    read_notice(acting_for(request, "LETTER"), notice_id=notice_id)
    return render(request, "letters/letter.html", {"letter": found})


@for_roles(roles.RESIDENT)
@require_safe
def paper(request: ShellRequest, notice_id: UUID) -> HttpResponse:
    """The same letter, to print."""
    found = _mine(request, notice_id)
    data = letter_paper(found.title, found.sentences, found.when)
    made = papers.letter(data, language=page_language(), made_at=found.when)
    return pdf_answer(made, f"letter-{found.when:%Y-%m-%d}")


def _mine(request: ShellRequest, notice_id: UUID) -> LetterPage:
    try:
        return letter_page(notice_id, person_of(request))
    except NoSuchNotice:
        raise Http404 from None
