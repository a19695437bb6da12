"""Papers to take along: a PDF as an answer."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

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
