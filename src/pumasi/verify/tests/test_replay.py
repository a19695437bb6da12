"""One pass over a log: totals, root, copies, and what follows for `solvency.json`."""

import base64
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.kernel import canonical
from pumasi.tlog.tree import leaf_hash, memory, root
from pumasi.verify.frontier import Frontier
from pumasi.verify.replay import Problem, Replay, RuleBroken
from pumasi.verify.tests.making import FUND, NEW, make_log, private_key
from pumasi.verify.tests.public_rules.books import COINS, log, move, next_leaf

LOG = make_log(120)


def replayed(entries: Sequence[bytes]) -> Replay:
    replay = Replay()
    for entry in entries:
        replay.add(entry)
    assert replay.end() == frozenset()
    return replay


class TestFrontier:
    @pytest.mark.parametrize("size", [*range(70), 255, 256, 257, 1000])
    def test_has_the_root_that_the_builder_has(self, size: int) -> None:
        frontier = Frontier()
        for number in range(size):
            frontier.add(b"%d" % number)

        assert frontier.root() == root(size, memory(leaf_hash(b"%d" % number) for number in range(size)))

    def test_tells_the_hashes_that_stand_in_tiles(self) -> None:
        seen: list[tuple[int, bytes]] = []
        frontier = Frontier(lambda level, node: seen.append((level, node)))
        for number in range(600):
            frontier.add(b"%d" % number)
        read = memory(leaf_hash(b"%d" % number) for number in range(600))

        assert [node for level, node in seen if level == 0] == [read(0, index) for index in range(600)]
        assert [node for level, node in seen if level == 1] == [read(8, 0), read(8, 1)]
        assert {level for level, _ in seen} == {0, 1}

    def test_a_copy_grows_alone(self) -> None:
        frontier = Frontier()
        frontier.add(b"a")
        before, other = frontier.root(), frontier.copy()
        other.add(b"b")

        assert (frontier.size, frontier.root()) == (1, before)
        assert other.size == 2


class TestReplay:
    def test_counts_each_class_and_account(self) -> None:
        spent = next_leaf("spend", move("wallets", "takings", {NEW: 500}))
        replay = replayed(log(spent))

        assert replay.supply() == {
            "SC": {"issued": 30_000, "wallets": 29_500, "takings": 500},
            "KRW": {"appropriated": -1_000_000, "free": 970_000, "encumbered": 30_000},
        }
        assert replay.totals["SC", "wallets", NEW] == COINS[NEW] - 500
        assert replay.balances[f"1100:SC:{FUND}"] == -30_000
        assert replay.limits == {f"1100:SC:{FUND}": 1_000_000}

    def test_remembers_when_an_officer_s_key_was_first_seen(self) -> None:
        officers = [
            private_key(name).public_key().public_bytes_raw() for name in ("finance officer", "head of department")
        ]

        assert replayed(LOG.entries).officers == dict.fromkeys(officers, 1)

    @given(st.integers(0, 120))
    def test_issued_is_the_sum_of_all_other_classes(self, size: int) -> None:
        supply = replayed(LOG.entries[:size]).supply().get("SC", {})

        assert supply.get("issued", 0) == sum(amount for pool, amount in supply.items() if pool != "issued")

    def test_makes_solvency_json(self) -> None:
        value = replayed(LOG.entries).solvency(LOG.origin)

        assert value["root"] == base64.b64encode(root(120, LOG.read)).decode()
        assert {name: value[name] for name in ("blocks", "origin", "rules", "size", "v")} == {
            "blocks": 7,
            "origin": "seocho.example/coin",
            "rules": "pumasi-1",
            "size": 120,
            "v": 1,
        }
        assert canonical.loads(canonical.dumps(value)) == value

    def test_of_nothing_is_nothing(self) -> None:
        assert Replay().solvency("a")["blocks"] == 0
        assert Replay().supply() == {}

    def test_a_copy_goes_on_alone(self) -> None:
        replay = Replay()
        for entry in LOG.entries[:60]:
            replay.add(entry)
        before = (replay.supply(), replay.root(), replay.size)
        other = replay.copy()
        for entry in LOG.entries[60:]:
            other.add(entry)

        assert other.end() == frozenset()
        assert (other.supply(), other.root()) == (replayed(LOG.entries).supply(), root(120, LOG.read))
        assert (replay.supply(), replay.root(), replay.size) == before

    def test_a_copy_remembers_commitments_and_what_its_block_has_touched(self) -> None:
        spent = next_leaf("spend", move("wallets", "takings", {NEW: 30_000}))
        replay = Replay(strict=False)
        for entry in log(spent):
            replay.add(entry)
        other = replay.copy()
        other.add(log(spent)[3])

        assert len(other.end()) == 2
        assert [problem.rule for problem in other.problems] == ["index", "negative"]
        assert replay.problems == []

    def test_strict_raises_the_first_problem(self) -> None:
        replay = Replay()
        for entry in log(next_leaf("spend", move("wallets", "takings", {NEW: 20_001}))):
            replay.add(entry)

        with pytest.raises(RuleBroken) as broken:
            replay.end()

        assert broken.value.problem == Problem("negative", 3, "wallets SC 2029Q4: -1")

    def test_keeps_the_first_thousand_problems_and_counts_all(self) -> None:
        replay = Replay(strict=False)
        for _ in range(1500):
            replay.add(b"")

        assert (replay.found, len(replay.problems), replay.size) == (1500, 1000, 1500)
