"""The budget book worked out from the first event on: the model's own arithmetic (ADR 0010 said a second time)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

FAR = date.max
EXECUTED = ("3300", "3310", "3400")
RETURNED = ("3100", "3200", "3500", "3900")

Book = dict[tuple[str, str], int]
Add = Callable[[str, str, int], None]


@dataclass(frozen=True)
class Lot:
    """Coins born together; `number` is their place in the order of births."""

    number: int
    fund: str
    expires: date | None
    rate: int
    amount: int

    @property
    def year(self) -> int:
        return int(self.fund[-4:])

    @property
    def programme(self) -> str:
        return self.fund[:-5]

    @property
    def age(self) -> tuple[date, int]:
        return self.expires or FAR, self.number

    def lapsed(self, day: date) -> bool:
        return self.expires is not None and self.expires < day


@dataclass(frozen=True)
class Parcel:
    """`amount` of a lot that lies in a place, tied to the receipt (key) it came with, if the place keeps receipts."""

    lot: int
    origin: UUID | None
    amount: int


@dataclass(frozen=True)
class Step:
    """`amount` of a lot went from place to place."""

    lot: Lot
    source: str
    target: str
    amount: int


@dataclass(frozen=True)
class Event:
    """What the budget has to know of one transfer: a change of the line itself, or steps of coins in a year."""

    what: str
    year: int
    fund: str = ""
    won: int = 0
    steps: tuple[Step, ...] = ()


def seoul_day(at: datetime) -> date:
    """The day in Seoul."""
    return (at + timedelta(hours=9)).date()


def code_of(place: str) -> str:
    return place.split(":", maxsplit=1)[0]


def owner_of(place: str) -> str:
    return place.split(":", 2)[2]


def budget_book(events: Iterable[Event]) -> Book:
    """(code, owner) -> won."""
    book: Book = {}

    def add(code: str, owner: str, amount: int) -> None:
        book[(code, owner)] = book.get((code, owner), 0) + amount

    for event in events:
        if event.what == "order":
            add("B000", event.fund, -event.won)
            add("B100", event.fund, event.won)
        elif event.what == "reserve":
            fund, claim = event.fund.split("|")
            add("B100", fund, -event.won)
            add("B210", claim, event.won)
        elif event.what == "carry":
            moved = book.get(("B200", event.fund), 0)
            add("B200", event.fund, -moved)
            add("B110", event.fund, moved)
        for fund, change in _stand_of_coins(event, add).items():
            if change > 0:
                add("B200" if fund.endswith(str(event.year)) else "B110", fund, change)
            else:
                from_this_year = min(-change, book.get(("B200", fund), 0))
                add("B200", fund, -from_this_year)
                add("B110", fund, change + from_this_year)
    return book


def _stand_of_coins(event: Event, add: Add) -> dict[str, int]:
    """Book what the coins of one event did to free, executed and returned money; give what is encumbered more."""
    encumbered: dict[str, int] = {}
    for step in event.steps:
        value = step.amount * step.lot.rate
        this_year = f"{step.lot.programme}/{event.year}"
        for place, sign in ((step.source, -1), (step.target, 1)):
            code = code_of(place)
            if code == "1100":
                add("B100", step.lot.fund, sign * value)
            elif code in EXECUTED:
                add("B300" if owner_of(place) == str(event.year) else "B400", this_year, sign * value)
            elif code in RETURNED and step.lot.year == event.year:
                add("B100", step.lot.fund, sign * value)
            elif code in RETURNED:
                add("B400", this_year, sign * value)
            elif code != "1900":
                encumbered[step.lot.fund] = encumbered.get(step.lot.fund, 0) + sign * value
    return encumbered
