"""Sends the same words to the ledger and to the model, and compares everything that both then know.

One `Desk` is one history. It can post a command alone or gather several into one batch, linked or not.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from pumasi.ledger import kinds, posting, reads
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.sweep import sweep
from pumasi.ledger.tests.proofs import audit
from pumasi.ledger.tests.proofs.budget import seoul_day
from pumasi.ledger.tests.proofs.model import WALLETS, Model, Refused

UNIT, PROGRAMME = "SC", "good"
WITH_UNIT = {"budget_order", "appropriation_cut", "merge"}
POSTED, REPLAYED = frozenset({"posted"}), frozenset({"replayed"})
LINKED = frozenset({"linked_refused"})


@dataclass(frozen=True)
class Order:
    """One command in plain words: a builder's name and arguments, lots by their number of birth."""

    name: str
    key: UUID
    at: datetime
    words: dict[str, Any]
    not_after: datetime | None = None
    link: str | None = None

    def lots(self) -> list[int]:
        """Numbers of the lots that it names."""
        named = [number for number, _ in self.words.get("lots", ())]
        return [*named, self.words["lot"]] if "lot" in self.words else named

    def command(self, ids: list[int]) -> Command:
        """The ledger's command, with real lot ids."""
        words = dict(self.words)
        if "terms" in words:
            words["terms"] = Terms(**words["terms"])
        if "lot" in words:
            words["lot"] = ids[words["lot"]]
        if "lots" in words:
            words["lots"] = [(ids[number], amount) for number, amount in words["lots"]]
        if self.name in WITH_UNIT:
            words["unit"] = UNIT
        build = getattr(kinds, self.name)
        made: Command = build(key=self.key, at=self.at, not_after=self.not_after, link=self.link, **words)
        return made


@dataclass
class Group:
    """Linked neighbours of one batch: where they began, and whether one was refused."""

    link: str
    first: int
    model: Model
    done: dict[UUID, Order]
    refused: bool = False


@dataclass
class Desk:
    """`now` is the only clock; `using` the database."""

    now: datetime
    using: str = "default"
    model: Model = field(default_factory=Model)
    done: dict[UUID, Order] = field(default_factory=dict)
    waiting: list[tuple[Order, frozenset[str]]] = field(default_factory=list)
    pattern: list[str | None] = field(default_factory=list)
    frozen: dict[int, list[Any]] = field(default_factory=dict)
    last: UUID = field(init=False)  # key of the newest command
    books: audit.Books = field(init=False)
    _group: Group | None = None
    _count: int = 0

    def __post_init__(self) -> None:
        self.books = audit.read(self.using)

    @property
    def day(self) -> date:
        return seoul_day(self.now)

    def open(self, code: str, owner: str) -> str:
        """Open an account in both books."""
        self.settle()
        with transaction.atomic(self.using):
            return posting.open_account(code, UNIT, owner, at=self.now, using=self.using)

    def ask(self, name: str, **words: Any) -> frozenset[str]:
        """Give a new command; the answers that the model allows."""
        return self.ask_before(None, name, **words)

    def ask_before(self, not_after: datetime | None, name: str, **words: Any) -> frozenset[str]:
        """The same, with an end to its chance."""
        self._count += 1
        self.last = UUID(int=(0xA << 96) + self._count)
        return self.give(Order(name, self.last, self.now, words, not_after))

    def give(self, order: Order) -> frozenset[str]:
        """Give a command, new or repeated."""
        if any(number >= len(self.books.lot) for number in order.lots()):
            self.settle()
        link = self.pattern[len(self.waiting)] if self.pattern else None
        order = Order(order.name, order.key, order.at, order.words, order.not_after, link)
        self._open_group(link)
        expected = self._expect(order)
        self.waiting.append((order, expected))
        if len(self.waiting) >= len(self.pattern):
            self.settle()
        return expected

    def gather(self, pattern: list[str | None]) -> None:
        """The next commands go out together; neighbours with the same word in `pattern` are linked."""
        self.settle()
        self.pattern = pattern

    def settle(self) -> None:
        """Send what waits, and compare the books."""
        waiting, self.waiting, self.pattern, self._group = self.waiting, [], [], None
        if not waiting:
            return
        before = self.books
        ids = [row[0] for row in before.lot]
        with transaction.atomic(self.using):
            verdicts = posting.post([order.command(ids) for order, _ in waiting], using=self.using)
        for (order, expected), verdict in zip(waiting, verdicts, strict=True):
            assert verdict.code in expected, f"{order}: the ledger says {verdict.code}, the model {set(expected)}"
            if verdict.transfer is not None:
                assert reads.transfer_of(order.key, self.using) == verdict.transfer
        self.compare()
        if not any(verdict.code == "posted" for verdict in verdicts):
            assert self.books == before, "a refusal left something"

    def let_time_work(self, limit: int) -> None:
        """Sweep until nothing is due, then once more: the second time changes nothing (I10)."""
        self.settle()
        for _ in range(500):
            with transaction.atomic(self.using):
                posted = sweep(self.now, limit, self.using)
            if not posted:
                break
        if self.day.year not in self.model.closed_years:
            self.model = self.model.attempt("sweep", UUID(int=0), self.now, {})
        swept = self.compare()
        with transaction.atomic(self.using):
            assert sweep(self.now, 1000, self.using) == 0
        assert self.compare() == swept

    def close_year(self, year: int) -> None:
        """Close a year for good; what is dated in it is remembered (I21)."""
        self.settle()
        with transaction.atomic(self.using):
            posting.close_fiscal_year(year, at=self.now, using=self.using)
        self.model.closed_years.add(year)
        self.frozen[year] = self.dated_in(self.compare(), year)

    def compare(self) -> audit.Books:
        """Every invariant holds, and both books are the same."""
        self.books = books = audit.read(self.using)
        assert audit.faults(books) == []
        assert books.positions() == self.model.positions()
        assert books.balances() == self.model.balances()
        limits = {row[4]: -row[5] for row in books.account if row[2] == "1100" and row[5]}
        assert limits == {fund: coins for fund, coins in self.model.authorised.items() if coins}
        lots = [(row[2], _date(row[4]), row[5], row[6]) for row in books.lot]
        assert lots == [(lot.fund, lot.expires, lot.rate, lot.amount) for lot in self.model.lots]
        swept = {"RELEASE", "VEST", "EXPIRE", "UNRESERVE"}
        by_hand = {row[1] for row in books.transfer if row[3] not in swept or row[1] in self.done}
        assert by_hand == set(self.done)
        for address in [row[1] for row in books.account if row[2] in WALLETS and row[6]]:
            assert reads.spendable(address, self.day, self.using) == self.model.spendable(address, self.day)
        for year, rows in self.frozen.items():
            assert self.dated_in(books, year) == rows, f"I21: the closed year {year} has changed"
        return books

    @staticmethod
    def dated_in(books: audit.Books, year: int) -> list[Any]:
        """Every row of every transfer dated in a year."""
        dated = {row[0] for row in books.transfer if row[5] // 10_000 == year}
        postings = [row for row in books.posting if row[1] in dated]
        moves = [row for row in books.lot_move if row[0] in dated]
        return [row for row in books.transfer if row[0] in dated] + postings + moves

    def advance(self, by: timedelta) -> None:
        """Time goes on; what is gathered stays gathered."""
        self.now += by

    def _open_group(self, link: str | None) -> None:
        if link is None:
            self._group = None
        elif self._group is None or self._group.link != link:
            self._group = Group(link, len(self.waiting), self.model, dict(self.done))

    def _expect(self, order: Order) -> frozenset[str]:
        group = self._group
        if group is not None and group.refused:
            return LINKED
        try:
            return self._attempt(order)
        except Refused as refused:
            if group is not None:
                group.refused = True
                self.model, self.done = group.model, group.done
                self.waiting[group.first :] = [(earlier, LINKED) for earlier, _ in self.waiting[group.first :]]
            return refused.codes

    def _attempt(self, order: Order) -> frozenset[str]:
        known = self.done.get(order.key)
        if known is not None:
            if (known.name, _business(known.words)) != (order.name, _business(order.words)):
                raise Refused("key_reused")
            return REPLAYED
        if order.not_after is not None and order.at > order.not_after:
            raise Refused("too_late")
        self.model = self.model.attempt(order.name, order.key, order.at, order.words)
        self.done[order.key] = order
        return POSTED


def _business(words: dict[str, Any]) -> dict[str, Any]:
    """What makes two commands the same: everything but times, which a retry may give anew."""
    return {name: value for name, value in words.items() if name not in {"until", "vest_at"}}


def _date(number: int | None) -> date | None:
    return None if number is None else date(number // 10_000, number // 100 % 100, number % 100)
