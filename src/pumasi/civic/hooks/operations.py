"""Register and end webhooks, write down what happened, send again, forget. Not here: the sending (`delivering`)."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pumasi.civic.audit.operations import record
from pumasi.civic.hooks.addresses import checked_url
from pumasi.civic.hooks.errors import EndpointUnknown, EventsUnusable, NotFinishedYet, NotYourPlace, TooManyEndpoints
from pumasi.civic.hooks.models import Delivery, Endpoint, EndReason, Event, State
from pumasi.civic.hooks.queries import TYPES, places_of
from pumasi.civic.hooks.signing import secret
from pumasi.civic.places.queries import place
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id, new_id

MOST = 10
KEPT = timedelta(days=30)


def add_endpoint(acting: Acting, *, place_id: UUID, url: str, events: Collection[str]) -> str:
    """Let a program hear what happens at a place of the actor's; returns the secret of its signatures, once.

    Raises NotYourPlace, AddressUnusable, EventsUnusable and TooManyEndpoints.
    """
    person_id, wanted = acting.actor, set(events)
    if person_id is None or place_id not in places_of(person_id, seoul_date(acting.at)):
        raise NotYourPlace()
    url = checked_url(url, demo=settings.DEMO)
    if not wanted or wanted - set(TYPES):
        raise EventsUnusable()
    with transaction.atomic():
        if Endpoint.objects.filter(person_id=person_id, ended_at=None).count() >= MOST:
            raise TooManyEndpoints(limit=MOST)
        row = Endpoint.objects.create(
            id=new_id(acting.at),
            person_id=person_id,
            place_id=place_id,
            url=url,
            events=" ".join(each for each in TYPES if each in wanted),
            made_at=acting.at,
        )
        record(acting, "hooks.add_endpoint", row.id)
    return secret(row.id, row.version)


def renew_secret(acting: Acting, *, endpoint_id: UUID) -> str:
    """A new secret, returned once; for a day messages are signed with the old one too. Raises EndpointUnknown."""
    with transaction.atomic():
        row = _mine(acting, endpoint_id)
        if row.ended_at is not None:
            raise EndpointUnknown()
        row.version, row.renewed_at = row.version + 1, acting.at
        row.save(update_fields=["version", "renewed_at"])
        record(acting, "hooks.renew_secret", row.id)
    return secret(row.id, row.version)


def end_endpoint(acting: Acting, *, endpoint_id: UUID) -> None:
    """Nothing more is sent, for good; again: nothing happens. Raises EndpointUnknown for another's."""
    with transaction.atomic():
        row = _mine(acting, endpoint_id)
        if row.ended_at is None:
            end(row, EndReason.OWNER, acting.at)
            record(acting, "hooks.end_endpoint", row.id)


def send_again(acting: Acting, *, delivery_id: UUID) -> None:
    """Send a message of the actor's webhook once more, with the same webhook-id.

    Raises EndpointUnknown (also for an ended webhook) and NotFinishedYet.
    """
    with transaction.atomic():
        found = Delivery.objects.filter(id=delivery_id).first()
        if found is None or _mine(acting, found.endpoint_id).ended_at is not None:
            raise EndpointUnknown()
        over = Delivery.objects.filter(id=delivery_id, state__in=(State.DONE, State.GIVEN_UP))
        if not over.update(state=State.WAITING, due_at=acting.at, tries=0):
            raise NotFinishedYet()


def happened(kind: str, *, key: UUID, place_id: UUID, at: datetime, facts: Mapping[str, object]) -> None:
    """Note something for those who hear of it. Call it in the transaction of the thing: both are there, or neither.

    key: the ledger's key of the movement; with `kind` it makes the event's id. facts: for strangers' eyes.
    """
    listening = Endpoint.objects.filter(place_id=place_id, ended_at=None).order_by("id")
    hearing = [each for each in listening if kind in each.events.split()]
    if not hearing:
        return
    data = {"place": place(place_id).number, "key": str(key), **facts}
    stamp = timezone.localtime(at).isoformat(timespec="seconds")
    event = Event.objects.create(
        id=derived_id("hooks", kind, key.hex),
        type=kind,
        at=at,
        body=json.dumps({"type": kind, "timestamp": stamp, "data": data}, separators=(",", ":")),
    )
    Delivery.objects.bulk_create(
        Delivery(id=new_id(at), event=event, endpoint=endpoint, due_at=at) for endpoint in hearing
    )


def end(row: Endpoint, reason: EndReason, at: datetime) -> None:
    """End an endpoint that is locked, and drop what waits for it."""
    row.ended_at, row.end_reason = at, reason
    row.save(update_fields=["ended_at", "end_reason"])
    Delivery.objects.filter(endpoint=row, state=State.WAITING).update(state=State.DROPPED)


def forget_old(acting: Acting) -> int:
    """Delete messages of more than 30 days ago; how many events that were."""
    old = Event.objects.filter(at__lt=acting.at - KEPT)
    with transaction.atomic():
        Delivery.objects.filter(event__in=old.values("id")).delete()
        return old.delete()[0]


def _mine(acting: Acting, endpoint_id: UUID) -> Endpoint:
    row = Endpoint.objects.select_for_update().filter(id=endpoint_id).first()
    if row is None or row.person_id != acting.actor:
        raise EndpointUnknown()
    return row
