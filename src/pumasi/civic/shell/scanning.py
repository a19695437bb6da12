"""Scanned codes: what `/Q/<code>` opens, how a code is taken in at the edge, and how one is drawn.

A camera opens the address by GET; reading it leads on to the service that takes codes of this kind. Using a code up is
`take`: the same person with the same code gets the same scan again, so a reloaded page does no harm.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from pumasi.civic.codes import grammar
from pumasi.civic.codes.errors import CodeUnknown
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import Scan, scan
from pumasi.civic.codes.qr import qr_svg
from pumasi.civic.codes.queries import Code
from pumasi.civic.shell.acting import ShellRequest
from pumasi.civic.shell.manifest import scan_url
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id, new_id


@dataclass(frozen=True)
class ShownCode:
    """A rotating code as a page shows it: the picture and the characters to type."""

    qr: SafeString
    typed: str


@require_safe
def scanned(request: ShellRequest, text: str) -> HttpResponse:
    """Lead a scanned code to the service that takes its kind; an unreadable one gets a page that says how to go on."""
    body = grammar.read(text)
    target = scan_url(body.kind.value, text) if body else None
    if body is None:
        return render(request, "shell/unreadable_code.html", status=404)
    if target is None:
        raise Http404
    return redirect(target)


def take(acting: Acting, text: str, kind: Kind) -> Scan:
    """Use a typed or scanned code of `kind` up for the actor; a card stands for the code of its holder.

    Raises what `civic.codes.operations.scan` raises, and CodeUnknown for a code of another kind, which stays unused.
    """
    plain = "".join(text.upper().split()).replace("-", "").rpartition("/")[2]
    body = grammar.read(plain, kind)
    is_card = body is not None and body.kind is Kind.CARD
    taken = {kind, Kind.ADDRESS, Kind.STICKER} | ({Kind.CARD} if kind is Kind.PERSON else set())
    if body is not None and body.kind not in taken:
        raise CodeUnknown()
    # A card shows the same code for ever: within a step it is one scan until that is spent, then another.
    when = str(grammar.step_of(acting.at.timestamp())) if is_card else seoul_date(acting.at).isoformat()
    key = derived_id("shell.scan", str(acting.actor), plain[:40], when)
    made = scan(acting, plain, key, kind)
    return scan(acting, plain, new_id(acting.at), kind) if is_card and made.is_spent else made


def draw(request: HttpRequest, code: Code, title: str, reader: str) -> ShownCode:
    """The code for a page, its QR holding the address that the camera of `reader` (a persona, in the demo) opens."""
    return ShownCode(qr=draw_address(request, f"/Q/{code.text}", title, reader), typed=code.grouped)


def draw_address(request: HttpRequest, path: str, title: str, reader: str) -> SafeString:
    """A QR of an address on this node."""
    return mark_safe(qr_svg(full_address(request, path, reader), title=title))  # noqa: S308 - drawn by us


def full_address(request: HttpRequest, path: str, reader: str) -> str:
    """An address on this node in capitals, so that its QR stays small; in the demo on the host of `reader`, at
    a stand on that of its guests.
    """
    host = request.get_host()
    if settings.DEMO:
        _label, colon, port = host.partition(":")
        host = f"{settings.BOOTH_HOST if settings.BOOTH else f'{reader}.localhost'}{colon}{port}"
    scheme = "HTTPS" if request.is_secure() else "HTTP"
    return f"{scheme}://{host.upper()}{path.upper()}"


def code_etag(code: Code, *parts: str) -> str:
    """An ETag for a page part that shows a code: it changes with the code, the language and the host."""
    digest = hashlib.sha256("|".join((code.text, get_language() or "", *parts)).encode()).hexdigest()
    return f'"{digest[:32]}"'
