"""One pass over what is due: take a message, sign it, send it, note what came of it.

Any number of senders may run: taking one moves its `due_at` on in one statement, so the others pass it by, and a
sender that dies leaves it to be taken again. So a message may come twice, and never not at all (until given up).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pumasi.civic.hooks import signing
from pumasi.civic.hooks.models import Delivery, Endpoint, EndReason, Problem, State
from pumasi.civic.hooks.operations import end
from pumasi.civic.hooks.queries import places_of, versions
from pumasi.civic.hooks.sending import Answer, post
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import Clock, seoul_date
from pumasi.kernel.ids import derived_id

PAUSES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
)
TAKEN = timedelta(minutes=2)  # longer than a try lasts, with looking up a name
FAILING = timedelta(days=3)
A_PASS = 500

Post = Callable[..., Answer]


@dataclass
class Passed:
    """What a pass did."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


def deliver_due(clock: Clock, send: Post = post) -> Passed:
    """Send what is due, at most A_PASS messages. An endpoint that fails is left alone for the rest of the pass."""
    done, resting = Passed(), set[UUID]()
    for _ in range(A_PASS):
        taken = _take(clock.now(), resting)
        if taken is None:
            break
        endpoint = taken.endpoint
        if not may_hear(endpoint, clock.now()):
            Delivery.objects.filter(id=taken.id).update(state=State.DROPPED)
            done.dropped += 1
            continue
        at, body = clock.now(), taken.event.body.encode()
        signed = signing.headers(endpoint.id, versions(endpoint, at), message=taken.event_id, at=at, body=body)
        answer = send(endpoint.url, signed, body, demo=settings.DEMO)
        _note(taken, answer, clock.now())
        if answer.problem is Problem.NONE:
            done.sent += 1
        else:
            done.failed += 1
            resting.add(endpoint.id)
    return done


def may_hear(endpoint: Endpoint, at: datetime) -> bool:
    """Whether the endpoint is on, and its person a member with a role at the place today."""
    if endpoint.ended_at is not None or endpoint.person.closed_at is not None:
        return False
    return endpoint.place_id in places_of(endpoint.person_id, seoul_date(at))


def _take(at: datetime, resting: set[UUID]) -> Delivery | None:
    waiting = Delivery.objects.filter(state=State.WAITING, due_at__lte=at).exclude(endpoint_id__in=resting)
    while (found := waiting.order_by("due_at", "id").values_list("id", flat=True).first()) is not None:
        if waiting.filter(id=found).update(due_at=at + TAKEN, tries=F("tries") + 1):
            return Delivery.objects.select_related("event", "endpoint__person").get(id=found)
    return None


def _note(taken: Delivery, answer: Answer, at: datetime) -> None:
    """Write down a try, unless the message was taken from us meanwhile."""
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(id=taken.endpoint_id)
        ours = Delivery.objects.filter(id=taken.id, state=State.WAITING, tries=taken.tries)
        tried = {"tried_at": at, "status": answer.status, "problem": answer.problem}
        if answer.problem is Problem.NONE:
            ours.update(state=State.DONE, **tried)
            endpoint.failing_since = None
        else:
            if taken.tries <= len(PAUSES):
                ours.update(due_at=at + PAUSES[taken.tries - 1], **tried)
            else:
                ours.update(state=State.GIVEN_UP, **tried)
            endpoint.failing_since = endpoint.failing_since or at
        endpoint.save(update_fields=["failing_since"])
        if endpoint.ended_at is None and endpoint.failing_since and at - endpoint.failing_since >= FAILING:
            _switch_off(endpoint, at)


def _switch_off(endpoint: Endpoint, at: datetime) -> None:
    end(endpoint, EndReason.FAILING, at)
    words = Words(
        "웹훅을 껐어요",
        "A webhook was switched off",
        f"{endpoint.url}에 사흘 동안 알림을 한 번도 보내지 못해서 웹훅을 껐어요. 서버를 고친 뒤 새로 만들어 주세요.",
        f"Nothing could be sent to {endpoint.url} for three days, so this webhook is switched off. Mend the server and "
        "make a new one.",
    )
    acting = Acting(None, endpoint.person_id, Channel.JOB, "HOOKS", at)
    write_notice(
        acting, person_id=endpoint.person_id, kind="HOOKS", words=words, key=derived_id("hooks.off", endpoint.id.hex)
    )
