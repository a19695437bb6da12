"""What treasury, auditors and shops may see of settlement: frozen views, read only, without persons.

Bank accounts show their last digits only; the full numbers are in the exported files alone (`operations`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import has_role
from pumasi.civic.places.models import Place, PlaceKind
from pumasi.civic.places.queries import PlaceFacts, places_by_id
from pumasi.coin.district import district_tariff
from pumasi.coin.settlement.candidates import Candidates, candidates, payments_of, places_on_hold
from pumasi.coin.settlement.due import Due, due
from pumasi.coin.settlement.errors import NoSuchBatch
from pumasi.coin.settlement.models import (
    AccountSeen,
    Batch,
    FacilityClose,
    LeftOut,
    Line,
    LineReceipt,
    LineState,
    PayoutAccount,
    SealOverride,
    SealOverrideVote,
    State,
    Step,
)
from pumasi.coin.settlement.paper import files_of, receipt_number
from pumasi.coin.settlement.rules import Rule, rule
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.reads import accounts_of

PAGE = 20


@dataclass(frozen=True)
class BatchRow:
    """One batch of the list. Won figures are sums over its lines."""

    id: UUID
    number: int
    state: State
    made_at: datetime
    shops: int
    won: int
    payout: int


@dataclass(frozen=True)
class DeskView:
    """The treasury's desk: what can be paid now and what waits, and the batches, newest first."""

    found: Candidates
    due: Due
    rule: Rule
    batches: tuple[BatchRow, ...]


@dataclass(frozen=True)
class LineView:
    """What one shop gets in a batch."""

    id: UUID
    place_id: UUID
    shop: str
    bank: str
    tail: str
    coins: Amount
    won: int
    set_off: int
    receipts: int
    state: LineState
    reason: str
    ended_at: datetime | None

    @property
    def payout(self) -> int:
        return self.won - self.set_off


@dataclass(frozen=True)
class LeftOutView:
    """What a shop did not get in a batch, and why (`Reason`)."""

    shop: str
    reason: str
    coins: Amount
    won: int


@dataclass(frozen=True)
class BatchView:
    """A batch with its lines. `sheet_hash` is of the payee sheet as it would be made now; `checked_hash` as agreed on.

    `made_by_viewer`: the viewer is its maker and so not its checker.
    """

    id: UUID
    number: int
    state: State
    cutoff: date
    made_at: datetime
    checked_at: datetime | None
    document: str
    payment_number: str
    lines: tuple[LineView, ...]
    left_out: tuple[LeftOutView, ...]
    steps: tuple[tuple[str, datetime, str], ...]
    sheet_hash: str
    checked_hash: str
    made_by_viewer: bool

    @property
    def won(self) -> int:
        return sum(line.won for line in self.lines)

    @property
    def set_off(self) -> int:
        return sum(line.set_off for line in self.lines)

    @property
    def payout(self) -> int:
        return self.won - self.set_off


@dataclass(frozen=True)
class ReceiptLine:
    """One payment in a shop's statement: its number, day and sums; never who paid."""

    number: str
    day: date
    coins: Amount
    won: int


@dataclass(frozen=True)
class Statement:
    """The statement of one payout, for the shop."""

    number: int
    state: State
    made_at: datetime
    cutoff: date
    document: str
    payment_number: str
    line: LineView
    receipts: tuple[ReceiptLine, ...]


@dataclass(frozen=True)
class AccountView:
    """The newest bank account of a shop."""

    id: UUID
    place: PlaceFacts
    bank: str
    tail: str
    at: datetime
    seen: bool


@dataclass(frozen=True)
class OverrideView:
    """An override of the sealing rule, agreed or waiting for the second officer. Who they are stands in the audit."""

    id: UUID
    reason: str
    covers_until: datetime
    asked_at: datetime
    agreed_at: datetime | None
    asked_by_viewer: bool


@dataclass(frozen=True)
class FacilityView:
    """A public facility with takings that were not closed yet."""

    place_id: UUID
    name_ko: str
    name_en: str
    coins: Amount
    last_closed: datetime | None


def desk_view(at: datetime) -> DeskView:
    """Everything on the treasury's desk at `at`."""
    found = candidates(at)
    return DeskView(found, due(found, at), rule(seoul_date(at)), tuple(batches()))


def batches(limit: int = PAGE) -> list[BatchRow]:
    """The newest batches."""
    sums = {
        row["batch_id"]: row
        for row in Line.objects.values("batch_id").annotate(n=Count("id"), won=Sum("won"), off=Sum("set_off"))
    }
    rows = Batch.objects.order_by("-number")[:limit]
    return [
        BatchRow(
            row.id, row.number, State(row.state), row.made_at, sums[row.id]["n"], sums[row.id]["won"],
            sums[row.id]["won"] - sums[row.id]["off"],
        )
        for row in rows
    ]  # fmt: skip


def batch_view(batch_id: UUID, viewer: UUID | None) -> BatchView:
    """One batch; raises NoSuchBatch."""
    batch = Batch.objects.filter(id=batch_id).first()
    if batch is None:
        raise NoSuchBatch()
    unit = district_tariff().unit
    left = LeftOut.objects.filter(batch=batch).select_related("place").order_by("place__name_ko", "id")
    return BatchView(
        id=batch.id,
        number=batch.number,
        state=State(batch.state),
        cutoff=batch.cutoff,
        made_at=batch.made_at,
        checked_at=batch.checked_at,
        document=batch.document,
        payment_number=batch.payment_number,
        lines=tuple(_lines(Line.objects.filter(batch=batch).order_by("shop", "id").values_list("id", flat=True))),
        left_out=tuple(LeftOutView(row.place.name_ko, row.reason, Amount(unit, row.coins), row.won) for row in left),
        steps=tuple(Step.objects.filter(batch=batch).order_by("id").values_list("what", "at", "note")),
        sheet_hash=files_of(batch).sheet_hash if batch.state in (State.DRAFT, State.CHECKED) else batch.sheet,
        checked_hash=batch.sheet,
        made_by_viewer=viewer == batch.maker_id,
    )


def payouts_of(places: Iterable[UUID], limit: int = 60) -> list[Statement]:
    """The payouts of these shops, newest first, without their receipts. Drafts are the treasury's own business."""
    rows = (
        Line.objects.filter(place__in=list(places))
        .exclude(batch__state__in=[State.DRAFT, State.VOID])
        .select_related("batch")
        .order_by("-batch__number", "shop")[:limit]
    )
    return [_statement(row, view, ()) for row, view in zip(rows, _lines([row.id for row in rows]), strict=True)]


def statement(line_id: UUID, places: Sequence[UUID]) -> Statement | None:
    """One payout with its receipts, when it is one of these shops', else None."""
    mine = Line.objects.filter(id=line_id, place__in=places).exclude(batch__state__in=[State.DRAFT, State.VOID])
    line = mine.select_related("batch").first()
    if line is None:
        return None
    unit = district_tariff().unit
    receipts = LineReceipt.objects.filter(line=line).order_by(Coalesce("payment__transfer", "moved__transfer"))
    payments = payments_of([row.key for row in receipts])
    (view,) = _lines([line.id])
    return _statement(
        line,
        view,
        tuple(
            ReceiptLine(
                receipt_number(payments[row.key].day.isoformat(), payments[row.key].transfer),
                payments[row.key].day,
                Amount(unit, row.coins),
                row.won,
            )
            for row in receipts
        ),
    )


def accounts(places: Iterable[UUID] | None = None) -> list[AccountView]:
    """The newest bank account of each of these shops (None: of all), by name."""
    rows = PayoutAccount.objects.order_by("at", "id")
    if places is not None:
        rows = rows.filter(place__in=list(places))
    newest = {row.place_id: row for row in rows}
    seen = set(AccountSeen.objects.filter(account__in=list(newest.values())).values_list("account_id", flat=True))
    shops = places_by_id(newest)
    found = [
        AccountView(row.id, shops[place], row.bank, row.tail, row.at, row.id in seen) for place, row in newest.items()
    ]
    return sorted(found, key=lambda each: (each.seen, each.place.name_ko))


def holds() -> list[tuple[PlaceFacts, str]]:
    """The shops whose payouts stand still, and why."""
    held = places_on_hold()
    return sorted(((place, held[key]) for key, place in places_by_id(held).items()), key=lambda each: each[0].name_ko)


def overrides(viewer: UUID | None) -> list[OverrideView]:
    """All overrides of the sealing rule, newest first: they are public, the officers' names are not."""
    agreed = dict(SealOverrideVote.objects.values_list("override_id", "at"))
    return [
        OverrideView(row.id, row.reason, row.covers_until, row.at, agreed.get(row.id), row.asked_by_id == viewer)
        for row in SealOverride.objects.order_by("-at", "-id")
    ]


def open_facilities() -> list[FacilityView]:
    """Facilities with coins in their till, by name."""
    unit = district_tariff().unit
    held = {owner: balance for _, code, owner, _, balance in accounts_of("2300") if balance and code == unit.code}
    closed: dict[UUID, datetime] = {}
    for place, at in FacilityClose.objects.order_by("at").values_list("place_id", "at"):
        closed[place] = at
    rows = Place.objects.exclude(kind=PlaceKind.SHOP).filter(till__in=[UUID(hex=owner) for owner in held])
    return [
        FacilityView(row.id, row.name_ko, row.name_en, Amount(unit, held[row.till.hex]), closed.get(row.id))
        for row in rows.order_by("name_ko", "id")
    ]


def may_settle(person_id: UUID, day: date) -> bool:
    """Whether this person's hand may be on a batch at all."""
    return has_role(person_id, RoleName.TREASURY, day) and not has_role(person_id, RoleName.ISSUER, day)


def _statement(line: Line, view: LineView, receipts: tuple[ReceiptLine, ...]) -> Statement:
    batch = line.batch
    return Statement(
        batch.number,
        State(batch.state),
        batch.made_at,
        batch.cutoff,
        batch.document,
        batch.payment_number,
        view,
        receipts,
    )


def _lines(ids: Iterable[UUID]) -> list[LineView]:
    unit = district_tariff().unit
    wanted = list(ids)
    rows = {row.id: row for row in Line.objects.filter(id__in=wanted).select_related("account")}
    counted = dict(LineReceipt.objects.filter(line__in=wanted).values_list("line_id").annotate(n=Count("id")))
    return [
        LineView(
            id=row.id,
            place_id=row.place_id,
            shop=row.shop,
            bank=row.account.bank,
            tail=row.account.tail,
            coins=Amount(unit, row.coins),
            won=row.won,
            set_off=row.set_off,
            receipts=counted.get(row.id, 0),
            state=LineState(row.state),
            reason=row.reason,
            ended_at=row.ended_at,
        )
        for row in (rows[each] for each in wanted)
    ]
