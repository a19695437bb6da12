"""A shop's payouts in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from pumasi.civic.places.queries import places_by_id
from pumasi.civic.shell.language import page_language
from pumasi.coin.settlement.models import LineState
from pumasi.coin.settlement.queries import Statement, accounts, payouts_of, statement
from pumasi.services.settlement.queries.words import Tag, line_tag, won


@dataclass(frozen=True)
class PayoutRow:
    """One payout of the list."""

    url: str
    shop: str
    number: int
    when: datetime
    payout: str
    tag: Tag


@dataclass(frozen=True)
class ShopAccount:
    """Where the money of one shop goes; `account` is empty before one was entered."""

    url: str
    shop: str
    account: str
    seen: bool


@dataclass(frozen=True)
class Payout:
    """One payout with its receipts."""

    id: UUID
    shop: str
    number: int
    when: datetime
    cutoff: date
    account: str
    coins: str
    won: str
    set_off: str
    payout: str
    tag: Tag
    reason: str
    paid_at: datetime | None
    payment_number: str
    receipts: tuple[tuple[str, date, str, str], ...]


def payout_rows(places: Sequence[UUID]) -> list[PayoutRow]:
    """The payouts of these shops, newest first."""
    return [
        PayoutRow(
            reverse("settlement:payout", args=[each.line.id]),
            each.line.shop,
            each.number,
            each.made_at,
            won(each.line.payout),
            line_tag(each.line.state),
        )
        for each in payouts_of(places)
    ]


def shop_accounts(places: Sequence[UUID]) -> list[ShopAccount]:
    """Where the money of these shops goes."""
    known = {each.place.id: each for each in accounts(places)}
    return [
        ShopAccount(
            reverse("settlement:account", args=[place.id]),
            place.name(page_language()),
            f"{known[place.id].bank} ···{known[place.id].tail}" if place.id in known else "",
            place.id in known and known[place.id].seen,
        )
        for place in sorted(places_by_id(places).values(), key=lambda each: each.name_ko)
    ]


def payout_page(line_id: UUID, places: Sequence[UUID]) -> Payout | None:
    """One payout of one of these shops, else None."""
    found = statement(line_id, places)
    return None if found is None else _payout(found)


def _payout(found: Statement) -> Payout:
    line = found.line
    return Payout(
        id=line.id,
        shop=line.shop,
        number=found.number,
        when=found.made_at,
        cutoff=found.cutoff,
        account=f"{line.bank} ···{line.tail}",
        coins=line.coins.text(),
        won=won(line.won),
        set_off=won(line.set_off) if line.set_off else "",
        payout=won(line.payout),
        tag=line_tag(line.state),
        reason=line.reason,
        paid_at=line.ended_at if line.state is LineState.PAID else None,
        payment_number=found.payment_number,
        receipts=tuple((each.number, each.day, each.coins.text(), won(each.won)) for each in found.receipts),
    )
