"""One-time codes of photos for the pages of their person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.places.queries import place
from pumasi.civic.shell.language import page_language
from pumasi.services.deeds.models import PhotoCode


@dataclass(frozen=True)
class ShownPhotoCode:
    """Eight characters in two groups, where and for what, until when."""

    typed: str
    kind: str
    place: str
    until: datetime


def photo_code(code_id: UUID, person_id: UUID) -> ShownPhotoCode | None:
    """A photo code of this person, or None."""
    row = PhotoCode.objects.filter(id=code_id, person_id=person_id).first()
    if row is None:
        return None
    name = place(row.place_id).name(page_language())
    return ShownPhotoCode(f"{row.code[:4]}-{row.code[4:]}", row.kind, name, row.expires_at)
