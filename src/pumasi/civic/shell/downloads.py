"""Papers to take along: a PDF as an answer."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from pumasi.civic.printing import papers
from pumasi.civic.shell.language import page_language


def pdf_answer(paper: bytes, name: str) -> HttpResponse:
    """The paper, shown by the browser under the file name `name` (ASCII, without ending); never cached."""
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    add_never_cache_headers(answer)
    return answer


def district_name() -> str:
    """The district in that language, as it heads every paper."""
    return settings.DISTRICT_NAMES[page_language()]


def letter_paper(title: str, sentences: Sequence[str], when: datetime) -> papers.Letter:
    """A letter of the box as it stands on paper: without a name, because paper lies about."""
    return papers.Letter(
        district=district_name(),
        title=title,
        to=_("To a member of the coin programme"),
        paragraphs=tuple(sentences),
        facts=((_("Written on"), papers.moment(when)[:10]),),
        closing=_("Questions? Ask at the desk of your community centre."),
    )
