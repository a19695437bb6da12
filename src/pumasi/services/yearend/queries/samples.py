"""Samples that were drawn, and their rows: payments with their deeds, people as P1, P2 ... within one sample."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.printing.sheets import Cell, Sheet
from pumasi.coin.models import Payment
from pumasi.seal.queries import published_entries
from pumasi.services.yearend.models import Sample
from pumasi.services.yearend.queries.draw import draw
from pumasi.services.yearend.queries.trail import PaymentTrail, payment_trails

_IN = 500


@dataclass(frozen=True)
class SampleLine:
    """One sample of the list."""

    id: UUID
    year: int
    seed: str
    count: int
    at: datetime


@dataclass(frozen=True)
class Row:
    """One drawn payment; `payer` is a label that means nothing outside this sample."""

    order: int
    index: int
    payer: str
    trail: PaymentTrail


@dataclass(frozen=True)
class SampleView:
    """A sample with the state of the record from which it was drawn; `population` is what it was drawn from."""

    line: SampleLine
    block: int
    size: int
    root: str
    population: int
    rows: tuple[Row, ...]


def samples(year: int) -> list[SampleLine]:
    """The samples of a year, newest first."""
    return [_line(row) for row in Sample.objects.filter(year=year).order_by("-at")]


def sample_view(sample_id: UUID) -> SampleView | None:
    """One sample: the same rows whenever it is opened."""
    sample = Sample.objects.filter(id=sample_id).first()
    if sample is None:
        return None
    spends = spends_of(sample.year, sample.size)
    drawn = draw(bytes.fromhex(sample.root), sample.seed, spends, sample.count)
    payments = {each.transfer: each for each in _payments([spends[index] for index in drawn])}
    ordered = [payments[spends[index]] for index in drawn]
    labels: dict[UUID, str] = {}
    for each in ordered:
        labels.setdefault(each.person_id, f"P{len(labels) + 1}")
    return SampleView(
        line=_line(sample),
        block=sample.block,
        size=sample.size,
        root=sample.root,
        population=len(spends),
        rows=tuple(
            Row(order, index, labels[payment.person_id], trail)
            for order, (index, payment, trail) in enumerate(
                zip(drawn, ordered, payment_trails(ordered), strict=True), start=1
            )
        ),
    )


def spends_of(year: int, size: int) -> dict[int, int]:
    """Index of the entry -> transfer, for the payments of a year in the first `size` entries of the record."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    transfers = list(Payment.objects.filter(day__gte=first, day__lte=last).values_list("transfer", flat=True))
    return {index: transfer for transfer, index in published_entries(transfers).items() if index < size}


def sample_sheets(view: SampleView) -> list[Sheet]:
    """The sample as a spreadsheet: one row per deed behind a payment, and how it was drawn."""
    head = (
        _("No."), _("Entry"), _("Person"), _("Payment"), _("Day"), _("Place"), _("Coins"), _("Settlement"),
        _("Deed"), _("Day of the deed"), _("Place of the deed"), _("Evidence"), _("Approved by"), _("Tariff clause"),
        _("Fund"), _("Budget order"), _("Coins of the deed"), _("Entry of the deed"),
    )  # fmt: skip
    how: tuple[tuple[Cell, ...], ...] = (
        (_("Seed"), view.line.seed),
        (_("Block"), view.block),
        (_("Entries of the record"), view.size),
        (_("Root"), view.root),
        (_("Payments to draw from"), view.population),
        (_("Drawn"), len(view.rows)),
        (_("How"), "docs/audit-pack.md"),
    )
    rows = tuple(cells for row in view.rows for cells in _cells(row))
    return [Sheet(_("Sample"), head, rows), Sheet(_("How it was drawn"), (_("What"), _("Value")), how)]


def _cells(row: Row) -> Sequence[tuple[Cell, ...]]:
    trail = row.trail
    mine = (
        row.order, row.index, row.payer, trail.number, trail.day.isoformat(), trail.place, _plain(trail.coins),
        trail.settled[0] if trail.settled else "",
    )  # fmt: skip
    return [
        (
            *mine, deed.what, deed.day.isoformat() if deed.day else "", deed.place, deed.evidence, deed.approved,
            deed.clause, deed.fund, deed.orders, _plain(deed.coins),
            "" if deed.entry.index is None else deed.entry.index,
        )
        for deed in trail.deeds
    ]  # fmt: skip


def _payments(transfers: Sequence[int]) -> list[Payment]:
    found: list[Payment] = []
    for start in range(0, len(transfers), _IN):
        found += Payment.objects.filter(transfer__in=transfers[start : start + _IN])
    return found


def _line(row: Sample) -> SampleLine:
    return SampleLine(row.id, row.year, row.seed, row.count, row.at)


def _plain(text: str) -> str:
    return text.replace(",", "")
