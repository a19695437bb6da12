"""The week 주간 회의: figures beside those of the week before, what gave no sign, what comes (decisions 36).

A service names a function in its manifest (`weekly`) that answers its part for one week. Nothing here names a person.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.sockets import load
from pumasi.kernel.clock import KST, seoul_date

AHEAD_DAYS = 30


@dataclass(frozen=True)
class Week:
    """Monday to Sunday in Seoul, read at `at`; `last` is today in the week that runs."""

    first: date
    at: datetime

    @property
    def last(self) -> date:
        return min(self.first + timedelta(days=6), seoul_date(self.at))

    @property
    def before(self) -> "Week":
        """The week before; of the week that runs as many days as have gone by."""
        first = self.first - timedelta(days=7)
        return Week(first, _midnight(first + (self.last - self.first)))

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first moment of Monday to the last one of `last`, both inclusive."""
        return _midnight(self.first), _midnight(self.last + timedelta(days=1)) - timedelta(microseconds=1)

    @property
    def ahead(self) -> tuple[date, date]:
        """Today and the last of the thirty days that come, both inclusive."""
        today = seoul_date(self.at)
        return today, today + timedelta(days=AHEAD_DAYS)


@dataclass(frozen=True)
class Figure:
    """A number of this week and of the week before; `before` is empty where only today's can be known."""

    name: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Silent:
    """What should have given a sign in the week and has not; `last`: when it did, None: never."""

    what: str
    name: str
    last: date | None
    url: str = ""


@dataclass(frozen=True)
class Ahead:
    """What comes within thirty days from today."""

    day: date
    what: str


@dataclass(frozen=True)
class Weekly:
    """One service's part."""

    figures: tuple[Figure, ...] = ()
    silent: tuple[Silent, ...] = ()
    ahead: tuple[Ahead, ...] = ()


@dataclass(frozen=True)
class Part:
    """A service's part with its name."""

    service: str
    weekly: Weekly


type Source = Callable[[Week], Weekly]


def parts(week: Week, language: str) -> list[Part]:
    """The parts of all services that have one, in the order of `config/services.py`."""
    return [Part(each.name(language), _source(each.weekly)(week)) for each in manifests() if each.weekly]


def compared(week: Week, sums: Callable[[Week], tuple[str, ...]], *names: str) -> tuple[Figure, ...]:
    """One figure for each name: what `sums` says in its place for the week and for the week before."""
    return tuple(Figure(*row) for row in zip(names, sums(week), sums(week.before), strict=True))


def week_of(day: date, at: datetime) -> Week:
    """The week of a day."""
    return Week(day - timedelta(days=day.weekday()), at)


def _source(name: str) -> Source:
    found: Source = load(name)
    return found


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=KST)
