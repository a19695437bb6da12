"""What waits for staff, reviewers and officials: claims to look at, finds, rolls of others to approve."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.civic.shell.language import page_language
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.models import RollApproval
from pumasi.services.deeds.queries.inbox import ReviewLine, reviewers_inbox, waiting_for_look
from pumasi.services.deeds.queries.outcomes import finds
from pumasi.services.deeds.queries.rolls import rolls_for

AT_PLACES = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER, roles.ORGANISATION_ADMIN)


def tasks(worker: Worker) -> Iterator[Task]:
    """In no order; a fixed number of queries."""
    day = seoul_date(worker.at)
    if worker.has(roles.REVIEWER):
        for line in reviewers_inbox(day):
            yield _look(line, reverse("deeds:review", args=[line.id]))
    places = worker.viewer.places(*AT_PLACES)
    if places:
        for line in waiting_for_look(places, day):
            yield _look(line, reverse("deeds:confirm"))
        approved = set(RollApproval.objects.values_list("session_id", flat=True))
        for roll in rolls_for(worker.person_id, places, worker.at):
            if roll.is_closed and roll.id not in approved:
                url = reverse("deeds:roll", args=[roll.id])
                yield Task(_("A closed roll: %(title)s") % {"title": roll.title}, roll.place, url, roll.starts_at)
    if worker.has(roles.DONG_OFFICIAL):
        for find in finds(page_language()):
            if not find.is_linked:
                title = _("Household in need, report %(number)s") % {"number": find.number}
                yield Task(title, find.place, reverse("deeds:outcomes"), find.when, find.due_on)


def _look(line: ReviewLine, url: str) -> Task:
    return Task(f"{line.what}: {line.state}", f"{line.quantity} · {line.place}", url, line.when, line.due_on)
