"""The proof of a transfer for those who took part in it: page, the part that changes, and the file to keep."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.codes.qr import QR_BYTES, qr_svg
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.seal.receipts import Promise, Receipt
from pumasi.services.record.queries.profile import is_dated_by_witnesses
from pumasi.services.record.queries.receipts import file_of, proof_for, told_by

STAFF = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER)


@for_roles(roles.RESIDENT, *STAFF)
@require_safe
def receipt(request: ShellRequest, key: UUID) -> HttpResponse:
    """The receipt as QR, link and file; until it is published, the promise."""
    proof = _proof(request, key)
    if isinstance(proof, Promise):
        is_late = proof.before < request.acting.at
        timed = is_dated_by_witnesses()
        context = {"key": key, "promise": proof, "is_ready": False, "is_late": is_late, "timed": timed}
        return render(request, "record/promise.html", context)
    link = f"{reverse('record:verify')}#{proof.fragment}"
    context = {"key": key, "receipt": proof, "told": told_by(proof), "link": link, "qr": _qr(request, link)}
    return render(request, "record/receipt.html", context)


@for_roles(roles.RESIDENT, *STAFF)
@require_safe
def receipt_part(request: ShellRequest, key: UUID) -> HttpResponse:
    """Whether the receipt is there by now; answers 304 while nothing has changed."""
    is_ready = isinstance(_proof(request, key), Receipt)
    etag = f'"{"receipt" if is_ready else "promise"}-{get_language()}"'
    answer = render(request, "record/parts/waiting.html", {"key": key, "is_ready": is_ready})
    answer["Cache-Control"] = "no-cache, private"
    answer["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=answer) or answer


@for_roles(roles.RESIDENT, *STAFF)
@require_safe
def receipt_file(request: ShellRequest, key: UUID) -> HttpResponse:
    """The receipt (`.tlog-proof`) or the promise (`.promise`) to keep."""
    file = file_of(_proof(request, key))
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return HttpResponse(file.data, content_type="application/octet-stream", headers=headers)


def _proof(request: ShellRequest, key: UUID) -> Receipt | Promise:
    found = proof_for(key, person_of(request), request.viewer.places(*STAFF))
    if found is None:
        raise Http404
    return found


def _qr(request: HttpRequest, link: str) -> SafeString | None:
    """The whole receipt as a QR, or None where it is too long for one."""
    address = f"{request.scheme}://{request.get_host()}{link}"
    if len(address) > QR_BYTES:
        return None
    drawn = qr_svg(address, title=_("QR code with this whole proof"), error="L")
    return mark_safe(drawn)  # noqa: S308 - drawn by us
