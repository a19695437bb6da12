"""What waits for officers and keepers: applications, suspensions, wrong amounts."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.shell import roles
from pumasi.civic.shell.inbox import Task, Worker
from pumasi.coin.hearings.models import Kind
from pumasi.coin.hearings.models import State as CaseState
from pumasi.coin.hearings.queries import inbox
from pumasi.kernel.clock import seoul_date
from pumasi.services.shops.queries.disputes import to_answer, to_decide
from pumasi.services.shops.queries.lifecycle import shops_in

OFFICERS = (roles.DONG_OFFICIAL, roles.ISSUER)
STAFF = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER)


def tasks(worker: Worker) -> Iterator[Task]:
    """In no order; a fixed number of queries."""
    if worker.has(*OFFICERS):
        yield from _for_officers(worker)
    places = worker.viewer.places(*STAFF)
    for card in to_answer(places) if places else ():
        url = reverse("shops:payment", args=[card.payment_id])
        yield Task(card.reason, f"{card.place} · {card.coins}", url, card.paid_at, card.answer_by)


def _for_officers(worker: Worker) -> Iterator[Task]:
    at, day = worker.at, seoul_date(worker.at)
    for shop in shops_in(("APPLIED",), at):
        title = _("A shop applies: %(name)s") % {"name": shop.name}
        yield Task(title, shop.dong, reverse("shops:desk_shop", args=[shop.id]), shop.applied_at)
    for card in to_decide():
        url = reverse("shops:decide", args=[card.id])
        yield Task(card.reason, f"{card.place} · {card.coins}", url, card.paid_at)
    for case in inbox([Kind.SUSPENSION], worker.person_id, day):
        if not case.mine and case.state != CaseState.DECIDED:
            url = reverse("shops:desk_shop", args=[case.subject])
            yield Task(_("Suspension of a shop: decide"), "", url, case.opened_at, case.due)
