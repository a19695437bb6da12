"""The same receipts before every verifier: what is whole all accept, what is spoiled all refuse (ADR 16)."""

import json
import os
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from pumasi.kernel import canonical
from pumasi.verify.errors import BadEntry
from pumasi.verify.leaf import encode, parse
from pumasi.verify.tests.making import longest_log, make_log, order_leaf
from pumasi.verify.tests.reference import is_entry as by_reference
from tests.foreign.mutations import BLANKS, HARMLESS, MUTATIONS, SHALLOW, Mutant, Mutation, mutant, spoiled_entry
from tests.foreign.verifiers import (
    HERE,
    NODE,
    Receipts,
    Verifier,
    answers,
    b64,
    build_go,
    go,
    needs_go,
    needs_node,
    needs_sigstore,
    page,
    python,
    sigstore,
)

SIZES = (3, 8, 61, 257, 400)
CHUNK = 4000
SEED = int(os.environ.get("PUMASI_SEED", "20261122"))
FOREIGN = [
    pytest.param("go", marks=needs_go),
    pytest.param("page", marks=needs_node),
    pytest.param("sigstore", marks=needs_sigstore),
]


@cache
def whole() -> Receipts:
    """Good receipts of logs of several sizes, each with two witnesses that must both have cosigned."""
    made = [make_log(size, witnesses=2, seed=b"%d" % size) for size in SIZES]
    return [
        (log.receipt(at, number), log)
        for log in made
        for at in sorted({2, len(log.entries) // 2, len(log.entries) - 1})
        for number in range(len(log.openings[at]))
    ]


def mutants(count: int) -> Iterator[list[Mutant]]:
    """Spoiled receipts in chunks, the same at each run."""
    chance = random.Random(SEED)
    for start in range(0, count, CHUNK):
        chosen = (chance.choice(whole()) for _ in range(min(CHUNK, count - start)))
        yield [mutant(made, receipt, chance) for receipt, made in chosen]


@pytest.fixture(scope="module")
def gocheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_go(tmp_path_factory.mktemp("go"))


@pytest.fixture
def verifier(request: pytest.FixtureRequest) -> Verifier:
    name: str = request.param
    if name == "go":
        return go(request.getfixturevalue("gocheck"))
    return {"python": python, "page": page, "sigstore": sigstore}[name]


def accepted(verifier: Verifier, asked: Sequence[Mutant]) -> Counter[str]:
    """Kinds of the mutants that a verifier takes for good."""
    said = verifier([(spoiled.receipt, spoiled.made) for spoiled in asked])
    return Counter(spoiled.kind for spoiled, good in zip(asked, said, strict=True) if good)


def is_entry(entry: bytes) -> bool:
    try:
        parse(entry)
    except BadEntry:
        return False
    return True


def within_reach(asked: Sequence[Mutant], verifier: Verifier) -> list[Mutant]:
    return [spoiled for spoiled in asked if verifier is not sigstore or spoiled.kind in SHALLOW]


MANY = [pytest.param(10_000, marks=pytest.mark.full), pytest.param(100_000, marks=pytest.mark.soak)]
ALL = pytest.mark.parametrize("verifier", ["python", *FOREIGN], indirect=True)


class TestWholeReceipts:
    @ALL
    def test_are_accepted(self, verifier: Verifier) -> None:
        assert verifier(whole()) == [True] * len(whole())

    @ALL
    @pytest.mark.parametrize("harmless", HARMLESS)
    def test_with_lines_that_change_nothing_are_accepted(self, harmless: Mutation, verifier: Verifier) -> None:
        chance = random.Random(SEED)
        changed = [(harmless(receipt, made, chance), made) for receipt, made in whole()]

        assert verifier(changed) == [True] * len(changed)


class TestTheLongestEntry:
    @ALL
    def test_has_a_receipt_that_all_accept(self, verifier: Verifier) -> None:
        log = longest_log(witnesses=2)

        assert verifier([(log.receipt(2, number), log) for number in (0, 248)]) == [True, True]

    @pytest.mark.parametrize("verifier", ["python", *FOREIGN[:2]], indirect=True)
    def test_is_refused_by_all_with_one_byte_more(self, verifier: Verifier) -> None:
        log = longest_log(witnesses=2, longer=1)

        assert verifier([(log.receipt(2), log)]) == [False]


class TestSpoiledReceipts:
    @ALL
    def test_are_refused(self, verifier: Verifier) -> None:
        for asked in mutants(2000):
            assert accepted(verifier, within_reach(asked, verifier)) == Counter()

    def test_are_spoiled_in_every_way(self) -> None:
        assert {spoiled.kind for asked in mutants(2000) for spoiled in asked} == set(MUTATIONS)

    @ALL
    @pytest.mark.parametrize("times", MANY)
    def test_are_refused_many_times(self, verifier: Verifier, times: int) -> None:
        for asked in mutants(times):
            assert accepted(verifier, within_reach(asked, verifier)) == Counter()


class TestEntries:
    """A signature proves nothing about an entry's form: who signs may also write nonsense."""

    @needs_node
    def test_a_document_is_blank_of_spaces_alone(self) -> None:
        entries = []
        for blank in BLANKS:
            value = json.loads(encode(order_leaf(9)))
            value["auth"]["o"]["document"] = blank
            entries.append(canonical.dumps(value, 65_535))
        asked = [{"entry_b64": b64(entry)} for entry in entries]

        expected = [blank.strip(" ") != "" for blank in BLANKS]
        assert [is_entry(entry) for entry in entries] == expected
        assert [by_reference(entry) for entry in entries] == expected
        assert answers([NODE or "node", str(HERE / "page.mjs")], asked) == expected

    @needs_node
    @pytest.mark.parametrize("count", [5000, *MANY])
    def test_python_and_the_page_take_the_same_bytes(self, count: int) -> None:
        chance = random.Random(SEED)
        good = [*make_log(200).entries, encode(order_leaf(9, name="second", kind="CUT"))]
        entries = [spoiled_entry(chance.choice(good), chance.choice(good), chance) for _ in range(count)]
        ours = [is_entry(entry) for entry in entries]

        theirs = answers([NODE or "node", str(HERE / "page.mjs")], [{"entry_b64": b64(entry)} for entry in entries])

        differ = [(entry, mine) for entry, mine, other in zip(entries, ours, theirs, strict=True) if mine != other]
        assert differ == []
        assert count / 50 < sum(ours) < count / 2
