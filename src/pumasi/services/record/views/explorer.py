"""The public pages: the record, one block, how to check it oneself. Nobody needs to sign in."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from pumasi.civic.shell.acting import ShellRequest
from pumasi.kernel.clock import SystemClock
from pumasi.services.record.queries.explorer import block_page, chain_page
from pumasi.services.record.queries.page import fingerprint, published_policy, verify_page


@never_cache
@require_safe
def chain(request: ShellRequest) -> HttpResponse:
    """The record as it stands, with one page of its blocks."""
    given = request.GET.get("before", "")
    before = int(given) if given.isascii() and given.isdigit() and len(given) < 16 else None
    # Real time, also where a demo's clock is ahead: the sealer's own clock is (decisions 20).
    return render(request, "record/chain.html", {"page": chain_page(before, SystemClock().now()), "before": before})


@never_cache
@require_safe
def block(request: ShellRequest, number: int) -> HttpResponse:
    """One published block."""
    page = block_page(number)
    if page is None:
        raise Http404
    return render(request, "record/block.html", {"page": page})


@never_cache
@require_safe
def how(request: ShellRequest) -> HttpResponse:
    """How to check the record without trusting this page."""
    policy, page = published_policy(), verify_page()
    context = {
        "here": request.build_absolute_uri("/").rstrip("/"),
        "policy": "" if policy is None else policy.decode(),
        "policy_fingerprint": "" if policy is None else fingerprint(policy),
        "page_fingerprint": "" if page is None else page.fingerprint,
    }
    return render(request, "record/how.html", context)
