"""A second ledger, as plain as can be: lists of parcels, and every sum made from scratch.

It imports nothing of the ledger, so that both can only agree by being right (or by sharing a rule that is wrong: the
rules are decisions 4, 5, 8, 28, 32 and the accounting design). Methods are named as in `ledger/kinds.py`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from pumasi.ledger.tests.proofs.budget import (
    EXECUTED,
    Book,
    Event,
    Lot,
    Parcel,
    Step,
    budget_book,
    code_of,
    owner_of,
    seoul_day,
)

WALLETS = ("2100", "2140", "2150")
CARRIED_BY_TIME = (*WALLETS, "2210")
BY_RECEIPT = ("2110", "2120", "2200", "2220", "2300", "2400", "2500", "2600", "2700", *EXECUTED)


class Refused(Exception):
    """The model refuses; any of `codes` is a right answer (the model has no order of checks)."""

    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = frozenset(codes)


class Model:
    """All state in plain lists and dictionaries; `attempt` makes an operation happen wholly or not at all."""

    def __init__(self, unit: str = "SC") -> None:
        self.unit = unit
        self.places: dict[str, list[Parcel]] = {}
        self.lots: list[Lot] = []
        self.events: list[Event] = []
        self.won: dict[str, int] = {}
        self.authorised: dict[str, int] = {}
        self.converted: dict[str, int] = {}
        self.due: dict[UUID, datetime] = {}
        self.claims: dict[UUID, tuple[str, str, datetime]] = {}
        self.closed_years: set[int] = set()
        self._steps: list[Step] = []

    def copy(self) -> Self:
        """A twin that shares nothing that changes."""
        twin = type(self)(self.unit)
        twin.places = {place: list(parcels) for place, parcels in self.places.items()}
        for name in ("lots", "events", "won", "authorised", "converted", "due", "claims", "closed_years"):
            setattr(twin, name, getattr(self, name).copy())
        return twin

    def attempt(self, name: str, key: UUID, at: datetime, arguments: dict[str, Any]) -> Self:
        """The state after one operation; raises Refused and leaves this state as it is."""
        if seoul_day(at).year in self.closed_years:
            raise Refused("fiscal_year_closed")
        twin = self.copy()
        operation: Callable[..., None] = getattr(twin, name)
        operation(key, at, **arguments)
        twin._record("coins", at)
        return twin

    # What can be asked

    def held(self, place: str) -> list[Parcel]:
        return self.places.get(place, [])

    def spendable(self, place: str, day: date) -> int:
        return sum(p.amount for p in self.held(place) if p.origin is None and not self.lots[p.lot].lapsed(day))

    def receipts(self, *codes: str) -> list[tuple[str, UUID, int]]:
        """(place, origin, amount) of everything tied to a receipt in places of these kinds."""
        found: dict[tuple[str, UUID], int] = {}
        for place, parcels in self.places.items():
            for parcel in parcels:
                if code_of(place) in codes and parcel.origin is not None:
                    found[(place, parcel.origin)] = found.get((place, parcel.origin), 0) + parcel.amount
        return [(place, origin, amount) for (place, origin), amount in found.items()]

    def positions(self) -> dict[tuple[str, UUID | None, int], int]:
        return {(place, p.origin, p.lot): p.amount for place, parcels in self.places.items() for p in parcels}

    def issued(self, fund: str) -> int:
        """Coins born of a fund, other than by conversion (a conversion's are in `converted`)."""
        return sum(s.amount for e in self.events for s in e.steps if s.source == self._issuer(fund))

    def balances(self) -> dict[str, int]:
        """Every account that is not zero."""
        found = {place: sum(p.amount for p in parcels) for place, parcels in self.places.items()}
        found.update({self._issuer(fund): -self.issued(fund) for fund in self.authorised})
        found.update({f"1900:{self.unit}:{fund}": amount for fund, amount in self.converted.items()})
        found.update({f"{code}:KRW:{owner}": amount for (code, owner), amount in self.budget().items()})
        found.update({f"{place}": amount for place, amount in self.won.items()})
        found["K000:KRW:good"] = -sum(amount for place, amount in self.won.items())
        return {place: amount for place, amount in found.items() if amount}

    def budget(self) -> Book:
        """The budget book (code, owner) -> won."""
        return budget_book(self.events)

    def free(self, fund: str) -> int:
        return self.budget().get(("B100", fund), 0)

    # Budget

    def budget_order(self, key: UUID, at: datetime, fund: str, coins: int, won: int, deposit: bool = False) -> None:
        self._record("order", at, fund=fund, won=won)
        self.authorised[fund] = self.authorised.get(fund, 0) + coins
        if deposit:
            self._won("K100", "good", won)

    def appropriation_cut(self, key: UUID, at: datetime, fund: str, coins: int, won: int) -> None:
        if self.free(fund) < won:
            raise Refused("budget_exhausted", "issue_limit_reached")
        if self.issued(fund) > self.authorised[fund] - coins:
            raise Refused("issue_limit_reached")
        self.authorised[fund] -= coins
        self._record("order", at, fund=fund, won=-won)

    def reserve(self, key: UUID, at: datetime, fund: str, claim: str, won: int, until: datetime) -> None:
        if self.free(fund) < won:
            raise Refused("budget_exhausted")
        self.claims[key] = (claim, fund, until)
        self._record("reserve", at, fund=f"{fund}|{claim}", won=won)

    def unreserve(self, key: UUID, at: datetime, fund: str, claim: str, reservation: UUID) -> None:
        there = self.budget().get(("B210", claim), 0)
        if not there:
            raise Refused("nothing_to_move")
        self.claims.pop(reservation, None)
        self._record("reserve", at, fund=f"{fund}|{claim}", won=-there)

    def carry_over(self, key: UUID, at: datetime, fund: str) -> None:
        if not self.budget().get(("B200", fund), 0):
            raise Refused("nothing_to_move")
        self._record("carry", at, fund=fund)

    # Coming in

    def earn(
        self, key: UUID, at: datetime, wallet: str, amount: int, terms: dict[str, Any], vest_at: datetime | None = None
    ) -> None:
        place = wallet
        if vest_at is not None:
            place = f"2120:{self.unit}:{owner_of(wallet)}"
            self.due[key] = vest_at
        self._issue(key, at, place, amount, terms)

    def opening(self, key: UUID, at: datetime, target: str, amount: int, terms: dict[str, Any]) -> None:
        self._issue(key, at, target, amount, terms)

    def vest(self, key: UUID, at: datetime, wallet: str, amount: int, earned: UUID) -> None:
        waiting = f"2120:{self.unit}:{owner_of(wallet)}"
        self._back(key, at, waiting, wallet, self._of(waiting, earned), amount, "capture_exceeds_hold")

    # Wallets

    def gift(self, key: UUID, at: datetime, wallet: str, to: str, amount: int) -> None:
        self._spend(key, at, wallet, to, amount)

    def pay(
        self, key: UUID, at: datetime, wallet: str, till: str, amount: int, programme: str = "", won: int = 0
    ) -> None:
        self._spend(key, at, wallet, till, amount)
        self._won("K500", owner_of(till), won)

    def hold(self, key: UUID, at: datetime, wallet: str, amount: int, until: datetime) -> None:
        self._spend(key, at, wallet, f"2110:{self.unit}:{owner_of(wallet)}", amount)
        self.due[key] = until

    def capture(self, key: UUID, at: datetime, held_by: str, till: str, amount: int, hold: UUID) -> None:
        """The coins that would lapse first are used first, as if they were paid at once."""
        place = f"2110:{self.unit}:{owner_of(held_by)}"
        parcels = self._of(place, hold)
        if at > self.due[hold]:
            raise Refused("hold_timed_out", *([] if parcels else ["capture_exceeds_hold"]))
        self._carry(key, place, till, self._oldest(parcels, amount, "capture_exceeds_hold"))

    def release(self, key: UUID, at: datetime, wallet: str, amount: int, hold: UUID) -> None:
        place = f"2110:{self.unit}:{owner_of(wallet)}"
        self._back(key, at, place, wallet, self._of(place, hold), amount, "capture_exceeds_hold")

    def refund(
        self,
        key: UUID,
        at: datetime,
        till: str,
        wallet: str,
        amount: int,
        payment: UUID,
        programme: str = "",
        won: int = 0,
    ) -> None:
        self._back(key, at, till, wallet, self._of(till, payment), amount)
        self._won("K500", owner_of(till), -won)

    def refund_late(
        self,
        key: UUID,
        at: datetime,
        redeemed: str,
        till_owner: str,
        wallet: str,
        amount: int,
        payment: UUID,
        programme: str,
    ) -> None:
        self._back(key, at, redeemed, wallet, self._of(redeemed, payment), amount)
        self._won("K210", till_owner, self._moved_value())

    def expire(self, key: UUID, at: datetime, wallet: str, lots: Sequence[tuple[int, int]]) -> None:
        for number, amount in lots:
            parcels = [p for p in self.held(wallet) if p.lot == number]
            if sum(p.amount for p in parcels) < amount:
                raise Refused("unknown_lot", "lot_not_lapsed")
            if not self.lots[number].lapsed(seoul_day(at)):
                raise Refused("lot_not_lapsed")
            self._carry(key, wallet, self._expired(at), [replace(parcels[0], amount=amount)])

    def clawback(
        self,
        key: UUID,
        at: datetime,
        wallet: str,
        case: str,
        amount: int,
        lots: Sequence[tuple[int, int]],
        programme: str,
    ) -> None:
        taken: dict[int, int] = {}
        missing = amount
        for number, wanted in lots:
            there = sum(p.amount for p in self.held(wallet) if p.lot == number)
            taken[number] = min(there, wanted, missing)
            missing -= taken[number]
        rest = [replace(p, amount=p.amount - taken.get(p.lot, 0)) for p in self.held(wallet)]
        for parcel in sorted(self._valid(rest, at), key=lambda p: self.lots[p.lot].age):
            more = min(parcel.amount, missing)
            taken[parcel.lot] = taken.get(parcel.lot, 0) + more
            missing -= more
        parcels = [Parcel(number, None, found) for number, found in taken.items() if found]
        self._carry(key, wallet, f"3200:{self.unit}:{case}", parcels)
        self._won("K220", owner_of(wallet), missing * self.lots[lots[0][0]].rate)

    def clawback_pending(self, key: UUID, at: datetime, wallet: str, case: str, amount: int, earned: UUID) -> None:
        waiting = f"2120:{self.unit}:{owner_of(wallet)}"
        parcels = self._newest(self._of(waiting, earned), amount, "capture_exceeds_hold")
        self._carry(key, waiting, f"3200:{self.unit}:{case}", parcels)

    # Giving

    def donate(self, key: UUID, at: datetime, wallet: str, campaign: str, amount: int) -> None:
        self._spend(key, at, wallet, campaign, amount)

    def donation_release(self, key: UUID, at: datetime, campaign: str, programme: str) -> None:
        self._empty(key, campaign, f"3400:{self.unit}:{seoul_day(at).year}", tied=True)
        self._won("K300", owner_of(campaign), self._moved_value())

    def donation_paid(self, key: UUID, at: datetime, campaign_owner: str, programme: str) -> None:
        there = self.won.get(f"K300:KRW:{campaign_owner}", 0)
        if not there:
            raise Refused("nothing_to_move")
        self._won("K300", campaign_owner, -there)

    def donation_return(self, key: UUID, at: datetime, campaign: str, wallet: str, amount: int, donation: UUID) -> None:
        self._back(key, at, campaign, wallet, self._of(campaign, donation), amount)

    # Disputes

    def dispute(self, key: UUID, at: datetime, till: str, case: str, amount: int, payment: UUID) -> None:
        parcels = self._newest(self._of(till, payment), amount, "refund_exceeds_captured")
        self._carry(key, till, f"2500:{self.unit}:{case}", parcels, tied=True)

    def dispute_upheld(self, key: UUID, at: datetime, suspense: str, till: str) -> None:
        self._empty(key, suspense, till, tied=True)

    def dispute_returned(self, key: UUID, at: datetime, suspense: str, wallet: str, amount: int, payment: UUID) -> None:
        self._back(key, at, suspense, wallet, self._of(suspense, payment), amount)

    # Settlement

    def batch(
        self,
        key: UUID,
        at: datetime,
        till: str,
        batch: str,
        receipts: Sequence[tuple[UUID, int]],
        programme: str,
    ) -> None:
        for payment, amount in receipts:
            parcels = self._newest(self._of(till, payment), amount, "refund_exceeds_captured")
            self._carry(key, till, f"2700:{self.unit}:{batch}", parcels, tied=True)
        self._won("K200", owner_of(till), self._moved_value())

    def bounced(
        self,
        key: UUID,
        at: datetime,
        batch: str,
        till: str,
        programme: str,
        won: int | None = None,
        set_off: int = 0,
    ) -> None:
        self._empty(key, batch, till, tied=True)
        self._won("K200", owner_of(till), -(self._moved_value() if won is None else won))
        self._won("K210", owner_of(till), set_off)

    def paid(
        self, key: UUID, at: datetime, batch: str, till_owner: str, programme: str, won: int | None = None
    ) -> None:
        self._empty(key, batch, f"3300:{self.unit}:{seoul_day(at).year}", tied=True)
        self._won("K200", till_owner, -(self._moved_value() if won is None else won))

    def set_off(self, key: UUID, at: datetime, till_owner: str, programme: str, won: int) -> None:
        self._won("K210", till_owner, -won)
        self._won("K200", till_owner, -won)

    def facility_close(self, key: UUID, at: datetime, till: str) -> None:
        self._empty(key, till, f"3310:{self.unit}:{seoul_day(at).year}", tied=True)

    def custody(self, key: UUID, at: datetime, till: str) -> None:
        self._empty(key, till, f"2220:{self.unit}:{owner_of(till)}", tied=True)

    def custody_end(self, key: UUID, at: datetime, till: str) -> None:
        self._empty(key, f"2220:{self.unit}:{owner_of(till)}", till, tied=True)

    def write_off(self, key: UUID, at: datetime, source: str) -> None:
        self._empty(key, source, f"3500:{self.unit}:{seoul_day(at).year}")

    # Life events

    def rate_change(
        self, key: UUID, at: datetime, wallet: str, lot: int, amount: int, new_amount: int, terms: dict[str, Any]
    ) -> None:
        old = self.lots[lot]
        there = sum(p.amount for p in self.held(wallet) if p.lot == lot)
        wrong = [
            *(["unknown_lot"] if there < amount else []),
            *(["bad_lot_terms"] if (terms["fund"], terms["expires"]) != (old.fund, old.expires) else []),
            *(["value_not_conserved"] if amount * old.rate != new_amount * terms["rate"] else []),
            *(["nothing_to_move"] if amount == new_amount else []),
        ]
        if wrong:
            raise Refused(*wrong)
        control = f"1900:{self.unit}:{old.fund}"
        self._carry(key, wallet, control, [Parcel(lot, None, amount)])
        self._birth(key, control, wallet, new_amount, terms)
        self.converted[old.fund] = self.converted.get(old.fund, 0) + amount - new_amount

    def merge(self, key: UUID, at: datetime, source_owner: str, target_owner: str) -> None:
        codes = ("2100", "2120", "2110")
        if not any(self.held(f"{code}:{self.unit}:{source_owner}") for code in codes):
            raise Refused("nothing_to_move")
        for code in codes:
            source, target = (f"{code}:{self.unit}:{owner}" for owner in (source_owner, target_owner))
            self._carry(key, source, target, list(self.held(source)), tied=True)

    def leave(self, key: UUID, at: datetime, wallet: str) -> None:
        self._empty(key, wallet, f"2150:{self.unit}:{owner_of(wallet)}")

    def come_back(self, key: UUID, at: datetime, source: str, wallet: str) -> None:
        self._empty(key, source, wallet)

    def death(self, key: UUID, at: datetime, wallet: str) -> None:
        self._empty(key, wallet, f"2140:{self.unit}:{owner_of(wallet)}")

    def inherit(self, key: UUID, at: datetime, estate: str, wallet: str) -> None:
        self._empty(key, estate, wallet)

    def wind_down(self, key: UUID, at: datetime, wallet: str) -> None:
        self._empty(key, wallet, self._expired(at))

    def sweep(self, key: UUID, at: datetime) -> None:
        """What time alone brings about: holds that timed out go back, what waited vests, what has lapsed expires."""
        for place, origin, amount in self.receipts("2110", "2120"):
            if self.due[origin] <= at:
                wallet = f"2100:{self.unit}:{owner_of(place)}"
                self._back(key, at, place, wallet, self._of(place, origin), amount)
                self._record("coins", at)
        for reservation, (claim, fund, until) in list(self.claims.items()):
            if until <= at:
                self.unreserve(key, at, fund, claim, reservation)
        for place in [place for place in self.places if code_of(place) in CARRIED_BY_TIME]:
            lapsed = [p for p in self.held(place) if self.lots[p.lot].lapsed(seoul_day(at))]
            self._carry(key, place, self._expired(at), lapsed)
            self._record("coins", at)

    # How coins move

    def _issuer(self, fund: str) -> str:
        return f"1100:{self.unit}:{fund}"

    def _expired(self, at: datetime) -> str:
        return f"3100:{self.unit}:{seoul_day(at).year}"

    def _issue(self, key: UUID, at: datetime, place: str, amount: int, terms: dict[str, Any]) -> None:
        fund = terms["fund"]
        short = [
            *(["issue_limit_reached"] if self.issued(fund) + amount > self.authorised.get(fund, 0) else []),
            *(["budget_exhausted"] if self.free(fund) < amount * terms["rate"] else []),
        ]
        if short:
            raise Refused(*short)
        self._birth(key, self._issuer(fund), place, amount, terms)

    def _birth(self, key: UUID, control: str, place: str, amount: int, terms: dict[str, Any]) -> None:
        lot = Lot(len(self.lots), terms["fund"], terms["expires"], terms["rate"], amount)
        self.lots.append(lot)
        self._put(place, Parcel(lot.number, key if code_of(place) in BY_RECEIPT else None, amount))
        self._steps.append(Step(lot, control, place, amount))

    def _spend(self, key: UUID, at: datetime, place: str, target: str, amount: int) -> None:
        self._carry(key, place, target, self._oldest(self._valid(self.held(place), at), amount, "insufficient_balance"))

    def _back(
        self,
        key: UUID,
        at: datetime,
        place: str,
        wallet: str,
        parcels: Iterable[Parcel],
        amount: int,
        code: str = "refund_exceeds_captured",
    ) -> None:
        """The last taken come back first; what has lapsed meanwhile is expired."""
        for parcel in self._newest(parcels, amount, code):
            lapsed = self.lots[parcel.lot].lapsed(seoul_day(at))
            self._carry(key, place, self._expired(at) if lapsed else wallet, [parcel])

    def _empty(self, key: UUID, place: str, target: str, *, tied: bool = False) -> None:
        if not self.held(place):
            raise Refused("nothing_to_move")
        self._carry(key, place, target, list(self.held(place)), tied=tied)

    def _of(self, place: str, origin: UUID) -> list[Parcel]:
        return [p for p in self.held(place) if p.origin == origin]

    def _valid(self, parcels: Iterable[Parcel], at: datetime) -> list[Parcel]:
        return [p for p in parcels if p.origin is None and not self.lots[p.lot].lapsed(seoul_day(at))]

    def _oldest(self, parcels: Iterable[Parcel], amount: int, code: str) -> list[Parcel]:
        return self._first(sorted(parcels, key=lambda p: self.lots[p.lot].age), amount, code)

    def _newest(self, parcels: Iterable[Parcel], amount: int, code: str) -> list[Parcel]:
        return self._first(sorted(parcels, key=lambda p: self.lots[p.lot].age, reverse=True), amount, code)

    @staticmethod
    def _first(parcels: list[Parcel], amount: int, code: str) -> list[Parcel]:
        found: list[Parcel] = []
        for parcel in parcels:
            left = amount - sum(p.amount for p in found)
            if left:
                found.append(replace(parcel, amount=min(parcel.amount, left)))
        if sum(p.amount for p in found) < amount:
            raise Refused(code)
        return found

    def _carry(self, key: UUID, place: str, target: str, parcels: list[Parcel], *, tied: bool = False) -> None:
        for parcel in parcels:
            self._put(place, replace(parcel, amount=-parcel.amount))
            origin = (parcel.origin if tied else key) if code_of(target) in BY_RECEIPT else None
            if code_of(target) != "1900":
                self._put(target, replace(parcel, origin=origin))
            self._steps.append(Step(self.lots[parcel.lot], place, target, parcel.amount))

    def _put(self, place: str, parcel: Parcel) -> None:
        same = [p for p in self.held(place) if (p.lot, p.origin) == (parcel.lot, parcel.origin)]
        others = [p for p in self.held(place) if p not in same]
        total = parcel.amount + sum(p.amount for p in same)
        if total < 0:
            raise AssertionError(f"the model itself took too much of {parcel} out of {place}")
        self.places[place] = others + ([replace(parcel, amount=total)] if total else [])

    def _moved_value(self) -> int:
        return sum(step.amount * step.lot.rate for step in self._steps)

    def _won(self, code: str, owner: str, amount: int) -> None:
        place = f"{code}:KRW:{owner}"
        self.won[place] = self.won.get(place, 0) + amount
        if self.won[place] < 0:
            raise Refused("insufficient_balance")

    def _record(self, what: str, at: datetime, fund: str = "", won: int = 0) -> None:
        if what != "coins" or self._steps:
            steps, self._steps = tuple(self._steps), []
            self.events.append(Event(what, seoul_day(at).year, fund, won, steps))
