"""The budget officers of today by name, and their signing keys. Each name shown is a noted look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import holders_of, person_card
from pumasi.coin.models import OfficerKey
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True)
class KeyLine:
    """One key; `name` is empty where its officer holds the role no longer."""

    id: int
    name: str
    tail: str
    starts: date
    ends: date
    is_over: bool


@dataclass(frozen=True)
class Officer:
    """A budget officer of today. `id` is that of the role, because no page shows the one of a person."""

    id: UUID
    person_id: UUID
    name: str


def officers(acting: Acting) -> list[Officer]:
    """Today's budget officers."""
    found = holders_of(RoleName.BUDGET_OFFICER, seoul_date(acting.at))
    return [Officer(role, person, person_card(acting, person).name or "") for role, person in found.items()]


def key_lines(known: Sequence[Officer], today: date) -> list[KeyLine]:
    """All keys, those in force first."""
    named = {each.person_id: each.name for each in known}
    rows = OfficerKey.objects.order_by("-id")
    lines = [
        KeyLine(
            row.pk,
            named.get(row.person_id, ""),
            bytes(row.public_key).hex()[-8:],
            row.starts,
            row.ends,
            row.ends < today,
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: line.is_over)


def known_key(key_id: int) -> bool:
    """Whether there is such a key."""
    return OfficerKey.objects.filter(pk=key_id).exists()
