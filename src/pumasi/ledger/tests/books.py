"""Books for tests: short names for accounts, one fund, and a full dump of every table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds, posting, reads
from pumasi.ledger.chart import address, parts
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.store.contract import Verdict

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)  # 12:00 in Seoul
FUND = "gd/2026"
TABLES = (
    "account", "transfer", "posting", "lot", "lot_move", "position", "pending", "floor_change", "closed_year",
)  # fmt: skip


@dataclass
class Books:
    """One programme `gd`, at rate 2 won per minor unit unless said otherwise."""

    at: datetime = NOON
    prefix: str = ""
    _count: int = field(default=0)

    @classmethod
    def opened(cls, prefix: str = "", fund: str = FUND) -> "Books":
        """Books with wallets w1, w2, shop s1, facility f1, campaign c1 and a budget order."""
        books = cls(prefix=prefix)
        for code, owner in (("2100", "w1"), ("2100", "w2"), ("2200", "s1"), ("2300", "f1"), ("2400", "c1")):
            posting.open_account(code, "SC", prefix + owner, at=books.at)
        books.order(fund)
        return books

    def order(self, fund: str = FUND, coins: int = 1_000_000, won: int = 2_000_000) -> int:
        """A budget order."""
        return self.post(
            kinds.budget_order(key=self.key(), at=self.at, unit="SC", fund=self.fund(fund), coins=coins, won=won)
        )

    def fund(self, fund: str = FUND) -> str:
        """The fund's name in these books."""
        return self.prefix + fund

    def key(self) -> UUID:
        """A key not used before."""
        self._count += 1
        return derived_id("test", self.prefix, self._count)

    def later(self, **passed: float) -> datetime:
        """Time goes by."""
        self.at += timedelta(**passed)
        return self.at

    def of(self, name: str) -> str:
        """`2100:w1` -> `2100:SC:w1`; B and K accounts are in won."""
        code, _, owner = name.partition(":")
        return address(code, "KRW" if code[0] in "BK" else "SC", self.prefix + owner)

    def terms(self, expires: date | None = None, rate: int = 2, fund: str = FUND) -> Terms:
        """Terms of a lot."""
        return Terms(self.fund(fund), expires, rate)

    def post(self, command: Command) -> int:
        """Post one command that must be posted."""
        return posting.post_one(command)

    def refused(self, command: Command) -> str:
        """The code of a refusal, after checking that it changed nothing at all."""
        before = dump()
        (verdict,) = posting.post([command])
        assert dump() == before
        assert verdict.transfer is None
        return verdict.code

    def earn(self, name: str, amount: int, expires: date | None = None, rate: int = 2, fund: str = FUND) -> Command:
        """Coins come in, posted; the command."""
        return self.done(
            kinds.earn(
                key=self.key(),
                at=self.at,
                wallet=self.of(name),
                amount=amount,
                terms=self.terms(expires, rate, fund),
            )
        )

    def pay(self, wallet: str, till: str, amount: int, won: int = 0) -> Command:
        """A payment, posted; the command."""
        return self.done(self.payment(wallet, till, amount, won))

    def payment(self, wallet: str, till: str, amount: int, won: int = 0) -> Command:
        """A payment, not posted."""
        return kinds.pay(
            key=self.key(),
            at=self.at,
            wallet=self.of(wallet),
            till=self.of(till),
            amount=amount,
            won=won,
            programme=self.prefix + "gd",
        )

    def done(self, command: Command) -> Command:
        """Post and return the command."""
        self.post(command)
        return command

    def legs(self, command: Command) -> dict[str, int]:
        """Post a command and return its postings: `code:owner` -> amount. They sum to zero in each unit."""
        transfer = self.post(command)
        found = {at: amount for at, amount, _ in reads.postings_of(transfer)}
        for unit in ("SC", "KRW"):
            assert sum(amount for at, amount in found.items() if parts(at)[1] == unit) == 0
        return {self.short(at): amount for at, amount in found.items()}

    def short(self, at: str) -> str:
        """`2100:SC:w1` -> `2100:w1`."""
        row, _, owner = parts(at)
        return f"{row.code}:{owner.removeprefix(self.prefix)}"

    def balance(self, name: str) -> int:
        """A balance; 0 where there is no account."""
        at = self.of(name)
        return next((balance for a, _, _, _, balance in reads.accounts_of(at[:4]) if a == at), 0)

    def lots(self, name: str) -> list[tuple[date | None, int, int]]:
        """(expires, rate, amount) of a wallet's lots."""
        return [(lot.expires, lot.rate, lot.amount) for lot in reads.lots(self.of(name))]

    def lot_ids(self, name: str) -> list[tuple[int, int]]:
        """(lot, amount) of a wallet's lots."""
        return [(lot.lot, lot.amount) for lot in reads.lots(self.of(name))]

    def receipt(self, command: Command) -> dict[str, int]:
        """Where the coins of a receipt lie."""
        return {self.short(at): amount for at, amount in reads.receipt(command.key).items()}


def verdicts(commands: Sequence[Command]) -> list[Verdict]:
    """The verdicts of one batch."""
    return posting.post(commands)


def codes(commands: Sequence[Command]) -> list[str]:
    """The codes of one batch."""
    return [verdict.code for verdict in posting.post(commands)]


def pending() -> list[tuple[Any, ...]]:
    """(kind, due at) of everything that waits."""
    return [(row[1], row[2]) for row in dump()["pending"]]


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the ledger."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"select * from ledger_{table} order by 1, 2")
            found[table] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
