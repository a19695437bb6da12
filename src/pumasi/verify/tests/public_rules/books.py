"""A small good log to break: entries 0 to 2 bring 30,000 coins into wallets; tests go on from entry 3, block 2."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pumasi.verify.leaf import Leaf, encode, parse
from pumasi.verify.replay import Replay, commitments_twice
from pumasi.verify.tests.making import DAY, FUND, NEW, OLD, UNIT, Move, genesis, leaf_of, order_leaf

ISSUE = f"1100:{UNIT}:{FUND}"
EXPIRED = f"3100:{UNIT}:2026"
CAMPAIGN = f"2400:{UNIT}:camp-1"
FREE, SPENT = f"B100:KRW:{FUND}", f"B200:KRW:{FUND}"
COINS = {OLD: 10_000, NEW: 20_000}
ORDERED = 1_000_000


def less(amounts: Mapping[str, int]) -> dict[str, int]:
    """The other side of a move."""
    return {vintage: -amount for vintage, amount in amounts.items()}


def mirror(won: int) -> list[Move]:
    """Won from free to encumbered."""
    return [(FREE, {"won": -won}), (SPENT, {"won": won})]


def move(source: str, target: str, amounts: Mapping[str, int]) -> list[Move]:
    """One move of coins."""
    return [(source, less(amounts)), (target, amounts)]


def next_leaf(kind: str, moves: Sequence[Move], *, index: int = 3, block: int = 2, day: date = DAY) -> Leaf:
    """The entry of some moves."""
    return leaf_of(index, kind, moves, block=block, day=day)[0]


def beginning() -> list[bytes]:
    """Entries 0 to 2."""
    earned = next_leaf("earn", [*move(ISSUE, "wallets", COINS), *mirror(30_000)], index=2, block=1)
    return [encode(genesis()), encode(order_leaf(1, coins=ORDERED, won=ORDERED, block=1)), encode(earned)]


def log(*leaves: Leaf) -> list[bytes]:
    """The beginning and what follows it."""
    return [*beginning(), *map(encode, leaves)]


def broken(entries: Iterable[bytes]) -> list[tuple[str, int]]:
    """(rule, entry) of all problems of a log."""
    whole = list(entries)
    replay = Replay(strict=False)
    for entry in whole:
        replay.add(entry)
    twice = commitments_twice(whole, replay.end())
    assert replay.found == len(replay.problems)
    return [(problem.rule, problem.index) for problem in (*replay.problems, *twice)]


def leaf_in(entries: Sequence[bytes], index: int) -> Leaf:
    """An entry, read."""
    return parse(entries[index])
