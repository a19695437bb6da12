"""The public record as a page shows it: frozen views of blocks, totals and the sealer's health. Nothing about anybody.

Totals come from what was published (`solvency.json`, which the sealer's replay computed from the entries), never from
the books; `drift` compares the two. Counts under five stand as None: the small-cell rule of the pages. It keeps
pages from pointing at somebody and hides nothing: the entries are public, and anybody can count them.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from pumasi.ledger.chart import Pool
from pumasi.ledger.reads import logged_supply, without_leaf
from pumasi.seal.files import SOLVENCY, LogFiles
from pumasi.seal.models import Block, Entry, Sealer
from pumasi.tlog.errors import BadLog
from pumasi.tlog.policy import counted, lint, parse_policy
from pumasi.verify.classes import KRW
from pumasi.verify.leaf import parse

SMALL_CELL = 5
WAITING_LIMIT = 1_000  # counted no further: the page is public
PAGE = 20
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class BlockView:
    """A published block: its entries are `first` to `size` - 1."""

    number: int
    first: int
    size: int
    root: bytes
    published_at: datetime
    note: str

    @property
    def count(self) -> int:
        """How many entries."""
        return self.size - self.first


@dataclass(frozen=True, slots=True)
class BlockContent:
    """What a block holds: entries per type and per day, None where fewer than five."""

    types: Mapping[str, int | None]
    days: Mapping[date, int | None]


@dataclass(frozen=True, slots=True)
class RecordView:
    """The record as it stands. `profile` S, W or C (chain.md 0); `newest` None before the first block.

    waiting: transfers that no entry tells of yet, up to WAITING_LIMIT; None where blocks come by the hour, because a
    number that moves tells everybody the minute of each transfer.
    supply: unit -> class -> minor units, as in solvency.json.
    drift: unit -> class -> books minus record, only where they differ, transfers that wait left out; None while a block
    is on its way.
    stopped: the code of why sealing stopped, empty when it works; looked_at: when the sealer was last seen.
    """

    origin: str
    policy: str
    profile: str
    newest: BlockView | None
    waiting: int | None
    supply: Mapping[str, Mapping[str, int]]
    drift: Mapping[str, Mapping[str, int]] | None
    stopped: str
    looked_at: datetime | None


def record_view() -> RecordView:
    """The state of the record now."""
    files = LogFiles(Path(settings.LOG_DIR))
    policy = files.policy() or b""
    sealer = Sealer.objects.filter(pk=1).first()
    newest = Block.objects.exclude(note=None).order_by("-number").first()
    size, published = _published(files)
    return RecordView(
        origin=str(settings.LOG_ORIGIN),
        policy=policy.decode(),
        profile=profile_of(policy),
        newest=None if newest is None else _view(newest),
        waiting=None if settings.LOG_HOURLY else len(without_leaf(WAITING_LIMIT)),
        supply=published,
        drift=_drift(size, published),
        stopped="" if sealer is None else sealer.stopped,
        looked_at=None if sealer is None else sealer.looked_at,
    )


def profile_of(policy: bytes) -> str:
    """S without witnesses in the quorum, C when it counts four with an overlap of two, else W (chain.md 0)."""
    try:
        read = parse_policy(policy)
        found = lint(read)
    except BadLog:
        return "S"
    if not found.overlap:
        return "S"
    return "C" if found.overlap >= 2 and len(counted(read)) >= 4 else "W"


def blocks(before: int | None = None, limit: int = PAGE) -> list[BlockView]:
    """One page of published blocks, newest first; `before` is the last number of the page before."""
    rows = Block.objects.exclude(note=None).order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return [_view(row) for row in rows[:limit]]


def block(number: int) -> BlockView | None:
    """One published block."""
    row = Block.objects.exclude(note=None).filter(pk=number).first()
    return None if row is None else _view(row)


def newest_before(moment: datetime) -> BlockView | None:
    """The newest block that was published before a moment."""
    row = Block.objects.exclude(note=None).filter(published_at__lt=moment).order_by("-number").first()
    return None if row is None else _view(row)


def content(number: int) -> BlockContent:
    """What the entries of a block are about, in numbers."""
    types: Counter[str] = Counter()
    days: Counter[date] = Counter()
    for leaf in Entry.objects.filter(block=number).values_list("leaf", flat=True).iterator():
        entry = parse(bytes(leaf))
        types[entry.type] += 1
        days[entry.day] += 1
    return BlockContent(
        {name: _hidden(count) for name, count in sorted(types.items())},
        {day: _hidden(count) for day, count in sorted(days.items())},
    )


def published_entries(transfers: Sequence[int]) -> dict[int, int]:
    """Transfer -> index of its entry, for those of these transfers that stand in a published block."""
    found: dict[int, int] = {}
    for start in range(0, len(transfers), _CHUNK):
        entries = Entry.objects.filter(transfer__in=transfers[start : start + _CHUNK]).exclude(block__note=None)
        found.update((int(transfer or 0), index) for transfer, index in entries.values_list("transfer", "index"))
    return found


def published_blocks(transfers: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Transfer -> (index of its entry, number of its block), for those that stand in a published block."""
    found: dict[int, tuple[int, int]] = {}
    for start in range(0, len(transfers), _CHUNK):
        entries = Entry.objects.filter(transfer__in=transfers[start : start + _CHUNK]).exclude(block__note=None)
        rows = entries.values_list("transfer", "index", "block_id")
        found.update((int(transfer or 0), (index, block)) for transfer, index, block in rows)
    return found


def _hidden(count: int) -> int | None:
    return count if count >= SMALL_CELL else None


def _view(row: Block) -> BlockView:
    assert row.published_at is not None
    assert row.note is not None
    return BlockView(row.number, row.first, row.size, bytes(row.root), row.published_at, row.note)


def _published(files: LogFiles) -> tuple[int, dict[str, dict[str, int]]]:
    """Size and supply of `solvency.json`; nothing where it is missing or cannot be read."""
    try:
        said = json.loads((files.folder / SOLVENCY).read_bytes())
        return int(said["size"]), {unit: dict(classes) for unit, classes in said["supply"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return 0, {}


_CLASS_OF_POOL = {
    Pool.ISSUED: "issued",
    Pool.WALLETS: "wallets",
    Pool.TAKINGS: "takings",
    Pool.CAMPAIGNS: "campaigns",
    Pool.SUSPENSE: "dispute",
    Pool.DUE: "due",
    Pool.GUARANTEE: "guarantee",
    Pool.EXPIRED: "expired",
    Pool.CLAWED_BACK: "clawed-back",
    Pool.REDEEMED: "redeemed",
    Pool.DONATED: "donated",
    Pool.WRITTEN_OFF: "written-off",
    Pool.CONVERSION: "conversion",
    Pool.ROUNDING: "rounding",
}


def _drift(size: int, published: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]] | None:
    """Books minus record for each unit of coins, where they differ; None unless both are of the same size."""
    logged, books_of = logged_supply()
    if logged != size:
        return None
    found: dict[str, dict[str, int]] = {}
    for unit, classes in published.items():
        if unit == KRW:
            continue
        books = {_CLASS_OF_POOL[pool]: amount for pool, amount in books_of.get(unit, {}).items()}
        differences = {
            name: books.get(name, 0) - classes.get(name, 0)
            for name in {*books, *classes}
            if books.get(name, 0) != classes.get(name, 0)
        }
        if differences:
            found[unit] = differences
    return found
