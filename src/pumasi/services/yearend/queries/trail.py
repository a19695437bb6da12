"""The way from a payment number to a deed, without a name: settlement, shop, receipt, payment, lots, deed, order.

People appear as nothing at all; only the roles of those who approved are told. Each transfer has its place in the
public record beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from pumasi.civic.people.queries import roles_of
from pumasi.civic.places.queries import names_of
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import block_url
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Award, BudgetOrder, Claim, ClaimShare, Payment, Refund
from pumasi.coin.settlement.candidates import payments_of
from pumasi.coin.settlement.models import Batch, Line, LineReceipt, State
from pumasi.coin.settlement.paper import receipt_number
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger.reads import HeldLot, lots_of, transfer_of
from pumasi.seal.queries import published_blocks
from pumasi.services.yearend.queries.words import evidence_name, role_name, won

FOUND = 20


@dataclass(frozen=True)
class Entry:
    """Where a transfer stands in the public record; `index` None: not published yet. `url` is its block's page."""

    index: int | None
    url: str


@dataclass(frozen=True)
class Found:
    """One hit of the search."""

    name: str
    say: str
    url: str


@dataclass(frozen=True)
class ShopLine:
    """One shop in a settlement."""

    id: UUID
    shop: str
    receipts: int
    coins: str
    won: str
    payout: str
    state: str


@dataclass(frozen=True)
class BatchTrail:
    """One settlement."""

    number: int
    when: datetime
    document: str
    payment_number: str
    lines: tuple[ShopLine, ...]
    won: str


@dataclass(frozen=True)
class ReceiptLine:
    """One receipt of a shop's line; `number` is what people read out.

    `transfer` leads on; None for takings that were moved in from another system.
    """

    transfer: int | None
    number: str
    day: date
    coins: str
    won: str


@dataclass(frozen=True)
class LineTrail:
    """What a shop's line is made of. `paid` is the entry of its payout, None before it was paid."""

    batch_id: UUID
    batch: int
    shop: str
    won: str
    paid: Entry | None
    receipts: tuple[ReceiptLine, ...]


@dataclass(frozen=True)
class Deed:
    """What earned some of the coins. `orders` are the document numbers of the budget orders of its fund.

    kind is "" where coins did not come from a deed (an opening balance, a conversion): `what` says which.
    """

    coins: str
    won: str
    what: str
    day: date | None
    place: str
    evidence: str
    approved: str
    clause: str
    fund: str
    orders: str
    entry: Entry


@dataclass(frozen=True)
class PaymentTrail:
    """One payment and the deeds that its coins came from. `settled`: (name, address) of its settlement's line."""

    transfer: int
    number: str
    when: datetime
    day: date
    place: str
    coins: str
    beside: str
    back: str
    settled: tuple[str, str] | None
    entry: Entry
    deeds: tuple[Deed, ...]


def search(text: str) -> list[Found]:
    """Settlements with this payment or document number, and the payment with this receipt number."""
    said = text.strip()
    if not said:
        return []
    rows = Batch.objects.filter(Q(payment_number=said) | Q(document=said)).exclude(state=State.VOID)
    found = [
        Found(
            _("Settlement %(number)s") % {"number": row.number},
            f"{row.document} · {row.payment_number}",
            reverse("yearend:audit_batch", args=[row.id]),
        )
        for row in rows.order_by("-number")[:FOUND]
    ]
    end = said.rpartition("-")[2]
    if end.isascii() and end.isdigit() and len(end) < 16:
        payment = Payment.objects.filter(transfer=int(end)).first()
        if payment is not None and said == _number(payment):
            url = reverse("yearend:audit_payment", args=[payment.transfer])
            found.append(Found(_("Payment %(number)s") % {"number": said}, payment.day.isoformat(), url))
    return found


def batch_trail(batch_id: UUID) -> BatchTrail | None:
    """One settlement that left the desk, or None."""
    batch = Batch.objects.filter(id=batch_id).exclude(state__in=[State.DRAFT, State.VOID]).first()
    if batch is None:
        return None
    unit = district_tariff().unit
    lines = list(Line.objects.filter(batch=batch).order_by("shop", "id"))
    counted: dict[UUID, int] = {}
    for line_id in LineReceipt.objects.filter(line__in=lines).values_list("line_id", flat=True):
        counted[line_id] = counted.get(line_id, 0) + 1
    return BatchTrail(
        number=batch.number,
        when=batch.made_at,
        document=batch.document,
        payment_number=batch.payment_number,
        lines=tuple(
            ShopLine(
                each.id, each.shop, counted.get(each.id, 0), Amount(unit, each.coins).text(), won(each.won),
                won(each.won - each.set_off), _line_state(each.state),
            )
            for each in lines
        ),
        won=won(sum(each.won - each.set_off for each in lines)),
    )  # fmt: skip


def line_trail(line_id: UUID) -> LineTrail | None:
    """The receipts behind one shop's sum, or None."""
    line = Line.objects.filter(id=line_id).exclude(batch__state__in=[State.DRAFT, State.VOID])
    row = line.select_related("batch").first()
    if row is None:
        return None
    unit = district_tariff().unit
    paid = transfer_of(derived_id("settlement.paid", row.id.hex))
    receipts = list(LineReceipt.objects.filter(line=row).order_by(Coalesce("payment__transfer", "moved__transfer")))
    facts = payments_of([each.key for each in receipts])
    return LineTrail(
        batch_id=row.batch_id,
        batch=row.batch.number,
        shop=row.shop,
        won=won(row.won),
        paid=_entries([paid]).get(paid, _NOWHERE) if paid is not None else None,
        receipts=tuple(
            ReceiptLine(
                facts[each.key].transfer if each.moved_id is None else None,
                receipt_number(facts[each.key].day.isoformat(), facts[each.key].transfer), facts[each.key].day,
                Amount(unit, each.coins).text(), won(each.won),
            )
            for each in receipts
        ),
    )  # fmt: skip


def payment_trail(transfer: int) -> PaymentTrail | None:
    """One payment back to its deeds, or None."""
    payment = Payment.objects.filter(transfer=transfer).first()
    return payment_trails([payment])[0] if payment is not None else None


def payment_trails(payments: Sequence[Payment]) -> list[PaymentTrail]:
    """The same for many payments: a few queries for all, and one for the lots of each."""
    unit = district_tariff().unit
    lots = {each.transfer: lots_of(each.transfer) for each in payments}
    deeds = _deeds({lot.born for held in lots.values() for lot in held})
    entries = _entries([*lots, *deeds])
    places = names_of({each.place_id for each in payments}, page_language())
    lines = {
        each.payment_id: each.line
        for each in LineReceipt.objects.filter(payment__in=payments, live=True)
        .exclude(line__batch__state__in=[State.DRAFT, State.VOID])
        .select_related("line__batch")
    }
    back: dict[UUID, int] = {}
    for key, coins in Refund.objects.filter(payment__in=payments).values_list("payment_id", "coins"):
        back[key] = back.get(key, 0) + coins
    return [
        PaymentTrail(
            transfer=each.transfer,
            number=_number(each),
            when=each.at,
            day=each.day,
            place=places[each.place_id],
            coins=Amount(unit, each.coins).text(),
            beside=won(each.won) if each.won else "",
            back=Amount(unit, back[each.key]).text() if each.key in back else "",
            settled=_settled(lines.get(each.key)),
            entry=entries.get(each.transfer, _NOWHERE),
            deeds=tuple(_deed(lot, deeds.get(lot.born), entries) for lot in lots[each.transfer]),
        )
        for each in payments
    ]


def earners_of(transfer: int) -> set[UUID]:
    """The people whose deeds the coins of a payment came from: for `operations.names` alone."""
    born = [lot.born for lot in lots_of(transfer)]
    return set(Award.objects.filter(transfer__in=born).values_list("share__person_id", flat=True))


@dataclass(frozen=True)
class _Source:
    """A deed that coins came from, in words."""

    what: str
    day: date
    place: str
    evidence: str
    approved: str
    clause: str
    orders: str


_NOWHERE = Entry(None, "")


def _deeds(born: Iterable[int]) -> dict[int, _Source]:
    """Transfer of an EARN -> the deed."""
    awards = list(Award.objects.filter(transfer__in=sorted(born)).select_related("share__claim"))
    claims = {each.share.claim_id: each.share.claim for each in awards}
    places = names_of({each.place_id for each in claims.values()}, page_language())
    orders = _orders({each.fund for each in awards})
    approved = _approvals(list(claims.values()))
    return {
        each.transfer: _source(each.share.claim, places, approved[each.share.claim_id], orders.get(each.fund, ""))
        for each in awards
    }


def _source(claim: Claim, places: Mapping[UUID, str], approved: str, orders: str) -> _Source:
    kind = district_tariff().kind(claim.kind)
    act = next((row.act for row in kind.rows if row.act.code == claim.act), None)
    return _Source(
        what=kind.printed_name(page_language()),
        day=claim.day,
        place=places[claim.place_id],
        evidence=evidence_name(claim.evidence_kind),
        approved=approved,
        clause=f"{act.clause} ({act.document})" if act else claim.act,
        orders=orders,
    )


def _approvals(claims: Sequence[Claim]) -> dict[UUID, str]:
    """Claim -> what the one who accepted it was on that day: a role, or who did the deed with a code, or the node."""
    doers: dict[UUID, set[UUID]] = {}
    for key, person in ClaimShare.objects.filter(claim__in=claims).values_list("claim_id", "person_id"):
        doers.setdefault(key, set()).add(person)
    known: dict[tuple[UUID, date], str] = {}
    found = {}
    for claim in claims:
        if claim.actor is None:
            found[claim.key] = _("the node, by rule")
        elif claim.actor in doers.get(claim.key, set()):
            found[claim.key] = _("by a code of the place")
        else:
            at = (claim.actor, seoul_date(claim.at))
            if at not in known:
                held = sorted({role.role.value for role in roles_of(*at)} - {"RESIDENT"})
                known[at] = ", ".join(role_name(each) for each in held) or _("no role on that day")
            found[claim.key] = known[at]
    return found


def _orders(funds: Iterable[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    rows = BudgetOrder.objects.filter(fund__in=sorted(funds)).order_by("booked_at")
    for fund, document in rows.values_list("fund", "document"):
        found.setdefault(fund, []).append(document)
    return {fund: ", ".join(documents) for fund, documents in found.items()}


def _deed(lot: HeldLot, source: _Source | None, entries: Mapping[int, Entry]) -> Deed:
    coins, worth = Amount(district_tariff().unit, lot.amount).text(), won(lot.amount * lot.rate)
    entry = entries.get(lot.born, _NOWHERE)
    if source is None:
        what = _("Not from a deed: an opening balance or a conversion")
        return Deed(coins, worth, what, None, "", "", "", "", lot.fund, "", entry)
    return Deed(
        coins, worth, source.what, source.day, source.place, source.evidence, source.approved, source.clause, lot.fund,
        source.orders, entry,
    )  # fmt: skip


def _settled(line: Line | None) -> tuple[str, str] | None:
    if line is None:
        return None
    name = _("Settlement %(number)s") % {"number": line.batch.number}
    number = line.batch.payment_number
    return (f"{name} · {number}" if number else name, reverse("yearend:audit_line", args=[line.id]))


def _entries(transfers: Sequence[int]) -> dict[int, Entry]:
    return {
        transfer: Entry(index, block_url(block)) for transfer, (index, block) in published_blocks(transfers).items()
    }


def _number(payment: Payment) -> str:
    return receipt_number(payment.day.isoformat(), payment.transfer)


def _line_state(state: str) -> str:
    words = {"PAID": _("Paid"), "OPEN": _("Under way"), "BOUNCED": _("Sent back by the bank"), "VOID": _("Given up")}
    return words[state]
