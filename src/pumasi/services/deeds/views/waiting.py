"""A live part for the counter's screen: that somebody stands there and has said what and how many."""

import hashlib

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.services.deeds.queries.waiting import waiting_count

STAFF = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER)


def _etag(request: ShellRequest) -> str:
    text = f"{waiting_count(request.viewer.places(*STAFF))}|{get_language()}|{request.viewer.person_id}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


@for_roles(*STAFF)
@require_safe
@condition(etag_func=_etag)
def waiting_part(request: ShellRequest) -> HttpResponse:
    """Empty while nobody waits; answers 304 while nothing changes (decisions 26)."""
    answer = render(request, "deeds/parts/waiting.html", {"count": waiting_count(request.viewer.places(*STAFF))})
    answer["Cache-Control"] = "no-cache, private"
    return answer
