"""What waits for issuer and budget officers: changes of the tariff, freezes, and what last Monday's list noticed."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.civic.shell.language import page_language
from pumasi.coin.models import TariffChange
from pumasi.coin.queries.monday import monday_list
from pumasi.kernel.clock import KST, seoul_date
from pumasi.services.cockpit.queries.control import change_lines, freeze_lines


def tasks(worker: Worker) -> Iterator[Task]:
    """In no order; a fixed number of queries."""
    if worker.has(roles.ISSUER, roles.BUDGET_OFFICER):
        own = set(TariffChange.objects.filter(drafted_by=worker.person_id).values_list("id", flat=True))
        for line in change_lines(worker.at):
            if line.view.state == "RECALL" or (line.view.state == "DRAFT" and line.view.id not in own):
                url = reverse("cockpit:change", args=[line.view.id])
                yield Task(line.view.name, line.state, url, line.view.drafted_at, line.view.effective_on)
        for freeze in freeze_lines(worker.at):
            if freeze.may_confirm:
                url = reverse("cockpit:freezes")
                yield Task(freeze.what, freeze.state, url, worker.at, freeze.facts.starts)
    if worker.has(roles.ISSUER):
        yield from _monday(worker)


def _monday(worker: Worker) -> Iterator[Task]:
    today = seoul_date(worker.at)
    monday = today - timedelta(days=today.weekday())
    open_ones = [each for each in monday_list(monday, page_language()).findings if not each.outcome]
    if open_ones:
        since = datetime(monday.year, monday.month, monday.day, tzinfo=KST)
        said = _("%(n)s findings that nobody has looked at") % {"n": len(open_ones)}
        yield Task(_("Monday list"), said, reverse("cockpit:monday"), since)
