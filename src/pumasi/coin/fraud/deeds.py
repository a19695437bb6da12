"""What the rules look at: hand-overs of thirty days and refused self-deals, as plain values. No names, no tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from pumasi.kernel.ids import derived_id

WINDOW_DAYS = 30
WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class HandOver:
    """One person's part in one accepted deed. `minute` is the minute of the Seoul day at which it was claimed."""

    person: UUID
    place: UUID
    is_shop: bool
    by_machine: bool
    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """A self-deal that was refused."""

    person: UUID
    place: UUID
    day: date


@dataclass(frozen=True)
class Window:
    """What a list made on `monday` looks at: the week before, and for shares the thirty days before.

    keepers: whose shop a place is.
    """

    monday: date
    deeds: Sequence[HandOver]
    attempts: Sequence[Attempt] = ()
    keepers: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)

    @property
    def week(self) -> list[HandOver]:
        """The deeds of the week before the Monday."""
        return [deed for deed in self.deeds if self.is_new(deed.day)]

    def is_new(self, day: date) -> bool:
        """Whether the day lies in the week before the Monday."""
        return self.monday - timedelta(days=WEEK_DAYS) <= day < self.monday


@dataclass(frozen=True)
class Finding:
    """What a rule noticed: about a person, a place or both, with the numbers that speak."""

    rule: str
    monday: date
    person: UUID | None
    place: UUID | None
    numbers: Mapping[str, int]

    @property
    def id(self) -> UUID:
        """The same for the same rule, week and subject, however often the list is made."""
        return derived_id(
            "coin.finding", self.rule, self.monday.isoformat(), str(self.person or ""), str(self.place or "")
        )
