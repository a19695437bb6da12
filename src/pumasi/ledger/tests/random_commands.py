"""Random days of one programme, as plain steps that can be played on any books: everyday commands, good and bad."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from hypothesis import strategies as st

from pumasi.ledger import kinds
from pumasi.ledger.commands import Command
from pumasi.ledger.tests.books import Books

REFERS = {
    "vest": "EARN", "clawback": "EARN", "capture": "HOLD", "release": "HOLD", "refund": "PAY", "refund in part": "PAY",
    "dispute": "PAY", "undispute": "PAY", "undonate": "DONATE",
}  # fmt: skip
EXPIRIES = (None, date(2026, 3, 1), date(2026, 4, 10), date(2026, 12, 31), date(2027, 2, 1))
ACTIONS = (
    "earn", "earn", "earn", "earn late", "wait", "vest", "gift", "pay", "pay", "pay in part", "use facility", "hold",
    "capture", "release", "refund", "refund in part", "donate", "undonate", "dispute", "undispute", "clawback",
    "reserve", "set off", "again", "reuse", "late", "days pass",
)  # fmt: skip


class Step(NamedTuple):
    """One thing that happens; what `amount`, `who`, `which` and `expiry` mean depends on the action."""

    action: str
    amount: int
    who: int
    which: int
    expiry: int


STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(ACTIONS),
        st.integers(1, 40),
        st.integers(0, 1),
        st.integers(0, 30),
        st.integers(0, len(EXPIRIES) - 1),
    ),
    min_size=1,
    max_size=40,
)


@dataclass
class Script:
    """Turns steps into commands for some books, remembering earlier ones to refer back to."""

    books: Books
    made: list[Command] = field(default_factory=list)

    def commands(self, steps: Sequence[Step]) -> list[Command]:
        """The commands of these steps, in order."""
        for step in steps:
            if step.action == "days pass":
                self.books.later(days=step.amount if step.which > 24 else step.amount // 10)
            else:
                self.made.append(self._command(step))
        return self.made

    def _command(self, step: Step) -> Command:
        books = self.books
        earlier = self._earlier(step) if step.action in REFERS else None
        origin, who = (earlier.key, self._who(earlier)) if earlier else (UUID(int=30), step.who)
        wallet, other = (books.of(f"2100:w{1 + (who + n) % 2}") for n in (0, 1))
        till = books.of("2300:f1" if step.action == "use facility" else "2200:s1")
        amount = 1 + step.amount // 4 if earlier else step.amount
        at, programme = books.at, books.prefix + "gd"
        make: dict[str, Callable[[UUID], Command]] = {
            "vest": lambda key: kinds.vest(key=key, at=at, wallet=wallet, amount=amount, earned=origin),
            "gift": lambda key: kinds.gift(key=key, at=at, wallet=wallet, to=other, amount=amount),
            "pay in part": lambda key: kinds.pay(
                key=key, at=at, wallet=wallet, till=till, amount=amount, programme=programme, won=step.which + 1
            ),
            "hold": lambda key: kinds.hold(
                key=key, at=at, wallet=wallet, amount=amount, until=at + timedelta(days=step.which)
            ),
            "capture": lambda key: kinds.capture(key=key, at=at, held_by=wallet, till=till, amount=amount, hold=origin),
            "release": lambda key: kinds.release(key=key, at=at, wallet=wallet, amount=amount, hold=origin),
            "refund": lambda key: kinds.refund(key=key, at=at, till=till, wallet=wallet, amount=amount, payment=origin),
            "refund in part": lambda key: kinds.refund(
                key=key, at=at, till=till, wallet=wallet, amount=amount, payment=origin, programme=programme, won=1
            ),
            "donate": lambda key: kinds.donate(
                key=key, at=at, wallet=wallet, campaign=books.of("2400:c1"), amount=amount
            ),
            "undonate": lambda key: kinds.donation_return(
                key=key, at=at, campaign=books.of("2400:c1"), wallet=wallet, amount=amount, donation=origin
            ),
            "dispute": lambda key: kinds.dispute(
                key=key, at=at, till=till, case=books.prefix + "case", amount=amount, payment=origin
            ),
            "undispute": lambda key: kinds.dispute_returned(
                key=key, at=at, suspense=books.of("2500:case"), wallet=wallet, amount=amount, payment=origin
            ),
            "clawback": lambda key: kinds.clawback_pending(
                key=key, at=at, wallet=wallet, case=books.prefix + "case", amount=amount, earned=origin
            ),
            "reserve": lambda key: kinds.reserve(
                key=key, at=at, fund=books.fund(), claim=books.prefix + "claim", won=amount, until=at
            ),
            "set off": lambda key: kinds.set_off(
                key=key, at=at, till_owner=books.prefix + "s1", programme=programme, won=amount
            ),
        }
        if step.action in {"again", "reuse"} and self.made:
            return self._repeated(step)
        if step.action in make:
            return make[step.action](books.key())
        if step.action.startswith("earn") or step.action == "wait":
            return self._earned(step, wallet)
        pay = kinds.pay(key=books.key(), at=at, wallet=wallet, till=till, amount=amount)
        return replace(pay, not_after=at - timedelta(seconds=1)) if step.action == "late" else pay

    def _who(self, earlier: Command) -> int:
        """Whose wallet an earlier command was about: 0 or 1."""
        move = earlier.moves[0]
        return int((move.target if earlier.kind == "EARN" else move.source).endswith("w2"))

    def _earned(self, step: Step, wallet: str) -> Command:
        books, rate = self.books, 1 + step.which % 2
        fund = "gd/2025" if step.action == "earn late" else "gd/2026"
        return kinds.earn(
            key=books.key(),
            at=books.at,
            wallet=wallet,
            amount=step.amount * 5,
            terms=books.terms(EXPIRIES[step.expiry], rate, fund),
            vest_at=books.at if step.action == "wait" else None,
        )

    def _repeated(self, step: Step) -> Command:
        """An earlier command again, or its key for something else."""
        earlier = self.made[step.which % len(self.made)]
        if step.action == "again":
            return replace(earlier, at=self.books.at)
        move = earlier.moves[0]
        return replace(earlier, moves=(replace(move, amount=(move.amount or 0) + 1), *earlier.moves[1:]))

    def _earlier(self, step: Step) -> Command | None:
        """A command to refer back to: mostly of the fitting kind, now and then any, or one that nobody posted."""
        fitting = [c for c in self.made if step.which > 24 or _fits(c, step.action)]
        return fitting[-1 - step.which % min(len(fitting), 4)] if fitting else None


def _fits(command: Command, action: str) -> bool:
    kind = REFERS.get(action)
    return command.kind == kind and (kind != "EARN" or command.due_at is not None)
