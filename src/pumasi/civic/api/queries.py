"""A person's tokens, and the scopes that there are."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.api.models import Token
from pumasi.civic.shell.manifest import manifests
from pumasi.kernel.clock import seoul_date

VERBS = ("read", "write")


@dataclass(frozen=True)
class TokenLine:
    """A token without its secret. `seen_on` None = never used; `is_good` today."""

    id: UUID
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    ends: date
    seen_on: date | None
    is_good: bool


def scopes() -> list[str]:
    """All scopes: what the services that have routes can be read and written through."""
    return [f"{each.key}:{verb}" for each in manifests() if each.api for verb in VERBS]


def tokens_of(person_id: UUID, at: datetime) -> list[TokenLine]:
    """A person's tokens, newest first, at most 100."""
    day = seoul_date(at)
    return [
        TokenLine(
            row.id,
            row.name,
            tuple(row.scopes.split()),
            row.made_at,
            row.ends,
            row.seen_on,
            row.ended_at is None and day <= row.ends,
        )
        for row in Token.objects.filter(person_id=person_id).order_by("-made_at")[:100]
    ]
