"""Organisations and their bindings for pages, and for which organisation an admin acts."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from pumasi.civic.places.queries import names_of
from pumasi.services.deeds.models import Batch, BatchRow, Binding, Organisation


@dataclass(frozen=True)
class Bound:
    """For whom an admin sends lists in: the organisation, and the centre where its members earn."""

    organisation_id: UUID
    centre_id: UUID
    ends: date


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation; `binding` None while it is bound to no centre."""

    id: UUID
    name: str
    binding: int | None
    centre: str
    starts: date | None
    ends: date | None


@dataclass(frozen=True)
class BatchLine:
    """One list that was sent in."""

    id: UUID
    at: datetime
    rows: int
    accepted: int
    to_ask: int
    is_finished: bool


def bound_to(person_id: UUID, day: date) -> Bound | None:
    """The binding in force on that day whose admin this is."""
    lasting = Q(ended_on=None) | Q(ended_on__gt=day)
    row = Binding.objects.filter(lasting, admin_id=person_id, starts__lte=day, ends__gte=day).order_by("-id").first()
    return Bound(row.organisation_id, row.centre_id, row.ends) if row else None


def organisation_name(organisation_id: UUID, language: str) -> str:
    """The name in the language of the page."""
    row = Organisation.objects.get(id=organisation_id)
    return row.name_ko if language.startswith("ko") else row.name_en


def organisations(day: date, language: str) -> list[OrganisationLine]:
    """All organisations by name with what binds them on that day or later; three queries."""
    lasting = Q(ended_on=None) | Q(ended_on__gt=day)
    latest = {row.organisation_id: row for row in Binding.objects.filter(lasting, ends__gte=day).order_by("-starts")}
    names = names_of({row.centre_id for row in latest.values()}, language)
    found = []
    for row in Organisation.objects.order_by("name_ko", "id")[:200]:
        held = latest.get(row.id)
        name = row.name_ko if language.startswith("ko") else row.name_en
        found.append(
            OrganisationLine(
                id=row.id,
                name=name,
                binding=held.pk if held else None,
                centre=names[held.centre_id] if held else "",
                starts=held.starts if held else None,
                ends=held.ends if held else None,
            )
        )
    return found


def batches_of(organisation_id: UUID) -> list[BatchLine]:
    """The last 20 lists of an organisation, the newest first."""
    rows = Batch.objects.filter(organisation_id=organisation_id).order_by("-at")[:20]
    counts = {
        row["batch_id"]: (int(row["all"]), int(row["accepted"]))
        for row in BatchRow.objects.filter(batch__in=[row.id for row in rows])
        .values("batch_id")
        .annotate(accepted=Count("id", filter=Q(is_accepted=True)), all=Count("id"))
    }
    return [_batch(row, counts.get(row.id, (0, 0))) for row in rows]


def batch_of(batch_id: UUID, organisation_id: UUID) -> BatchLine | None:
    """One list, for its own organisation."""
    return next((each for each in batches_of(organisation_id) if each.id == batch_id), None)


def batch_answers(batch_id: UUID) -> list[tuple[int, bool]]:
    """(line, accepted) for the export, in the order of the file."""
    rows = BatchRow.objects.filter(batch_id=batch_id).order_by("number")
    return list(rows.values_list("number", "is_accepted"))


def _batch(row: Batch, counted: tuple[int, int]) -> BatchLine:
    done, accepted = counted
    return BatchLine(row.id, row.at, row.rows, accepted, done - accepted, row.finished_at is not None)
