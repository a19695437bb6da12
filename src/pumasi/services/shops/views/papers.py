"""Papers of paying and taking: the slip of a payment, the counter's sticker and a poster, as PDF."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.codes import grammar
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.queries import sticker_address
from pumasi.civic.codes.words import check_words
from pumasi.civic.places.queries import PlaceFacts, place, stickers_of
from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.scanning import full_address
from pumasi.services.shops.queries.pay import Receipt, receipt_for
from pumasi.services.shops.views.rights import STAFF, must_be_mine


@for_roles(roles.RESIDENT, *STAFF)
@require_safe
def slip(request: ShellRequest, payment_id: UUID) -> HttpResponse:
    """The receipt as a slip, for the payer and for the place."""
    found = receipt_for(payment_id, person_of(request), request.viewer.places(*STAFF), request.acting.at)
    if found is None:
        raise Http404
    paper = papers.slip(_slip(found), language=page_language(), made_at=found.when)
    return pdf_answer(paper, f"receipt-{found.number}")


@for_roles(*STAFF)
@require_safe
def sticker(request: ShellRequest, place_id: UUID, serial: int) -> HttpResponse:
    """The sticker for the counter: name very large, serial, QR, check words."""
    facts, language = _mine(request, place_id, serial), page_language()
    data = papers.Sticker(
        district=district_name(),
        name=facts.name(language),
        dong=facts.dong,
        address=full_address(request, sticker_address(place_id, serial), "resident"),
        serial=_serial(facts, serial),
        words=check_words(place_id, language),
    )
    return pdf_answer(papers.shop_sticker(data, language=language, made_at=request.acting.at), f"sticker-{data.serial}")


@for_roles(*STAFF)
@require_safe
def wall_poster(request: ShellRequest, place_id: UUID, serial: int) -> HttpResponse:
    """The poster for the wall."""
    facts, language = _mine(request, place_id, serial), page_language()
    data = papers.Poster(
        district=district_name(),
        name=facts.name(language),
        title=_("Pay here with coins"),
        lines=(
            _("Scan the QR with your telephone."),
            _("Check the name and choose the amount."),
            _("No telephone? Ask at the counter."),
        ),
        address=full_address(request, sticker_address(place_id, serial), "resident"),
        serial=_serial(facts, serial),
    )
    return pdf_answer(papers.place_poster(data, language=language, made_at=request.acting.at), f"poster-{data.serial}")


def _mine(request: ShellRequest, place_id: UUID, serial: int) -> PlaceFacts:
    must_be_mine(request, place_id)
    if serial not in [each.serial for each in stickers_of(place_id) if each.revoked_at is None]:
        raise Http404
    return place(place_id)


def _serial(facts: PlaceFacts, serial: int) -> str:
    """The place's code as it is typed, and which of its stickers this is."""
    return f"{grammar.grouped(grammar.write(Kind.ADDRESS, facts.number))}-{serial}"


def _slip(found: Receipt) -> papers.Slip:
    facts = [
        (_("Place"), found.place),
        (_("When"), papers.moment(found.when)),
        (_("Worth"), _("%(won)s won") % {"won": found.worth}),
    ]
    if found.rest:
        facts.append((_("Paid in money"), _("%(won)s won") % {"won": found.rest}))
    if found.refunded:
        facts.append((_("Came back"), _("%(coins)s coins") % {"coins": found.refunded}))
    if found.balance:
        facts.append((_("You have now"), _("%(coins)s coins") % {"coins": found.balance}))
    closing = _("Receipt %(number)s. Wrong amount? Show this to the shop; it can give coins back for %(days)s days.")
    return papers.Slip(
        district=district_name(),
        headline=found.headline,
        coins=_("%(coins)s coins") % {"coins": found.coins},
        facts=tuple(facts),
        closing=closing % {"number": found.number, "days": found.days},
    )
