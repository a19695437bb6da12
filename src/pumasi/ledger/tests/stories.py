"""Small books for tests: one with every journal kind in it, made with the builders."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from django.db import transaction

from pumasi.ledger import kinds, reads
from pumasi.ledger.chart import address
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.posting import close_account, open_account, post_one

FUND = "good-deed/2026"
PROGRAMME = "good-deed"
START = datetime(2026, 1, 5, 0, 0, tzinfo=UTC)
TERMS = Terms(FUND, date(2026, 12, 31), 1)
SHORT = Terms(FUND, date(2026, 3, 31), 1)
FOREVER = Terms(FUND, None, 1)
OLD_RATE = Terms("pilot/2026", date(2027, 6, 30), 2)
W1, W2, W3, W4, W5, W6, W7 = (address("2100", "SC", f"w{n}") for n in range(1, 8))
S1, S2, S3 = (address("2200", "SC", f"shop-{n}") for n in range(1, 4))
F1 = address("2300", "SC", "hall")
C1, C2 = address("2400", "SC", "trees"), address("2400", "SC", "books")


class Story:
    """Posts commands one after another, an hour apart, each with its own key."""

    def __init__(self, start: datetime = START) -> None:
        self.at = start
        self._keys = count(1)

    def key(self) -> UUID:
        """The next key; the hour goes on."""
        self.at += timedelta(hours=1)
        return UUID(int=next(self._keys))

    def post(self, command: Command) -> UUID:
        """Post it, and return its key."""
        with transaction.atomic():
            post_one(command)
        return command.key

    def until(self, moment: datetime) -> None:
        """Time goes on."""
        self.at = moment


def transfer(n: int) -> int:
    """The id of a story's nth command: on PostgreSQL ids go on from test to test."""
    found = reads.transfer_of(UUID(int=n))
    assert found is not None
    return found


def open_all() -> None:
    """The accounts that are opened on purpose."""
    with transaction.atomic():
        for at in (W1, W2, W3, W4, W5, W6, W7, S1, S2, S3, F1, C1, C2):
            code, unit, owner = at.split(":")
            open_account(code, unit, owner, at=START)


def order(story: Story, fund: str = FUND, coins: int = 1_000_000) -> UUID:
    """A budget order."""
    return story.post(
        kinds.budget_order(key=story.key(), at=story.at, unit="SC", fund=fund, coins=coins, won=2 * coins, deposit=True)
    )


def earn(story: Story, wallet: str, amount: int, terms: Terms = TERMS, vest_at: datetime | None = None) -> UUID:
    """Coins for a deed."""
    return story.post(
        kinds.earn(
            key=story.key(), at=story.at, wallet=wallet, amount=amount, terms=terms, vest_at=vest_at, memo="선행"
        )
    )


def pay(story: Story, wallet: str, till: str, amount: int, won: int = 0) -> UUID:
    """A payment."""
    return story.post(
        kinds.pay(key=story.key(), at=story.at, wallet=wallet, till=till, amount=amount, programme=PROGRAMME, won=won)
    )


def small_book() -> Story:
    """An order, three earnings (one with a delay), a payment in part, a hold."""
    story = Story()
    open_all()
    order(story)
    earn(story, W1, 5000, SHORT)
    earn(story, W1, 3000)
    earn(story, W2, 1000, vest_at=story.at + timedelta(days=7))
    pay(story, W1, S1, 6000)
    story.post(kinds.hold(key=story.key(), at=story.at, wallet=W1, amount=500, until=story.at + timedelta(hours=1)))
    story.post(
        kinds.reserve(
            key=story.key(), at=story.at, fund=FUND, claim="claim-1", won=2000, until=story.at + timedelta(days=30)
        )
    )
    return story


def full_book() -> Story:
    """Every journal kind at least once; the books stay open."""
    story = Story()
    open_all()
    order(story)
    order(story, "pilot/2026")
    for step in (_deeds, _holds, _payments, _giving, _disputes, _settlement, _lives, _year_end, _corrections, _ending):
        step(story)
    return story


def _deeds(s: Story) -> None:
    s.post(kinds.appropriation_cut(key=s.key(), at=s.at, unit="SC", fund=FUND, coins=1000, won=500))
    claim = s.post(
        kinds.reserve(key=s.key(), at=s.at, fund=FUND, claim="claim-1", won=1000, until=s.at + timedelta(days=9))
    )
    s.post(kinds.unreserve(key=s.key(), at=s.at, fund=FUND, claim="claim-1", reservation=claim))
    s.post(kinds.opening(key=s.key(), at=s.at, target=W1, amount=7000, terms=FOREVER, memo='옛 장부 "이월" \\ 끝'))
    _opened_and_undone(s)
    for wallet in (W1, W2, W3, W4, W5, W6, W7):
        earn(s, wallet, 10_000)
        earn(s, wallet, 4_000, SHORT)
    waiting = earn(s, W1, 2000, vest_at=s.at + timedelta(days=7))
    s.post(kinds.vest(key=s.key(), at=s.at, wallet=W1, amount=1500, earned=waiting))
    s.post(kinds.clawback_pending(key=s.key(), at=s.at, wallet=W1, case="case-1", amount=500, earned=waiting))
    s.post(kinds.gift(key=s.key(), at=s.at, wallet=W1, to=W2, amount=1230))


def _opened_and_undone(s: Story) -> None:
    for source in (W5, S1):
        opened = s.post(kinds.opening(key=s.key(), at=s.at, target=source, amount=300, terms=TERMS, memo="import 0a"))
        (found,) = [each for each in reads.openings("import 0a") if each.key == opened]
        s.post(
            kinds.opening_undone(
                key=s.key(), at=s.at, source=source, case="import-0a", amount=300, lot=found.lot.lot, opened=opened
            )
        )


def _holds(s: Story) -> None:
    hold = s.post(kinds.hold(key=s.key(), at=s.at, wallet=W2, amount=900, until=s.at + timedelta(hours=8)))
    s.post(kinds.capture(key=s.key(), at=s.at, held_by=W2, till=S1, amount=600, hold=hold))
    s.post(kinds.release(key=s.key(), at=s.at, wallet=W2, amount=300, hold=hold))


def _payments(s: Story) -> None:
    paid = pay(s, W2, S1, 5000, won=700)
    s.post(
        kinds.refund(key=s.key(), at=s.at, till=S1, wallet=W2, amount=2000, payment=paid, programme=PROGRAMME, won=700)
    )
    pay(s, W3, F1, 1000)
    s.post(kinds.facility_close(key=s.key(), at=s.at, till=F1))


def _giving(s: Story) -> None:
    s.post(kinds.donate(key=s.key(), at=s.at, wallet=W1, campaign=C1, amount=800))
    s.post(kinds.donation_release(key=s.key(), at=s.at, campaign=C1, programme=PROGRAMME))
    s.post(kinds.donation_paid(key=s.key(), at=s.at, campaign_owner="trees", programme=PROGRAMME))
    given = s.post(kinds.donate(key=s.key(), at=s.at, wallet=W1, campaign=C2, amount=400))
    s.post(kinds.donation_return(key=s.key(), at=s.at, campaign=C2, wallet=W1, amount=400, donation=given))


def _disputes(s: Story) -> None:
    for case, upheld in (("case-2", True), ("case-3", False)):
        paid = pay(s, W3, S2, 700)
        s.post(kinds.dispute(key=s.key(), at=s.at, till=S2, case=case, amount=700, payment=paid))
        suspense = address("2500", "SC", case)
        if upheld:
            s.post(kinds.dispute_upheld(key=s.key(), at=s.at, suspense=suspense, till=S2))
        else:
            s.post(kinds.dispute_returned(key=s.key(), at=s.at, suspense=suspense, wallet=W3, amount=700, payment=paid))


def _settlement(s: Story) -> None:
    receipts = [(pay(s, W3, S2, 1000), 1000), (pay(s, W4, S2, 2500), 2500)]
    for name in ("batch-1", "batch-2"):
        batch = address("2700", "SC", name)
        s.post(kinds.batch(key=s.key(), at=s.at, till=S2, batch=name, receipts=receipts, programme=PROGRAMME))
        if name == "batch-1":
            s.post(kinds.bounced(key=s.key(), at=s.at, batch=batch, till=S2, programme=PROGRAMME))
    s.post(kinds.paid(key=s.key(), at=s.at, batch=batch, till_owner="shop-2", programme=PROGRAMME))
    s.post(
        kinds.refund_late(
            key=s.key(), at=s.at, redeemed=address("3300", "SC", "2026"), till_owner="shop-2", wallet=W4,
            amount=500, payment=receipts[1][0], programme=PROGRAMME,
        )
    )  # fmt: skip
    again = [(pay(s, W4, S2, 600), 600)]
    s.post(kinds.batch(key=s.key(), at=s.at, till=S2, batch="batch-3", receipts=again, programme=PROGRAMME))
    s.post(kinds.set_off(key=s.key(), at=s.at, till_owner="shop-2", programme=PROGRAMME, won=500))


def _lives(s: Story) -> None:
    s.post(kinds.leave(key=s.key(), at=s.at, wallet=W5))
    s.post(kinds.come_back(key=s.key(), at=s.at, source=address("2150", "SC", "w5"), wallet=W5))
    s.post(kinds.leave(key=s.key(), at=s.at, wallet=W5))
    s.post(kinds.death(key=s.key(), at=s.at, wallet=W6))
    s.post(kinds.inherit(key=s.key(), at=s.at, estate=address("2140", "SC", "w6"), wallet=W7))
    s.post(kinds.merge(key=s.key(), at=s.at, unit="SC", source_owner="w7", target_owner="w2"))
    with transaction.atomic():
        close_account(W7, at=s.at)
    pay(s, W4, S3, 300)
    s.post(kinds.custody(key=s.key(), at=s.at, till=S3))
    s.post(kinds.custody_end(key=s.key(), at=s.at, till=S3))
    s.post(kinds.custody(key=s.key(), at=s.at, till=S3))
    s.post(kinds.write_off(key=s.key(), at=s.at, source=address("2220", "SC", "shop-3")))


def _year_end(s: Story) -> None:
    s.until(datetime(2026, 4, 2, tzinfo=UTC))
    with transaction.atomic():
        lapsed = [row for row in reads.lapsed(date(2026, 4, 2), 100) if row[0] == W1]
    for wallet, lot, amount, *_ in lapsed:
        s.post(kinds.expire(key=s.key(), at=s.at, wallet=wallet, lots=[(lot, int(amount))]))
    earn(s, W3, 1000, OLD_RATE)
    old = next(lot for lot in reads.lots(W3) if lot.rate == 2)
    s.post(
        kinds.rate_change(
            key=s.key(), at=s.at, wallet=W3, lot=old.lot, amount=1000, new_amount=2000,
            terms=Terms("pilot/2026", date(2027, 6, 30), 1),
        )
    )  # fmt: skip
    s.until(datetime(2026, 12, 31, 12, tzinfo=UTC))
    s.post(kinds.carry_over(key=s.key(), at=s.at, fund=FUND))


def _corrections(s: Story) -> None:
    lots = [(lot.lot, lot.amount) for lot in reads.lots(W4)][:1]
    s.post(
        kinds.clawback(key=s.key(), at=s.at, wallet=W4, case="case-4", amount=60_000, lots=lots, programme=PROGRAMME)
    )


def _ending(s: Story) -> None:
    s.until(datetime(2027, 2, 1, tzinfo=UTC))
    s.post(kinds.wind_down(key=s.key(), at=s.at, wallet=W3))
    s.post(
        kinds.close_book(
            key=s.key(), at=s.at,
            moves=[(address("3100", "SC", "2027"), address("1100", "SC", FUND), None)],
        )
    )  # fmt: skip
