"""How a person wants to read: kept for every device they sign in on, and for the papers that a desk prints for them.

What the values may be is the shell's. They go when the membership ends, because they may say something about health.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import ReadingChoice


@dataclass(frozen=True, slots=True)
class Reading:
    """Text size, contrast and language ("ko", "en"); empty: never chosen."""

    text: str = ""
    contrast: str = ""
    language: str = ""


def reading_of(person_id: UUID) -> Reading:
    """What this person has chosen."""
    row = ReadingChoice.objects.filter(person=person_id).first()
    return Reading(row.text, row.contrast, row.language) if row else Reading()


def keep_reading(person_id: UUID, *, text: str = "", contrast: str = "", language: str = "") -> None:
    """Keep what is not empty; the rest stays as it was."""
    chosen = {name: value for name, value in (("text", text), ("contrast", contrast), ("language", language)) if value}
    if not chosen:
        return
    with transaction.atomic():
        was = reading_of(person_id)
        if replace(was, **chosen) != was:
            ReadingChoice.objects.update_or_create(person_id=person_id, defaults=chosen)
