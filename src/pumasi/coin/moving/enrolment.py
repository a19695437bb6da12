"""The socket for shops: this floor knows places and tills; whoever keeps the register of shops plugs in (config)."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from pumasi.kernel.acting import Acting


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A shop of the other system, as two officers took it over: `entered_by` and `verified_by` are those two."""

    key: UUID
    owner_id: UUID
    name_ko: str
    name_en: str
    dong: str
    business_number: str
    items: tuple[str, ...]
    entered_by: UUID
    verified_by: UUID


class Register(Protocol):
    """The register of shops."""

    def take_over(self, acting: Acting, wanted: Enrolment) -> UUID:
        """The place of a shop that is active at once; the same key is one shop."""

    def end(self, acting: Acting, place_id: UUID, by: UUID) -> None:
        """Close a shop that was taken over; again: nothing happens."""

    def taken_numbers(self, numbers: Collection[str]) -> set[str]:
        """Which of these business numbers belong to a live shop here."""


_PLUGGED: list[Register] = []


def plug(register: Register) -> None:
    """Let this register take shops over."""
    _PLUGGED[:] = [register]


def register() -> Register:
    """The register of shops; a node without one takes no shops over."""
    if not _PLUGGED:
        raise RuntimeError("no register of shops is plugged in (pumasi.config.apps)")
    return _PLUGGED[0]
