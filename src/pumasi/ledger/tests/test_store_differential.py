"""The same random days played in several ways end in the same books: one by one through the everyday path, one by one
through the batch path, as one batch, and in memory without any database."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from pumasi.ledger import kinds, posting
from pumasi.ledger.book import NEVER
from pumasi.ledger.chart import parts
from pumasi.ledger.commands import Command
from pumasi.ledger.needs import budget_addresses, need_of
from pumasi.ledger.planner import Planner
from pumasi.ledger.store.contract import Account, Plan, Snapshot, Verdict
from pumasi.ledger.store.postgresql import PostgresStore
from pumasi.ledger.tests.books import FUND, Books, dump
from pumasi.ledger.tests.random_commands import STEPS, Script, Step

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

COINS, WON = 1500, 2200
prefixes = (f"p{n}-" for n in count())


class _Undone(Exception):
    """Takes an example's rows back, so that the next one starts from nothing."""


def _open() -> Books:
    books = Books.opened(next(prefixes), "none/2026")
    for fund in (FUND, "gd/2025"):
        books.order(fund, COINS, WON)
    return books


def _told(books: Books, verdict: Verdict) -> tuple[Any, ...]:
    """A verdict without what differs between books: ids and names."""
    facts = dict(verdict.refusal.facts) if verdict.refusal else {}
    facts.pop("origin", None)
    return (verdict.code, {k: v.replace(books.prefix, "") if isinstance(v, str) else v for k, v in facts.items()})


def _state(books: Books) -> dict[str, Any]:
    """Balances, floors, lots in every place by age, running balances and what waits, under names without prefix."""
    tables, prefix = dump(), books.prefix
    names = {row[0]: row[1].replace(prefix, "") for row in tables["account"]}
    mine = {row[0] for row in tables["account"] if row[4].startswith(prefix)}
    lots = {row[0]: row for row in tables["lot"] if row[2].startswith(prefix)}
    transfers = sorted({row[1] for row in tables["posting"] if row[0] in mine})
    turn = {0: 0, **{id_: n for n, id_ in enumerate(transfers, 1)}}
    age = {id_: n for n, id_ in enumerate(sorted(lots), 1)}
    return {
        "accounts": sorted((names[r[0]], *r[2:4], r[5], r[6]) for r in tables["account"] if r[0] in mine),
        "postings": sorted((turn[r[1]], names[r[0]], r[2], r[3]) for r in tables["posting"] if r[0] in mine),
        "lots": [(age[i], r[1], *r[3:8], turn[r[8]]) for i, r in sorted(lots.items())],
        "moves": sorted(
            (turn[r[0]], r[1], age[r[2]], names[r[3]], names[r[4]], turn[r[5]], turn[r[6]], r[7])
            for r in tables["lot_move"]
            if r[2] in age
        ),
        "positions": sorted((names[r[0]], turn[r[1]], age[r[2]], r[3]) for r in tables["position"] if r[2] in age),
        "pending": sorted((turn[r[0]], *r[1:]) for r in tables["pending"] if r[0] in turn),
    }


def _one_by_one(steps: Sequence[Step]) -> tuple[list[Any], dict[str, Any]]:
    books = _open()
    return [_told(books, posting.post([c])[0]) for c in Script(books).commands(steps)], _state(books)


@given(STEPS)
def test_one_by_one_and_as_one_batch_are_the_same(steps: list[Step]) -> None:
    try:
        with transaction.atomic():
            singly = _one_by_one(steps)
            books = _open()
            commands = Script(books).commands(steps)
            together = [_told(books, v) for v in (posting.post(commands) if commands else [])], _state(books)
            assert together == singly
            raise _Undone
    except _Undone:
        pass


@given(STEPS)
def test_the_everyday_path_and_the_batch_path_are_the_same(steps: list[Step]) -> None:
    """On SQLite both are the batch path; on PostgreSQL the function in the database against the planner."""
    try:
        with transaction.atomic():
            by_path = _one_by_one(steps)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(PostgresStore, "post_single", lambda _store, _command: None)
                assert _one_by_one(steps) == by_path
            raise _Undone
    except _Undone:
        pass


@given(STEPS)
def test_the_store_and_the_planner_in_memory_are_the_same(steps: list[Step]) -> None:
    try:
        with transaction.atomic():
            told, state = _one_by_one(steps)
            books = Books(prefix="memory-")
            orders = [
                kinds.budget_order(key=books.key(), at=books.at, unit="SC", fund=books.fund(f), coins=COINS, won=WON)
                for f in (FUND, "gd/2025")
            ]
            commands = [*orders, *Script(books).commands(steps)]
            plan, book = _planned(books, commands)
            assert [_told(books, v) for v in plan.verdicts[2:]] == told
            stored = {name: balance for name, code, _, _, balance in state["accounts"] if "none/" not in name}
            assert {a: b for a, b in book.items() if b} == {a: b for a, b in stored.items() if b}
            lots = {lot.id: n for n, lot in enumerate(plan.lots, 1)}
            ages = [(lots[lot.id], lot.fiscal_year, lot.expires, lot.rate, lot.amount) for lot in plan.lots]
            assert ages == [
                (n, year, expires, rate, amount) for n, _, year, expires, _, rate, amount, _ in state["lots"]
            ]
            raise _Undone
    except _Undone:
        pass


def _planned(books: Books, commands: Sequence[Command]) -> tuple[Plan, dict[str, int]]:
    """What the planner decides over empty books that know every account; and the balances, by short address."""
    opened = {books.of(name) for name in ("2100:w1", "2100:w2", "2200:s1", "2300:f1", "2400:c1")}
    snapshot = Snapshot({}, {}, {}, frozenset(), {}, {}, frozenset(), range(1, 999), range(1, 999))
    for address in need_of(commands).addresses:
        if address in opened or parts(address)[0].automatic:
            _add(snapshot, address)
    for address in budget_addresses(commands, snapshot):
        _add(snapshot, address)
    snapshot.whole = frozenset(a.id for a in snapshot.accounts.values())
    plan = Planner(snapshot).decide(commands)
    balances = {a.id: a.balance for a in snapshot.accounts.values()}
    for account, balance, _ in plan.accounts:
        balances[account] = balance
    return plan, {
        a.address.replace(books.prefix, ""): balances[a.id]
        for a in snapshot.accounts.values()
        if a.owner.startswith(books.prefix)
    }


def _add(snapshot: Snapshot, address: str) -> None:
    row, unit, owner = parts(address)
    id_ = len(snapshot.accounts) + 1
    snapshot.accounts[address] = Account(id_, address, unit, owner, row, row.first_floor, 0, closed=False)


LOTS = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 20)), min_size=3, max_size=8)


@given(LOTS, st.lists(st.integers(1, 40), min_size=1, max_size=5))
def test_spending_takes_what_a_brute_force_model_takes(lots: list[tuple[int, int]], spends: list[int]) -> None:
    """The model looks at single coins: of all that still hold, the one that lapses first, and of those the oldest."""
    try:
        with transaction.atomic():
            books = Books.opened(next(prefixes))
            steps = [Step("earn", amount, 0, 0, expiry) for expiry, amount in lots]
            for command in Script(books).commands(steps):
                posting.post_one(command)
            ids = sorted(row[0] for row in dump()["lot"] if row[2].startswith(books.prefix))
            day = 20260302
            coins = [
                (expires or NEVER, lot)
                for lot, expires, amount in ((r[0], r[4], r[7]) for r in dump()["lot"] if r[0] in ids)
                for _ in range(amount)
            ]
            for spend in spends:
                pay = books.payment("2100:w1", "2200:s1", spend)
                usable = sorted(coin for coin in coins if coin[0] >= day)
                (verdict,) = posting.post([pay])
                assert verdict.code == ("posted" if len(usable) >= spend else "insufficient_balance")
                if verdict.code == "posted":
                    for coin in usable[:spend]:
                        coins.remove(coin)
            left = {lot: amount for lot, amount in books.lot_ids("2100:w1")}
            assert left == {lot: len([c for c in coins if c[1] == lot]) for lot in {c[1] for c in coins}}
            raise _Undone
    except _Undone:
        pass
