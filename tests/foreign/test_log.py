"""Whole logs before foreign verifiers: root and totals out of files alone, and consistency of all small trees."""

import json
import subprocess
from pathlib import Path

import pytest

from pumasi.kernel import canonical
from pumasi.tlog.tree import root
from pumasi.verify.audit import audit
from pumasi.verify.tests.making import Made, make_log
from tests.foreign.verifiers import HERE, NODE, answers, b64, build_go, needs_go, needs_node

SIZES = [1, 2, 255, 256, 257, 700]


@pytest.fixture(scope="module")
def gocheck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_go(tmp_path_factory.mktemp("go"))


def counted(gocheck: Path, folder: Path, made: Made) -> subprocess.CompletedProcess[bytes]:
    words = [str(gocheck), "log", str(folder), made.signer.verifier.vkey]
    return subprocess.run(words, capture_output=True, check=False)


@needs_go
class TestGo:
    @pytest.mark.parametrize("size", SIZES)
    def test_recomputes_solvency_json_byte_for_byte(self, size: int, gocheck: Path, tmp_path: Path) -> None:
        made = make_log(size)
        expected = canonical.dumps(audit(made.write(tmp_path), made.policy).solvency)

        assert counted(gocheck, tmp_path, made).stdout.rstrip(b"\n") == expected

    @pytest.mark.parametrize("path", ["tile/entries/000", "tile/entries/001.p/44", "checkpoint"])
    def test_refuses_a_flipped_bit(self, path: str, gocheck: Path, tmp_path: Path) -> None:
        made = make_log(300)
        file = made.write(tmp_path) / path
        data = file.read_bytes()
        file.write_bytes(data[:80] + bytes([data[80] ^ 1]) + data[81:])

        done = counted(gocheck, tmp_path, made)

        assert (done.returncode, done.stdout) == (1, b"")

    def test_agrees_that_every_small_tree_begins_every_larger_one(self, gocheck: Path) -> None:
        made = make_log(64)
        pairs = [(old, new) for new in range(1, 65) for old in range(1, new + 1)]
        good = [question(made, old, new) for old, new in pairs]

        assert answers([str(gocheck), "consistency"], good) == [True] * len(pairs)

    def test_refuses_every_changed_proof_of_consistency(self, gocheck: Path) -> None:
        made = make_log(64)
        spoiled = []
        for new in range(2, 65):
            for old in range(1, new):
                asked = question(made, old, new)
                path = list(made.consistency(old, new))
                longer, shorter = [*path, path[0]], path[:-1]
                changed = [
                    bytes([step[0] ^ 1]) + step[1:] if n == old % len(path) else step for n, step in enumerate(path)
                ]
                spoiled += [{**asked, "path": [b64(step) for step in other]} for other in (longer, shorter, changed)]
                spoiled.append({**asked, "old_root": b64(bytes(32))})

        assert answers([str(gocheck), "consistency"], spoiled) == [False] * len(spoiled)


@needs_node
class TestThePage:
    @pytest.mark.parametrize("size", SIZES)
    def test_counts_the_same_totals(self, size: int, tmp_path: Path) -> None:
        made = make_log(size, witnesses=2)
        found = audit(made.write(tmp_path), made.policy)
        files = {
            str(path.relative_to(tmp_path)): b64(path.read_bytes()) for path in tmp_path.rglob("*") if path.is_file()
        }
        question = json.dumps({"log": files, "policy": made.policy_bytes.decode()})

        done = subprocess.run(
            [NODE or "node", str(HERE / "page.mjs")], input=question.encode(), stdout=subprocess.PIPE, check=True
        )
        said = json.loads(done.stdout)

        assert said["ok"], said
        supply = {unit: {name: int(n) for name, n in classes.items()} for unit, classes in said["supply"].items()}
        assert (supply, said["blocks"]) == (found.replay.supply(), found.solvency["blocks"])


def question(made: Made, old: int, new: int) -> dict[str, object]:
    """A proof of consistency, as Go is asked about it."""
    path = [b64(step) for step in made.consistency(old, new)]
    roots = {"old_root": b64(root(old, made.read)), "new_root": b64(root(new, made.read))}
    return {"old": old, "new": new, "path": path, **roots}
