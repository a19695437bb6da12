"""The treasury's desk and one batch, ready to be printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.settlement.candidates import Missing
from pumasi.coin.settlement.models import LineState, State
from pumasi.coin.settlement.queries import BatchView, batch_view, desk_view, may_settle
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.settlement.queries.words import Tag, line_tag, reason_words, state_tag, step_words, won


@dataclass(frozen=True)
class PayeeRow:
    """A shop that can be paid now."""

    shop: str
    receipts: int
    coins: str
    won: str
    set_off: str
    payout: str


@dataclass(frozen=True)
class Coming:
    """What only waits until it is old enough: so much, beginning on that day."""

    won: str
    on: date


@dataclass(frozen=True)
class WaitRow:
    """Coins that wait, and why; until when, where it is only a matter of days."""

    shop: str
    reason: str
    coins: str
    won: str
    ready_on: date | None = None


@dataclass(frozen=True)
class BatchRow:
    """One batch of the list."""

    url: str
    number: int
    when: datetime
    tag: Tag
    shops: int
    payout: str


@dataclass(frozen=True)
class Desk:
    """The desk. `may_draft`: this viewer may make a batch now; `next_day` is when the next one is due.

    coming: what nobody has to do anything for but wait, None when there is no such thing.
    """

    cutoff: date
    payees: tuple[PayeeRow, ...]
    total: str
    waiting: tuple[WaitRow, ...]
    coming: Coming | None
    is_due: bool
    next_day: date
    threshold: str
    clause: str
    may_draft: bool
    batches: tuple[BatchRow, ...]


@dataclass(frozen=True)
class LineRow:
    """One shop in a batch."""

    id: UUID
    shop: str
    account: str
    receipts: int
    coins: str
    won: str
    set_off: str
    payout: str
    tag: Tag
    reason: str
    is_open: bool


@dataclass(frozen=True)
class Batch:
    """One batch with what this viewer can do next (`may_...`)."""

    id: UUID
    number: int
    tag: Tag
    cutoff: date
    lines: tuple[LineRow, ...]
    waiting: tuple[WaitRow, ...]
    steps: tuple[tuple[str, datetime, str], ...]
    won: str
    set_off: str
    payout: str
    sheet_hash: str
    document: str
    payment_number: str
    may_check: bool
    waits_for_other: bool
    may_give_up: bool
    may_export: bool
    may_number: bool
    may_record: bool


def desk_page(viewer: UUID, at: datetime) -> Desk:
    """The desk at `at`."""
    view, unit = desk_view(at), district_tariff().unit
    return Desk(
        cutoff=view.found.cutoff,
        payees=tuple(
            PayeeRow(
                each.place.name(page_language()),
                len(each.receipts),
                Amount(unit, each.coins).text(),
                won(each.won),
                won(each.set_off) if each.set_off else "",
                won(each.won - each.set_off),
            )
            for each in view.found.payees
        ),
        total=won(sum(each.won - each.set_off for each in view.found.payees)),
        waiting=tuple(
            WaitRow(
                each.place.name(page_language()),
                reason_words(each.reason),
                Amount(unit, each.coins).text(),
                won(each.won),
                each.ready_on,
            )
            for each in view.found.left_out
        ),
        coming=_coming(view.found.left_out),
        is_due=view.due.is_due,
        next_day=view.due.next_day,
        threshold=won(view.due.threshold_won),
        clause=view.rule.clause,
        may_draft=view.due.is_due and may_settle(viewer, seoul_date(at)),
        batches=tuple(
            BatchRow(
                reverse("settlement:batch", args=[row.id]),
                row.number,
                row.made_at,
                state_tag(row.state),
                row.shops,
                won(row.payout),
            )
            for row in view.batches
        ),
    )


def batch_page(batch_id: UUID, viewer: UUID, at: datetime) -> Batch:
    """One batch for this viewer; raises NoSuchBatch."""
    view = batch_view(batch_id, viewer)
    hand = may_settle(viewer, seoul_date(at))
    return Batch(
        id=view.id,
        number=view.number,
        tag=state_tag(view.state),
        cutoff=view.cutoff,
        lines=_lines(view),
        waiting=tuple(WaitRow(e.shop, reason_words(e.reason), e.coins.text(), won(e.won)) for e in view.left_out),
        steps=tuple((step_words(what), when, note) for what, when, note in view.steps),
        won=won(view.won),
        set_off=won(view.set_off) if view.set_off else "",
        payout=won(view.payout),
        sheet_hash=view.sheet_hash,
        document=view.document,
        payment_number=view.payment_number,
        may_check=hand and view.state is State.DRAFT and not view.made_by_viewer,
        waits_for_other=hand and view.state is State.DRAFT and view.made_by_viewer,
        may_give_up=hand and view.state in (State.DRAFT, State.CHECKED),
        may_export=hand and view.state in (State.CHECKED, State.EXPORTED, State.DONE),
        may_number=hand and view.state in (State.CHECKED, State.EXPORTED) and not view.document,
        may_record=hand and view.state is State.EXPORTED and bool(view.document),
    )


def _coming(left_out: Sequence[Missing]) -> Coming | None:
    young = [(each.ready_on, each.won) for each in left_out if each.ready_on is not None]
    return Coming(won(sum(sum_ for _day, sum_ in young)), min(day for day, _sum in young)) if young else None


def _lines(view: BatchView) -> tuple[LineRow, ...]:
    return tuple(
        LineRow(
            each.id,
            each.shop,
            f"{each.bank} ···{each.tail}",
            each.receipts,
            each.coins.text(),
            won(each.won),
            won(each.set_off) if each.set_off else "",
            won(each.payout),
            line_tag(each.state),
            each.reason,
            each.state is LineState.OPEN,
        )
        for each in view.lines
    )
