"""The stand's pages: the way in for guests, and the board for everybody."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.shell.acting import SESSION_PERSON, ShellRequest, acting_for
from pumasi.civic.shell.clock import next_wipe
from pumasi.civic.shell.refusals import refused
from pumasi.kernel.clock import seoul_date
from pumasi.services.booth.errors import TooManyWallets
from pumasi.services.booth.operations import join_guest
from pumasi.services.booth.queries import day_of, figures

# When this browser took its wallets: seconds, signed. It outlives the sign-out and, unreadable then, the night.
TAKEN_COOKIE = "pumasi_guest"
MOST_WALLETS, WITHIN = 3, timedelta(minutes=10)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: ShellRequest) -> HttpResponse:
    """What this is, in big words, and one button; a guest who has a wallet goes on with it."""
    onward = _onward(request)
    taken = _taken(request)
    context = {
        "next": onward,
        "is_wiped": taken is None and request.viewer.person_id is None,
        "has_wallet": request.viewer.person_id is not None,
    }
    if request.session.session_key is None:
        request.session.create()
    if request.method != "POST":
        return render(request, "booth/welcome.html", context)
    answer = redirect(onward or reverse("booth:welcome"))
    if request.viewer.person_id is not None:
        return answer
    now = int(request.acting.at.timestamp())
    recent = [each for each in taken or [] if each > now - WITHIN.total_seconds()]
    if len(recent) >= MOST_WALLETS:
        refusal = TooManyWallets(most=MOST_WALLETS, minutes=WITHIN // timedelta(minutes=1))
        return refused(request, "booth/welcome.html", context, refusal)
    person = join_guest(acting_for(request, "BOOTH"), session_key=str(request.session.session_key))
    request.session[SESSION_PERSON] = str(person)
    wallets, secure = " ".join(map(str, [*recent, now])), settings.SESSION_COOKIE_SECURE
    answer.set_signed_cookie(TAKEN_COOKIE, wallets, httponly=True, samesite="Lax", secure=secure)
    return answer


@require_safe
def board(request: ShellRequest) -> HttpResponse:
    """The figures of today in large type, for a screen that everybody sees."""
    return render(request, "booth/board.html", _board(request))


@require_safe
def board_part(request: ShellRequest) -> HttpResponse:
    """The part of the board that changes; answers 304 while it does not."""
    answer = render(request, "booth/parts/board.html", _board(request))
    answer["ETag"] = f'"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    answer["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


def _board(request: ShellRequest) -> dict[str, object]:
    found = day_of(seoul_date(request.acting.at))
    return {"figures": figures(found), "is_empty": found.is_empty}


def _onward(request: ShellRequest) -> str:
    """The page that the guest came from, on this host; else ""."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if is_ours else ""


def _taken(request: ShellRequest) -> list[int] | None:
    """When this browser took wallets here; None when it did so before the last night, whose keys are gone."""
    if TAKEN_COOKIE not in request.COOKIES:
        return []
    try:
        moments = [int(each) for each in str(request.get_signed_cookie(TAKEN_COOKIE)).split()]
    except (BadSignature, ValueError):
        return None
    last_wipe = next_wipe(request.acting.at) - timedelta(days=1)
    return None if moments and moments[-1] < last_wipe.timestamp() else moments
