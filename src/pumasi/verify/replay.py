"""Replays a log from entry 0: holds each entry to the public rules, and keeps what follows from all of them.

One pass gives problems, totals and the root. Not here: files (`directory`), signatures of checkpoints (`tlog.policy`),
and what one entry breaks by itself (`rules`).
"""

import base64
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pumasi.verify.classes import BELOW_ZERO, ISSUE_CONTROL
from pumasi.verify.errors import BadEntry
from pumasi.verify.frontier import Frontier, Seen
from pumasi.verify.leaf import RULES, Authority, Genesis, Leaf, parse
from pumasi.verify.rules import broken_by_itself

KEPT_PROBLEMS = 1000
PREFIX_BYTES = 8
_BUCKETS = 256

type Supply = dict[str, dict[str, int]]
"""Unit -> class -> minor units over all vintages; every class that an entry has named."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A public rule that the entry at `index` breaks; of a rule held at the end of a block, its last entry."""

    rule: str
    index: int
    text: str


class RuleBroken(ValueError):
    """A strict replay met a problem; it must not be used further."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.rule} at entry {problem.index}: {problem.text}")
        self.problem = problem


class Replay:
    """State after `size` entries: the books as the public sees them.

    Strict: the first problem is raised as RuleBroken. Otherwise `problems` collects the first 1000 of `found`.
    """

    def __init__(self, *, strict: bool = True, origin: str | None = None, seen: Seen | None = None) -> None:
        self.problems: list[Problem] = []
        self.found = 0
        self.block = 0
        self.genesis: Genesis | None = None
        self.totals: dict[tuple[str, str, str], int] = {}  # (unit, class, vintage)
        self.balances: dict[str, int] = {}  # of public accounts, over all vintages
        self.limits: dict[str, int] = {}  # what orders authorised, by public 1100
        self.orders: dict[str, int] = {}  # the entry of each order
        self.officers: dict[bytes, int] = {}  # the first entry of each officer's key
        self._pools: dict[str, str] = {}  # class of each public account
        self._strict = strict
        self._origin = origin
        self._frontier = Frontier(seen)
        self._prefixes = [array("Q") for _ in range(_BUCKETS)]
        self._touched: set[tuple[str, str, str]] = set()
        self._touched_accounts: set[str] = set()

    @property
    def size(self) -> int:
        """How many entries there were."""
        return self._frontier.size

    def add(self, entry: bytes) -> Leaf | None:
        """Take the next entry; None where it cannot be read. Raises RuleBroken when strict."""
        index = self._frontier.size
        self._frontier.add(entry)
        try:
            leaf = parse(entry)
        except BadEntry as error:
            self._report(error.rule, index, error.reason)
            return None
        self._place(leaf, index)
        if leaf.genesis is not None:
            self._begin(leaf.genesis, index)
            return leaf
        for rule, text in broken_by_itself(leaf):
            self._report(rule, index, text)
        self._count(leaf)
        if leaf.authority is not None:
            self._authorise(leaf.limits, leaf.authority, index)
        return leaf

    def end(self) -> frozenset[bytes]:
        """Hold the rules of a block's end, at a checkpoint. Returns prefixes of commitments that may stand there twice.

        Nearly always there are none; otherwise `commitments_twice` looks exactly, over the same entries again.
        """
        self._end_block(self.size - 1)
        return frozenset(
            number.to_bytes(PREFIX_BYTES, "big")
            for bucket in self._prefixes
            if len(set(bucket)) != len(bucket)
            for number, times in Counter(bucket).items()
            if times > 1
        )

    def root(self) -> bytes:
        """The Merkle root of the entries so far."""
        return self._frontier.root()

    def supply(self) -> Supply:
        """Totals by unit and class; `issued` is positive here."""
        sums: Supply = {}
        for (unit, pool, _), amount in self.totals.items():
            classes = sums.setdefault(unit, {})
            classes[pool] = classes.get(pool, 0) + (-amount if pool == "issued" else amount)
        return sums

    def solvency(self, origin: str) -> dict[str, object]:
        """The value of `solvency.json` (docs/formats.md)."""
        return {
            "blocks": self.block + 1 if self.size else 0,
            "origin": origin,
            "root": base64.b64encode(self.root()).decode(),
            "rules": RULES,
            "size": self.size,
            "supply": self.supply(),
            "v": 1,
        }

    def copy(self) -> "Replay":
        """A replay that goes on from here by itself: a block can be tried before it is written."""
        other = Replay(strict=self._strict, origin=self._origin)
        other.problems, other.found = list(self.problems), self.found
        other.block, other.genesis = self.block, self.genesis
        other.totals, other.balances = dict(self.totals), dict(self.balances)
        other.limits, other.orders, other.officers = dict(self.limits), dict(self.orders), dict(self.officers)
        other._pools = dict(self._pools)
        other._frontier = self._frontier.copy()
        other._prefixes = [bucket[:] for bucket in self._prefixes]
        other._touched, other._touched_accounts = set(self._touched), set(self._touched_accounts)
        return other

    def _place(self, leaf: Leaf, index: int) -> None:
        if leaf.index != index:
            self._report("index", index, f"it says {leaf.index}")
        block = leaf.block
        # Entry 0 is alone in its block.
        if block != self.block or index < 2:
            allowed = (index,) if index < 2 else (self.block, self.block + 1)
            if block not in allowed:
                self._report("block", index, f"{block} after {self.block}")
            self._end_block(index - 1)
            self.block = block

    def _begin(self, genesis: Genesis, index: int) -> None:
        if index:
            return  # `n` is 0 in every entry of rules, so that rule `index` has spoken
        self.genesis = genesis
        if self._origin is not None and genesis.origin != self._origin:
            self._report("grammar", index, f"these are the rules of {genesis.origin}")

    def _count(self, leaf: Leaf) -> None:
        totals, balances, touched = self.totals, self.balances, self._touched
        for posting in leaf.postings:
            unit, pool = posting.unit, posting.pool
            for vintage, amount in posting.amounts.items():
                at = (unit, pool, vintage)
                totals[at] = totals.get(at, 0) + amount
                touched.add(at)
            account = posting.account
            if account is None:
                assert posting.commitment is not None
                prefix = posting.commitment[:PREFIX_BYTES]
                self._prefixes[prefix[0]].append(int.from_bytes(prefix, "big"))
            else:
                balances[account] = balances.get(account, 0) + sum(posting.amounts.values())
                self._pools[account] = pool
                self._touched_accounts.add(account)

    def _authorise(self, limits: Mapping[str, int], authority: Authority, index: int) -> None:
        for account, change in limits.items():
            self.limits[account] = self.limits.get(account, 0) + change
            self._touched_accounts.add(account)
        order = str(authority.order["order"])
        if order in self.orders:
            self._report("twice", index, f"order {order} stands in entry {self.orders[order]}")
        self.orders.setdefault(order, index)
        for key in authority.keys:
            self.officers.setdefault(key, index)

    def _end_block(self, last: int) -> None:
        for unit, pool, vintage in self._touched:
            amount = self.totals[unit, pool, vintage]
            if amount < 0 and pool not in BELOW_ZERO:
                self._report("negative", last, f"{pool} {unit} {vintage}: {amount}")
        for account in self._touched_accounts:
            amount = self.balances.get(account, 0)
            if account.startswith(ISSUE_CONTROL):
                if amount < -self.limits.get(account, 0):
                    self._report("limit", last, f"{account}: {amount}, authorised {self.limits.get(account, 0)}")
            elif amount < 0 and self._pools[account] not in BELOW_ZERO:
                self._report("negative", last, f"{account}: {amount}")
        self._touched.clear()
        self._touched_accounts.clear()

    def _report(self, rule: str, index: int, text: str) -> None:
        problem = Problem(rule, index, text)
        if self._strict:
            raise RuleBroken(problem)
        self.found += 1
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)


def commitments_twice(entries: Iterable[bytes], suspects: frozenset[bytes]) -> list[Problem]:
    """Which commitments with one of these prefixes do stand twice: an exact look over all entries from entry 0."""
    first: dict[bytes, int] = {}
    problems = []
    for index, entry in enumerate(entries):
        try:
            leaf = parse(entry)
        except BadEntry:
            continue
        for posting in leaf.postings:
            commitment = posting.commitment
            if commitment is not None and commitment[:PREFIX_BYTES] in suspects:
                if commitment in first:
                    text = f"a commitment stands in entry {first[commitment]}"
                    problems.append(Problem("twice", index, text))
                first.setdefault(commitment, index)
    return problems
