"""The state machine: persons, shops, a facility, campaigns, three fiscal years, two rates and a clock that moves.

Every journal kind has a rule; hypothesis finds the order that hurts. `Desk` compares after each step.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RULE_MARKER, RuleBasedStateMachine, initialize, precondition, rule

from pumasi.ledger.tests.proofs.budget import code_of, owner_of
from pumasi.ledger.tests.proofs.desk import PROGRAMME, UNIT, Desk, Order
from pumasi.ledger.tests.proofs.model import WALLETS

START = datetime(2024, 10, 1, 1, 30, tzinfo=UTC)
LAST = datetime(2026, 12, 30, 14, 59, tzinfo=UTC)
YEARS = (2024, 2025, 2026)
PERSONS = ("ann", "bora", "chan")
SHOPS = ("2200:SC:bakery", "2200:SC:market")
FACILITY = "2300:SC:pool"
CAMPAIGNS = ("2400:SC:coal", "2400:SC:books")

number = st.integers(0, 30)
person = st.sampled_from(PERSONS)
fund = st.sampled_from([f"{PROGRAMME}/{year}" for year in YEARS])
amount = st.integers(1, 80)
life = st.none() | st.integers(0, 40) | st.integers(0, 1095)
rate = st.sampled_from([1, 2])
part = st.sampled_from(["all", "some", "half", "over"])
steps_of_time = [
    timedelta(minutes=10),
    timedelta(hours=9),
    timedelta(days=1),
    timedelta(days=8),
    timedelta(days=45),
    timedelta(days=200),
]


def portion(of: int, how: str) -> int:
    """Part of an amount; `over` is one too many."""
    return {"all": of, "some": max(1, of // 3), "half": max(1, of // 2), "over": of + 1}[how]


def wallet(owner: str, code: str = "2100") -> str:
    return f"{code}:{UNIT}:{owner}"


class LedgerMachine(RuleBasedStateMachine):
    """One example is one history on an empty ledger; the database forgets it afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.desk = Desk(START)
        self.cases = 0

    def teardown(self) -> None:
        try:
            self.desk.settle()
        finally:
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)

    @initialize()
    def found_the_programme(self) -> None:
        for owner in PERSONS:
            self.desk.open("2100", owner)
        for place in (*SHOPS, FACILITY, *CAMPAIGNS):
            self.desk.open(code_of(place), owner_of(place))
        for year in YEARS:
            self.ask("budget_order", fund=f"{PROGRAMME}/{year}", coins=600, won=900)
        for owner in PERSONS:
            for life, rate in ((20, 1), (400, 2)):
                self.ask("earn", wallet=wallet(owner), amount=60, terms=self.terms("good/2024", life, rate))

    def ask(self, name: str, **words: Any) -> None:
        self.desk.ask(name, **words)

    def case(self, word: str) -> str:
        """A name that was never used."""
        self.cases += 1
        return f"{word}{self.cases}"

    def places(self, *codes: str) -> list[str]:
        """Places of these kinds that hold something."""
        return [place for place, parcels in self.desk.model.places.items() if parcels and code_of(place) in codes]

    def purse(self, n: int) -> str:
        """A wallet with something in it, if there is one."""
        full = self.places(*WALLETS)
        return full[n % len(full)] if full else wallet(PERSONS[n % len(PERSONS)])

    def receipt(self, n: int, *codes: str) -> tuple[str, Any, int]:
        found = self.desk.model.receipts(*codes)
        return found[n % len(found)]

    def has(self, *codes: str) -> bool:
        return bool(self.desk.model.receipts(*codes))

    # Time

    @rule(by=st.sampled_from(steps_of_time))
    def time_passes(self, by: timedelta) -> None:
        if self.desk.now + by < LAST:
            self.desk.advance(by)

    @rule(limit=st.sampled_from([1, 2, 1000]))
    def night_comes(self, limit: int) -> None:
        self.desk.let_time_work(limit)

    @precondition(lambda self: self.desk.day.year > min(YEARS))
    @rule()
    def last_year_is_closed(self) -> None:
        self.desk.close_year(self.desk.day.year - 1)

    @rule(pattern=st.lists(st.sampled_from([None, "a", "b"]), min_size=2, max_size=5))
    def next_ones_go_together(self, pattern: list[str | None]) -> None:
        self.desk.gather(pattern)

    # Budget

    @rule(fund=fund, coins=st.integers(0, 200), won=st.integers(1, 300), deposit=st.booleans())
    def budget_is_ordered(self, fund: str, coins: int, won: int, deposit: bool) -> None:
        self.ask("budget_order", fund=fund, coins=coins, won=won, deposit=deposit)

    @rule(fund=fund, coins=st.integers(0, 400), won=st.integers(1, 600))
    def budget_is_cut(self, fund: str, coins: int, won: int) -> None:
        self.ask("appropriation_cut", fund=fund, coins=coins, won=won)

    @rule(fund=fund, won=st.integers(1, 300), days=st.integers(0, 30))
    def outcome_is_reserved(self, fund: str, won: int, days: int) -> None:
        until = self.desk.now + timedelta(days=days)
        self.ask("reserve", fund=fund, claim=self.case("claim"), won=won, until=until)

    @precondition(lambda self: self.desk.model.claims)
    @rule(n=number)
    def reservation_is_freed(self, n: int) -> None:
        claims = list(self.desk.model.claims.items())
        key, (claim, of, _) = claims[n % len(claims)]
        self.ask("unreserve", fund=of, claim=claim, reservation=key)

    @precondition(lambda self: self.desk.model.budget().get(("B200", "good/2024"), 0))
    @rule(fund=fund)
    def encumbered_is_carried_over(self, fund: str) -> None:
        self.ask("carry_over", fund=fund)

    # Coming in

    def terms(self, fund: str, life: int | None, rate: int) -> dict[str, Any]:
        expires = None if life is None else self.desk.day + timedelta(days=life)
        return {"fund": fund, "expires": expires, "rate": rate}

    @rule(who=person, amount=amount, fund=fund, life=life, rate=rate, wait=st.none() | st.integers(0, 40))
    def deed_is_done(self, who: str, amount: int, fund: str, life: int | None, rate: int, wait: int | None) -> None:
        vest_at = None if wait is None else self.desk.now + timedelta(days=wait)
        self.ask("earn", wallet=wallet(who), amount=amount, terms=self.terms(fund, life, rate), vest_at=vest_at)

    @rule(who=person, amount=amount, fund=fund, life=life, rate=rate)
    def deed_is_done_and_paid_out(self, who: str, amount: int, fund: str, life: int | None, rate: int) -> None:
        self.ask("earn", wallet=wallet(who), amount=amount, terms=self.terms(fund, life, rate))

    @rule(to=st.sampled_from([*map(wallet, PERSONS), *SHOPS]), amount=amount, fund=fund, life=life, rate=rate)
    def balance_is_brought_along(self, to: str, amount: int, fund: str, life: int | None, rate: int) -> None:
        self.ask("opening", target=to, amount=amount, terms=self.terms(fund, life, rate))

    @precondition(lambda self: self.has("2120"))
    @rule(n=number, how=part)
    def waiting_coins_vest(self, n: int, how: str) -> None:
        place, origin, there = self.receipt(n, "2120")
        self.ask("vest", wallet=wallet(owner_of(place)), amount=portion(there, how), earned=origin)

    # Wallets

    @rule(n=number, to=person, amount=amount)
    def gift_is_given(self, n: int, to: str, amount: int) -> None:
        if self.purse(n) != wallet(to):
            self.ask("gift", wallet=self.purse(n), to=wallet(to), amount=amount)

    @rule(n=number, till=st.sampled_from([*SHOPS, FACILITY]), amount=amount, won=st.sampled_from([0, 0, 7]))
    def shop_is_paid(self, n: int, till: str, amount: int, won: int) -> None:
        self.ask("pay", wallet=self.purse(n), till=till, amount=amount, programme=PROGRAMME, won=won)

    @rule(n=number, how=part, till=st.sampled_from([*SHOPS, FACILITY]))
    def shop_is_paid_from_what_is_there(self, n: int, how: str, till: str) -> None:
        there = self.desk.model.spendable(self.purse(n), self.desk.day)
        if there:
            self.ask("pay", wallet=self.purse(n), till=till, amount=portion(there, how))

    @rule(n=number, amount=amount, days=st.integers(0, 20))
    def coins_are_held(self, n: int, amount: int, days: int) -> None:
        until = self.desk.now + timedelta(days=days)
        self.ask("hold", wallet=self.purse(n), amount=amount, until=until)

    @precondition(lambda self: self.has("2110"))
    @rule(n=number, how=part, till=st.sampled_from([*SHOPS, FACILITY]))
    def hold_is_captured(self, n: int, how: str, till: str) -> None:
        place, origin, there = self.receipt(n, "2110")
        amount = portion(there, how)
        self.ask("capture", held_by=wallet(owner_of(place)), till=till, amount=amount, hold=origin)

    @precondition(lambda self: self.has("2110"))
    @rule(n=number, how=part)
    def hold_is_released(self, n: int, how: str) -> None:
        place, origin, there = self.receipt(n, "2110")
        self.ask("release", wallet=wallet(owner_of(place)), amount=portion(there, how), hold=origin)

    @precondition(lambda self: self.has("2200", "2300"))
    @rule(n=number, how=part, to=person, won=st.sampled_from([0, 0, 7]))
    def payment_is_refunded(self, n: int, how: str, to: str, won: int) -> None:
        till, origin, there = self.receipt(n, "2200", "2300")
        amount = portion(there, how)
        self.ask("refund", till=till, wallet=wallet(to), amount=amount, payment=origin, programme=PROGRAMME, won=won)

    @precondition(lambda self: self.has("3300", "3310"))
    @rule(n=number, how=part, to=person)
    def settled_payment_is_refunded(self, n: int, how: str, to: str) -> None:
        redeemed, origin, there = self.receipt(n, "3300", "3310")
        words = {
            "redeemed": redeemed,
            "till_owner": "market" if n % 2 else "bakery",
            "wallet": wallet(to),
            "payment": origin,
        }
        self.ask("refund_late", amount=portion(there, how), programme=PROGRAMME, **words)

    @precondition(lambda self: self.places(*WALLETS))
    @rule(n=number, m=number, how=part)
    def lot_is_expired(self, n: int, m: int, how: str) -> None:
        parcels = self.desk.model.held(self.purse(n))
        parcel = parcels[m % len(parcels)]
        self.ask("expire", wallet=self.purse(n), lots=[(parcel.lot, portion(parcel.amount, how))])

    @precondition(lambda self: self.desk.model.lots)
    @rule(who=person, named=st.lists(st.tuples(number, amount), min_size=1, max_size=3), amount=amount)
    def coins_are_clawed_back(self, who: str, named: list[tuple[int, int]], amount: int) -> None:
        lots = {n % len(self.desk.model.lots): wanted for n, wanted in named}
        words = {"case": self.case("case"), "lots": list(lots.items()), "programme": PROGRAMME}
        self.ask("clawback", wallet=wallet(who), amount=amount, **words)

    @precondition(lambda self: self.has("2120"))
    @rule(n=number, how=part)
    def waiting_coins_are_clawed_back(self, n: int, how: str) -> None:
        place, origin, there = self.receipt(n, "2120")
        words = {"case": self.case("case"), "amount": portion(there, how), "earned": origin}
        self.ask("clawback_pending", wallet=wallet(owner_of(place)), **words)

    # Giving

    @rule(n=number, campaign=st.sampled_from(CAMPAIGNS), amount=amount)
    def coins_are_donated(self, n: int, campaign: str, amount: int) -> None:
        self.ask("donate", wallet=self.purse(n), campaign=campaign, amount=amount)

    @precondition(lambda self: self.places("2400"))
    @rule(campaign=st.sampled_from(CAMPAIGNS))
    def campaign_is_released(self, campaign: str) -> None:
        self.ask("donation_release", campaign=campaign, programme=PROGRAMME)

    @precondition(lambda self: self.desk.model.won.get("K300:KRW:coal") or self.desk.model.won.get("K300:KRW:books"))
    @rule(campaign=st.sampled_from(CAMPAIGNS))
    def charity_is_paid(self, campaign: str) -> None:
        if f"K300:KRW:{owner_of(campaign)}" in self.desk.model.won:
            self.ask("donation_paid", campaign_owner=owner_of(campaign), programme=PROGRAMME)

    @precondition(lambda self: self.has("2400"))
    @rule(n=number, how=part, to=person)
    def donation_comes_back(self, n: int, how: str, to: str) -> None:
        campaign, origin, there = self.receipt(n, "2400")
        self.ask("donation_return", campaign=campaign, wallet=wallet(to), amount=portion(there, how), donation=origin)

    # Disputes

    @precondition(lambda self: self.has("2200", "2300"))
    @rule(n=number, how=part)
    def payment_is_disputed(self, n: int, how: str) -> None:
        till, origin, there = self.receipt(n, "2200", "2300")
        self.ask("dispute", till=till, case=self.case("case"), amount=portion(there, how), payment=origin)

    @precondition(lambda self: self.has("2500"))
    @rule(n=number, till=st.sampled_from([*SHOPS, FACILITY]))
    def shop_was_right(self, n: int, till: str) -> None:
        suspense, _, _ = self.receipt(n, "2500")
        self.ask("dispute_upheld", suspense=suspense, till=till)

    @precondition(lambda self: self.has("2500"))
    @rule(n=number, how=part, to=person)
    def payer_was_right(self, n: int, how: str, to: str) -> None:
        suspense, origin, there = self.receipt(n, "2500")
        amount = portion(there, how)
        self.ask("dispute_returned", suspense=suspense, wallet=wallet(to), amount=amount, payment=origin)

    # Settlement

    @precondition(lambda self: self.has("2200"))
    @rule(n=number, hows=st.lists(part, min_size=1, max_size=3))
    def receipts_are_batched(self, n: int, hows: Sequence[str]) -> None:
        till, _, _ = self.receipt(n, "2200")
        of_till = [(origin, there) for place, origin, there in self.desk.model.receipts("2200") if place == till]
        receipts = [(origin, portion(there, how)) for (origin, there), how in zip(of_till, hows, strict=False)]
        self.ask("batch", till=till, batch=self.case(f"{owner_of(till)}-"), receipts=receipts, programme=PROGRAMME)

    @precondition(lambda self: self.places(*WALLETS))
    @rule(n=number, how=st.sampled_from(["all", "some", "half"]), till=st.sampled_from(SHOPS))
    def shop_is_paid_and_settled(self, n: int, how: str, till: str) -> None:
        """The whole way at once, so that what follows a settlement is met often."""
        there = max(1, self.desk.model.spendable(self.purse(n), self.desk.day))
        amount, batch = portion(there, how), self.case(f"{owner_of(till)}-")
        if "posted" not in self.desk.ask("pay", wallet=self.purse(n), till=till, amount=amount):
            return
        receipts = [(self.desk.last, amount)]
        self.ask("batch", till=till, batch=batch, receipts=receipts, programme=PROGRAMME)
        self.ask("paid", batch=f"2700:SC:{batch}", till_owner=owner_of(till), programme=PROGRAMME)

    def left_to_pay(self, batch: str) -> tuple[str, dict[str, Any], int]:
        """The shop, the words for what a set-off has left of this batch's value, and what was set off."""
        owner = owner_of(batch).split("-")[0]
        lots = self.desk.model.lots
        value = sum(p.amount * lots[p.lot].rate for p in self.desk.model.held(batch))
        left = self.desk.model.won.get(f"K200:KRW:{owner}", 0)
        return owner, {"won": left} if left < value else {}, max(0, value - left)

    @precondition(lambda self: self.has("2700"))
    @rule(n=number)
    def batch_bounces(self, n: int) -> None:
        batch, _, _ = self.receipt(n, "2700")
        owner, words, set_off = self.left_to_pay(batch)
        self.ask("bounced", batch=batch, till=f"2200:SC:{owner}", programme=PROGRAMME, **words, set_off=set_off)

    @precondition(lambda self: self.has("2700"))
    @rule(n=number, asks_for_all=st.booleans())
    def batch_is_paid(self, n: int, asks_for_all: bool) -> None:
        batch, _, _ = self.receipt(n, "2700")
        owner, words, _ = self.left_to_pay(batch)
        self.ask("paid", batch=batch, till_owner=owner, programme=PROGRAMME, **({} if asks_for_all else words))

    @precondition(lambda self: any(self.desk.model.won.get(f"K210:KRW:{owner_of(shop)}") for shop in SHOPS))
    @rule(till=st.sampled_from(SHOPS), won=st.integers(1, 60))
    def debt_is_set_off(self, till: str, won: int) -> None:
        self.ask("set_off", till_owner=owner_of(till), programme=PROGRAMME, won=won)

    @precondition(lambda self: self.places("2300"))
    @rule()
    def facility_is_closed_off(self) -> None:
        self.ask("facility_close", till=FACILITY)

    @precondition(lambda self: self.places("2200"))
    @rule(till=st.sampled_from(SHOPS))
    def shop_cannot_be_reached(self, till: str) -> None:
        self.ask("custody", till=till)

    @precondition(lambda self: self.places("2220"))
    @rule(till=st.sampled_from(SHOPS))
    def shop_is_found_again(self, till: str) -> None:
        self.ask("custody_end", till=till)

    @precondition(lambda self: self.places("2220", "2140", "2150"))
    @rule(n=number)
    def unreachable_coins_are_written_off(self, n: int) -> None:
        places = self.places("2220", "2140", "2150")
        self.ask("write_off", source=places[n % len(places)])

    # Life events

    @precondition(lambda self: self.places(*WALLETS))
    @rule(n=number, m=number, how=part, rate=rate, longer=st.sampled_from([0, 0, 0, 1]))
    def lot_is_converted(self, n: int, m: int, how: str, rate: int, longer: int) -> None:
        parcels = self.desk.model.held(self.purse(n))
        parcel = parcels[m % len(parcels)]
        lot = self.desk.model.lots[parcel.lot]
        expires = lot.expires + timedelta(days=longer) if lot.expires else None
        old = portion(parcel.amount, how)
        words = {"lot": lot.number, "amount": old, "new_amount": max(1, old * lot.rate // rate)}
        terms = {"fund": lot.fund, "expires": expires, "rate": rate}
        self.ask("rate_change", wallet=self.purse(n), terms=terms, **words)

    @rule(old=person, new=person)
    def two_wallets_become_one(self, old: str, new: str) -> None:
        if old != new:
            self.ask("merge", source_owner=old, target_owner=new)

    @precondition(lambda self: self.places("2100"))
    @rule(who=person)
    def person_moves_away(self, who: str) -> None:
        self.ask("leave", wallet=wallet(who))

    @precondition(lambda self: self.places("2150", "2140"))
    @rule(n=number)
    def person_comes_back(self, n: int) -> None:
        gone = self.places("2150", "2140")
        source = gone[n % len(gone)]
        self.ask("come_back", source=source, wallet=wallet(owner_of(source)))

    @rule(who=person, code=st.sampled_from(["2100", "2150"]))
    def person_dies(self, who: str, code: str) -> None:
        if code == "2100" or self.places("2150"):
            place = wallet(who) if code == "2100" else self.places("2150")[0]
            self.ask("death", wallet=place)

    @precondition(lambda self: self.places("2140"))
    @rule(to=person)
    def family_inherits(self, to: str) -> None:
        self.ask("inherit", estate=self.places("2140")[0], wallet=wallet(to))

    @precondition(lambda self: self.places(*WALLETS))
    @rule(n=number)
    def wallet_is_wound_down(self, n: int) -> None:
        self.ask("wind_down", wallet=self.purse(n))

    # Retries and misuse

    @rule(n=number)
    def empty_place_is_emptied(self, n: int) -> None:
        """What moves everything has nothing to move."""
        asks: list[tuple[str, dict[str, Any]]] = [
            ("facility_close", {"till": FACILITY}),
            ("custody", {"till": SHOPS[n % 2]}),
            ("donation_release", {"campaign": CAMPAIGNS[n % 2], "programme": PROGRAMME}),
            ("carry_over", {"fund": f"{PROGRAMME}/{YEARS[n % 3]}"}),
            ("merge", {"source_owner": PERSONS[n % 3], "target_owner": PERSONS[(n + 1) % 3]}),
            ("wind_down", {"wallet": wallet(PERSONS[n % 3], "2140")}),
        ]
        name, words = asks[n % len(asks)]
        self.ask(name, **words)

    @precondition(lambda self: self.desk.done)
    @rule(n=number, later=st.booleans())
    def command_is_sent_again(self, n: int, later: bool) -> None:
        done = list(self.desk.done.values())
        old = done[-1 - n % len(done)]
        self.desk.give(Order(old.name, old.key, self.desk.now if later else old.at, old.words, old.not_after))

    @precondition(lambda self: any("amount" in order.words for order in self.desk.done.values()))
    @rule(n=number)
    def key_is_used_for_something_else(self, n: int) -> None:
        done = [order for order in self.desk.done.values() if "amount" in order.words]
        old = done[-1 - n % len(done)]
        self.desk.give(Order(old.name, old.key, self.desk.now, {**old.words, "amount": old.words["amount"] + 1}))

    @rule(who=person, amount=amount, late=st.integers(-1, 1))
    def payment_comes_late(self, who: str, amount: int, late: int) -> None:
        not_after = self.desk.now - timedelta(minutes=late)
        self.desk.ask_before(not_after, "pay", wallet=wallet(who), till=SHOPS[0], amount=amount)

    @precondition(lambda self: self.desk.model.closed_years)
    @rule(amount=amount)
    def command_is_dated_in_a_closed_year(self, amount: int) -> None:
        self.desk.settle()
        now, year = self.desk.now, max(self.desk.model.closed_years)
        self.desk.now = datetime(year, 12, 31, 14, 59, tzinfo=UTC)
        assert self.desk.ask("pay", wallet=self.purse(0), till=SHOPS[0], amount=amount) == {"fiscal_year_closed"}
        self.desk.now = now


def focused_on(*names: str) -> type[LedgerMachine]:
    """The same machine with these rules only: short ways to what is rare among all."""
    rules = {name for name, made in vars(LedgerMachine).items() if hasattr(made, RULE_MARKER)}
    if not rules.issuperset(names):
        raise ValueError(f"unknown rules among {names}")
    return type("Focused", (LedgerMachine,), dict.fromkeys(rules.difference(names)))
