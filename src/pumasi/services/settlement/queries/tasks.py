"""What waits for the treasury and the officers: the day of settlement, accounts, drafts to check, overrides."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pumasi.civic.shell import roles
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.coin.settlement.models import State
from pumasi.coin.settlement.queries import accounts, batches, overrides

OFFICERS = (roles.TREASURY, roles.BUDGET_OFFICER, roles.ISSUER)
_WAITS = {
    State.DRAFT: gettext_lazy("waits for a checker"),
    State.EXPORTED: gettext_lazy("waits for the treasury's numbers"),
}


def tasks(worker: Worker) -> Iterator[Task]:
    """In no order; a fixed number of queries."""
    if worker.has(roles.TREASURY):
        for batch in batches():
            if batch.state in _WAITS:
                url = reverse("settlement:batch", args=[batch.id])
                title = _("Settlement %(number)s") % {"number": batch.number}
                yield Task(title, str(_WAITS[batch.state]), url, batch.made_at)
        for account in accounts():
            if not account.seen:
                title = _("Bank account to compare: %(shop)s") % {"shop": account.place.name_ko}
                yield Task(title, account.bank, reverse("settlement:around"), account.at)
    if worker.has(*OFFICERS):
        for override in overrides(worker.person_id):
            if override.agreed_at is None and not override.asked_by_viewer:
                url = reverse("settlement:around")
                yield Task(_("Payout before the public record: agree?"), override.reason, url, override.asked_at)
