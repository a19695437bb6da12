"""Which shops can be paid now, with which receipts, and what is left out and why. Reads only.

A receipt is ready when it is old enough (T+7), stands in the published record (or two officers have overridden that),
is not disputed, not in another batch, and its shop is not on hold and has a bank account that the treasury has seen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models.functions import Coalesce

from pumasi.civic.places.queries import PlaceFacts, places_by_till
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Payment
from pumasi.coin.moving.models import MovedTaking
from pumasi.coin.settlement.models import (
    AccountSeen,
    Hold,
    HoldEnd,
    LineReceipt,
    PayoutAccount,
    Reason,
    SealOverride,
    SealOverrideVote,
    State,
)
from pumasi.coin.settlement.rules import rule
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import reads
from pumasi.ledger.chart import address
from pumasi.ledger.reads import HeldReceipt
from pumasi.seal.queries import published_entries

CHUNK = 500


@dataclass(frozen=True)
class Ready:
    """One receipt: what is left of it, in minor units and in won; `override` where the record does not show it yet.

    is_moved: takings that an import brought, not a payment made here.
    """

    payment: UUID
    transfer: int
    coins: int
    won: int
    override: UUID | None = None
    is_moved: bool = False


class Paid(NamedTuple):
    """What is asked of a payment, or of takings moved in: the till that took it, its day in Seoul, its moment."""

    till: str
    day: date
    at: datetime
    transfer: int
    is_moved: bool


@dataclass(frozen=True)
class Payee:
    """One shop with what it gets: `won` of its receipts, less what it owes for late refunds (`owed`)."""

    place: PlaceFacts
    account: UUID
    receipts: tuple[Ready, ...]
    owed: int

    @property
    def set_off(self) -> int:
        """What of its debt is taken off now."""
        return min(self.owed, self.won)

    @property
    def coins(self) -> int:
        return sum(each.coins for each in self.receipts)

    @property
    def won(self) -> int:
        return sum(each.won for each in self.receipts)


@dataclass(frozen=True)
class Missing:
    """Coins of a shop that wait, and why. `ready_on`: the day on which the first are old enough, if that is all."""

    place: PlaceFacts
    reason: Reason
    coins: int
    won: int
    ready_on: date | None = None


@dataclass(frozen=True)
class Candidates:
    """The answer: payees by name, what is left out, and the last day whose receipts are old enough."""

    cutoff: date
    payees: tuple[Payee, ...]
    left_out: tuple[Missing, ...]


@dataclass
class _Shop:
    """Receipts of one shop, sorted by what can be done with them."""

    ready: list[Ready] = field(default_factory=list)
    missing: defaultdict[Reason, list[HeldReceipt]] = field(default_factory=lambda: defaultdict(list))
    young_since: date | None = None


def candidates(at: datetime, *, drafted_in: UUID | None = None) -> Candidates:
    """Everything that shops hold, divided into what can be paid at `at` and what waits.

    drafted_in: receipts of this draft count as free; those of other drafts wait.
    """
    unit = district_tariff().unit.code
    cutoff = rule(seoul_date(at)).cutoff(seoul_date(at))
    held = reads.receipts_in("2200", unit)
    disputed = reads.receipts_in("2500", unit)
    payments = payments_of([each.key for each in (*held, *disputed)])
    shops: defaultdict[str, _Shop] = defaultdict(_Shop)
    sort = _Sorter(cutoff, published_entries([each.transfer for each in held]), _overrides(), _drafted(drafted_in))
    for receipt in held:
        if receipt.key in payments:
            sort.put(shops[receipt.owner], receipt, payments[receipt.key])
    for receipt in disputed:
        if receipt.key in payments:
            shops[payments[receipt.key].till.rpartition(":")[2]].missing[Reason.DISPUTED].append(receipt)
    return _divided(cutoff, shops, at)


def payments_of(keys: Sequence[UUID]) -> dict[UUID, Paid]:
    """Payments by key, in steps that no database finds too many; thousands of them, hence no rows of the model."""
    found: dict[UUID, Paid] = {}
    for model in (Payment, MovedTaking):
        for start in range(0, len(keys), CHUNK):
            rows = model.objects.filter(key__in=keys[start : start + CHUNK])
            found |= {
                key: Paid(till, day, at, transfer, model is MovedTaking)
                for key, till, day, at, transfer in rows.values_list("key", "till", "day", "at", "transfer")
            }
    return found


def debts() -> dict[str, int]:
    """Till owner -> won that the shop owes for refunds after settlement (K210)."""
    return {owner: balance for _, _, owner, _, balance in reads.accounts_of("K210") if balance > 0}


def seen_accounts(places: Iterable[UUID]) -> dict[UUID, UUID]:
    """Place -> its newest bank account, where the treasury has seen that very one."""
    newest: dict[UUID, UUID] = {}
    for row in PayoutAccount.objects.filter(place__in=list(places)).order_by("at", "id"):
        newest[row.place_id] = row.id
    seen = set(AccountSeen.objects.filter(account__in=newest.values()).values_list("account_id", flat=True))
    return {place: account for place, account in newest.items() if account in seen}


def places_on_hold() -> dict[UUID, str]:
    """Place -> why its payouts stand still."""
    ended = HoldEnd.objects.values("hold_id")
    return dict(Hold.objects.exclude(id__in=ended).order_by("id").values_list("place_id", "reason"))


@dataclass(frozen=True)
class _Sorter:
    cutoff: date
    published: Mapping[int, int]
    overrides: Sequence[SealOverride]
    drafted: set[UUID]

    def put(self, shop: _Shop, receipt: HeldReceipt, payment: Paid) -> None:
        if receipt.key in self.drafted:
            shop.missing[Reason.DRAFTED].append(receipt)
        elif payment.day > self.cutoff:
            shop.missing[Reason.TOO_YOUNG].append(receipt)
            shop.young_since = min(shop.young_since or payment.day, payment.day)
        else:
            override = None if receipt.transfer in self.published else self._override(payment)
            if receipt.transfer not in self.published and override is None:
                shop.missing[Reason.NOT_SEALED].append(receipt)
            else:
                ready = Ready(
                    receipt.key, receipt.transfer, receipt.amount, receipt.won, override, is_moved=payment.is_moved
                )
                shop.ready.append(ready)

    def _override(self, payment: Paid) -> UUID | None:
        return next((each.id for each in self.overrides if payment.at <= each.covers_until), None)


def _divided(cutoff: date, shops: Mapping[str, _Shop], at: datetime) -> Candidates:
    places = places_by_till([UUID(hex=owner) for owner in shops])
    found = {places[UUID(hex=owner)]: (owner, shop) for owner, shop in shops.items() if UUID(hex=owner) in places}
    accounts = seen_accounts(place.id for place in found)
    holds, owed = places_on_hold(), debts()
    minimum = rule(seoul_date(at)).minimum_won
    payees: list[Payee] = []
    left_out: list[Missing] = []
    for place, (owner, shop) in sorted(found.items(), key=lambda each: (each[0].name_ko, each[0].id)):
        won = sum(each.won for each in shop.ready)
        stopped = _reason(place, 0, 0, holds, accounts)
        reason = _reason(place, won, minimum if place.is_open(seoul_date(at)) else 0, holds, accounts)
        if shop.ready and reason is None:
            payees.append(Payee(place, accounts[place.id], tuple(shop.ready), owed.get(owner, 0)))
        elif shop.ready and reason is not None:
            left_out.append(Missing(place, reason, sum(each.coins for each in shop.ready), won))
        left_out += [
            Missing(
                place,
                why,
                sum(each.amount for each in some),
                sum(each.won for each in some),
                _ready_on(shop, cutoff, at) if why is Reason.TOO_YOUNG and not stopped else None,
            )
            for why, some in sorted(shop.missing.items())
        ]
    return Candidates(cutoff, tuple(payees), tuple(left_out))


def _ready_on(shop: _Shop, cutoff: date, at: datetime) -> date | None:
    """When the oldest of the shop's young receipts will lie on the last day whose receipts are old enough."""
    return None if shop.young_since is None else seoul_date(at) + (shop.young_since - cutoff)


def _reason(
    place: PlaceFacts, won: int, minimum: int, holds: Mapping[UUID, str], accounts: Mapping[UUID, UUID]
) -> Reason | None:
    if place.id in holds:
        return Reason.ON_HOLD
    if place.id not in accounts:
        return Reason.NO_ACCOUNT
    return Reason.BELOW_MINIMUM if won < minimum else None


def _overrides() -> list[SealOverride]:
    agreed = SealOverrideVote.objects.values("override_id")
    return list(SealOverride.objects.filter(id__in=agreed).order_by("id"))


def _drafted(but: UUID | None) -> set[UUID]:
    """Receipts in drafts other than `but`; those of a checked batch lie in 2700 already."""
    rows = LineReceipt.objects.filter(live=True, line__batch__state=State.DRAFT)
    if but is not None:
        rows = rows.exclude(line__batch_id=but)
    return set(rows.values_list(Coalesce("payment_id", "moved_id"), flat=True))


def till_address(place: PlaceFacts) -> str:
    """The place's till of coins."""
    return address("2200", district_tariff().unit.code, place.till.hex)
