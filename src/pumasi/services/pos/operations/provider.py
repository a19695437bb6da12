"""The port: what a provider of card payments has to do. Adapters and the simulator are tried by one recorded contract.

Every call has a key: the same key is the same thing and gets the first answer. UNKNOWN means that no answer came in
time: ask `status` for the key before anything else is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Outcome(StrEnum):
    """NEVER: the provider has not heard of the key (an answer of `status` alone)."""

    APPROVED = "APPROVED"
    DECLINED = "DECLINED"
    UNKNOWN = "UNKNOWN"
    NEVER = "NEVER"


@dataclass(frozen=True)
class Answer:
    """`reference` is the provider's number of what was approved; `reason` its code for a decline."""

    outcome: Outcome
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """One movement on the provider's list of a day; `won` is below zero for a refund."""

    reference: str
    won: int


class PaymentProvider(Protocol):
    """Authorise reserves won, capture takes them, void lets the reservation go, refund gives captured won back."""

    @property
    def is_simulated(self) -> bool: ...

    def authorise(self, amount_won: int, reference: str, key: UUID, day: date) -> Answer: ...

    def capture(self, authorisation: str, key: UUID, day: date) -> Answer: ...

    def void(self, authorisation: str, key: UUID, day: date) -> Answer: ...

    def refund(self, capture: str, amount_won: int, key: UUID, day: date) -> Answer: ...

    def status(self, key: UUID) -> Answer: ...

    def reconcile(self, day: date) -> Sequence[Line]: ...
