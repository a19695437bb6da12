"""A district in which people join, move, return, die, are merged and found alive, shops end, coins are lost and found.

Hypothesis finds the order that hurts. After each step the books verify; after each night every coin lies where its
owner's coins lie. What an operation refuses must leave no trace. Not here: the ledger alone (`ledger/tests/proofs`).
"""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pumasi.civic.people.models import Person, Relation, RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import Place
from pumasi.civic.places.operations import close_place
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.models import CapCounter, Custody, Death, Payment, Proposal, ProposalStep
from pumasi.coin.operations.death import Told
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.settlement import operations as settlement
from pumasi.coin.settlement.tests.street import Street, publish
from pumasi.coin.tariff_edit import EndProgramme, SetRate
from pumasi.coin.tests.world import MORNING, a_key, acts
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.ledger.reads import accounts_of, trial_balance
from pumasi.ledger.verify import verify

STEPS = [timedelta(hours=3), timedelta(days=1), timedelta(days=20), timedelta(days=100), timedelta(days=200)]
LAST = datetime(2033, 12, 1, tzinfo=UTC)
number = st.integers(0, 9)
coins = st.sampled_from([1, 10, 20, 50])
CODES = ("2100", "2110", "2120", "2140", "2150", "2200", "2220", "2300", "2400", "2500", "2700")
FINAL = ("1100", "3100", "3300", "3500")


class LifeMachine(RuleBasedStateMachine):
    """One example is one history of a small district; both databases forget it afterwards."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        for alias in ("default", "keys"):
            self._stack.enter_context(transaction.atomic(using=alias))
        self.now = MORNING
        self.names = 0

    def teardown(self) -> None:
        try:
            self.night()
            self.programme_ends()
        finally:
            for alias in ("default", "keys"):
                transaction.set_rollback(True, using=alias)
            self._stack.close()

    @initialize()
    def found_the_district(self) -> None:
        self.world = Street()
        self.world.funds()
        # The bakery enters another bank account that nobody has seen: it cannot be paid.
        settlement.enter_account(
            acts(self.world.baker), place_id=self.world.bakery, bank="표본은행", number="999-123-45678", holder="표본"
        )
        self.second = self.world.joins("동 담당 나")
        self.world.grants(self.second, RoleName.DONG_OFFICIAL)
        for who, role in (
            (self.world.official, RoleName.DONG_OFFICIAL),
            (self.second, RoleName.DONG_OFFICIAL),
            (self.world.maker, RoleName.TREASURY),
            (self.world.checker, RoleName.TREASURY),
            (self.world.issuer, RoleName.ISSUER),
            (self.world.officers[0], RoleName.BUDGET_OFFICER),
        ):
            grant_role(acts(None), who, role, starts=date(2027, 1, 1), ends=date(2033, 12, 31))
        self.people = [self.world.resident, self.world.neighbour]
        for who in self.people:
            self.world.earns(who, 40)

    # ---- the world around

    @rule(by=st.sampled_from(STEPS))
    def time_passes(self, by: timedelta) -> None:
        self.now = min(self.now + by, LAST)

    @rule()
    def night(self) -> None:
        """Every job of the night; afterwards no coin lies where nobody owns it."""
        for job in (
            operations.sweep,
            operations.move_on,
            settlement.write_to_unreachable,
            operations.convert_due,
            operations.issue_waiting,
        ):
            job(self.acts(None))
        operations.follow_all(self.acts(None))
        assert self.orphans() == []

    @rule()
    def somebody_joins(self) -> None:
        self.names += 1
        self.people.append(join(self.acts(None), f"새 주민 {self.names}", None, birth_year=1980).id)

    @rule(n=number)
    def bottles_are_brought(self, n: int) -> None:
        self.deed(self.who(n), self.who(n), "CLEAR_PET", 100, "CODE:one")

    @rule(n=number)
    def photo_is_confirmed(self, n: int) -> None:
        """These coins wait to vest."""
        self.deed(self.world.official, self.who(n), "BARTER_ITEM", 1, "PHOTO:one")

    def deed(self, actor: UUID, who: UUID, kind: str, quantity: int, ref: str) -> None:
        self.tries(
            lambda: operations.award(
                self.acts(actor),
                kind=kind,
                quantity=quantity,
                place_id=self.world.centre,
                payees=[Payee(who)],
                evidence_ref=ref,
                key=a_key(),
            )
        )
        CapCounter.objects.all().delete()

    @rule(n=number, m=number, much=coins)
    def gift_is_given(self, n: int, m: int, much: int) -> None:
        self.tries(lambda: operations.give(self.acts(self.who(n)), to_id=self.who(m), coins=much, key=a_key()))

    @rule(n=number, much=st.sampled_from([10, 20]), at_bakery=st.booleans())
    def shop_is_paid(self, n: int, much: int, at_bakery: bool) -> None:
        place = self.world.bakery if at_bakery else self.world.laundry
        who = self.who(n)
        self.tries(lambda: operations.spend(self.acts(who), payer_id=who, place_id=place, coins=much, key=a_key()))

    @rule(n=number)
    def payment_comes_back(self, n: int) -> None:
        paid = list(Payment.objects.order_by("transfer"))
        if paid:
            payment = paid[n % len(paid)]
            keeper = self.world.keeper if payment.place_id == self.world.laundry else self.world.baker
            self.tries(lambda: operations.refund(self.acts(keeper), payment_id=payment.key, coins=10, key=a_key()))

    @rule()
    def shops_are_settled(self) -> None:
        publish()
        self.tries(lambda: self.world.settles(self.now))

    # ---- lives of people

    @rule(n=number, ahead=st.integers(-20, 30))
    def moves_away(self, n: int, ahead: int) -> None:
        day, who = (self.now + timedelta(days=ahead)).date(), self.who(n)
        self.tries(lambda: operations.tell_leaving(self.acts(who), person_id=who, day=day, key=a_key()))

    @rule(n=number)
    def comes_back(self, n: int) -> None:
        self.tries(
            lambda: operations.come_back(
                self.acts(self.world.official), person_id=self.who(n), relation=Relation.RESIDENT, until=None
            )
        )

    @rule(n=number)
    def dies(self, n: int) -> None:
        self.tries(lambda: operations.report_death(self.acts(self.world.official), person_id=self.who(n), key=a_key()))

    @rule(n=number, m=number)
    def family_inherits(self, n: int, m: int) -> None:
        by, dead = self.acts(self.world.official), self.dead(n)
        if dead:
            self.tries(lambda: operations.pass_on_estate(by, person_id=dead, heir_id=self.who(m), key=a_key()))

    @rule(n=number)
    def is_found_alive(self, n: int) -> None:
        by, dead = self.acts(self.world.official), self.dead(n)
        if dead:
            self.names += 1
            told = Told(f"다시 {self.names}", None, 1980)
            self.tries(lambda: operations.ask_undo_death(by, person_id=dead, reason="본인", key=a_key()))
            self.decides("UNDO_DEATH", partial(operations.approve_undo_death, self.acts(self.second), told=told))

    @rule(n=number)
    def estate_goes_back(self, n: int) -> None:
        by, dead = self.acts(self.world.official), self.dead(n)
        if dead:
            self.tries(
                lambda: operations.ask_estate_back(by, person_id=dead, reason="없음", document="결재-1", key=a_key())
            )
            self.decides("ESTATE_BACK", partial(operations.approve_estate_back, self.acts(self.second)))

    @rule(n=number, m=number)
    def two_become_one(self, n: int, m: int) -> None:
        by = self.acts(self.world.official)
        self.tries(
            lambda: operations.ask_merge(by, kept_id=self.who(n), gone_id=self.who(m), reason="같음", key=a_key())
        )
        self.decides("MERGE", partial(operations.approve_merge, self.acts(self.second)))

    # ---- lives of shops

    @rule()
    def bakery_ends(self) -> None:
        self.tries(lambda: close_place(self.acts(None), self.world.bakery))

    @rule()
    def takings_go_to_custody(self) -> None:
        by, shop = self.acts(self.world.maker), self.world.bakery
        self.tries(
            lambda: settlement.take_into_custody(by, place_id=shop, reason="없음", document="결재-2", key=a_key())
        )

    @rule()
    def owner_is_found(self) -> None:
        found = Custody.objects.order_by("-at").first()
        if found:
            by = self.acts(self.world.maker)
            self.tries(lambda: settlement.end_custody(by, custody_id=found.id, reason="찾음"))

    @rule()
    def custody_is_written_off(self) -> None:
        by, shop = self.acts(self.world.maker), self.world.bakery
        self.tries(lambda: settlement.ask_write_off(by, place_id=shop, reason="없음", document="결재-3", key=a_key()))
        self.decides("WRITE_OFF", partial(settlement.approve_write_off, self.acts(self.world.checker)))

    # ---- the programme

    @rule(won=st.sampled_from([100, 200]), convert=st.booleans())
    def value_changes(self, won: int, convert: bool) -> None:
        """Approved today, in force in a month; the nights from then on convert."""
        self.changes(SetRate(won, convert), self.now + timedelta(days=30))

    def programme_ends(self) -> None:
        """Whatever has happened: four last days, and every account of both books is at zero."""
        first = self.now + timedelta(days=1)
        days = [(first + timedelta(days=each)).date().isoformat() for each in range(4)]
        self.changes(EndProgramme(*days), first)
        for each in range(2, 6):
            operations.wind_down(acts(None, self.now + timedelta(days=each)))
        assert verify().ok
        assert [line for line in trial_balance() if line.balance] == []

    def changes(self, edit: SetRate | EndProgramme, begins: datetime) -> None:
        draft = Draft("변경", "Change", "제1조", "결재-9", seoul_date(begins), (edit,))
        key = a_key()
        self.tries(lambda: operations.draft_change(self.acts(self.world.issuer), draft, key=key))
        self.tries(lambda: operations.approve_change(self.acts(self.world.officers[0]), change_id=key))

    # ---- what always holds

    @invariant()
    def books_verify(self) -> None:
        report = verify()
        assert report.ok, report.differences

    def orphans(self) -> list[tuple[str, int]]:
        """Accounts with coins that nobody owns who could use, inherit, be paid or have them written off."""
        return [
            (at, balance)
            for code in CODES
            for at, _, owner, _, balance in accounts_of(code)
            if balance and not is_owned(code, owner)
        ]

    def acts(self, actor: UUID | None) -> Acting:
        return acts(actor, self.now)

    def who(self, n: int) -> UUID:
        return self.people[n % len(self.people)]

    def dead(self, n: int) -> UUID | None:
        found = list(Death.objects.order_by("number").values_list("person_id", flat=True))
        return found[n % len(found)] if found else None

    def decides(self, kind: str, approve: Callable[..., object]) -> None:
        """The second officer goes through what waits."""
        waiting = Proposal.objects.filter(kind=kind).exclude(id__in=ProposalStep.objects.values("proposal_id"))
        for each in list(waiting.values_list("id", flat=True)):
            self.tries(partial(approve, proposal_id=each))

    def tries(self, operation: Callable[[], object]) -> None:
        """Do it, or be refused without a trace."""
        before = standings()
        try:
            with transaction.atomic(), transaction.atomic(using="keys"):
                operation()
        except Refusal:
            assert standings() == before


def is_owned(code: str, owner: str) -> bool:
    """Whether coins in an account of this code and owner have somebody who can do something with them."""
    if code in ("2200", "2220", "2300"):
        return Place.objects.filter(till=UUID(hex=owner)).exists()
    if code in ("2400", "2500", "2700"):
        return True
    who = Person.objects.filter(wallet=UUID(hex=owner)).first()
    if who is None:
        return False
    is_open = who.closed_at is None
    if code == "2100":
        return is_open and who.left_on is None
    if code == "2150":
        return is_open and who.left_on is not None
    if code == "2140":
        return not is_open and who.merged_into_id is None
    return is_open


def standings() -> list[tuple[str, int]]:
    """Every balance of coins that is not zero."""
    return [(at, balance) for code in (*CODES, *FINAL) for at, *_, balance in accounts_of(code) if balance]
