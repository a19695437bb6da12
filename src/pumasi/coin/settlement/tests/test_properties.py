"""Whatever treasury, shops and residents do in whatever order: I13, I15, and the books agree with the rows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.db.models import Count
from hypothesis import given
from hypothesis import strategies as st

from pumasi.coin.models import Payment
from pumasi.coin.settlement import operations
from pumasi.coin.settlement.models import Batch, Line, LineReceipt, LineState, State
from pumasi.coin.settlement.paper import files_of
from pumasi.coin.settlement.tests.street import SETTLING, Street, publish, standing
from pumasi.coin.tests.world import DATABASES, acts
from pumasi.kernel.acting import Acting
from pumasi.kernel.result import Refusal
from pumasi.ledger.reads import accounts_of
from pumasi.ledger.verify import verify

pytestmark = pytest.mark.django_db(databases=DATABASES)

STEPS = ("pay", "refund", "draft", "check", "give_up", "export", "paid", "bounce", "publish", "fortnight", "settle")


@dataclass
class Town:
    """Does one thing after another; what is refused is refused. `choice` picks the shop, the payment, the line."""

    street: Street
    now: datetime = SETTLING
    refused: list[str] = field(default_factory=list)

    def does(self, step: str, choice: int) -> None:
        wishes: dict[str, Callable[[int], object]] = {
            "pay": self.pay,
            "refund": self.refund,
            "draft": lambda n: self.street.drafts(self.now, self.person(n)),
            "check": lambda n: self.street.checks(self.batch(n), self.now, self.person(n + 1)),
            "give_up": lambda n: operations.give_up_batch(self.acts(n), batch_id=self.batch(n).id, reason="다시"),
            "export": lambda n: self.street.exports(self.batch(n), self.now),
            "paid": lambda n: operations.pay_line(self.acts(n), line_id=self.line(n)),
            "bounce": lambda n: operations.bounce_line(self.acts(n), line_id=self.line(n), reason="반송"),
            "publish": lambda n: publish(),
            "fortnight": self.fortnight,
            "settle": lambda n: self.street.settles(self.now),
        }
        try:
            wishes[step](choice)
        except Refusal as refusal:
            self.refused.append(refusal.code)

    def person(self, n: int) -> UUID:
        return (self.street.maker, self.street.checker)[n % 2]

    def acts(self, n: int) -> Acting:
        return acts(self.person(n), self.now)

    def pay(self, n: int) -> None:
        self.street.pays(10 + 10 * (n % 3), (self.street.laundry, self.street.bakery)[n % 2], self.now)

    def refund(self, n: int) -> None:
        payments = list(Payment.objects.order_by("transfer"))
        payment = payments[n % len(payments)]
        by = self.street.keeper if payment.place_id == self.street.laundry else self.street.baker
        self.street.refunds(payment.key, 1 + n % 15, self.now, by)

    def fortnight(self, n: int) -> None:
        self.now += timedelta(days=15)

    def batch(self, n: int) -> Batch:
        batches = list(Batch.objects.order_by("-number")[:3])
        return batches[n % len(batches)]

    def line(self, n: int) -> UUID:
        lines = list(Line.objects.order_by("-batch__number", "shop").values_list("id", flat=True)[:4])
        return lines[n % len(lines)] if lines else UUID(int=0)


def check(street: Street) -> None:
    """I13 and I15, row by row, and coins and won where the rows say they are."""
    twice = LineReceipt.objects.filter(live=True).values("payment").annotate(n=Count("id")).filter(n__gt=1)
    assert not twice.exists()
    balances = {owner: balance for _, _, owner, _, balance in accounts_of("2700")}
    owed = 0
    for batch in Batch.objects.all():
        lines = list(Line.objects.filter(batch=batch))
        assert batch.checker_id is None or batch.checker_id != batch.maker_id
        assert {street.keeper, street.baker}.isdisjoint({batch.maker_id, batch.checker_id})
        for line in lines:
            receipts = LineReceipt.objects.filter(line=line)
            assert sum(each.coins for each in receipts) == line.coins
            assert sum(each.won for each in receipts) == line.won
            waits = batch.state in (State.CHECKED, State.EXPORTED) and line.state == LineState.OPEN
            assert balances.get(line.id.hex, 0) == (line.coins if waits else 0)
            owed += line.won - line.set_off if waits else 0
            assert all(each.live == (line.state in (LineState.OPEN, LineState.PAID)) for each in receipts)
        total = sum(line.won - line.set_off for line in lines)
        assert files_of(batch).payees.decode().rstrip().split("\r\n")[-1].split(",")[5] == str(total)
    assert standing("K200") == owed


class TestAnyOrder:
    @pytest.mark.postgres
    def test_keeps_the_invariants(self, street: Street) -> None:
        street.earns(street.resident, 400)
        seen: set[str] = set()

        @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 11)), min_size=6, max_size=25))
        def run(steps: list[tuple[str, int]]) -> None:
            with transaction.atomic():
                town = Town(street)
                town.now -= timedelta(days=21)
                for n in range(6):
                    town.does("pay", n)
                publish()
                town.now = SETTLING
                town.does("draft", 0)
                for step, choice in steps:
                    town.does(step, choice)
                    check(street)
                assert verify().ok
                seen.update(town.refused)
                transaction.set_rollback(True)

        run()

        assert {"settlement.maker_cannot_check", "settlement.batch_not_in_state"} <= seen
