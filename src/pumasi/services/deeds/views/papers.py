"""Papers of a resident: the slip of a deed and the statement of a month, as PDF."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.printing import papers
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.coin.queries.month import MonthView, month_view
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.queries.slips import Result, result_for


@for_roles(roles.RESIDENT)
@require_safe
def slip(request: ShellRequest, claim_id: UUID) -> HttpResponse:
    """The slip of a deed that was paid."""
    found = result_for(claim_id, person_of(request), request.acting.at)
    if found is None or not found.issued:
        raise Http404
    return pdf_answer(papers.slip(_slip(found), language=page_language(), made_at=found.when), f"slip-{claim_id}")


@for_roles(roles.RESIDENT)
@require_safe
def month(request: ShellRequest, year: int, number: int) -> HttpResponse:
    """The statement of one month, to print."""
    if not (2000 <= year <= 2999 and 1 <= number <= 12):
        raise Http404
    first = date(year, number, 1)
    if first > seoul_date(request.acting.at):
        raise Http404
    view = month_view(person_of(request), first, request.acting.at)
    paper = papers.statement(_statement(view), language=page_language(), made_at=view.until)
    return pdf_answer(paper, f"coins-{first:%Y-%m}")


def _slip(found: Result) -> papers.Slip:
    facts = [(_("Deed"), found.what), (_("Place"), found.place), (_("When"), papers.moment(found.when))]
    if found.quantity:
        facts.insert(1, (_("Quantity"), found.quantity))
    if found.saved:
        facts.append((_("Saved"), found.saved))
    if found.balance:
        facts.append((_("You have now"), found.balance))
    return papers.Slip(
        district=district_name(), headline=found.headline, coins=found.amount, facts=tuple(facts), closing=found.rule
    )


def _statement(view: MonthView) -> papers.Statement:
    rows = tuple(
        (
            papers.moment(each.at),
            each.text(page_language()),
            each.coins.signed(),
            each.balance.text(),
        )
        for each in view.movements
    )
    return papers.Statement(
        district=district_name(),
        title=_("Coins in %(month)s") % {"month": f"{view.first:%Y-%m}"},
        to=_("Statement of my wallet"),
        facts=(
            (_("At the beginning"), _("%(coins)s coins") % {"coins": view.opening.text()}),
            (_("At the end"), _("%(coins)s coins") % {"coins": view.closing.text()}),
        ),
        columns=(_("When"), _("What happened"), _("Coins"), _("Left")),
        numeric=(2, 3),
        rows=rows,
        closing=_("As of %(moment)s. Every line can be checked with its receipt.")
        % {"moment": papers.moment(view.until)},
    )
