"""The liability note as a page, a spreadsheet and a paper."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.printing import papers
from pumasi.civic.printing.sheets import Sheet
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.civic.shell.downloads import district_name, pdf_answer
from pumasi.civic.shell.language import page_language
from pumasi.kernel.clock import seoul_date
from pumasi.services.yearend.queries.note import Note, note
from pumasi.services.yearend.queries.words import won
from pumasi.services.yearend.views.rights import READERS, dates_or_404, sheets_answer


@for_roles(*READERS)
@require_safe
def page(request: ShellRequest, year: int) -> HttpResponse:
    """What is promised on 31 December, to whom by class, and what the trial balance says to it."""
    dates = dates_or_404(request, year)
    over = dates.is_over(seoul_date(request.acting.at))
    found = note(dates)
    owed = [(name, won(amount)) for name, amount in found.owed + found.claimed]
    return render(request, "yearend/note.html", {"dates": dates, "note": found, "owed": owed, "over": over})


@for_roles(*READERS)
@require_safe
def spreadsheet(request: ShellRequest, year: int) -> HttpResponse:
    """The same as a spreadsheet of three sheets."""
    found = note(dates_or_404(request, year))
    coins = Sheet(
        _("Coins"),
        (_("Where"), _("Year of issue"), _("Coins"), _("Won")),
        tuple(
            (each.name, each.year, each.coins.text().replace(",", ""), each.won)
            for each in found.outstanding + found.ended
        ),
    )
    funds = Sheet(
        _("Budget"),
        (_("Fund"), *_fund_heads()),
        tuple(
            (each.fund, each.appropriated, each.free, each.encumbered, each.carried_over, each.executed, each.returned)
            for each in found.funds
        ),
    )
    facilities = Sheet(
        _("Own facilities"),
        (_("Facility"), _("Closings"), _("Coins"), _("Revenue in won"), _("Expense in won")),
        tuple(
            (each.name, each.closes, each.coins.text().replace(",", ""), each.won, each.won)
            for each in found.facilities
        ),
    )
    owed = Sheet(_("Won beside the coins"), (_("Account"), _("Won")), found.owed + found.claimed)
    return sheets_answer([coins, funds, owed, facilities], f"liability-{year}")


@for_roles(*READERS)
@require_safe
def paper(request: ShellRequest, year: int) -> HttpResponse:
    """The same as a paper for the accounts of the district."""
    dates = dates_or_404(request, year)
    made_at = min(request.acting.at, dates.closes)
    return pdf_answer(
        papers.statement(_paper(note(dates)), language=page_language(), made_at=made_at), f"liability-{year}"
    )


def _paper(found: Note) -> papers.Statement:
    facts = [
        (_("Issued since the beginning"), _("%(coins)s coins") % {"coins": found.issued.text()}),
        (_("Outstanding"), _("%(coins)s coins, %(won)s won") % {"coins": found.coins.text(), "won": found.won_text}),
        *((name, _("%(won)s won") % {"won": won(amount)}) for name, amount in found.owed + found.claimed),
        (_("Fees of own facilities: revenue and equal expense"), _("%(won)s won") % {"won": found.facilities_won}),
        *(
            (
                each.fund,
                _("encumbered %(a)s, executed %(b)s, returned %(c)s won")
                % {"a": won(each.encumbered + each.carried_over), "b": won(each.executed), "c": won(each.returned)},
            )
            for each in found.funds
        ),
    ]
    return papers.Statement(
        district=district_name(),
        title=_("Liability note on %(day)s") % {"day": found.day.isoformat()},
        to=_("Good deed coins"),
        facts=tuple(facts),
        columns=(_("Where"), _("Year of issue"), _("Coins"), _("Won")),
        numeric=(1, 2, 3),
        rows=tuple(
            (each.name, str(each.year), each.coins.text(), each.won_text) for each in found.outstanding + found.ended
        ),
        closing=_("All sums are those of the trial balance of that day.")
        if found.matches
        else _("The sums differ from the trial balance: call the operator before you use this paper."),
    )


def _fund_heads() -> tuple[str, ...]:
    return (
        _("Appropriated"), _("Free"), _("Encumbered"), _("Carried over"), _("Executed"), _("Returned"),
    )  # fmt: skip
