"""One page: a day beside the provider's list, and what is to be settled."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest
from pumasi.civic.shell.language import page_language
from pumasi.kernel.clock import seoul_date
from pumasi.services.pos.apps import OFFICERS, READERS, TAKERS
from pumasi.services.pos.errors import NoProvider
from pumasi.services.pos.operations.plugged import provider
from pumasi.services.pos.queries import Found, compared, unsettled


@for_roles(*READERS)
@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """The day that is asked for (`day`), else today."""
    today = seoul_date(request.acting.at)
    day = _day(request.GET.get("day", ""), today)
    places = None if request.viewer.roles & OFFICERS else request.viewer.places(*TAKERS)
    try:
        port = provider()
    except NoProvider:
        return render(request, "pos/home.html", {"day": day, "today": today, "no_provider": True})
    listed = [(each.reference, each.won) for each in port.reconcile(day)]
    waiting, words, states = unsettled(places), _words(), _states()
    names = names_of({each.place_id for each in waiting}, page_language())
    return render(
        request,
        "pos/home.html",
        {
            "day": day,
            "today": today,
            "is_simulated": port.is_simulated,
            "lines": [(each, words[each.found]) for each in compared(day, listed, places)],
            "waiting": [(each, names[each.place_id], states[each.state]) for each in waiting],
        },
    )


def _day(text: str, today: date) -> date:
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


def _words() -> dict[Found, str]:
    return {
        Found.MATCHED: _("Matches"),
        Found.MISSING_HERE: _("Only at the provider"),
        Found.MISSING_THERE: _("Not at the provider"),
        Found.DIFFERS: _("Amounts differ"),
    }


def _states() -> dict[str, str]:
    return {
        "OPEN": _("asked for the card"),
        "AUTHORISED": _("card reserved, no coins yet"),
        "SPENT": _("coins paid, card not yet charged"),
        "RELEASING": _("letting the card go"),
    }
