"""The explorer: whether the record is alive, what it adds up to, whether the books say the same, and its blocks."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pumasi.coin.district import district_tariff
from pumasi.kernel.amount import Amount
from pumasi.seal.cadence import ENOUGH
from pumasi.seal.queries import (
    SMALL_CELL,
    WAITING_LIMIT,
    BlockContent,
    BlockView,
    RecordView,
    block,
    blocks,
    content,
    record_view,
)
from pumasi.services.record.queries.profile import Profile, profile
from pumasi.services.record.queries.words import CLASSES, STOPPED, TYPES
from pumasi.verify.classes import KRW

SILENT = timedelta(minutes=5)
PAGE = 20
_SHORT = 12


@dataclass(frozen=True)
class Health:
    """Whether the record is being published; `tone` is good, warn or bad."""

    tone: str
    title: str
    say: str
    to_do: str
    waiting: str
    cadence: str
    seen: datetime | None


@dataclass(frozen=True)
class Row:
    """One class of a unit; `percent` of the whole, for the bar."""

    name: str
    amount: str
    percent: int


@dataclass(frozen=True)
class Supply:
    """One unit of coins: what was issued, and where all of it is. `agrees`: issued equals the sum."""

    name: str
    issued: str
    rows: tuple[Row, ...]
    sum: str
    agrees: bool


@dataclass(frozen=True)
class Budget:
    """The won behind the coins; everything adds up to zero."""

    rows: tuple[Row, ...]
    agrees: bool


@dataclass(frozen=True)
class Compared:
    """The record beside the books of the node."""

    tone: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class BlockLine:
    """A block for the list and for its own page; `root` in base64 as in the checkpoint, `short` its beginning."""

    number: int
    first: int
    last: int
    count: int
    size: int
    when: datetime
    root: str
    short: str
    note: str


@dataclass(frozen=True)
class ChainPage:
    """The explorer. `newest` is None before the first block; `older` is what the next page of blocks begins before."""

    origin: str
    profile: Profile
    newest: BlockLine | None
    health: Health
    supply: tuple[Supply, ...]
    budget: Budget | None
    compared: Compared | None
    blocks: tuple[BlockLine, ...]
    older: int | None


@dataclass(frozen=True)
class Cell:
    """How many entries are of one kind: a number, or words where there are fewer than five."""

    name: str
    count: str


@dataclass(frozen=True)
class BlockPage:
    """One block with what its entries are about, and its neighbours."""

    block: BlockLine
    types: tuple[Cell, ...]
    days: tuple[Cell, ...]
    before: int | None
    after: int | None


def chain_page(before: int | None, now: datetime) -> ChainPage:
    """The record as it stands; `now` is real time, as the sealer's clock is."""
    view = record_view()
    found = blocks(before, PAGE + 1)
    return ChainPage(
        origin=view.origin,
        profile=profile(view),
        newest=None if view.newest is None else _line(view.newest),
        health=_health(view, now),
        supply=tuple(_supply(unit, classes) for unit, classes in sorted(view.supply.items()) if unit != KRW),
        budget=_budget(view.supply[KRW]) if KRW in view.supply else None,
        compared=_compared(view) if view.supply else None,
        blocks=tuple(_line(each) for each in found[:PAGE]),
        older=found[PAGE - 1].number if len(found) > PAGE else None,
    )


def block_page(number: int) -> BlockPage | None:
    """One published block; None when there is none of this number."""
    found = block(number)
    if found is None:
        return None
    about = _content(number, found.root)
    return BlockPage(
        block=_line(found),
        types=tuple(Cell(str(TYPES[name]), _count(count)) for name, count in about.types.items()),
        days=tuple(_day(day, count) for day, count in about.days.items()),
        before=number - 1 if number else None,
        after=number + 1 if block(number + 1) else None,
    )


@lru_cache(maxsize=64)
def _content(number: int, root: bytes) -> BlockContent:
    """A published block never changes, so what it is about is counted once; the root is part of the name."""
    return content(number)


def _line(view: BlockView) -> BlockLine:
    root = base64.b64encode(view.root).decode()
    return BlockLine(
        number=view.number,
        first=view.first,
        last=view.size - 1,
        count=view.count,
        size=view.size,
        when=view.published_at,
        root=root,
        short=f"{root[:_SHORT]}…",
        note=view.note,
    )


def _health(view: RecordView, now: datetime) -> Health:
    tone, to_do = "good", ""
    title, say = _("The record is being published"), _("Everything is in order.")
    if view.stopped:
        tone, title = "bad", _("Publishing has stopped to protect the record")
        reason = str(STOPPED.get(view.stopped, _("The sealer met something that it may not sign.")))
        say = f"{reason} {_('Earning and paying go on, and proofs that you hold stay good.')}"
        to_do = _("For the operator: the log of the sealer says what to look at. Nothing is signed until it is solved.")
    elif view.looked_at is None:
        tone, title = "warn", _("Publishing has not begun")
        say = _("No sealer has been seen yet.")
        to_do = _("For the operator: start the sealer with “pumasi seal”.")
    elif now - view.looked_at > SILENT:
        tone, title = "warn", _("Publishing is resting")
        say = _("The sealer has not been seen for a while. Transfers wait and are published later.")
        to_do = _("For the operator: look whether “pumasi seal” is running.")
    return Health(tone, title, say, to_do, _waiting(view.waiting), _cadence(), view.looked_at)


def _cadence() -> str:
    if settings.LOG_HOURLY:
        return _(
            "Blocks come at the top of an hour once %(enough)s transfers wait, and once a day in any case, so that "
            "nobody can tell the minute of a transfer."
        ) % {"enough": ENOUGH}
    return _(
        "For demonstration, blocks come at once here. A district publishes by the hour, to tell nobody the minute."
    )


def _waiting(count: int | None) -> str:
    if count is None:
        return ""
    if not count:
        return _("No transfer waits for the next block.")
    if count >= WAITING_LIMIT:
        return _("More than %(count)s transfers wait for the next block.") % {"count": f"{WAITING_LIMIT:,}"}
    text = ngettext(
        "%(count)s transfer waits for the next block.", "%(count)s transfers wait for the next block.", count
    )
    return text % {"count": f"{count:,}"}


def _supply(unit: str, classes: Mapping[str, int]) -> Supply:
    issued = classes.get("issued", 0)
    total = sum(amount for name, amount in classes.items() if name != "issued")
    return Supply(
        name=unit,
        issued=_text(issued, unit),
        rows=_rows({name: amount for name, amount in classes.items() if name != "issued"}, unit, issued),
        sum=_text(total, unit),
        agrees=issued == total,
    )


def _budget(classes: Mapping[str, int]) -> Budget:
    return Budget(_rows(classes, KRW, 0), agrees=sum(classes.values()) == 0)


def _rows(classes: Mapping[str, int], unit: str, whole: int) -> tuple[Row, ...]:
    """The classes that hold something, in the order of the words."""
    order = list(CLASSES)
    held = sorted((each for each in classes.items() if each[1]), key=lambda each: order.index(each[0]))
    return tuple(
        Row(str(CLASSES[name]), _text(amount, unit), max(0, amount) * 100 // whole if whole else 0)
        for name, amount in held
    )


def _compared(view: RecordView) -> Compared:
    if view.drift is None:
        return Compared("warn", _("A block is just being published; the comparison follows."), ())
    if not view.drift:
        return Compared("good", _("The same as in the books"), ())
    lines = tuple(
        _("%(name)s: %(difference)s in the books beside the record")
        % {"name": CLASSES[name], "difference": _signed(amount, unit)}
        for unit, classes in sorted(view.drift.items())
        for name, amount in sorted(classes.items())
    )
    return Compared("bad", _("Different from the books: the district has to explain this"), lines)


def _text(minor: int, unit: str) -> str:
    known = district_tariff().unit
    shown = Amount(known, minor).text() if unit == known.code else f"{minor:,}"
    return shown.replace("-", "−")


def _signed(minor: int, unit: str) -> str:
    return f"{'+' if minor > 0 else '−'}{_text(abs(minor), unit)}"


def _count(count: int | None) -> str:
    return f"{count:,}" if count is not None else _("fewer than %(limit)s") % {"limit": SMALL_CELL}


def _day(day: date, count: int | None) -> Cell:
    return Cell(day.isoformat(), _count(count))
