"""Self-deals that were refused, for the Monday list: a refusal undoes its transaction, so they are kept after it.

Only requests are watched: a job or a program deals with nobody. Not here: the list (`fraud`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from pumasi.coin.district import one_tariff
from pumasi.coin.models import SelfDeal
from pumasi.kernel.result import Refusal

_NOTED: ContextVar[list[SelfDeal] | None] = ContextVar("self_deals", default=None)


def note[R: Refusal](refusal: R, person_id: UUID, place_id: UUID, at: datetime) -> R:
    """Remember the attempt until the request is over, and hand the refusal back to be raised."""
    noted = _NOTED.get()
    if noted is not None:
        noted.append(SelfDeal(person_id=person_id, place_id=place_id, refusal=refusal.code, at=at))
    return refusal


@contextmanager
def attempts_kept() -> Iterator[None]:
    """Store what was noted inside, once everything inside has been committed or undone."""
    noted: list[SelfDeal] = []
    token = _NOTED.set(noted)
    try:
        yield
    finally:
        _NOTED.reset(token)
        if noted:
            SelfDeal.objects.bulk_create(noted)


class CoinMiddleware:
    """Around each request: one look at the tariff's version, and refused self-deals are kept afterwards."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with attempts_kept(), one_tariff():
            return self.get_response(request)
