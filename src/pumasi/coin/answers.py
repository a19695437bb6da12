"""What the operations of the coin answer: frozen values that a page can show and a test can compare.

Amounts of coins are `Amount`; `key` is the idempotency key of the wish, and the receipt's id.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.coin.caps import CapUse
from pumasi.coin.tariff import Part
from pumasi.kernel.amount import Amount


@dataclass(frozen=True)
class Payee:
    """For whom a deed earns, and as what."""

    person_id: UUID
    part: Part = Part.RESIDENT


@dataclass(frozen=True)
class Share:
    """One payee's coins; `transfer` None = the claim waits; `vest_on` None = spendable at once."""

    person_id: UUID
    part: Part
    amount: Amount
    transfer: int | None
    vest_on: date | None


@dataclass(frozen=True)
class Awarded:
    """A claim that was accepted. `rank` is None when paid, else the place in the waiting list (1 = next).

    `short_by`: how many more of the measure would have earned a batch more. `warnings`: caps used to 80 % or more, only
    in the first answer.
    """

    key: UUID
    kind: str
    day: date
    counted: int
    left_over: int
    short_by: int
    shares: tuple[Share, ...]
    rank: int | None
    warnings: tuple[CapUse, ...] = ()

    @property
    def is_waiting(self) -> bool:
        return self.rank is not None


@dataclass(frozen=True)
class Paid:
    """A payment: coins, and the part of the price taken in won; `balance` is what is left to spend."""

    key: UUID
    place_id: UUID
    coins: Amount
    won: int
    at: datetime
    transfer: int
    undo_until: datetime
    balance: Amount


@dataclass(frozen=True)
class Refunded:
    """Coins given back to the payer; `lapsed` is the part whose last day had passed and that could not come back."""

    key: UUID
    payment_id: UUID
    coins: Amount
    lapsed: Amount
    won: int
    transfer: int


@dataclass(frozen=True)
class Disputed:
    """A sum of a payment in dispute; `state` is the last step's, `answer_by` the shop's last day."""

    key: UUID
    payment_id: UUID
    coins: Amount
    state: str
    answer_by: date


@dataclass(frozen=True)
class Given:
    """Coins handed on to another person; `balance` is the giver's, to spend."""

    key: UUID
    coins: Amount
    transfer: int
    balance: Amount


@dataclass(frozen=True)
class Booked:
    """A booked budget order or cut."""

    order_id: UUID
    transfer: int
    issued_from_waiting: int
