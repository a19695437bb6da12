"""Who does something, for whom, through what and why: every operation takes one (decisions 16).

Guardians, desk agents, cards and machines are values of it, never new functions.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Channel(StrEnum):
    """What the hand was on."""

    PHONE = "PHONE"
    DESK = "DESK"
    CARD = "CARD"
    KIOSK = "KIOSK"
    MACHINE = "MACHINE"
    PAPER = "PAPER"
    VOICE = "VOICE"
    API = "API"
    JOB = "JOB"


@dataclass(frozen=True, slots=True)
class Acting:
    """`actor` does it (None: a job of the node), for `subject` (None: nobody in particular), at `at`, for `purpose`.

    Both are ids of `civic.people` persons. `purpose` is a short code or sentence and holds no personal data.
    """

    actor: UUID | None
    subject: UUID | None
    channel: Channel
    purpose: str
    at: datetime

    def __post_init__(self) -> None:
        if self.at.utcoffset() is None:
            raise ValueError("a moment needs a time zone")
