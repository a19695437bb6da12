"""Lists of an organisation: a dry run that writes nothing, then a second confirmation that pays.

The dry run says "accepted" or "ask the person" and nothing else; why, only the person reads (decisions 38). The same
deed of the same person on the same day is one claim, in whichever file it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.queries import find_members
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.operations import foresee_many
from pumasi.coin.tariff import EvidenceKind
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import derived_id, new_id
from pumasi.services.deeds.errors import NotBound
from pumasi.services.deeds.models import Batch, BatchRow, Claim, Evidence, Organisation, State
from pumasi.services.deeds.operations.many import Line, settle, wish
from pumasi.services.deeds.queries.claims import states_of
from pumasi.services.deeds.queries.lists import ListLine, read_list
from pumasi.services.deeds.queries.organisations import Bound, bound_to

CHUNK = 200
PAID = frozenset({State.ISSUED, State.WAITLISTED})


@dataclass(frozen=True)
class Preview:
    """The dry run: for each line of the file, in order, whether it would be accepted."""

    accepted: tuple[bool, ...]

    @property
    def to_ask(self) -> int:
        return len(self.accepted) - sum(self.accepted)


@one_tariff()
def preview_list(acting: Acting, *, data: bytes) -> Preview:
    """What a file would bring now; nothing is written but the noted looks at the members found.

    Raises NotBound, ListUnreadable (with line and field) and ListTooLong.
    """
    bound = _bound(acting)
    lines = read_list(data)
    made = _made(acting, bound, lines)
    known = Claim.objects.in_bulk([line.claim_id for line in made if line])
    states = states_of(list(known))
    fresh = {line.claim_id: line for line in made if line and line.claim_id not in known}
    foreseen = foresee_many(acting, place_id=bound.centre_id, wishes=[wish(line) for line in fresh.values()])
    accepted = []
    for line in made:
        if line is None:
            accepted.append(False)
        elif line.claim_id in known:
            accepted.append(states[line.claim_id] in PAID and known[line.claim_id].quantity == line.quantity)
        else:
            accepted.append(foreseen[line.claim_id] is None and fresh[line.claim_id].quantity == line.quantity)
    return Preview(tuple(accepted))


@one_tariff()
def confirm_list(acting: Acting, *, data: bytes) -> UUID:
    """The second confirmation: claim and award every line; the batch. The same file again is the same batch.

    In transactions of at most 200 lines, so that a kill half-way is finished by confirming again.
    """
    bound = _bound(acting)
    lines = read_list(data)
    made = _made(acting, bound, lines)
    assert acting.actor is not None
    with transaction.atomic():
        batch, _ = Batch.objects.get_or_create(
            organisation_id=bound.organisation_id,
            file_hash=sha256(data).digest(),
            defaults={"id": new_id(acting.at), "rows": len(lines), "by": acting.actor, "at": acting.at},
        )
    for start in range(0, len(made), CHUNK):
        _settle_chunk(acting, bound, batch, start, made[start : start + CHUNK])
    with transaction.atomic():
        Batch.objects.filter(id=batch.id, finished_at=None).update(finished_at=acting.at)
    return batch.id


def _settle_chunk(acting: Acting, bound: Bound, batch: Batch, start: int, made: Sequence[Line | None]) -> None:
    with transaction.atomic():
        Organisation.objects.select_for_update().get(id=bound.organisation_id)
        done = set(
            BatchRow.objects.filter(batch=batch, number__gt=start, number__lte=start + len(made)).values_list(
                "number", flat=True
            )
        )
        todo = [(start + number, line) for number, line in enumerate(made, start=1) if start + number not in done]
        fresh = {line.claim_id: line for _, line in reversed(todo) if line is not None}
        states = settle(acting, place_id=bound.centre_id, lines=list(fresh.values())) if fresh else {}
        BatchRow.objects.bulk_create(
            BatchRow(
                batch=batch,
                number=number,
                is_accepted=line is not None and fresh[line.claim_id] == line and states[line.claim_id] in PAID,
                claim_id=line.claim_id if line else None,
            )
            for number, line in todo
        )


def _bound(acting: Acting) -> Bound:
    found = bound_to(acting.actor, seoul_date(acting.at)) if acting.actor else None
    if found is None:
        raise NotBound()
    return found


def _made(acting: Acting, bound: Bound, lines: Sequence[ListLine]) -> list[Line | None]:
    """A claim for each line; None where the list names nobody."""
    people = find_members(acting, [line.told for line in lines])
    return [_line(acting, bound, line, person) if person else None for line, person in zip(lines, people, strict=True)]


def _line(acting: Acting, bound: Bound, line: ListLine, person: UUID) -> Line:
    takes = district_tariff().kind(line.kind).evidence
    evidence = Evidence.STAFF if EvidenceKind.STAFF in takes else Evidence.ATTENDANCE
    claim_id = derived_id("deeds.list", bound.organisation_id.hex, person.hex, line.kind, line.day.isoformat())
    return Line(claim_id, person, line.kind, line.quantity, evidence, claim_id, _noon(line.day, acting.at))


def _noon(day: date, now: datetime) -> datetime:
    """A list knows the day only; a deed of today is not in the future before noon."""
    noon = datetime.combine(day, time(12), KST)
    return min(noon, now) if seoul_date(now) == day else noon
