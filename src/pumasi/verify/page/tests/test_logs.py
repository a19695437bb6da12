"""The page's check of a whole record, and of promises."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pumasi.kernel import canonical
from pumasi.tlog.note import Signer, sign
from pumasi.tlog.tile import encode_bundle
from pumasi.verify.audit import audit
from pumasi.verify.page.tests.driving import ask, b64, log_request
from pumasi.verify.promise import promise_text
from pumasi.verify.tests.making import ORIGIN, Made, make_log, private_key

LOG = make_log(600, witnesses=4)
POLICY = LOG.policy_bytes
COMMITMENT = bytes(range(32))
PROMISER = Signer(f"{ORIGIN}/promise", private_key("promise"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return LOG.write(tmp_path_factory.mktemp("log"))


def refusal(folder: Path, **instead: bytes | None) -> tuple[str, str]:
    (answer,) = ask([log_request(folder, POLICY, **instead)])
    assert answer["ok"] is False
    return answer["step"], answer["reason"]


def changed(index: int, old: bytes, new: bytes) -> Made:
    """The log with one entry changed, and signed like that."""
    assert old in LOG.entries[index]
    entries = [*LOG.entries[:index], LOG.entries[index].replace(old, new, 1), *LOG.entries[index + 1 :]]
    return replace(LOG, entries=entries)


class TestGoodRecords:
    def test_totals_are_those_of_the_other_implementation(self, folder: Path) -> None:
        expected = audit(folder, LOG.policy).solvency

        native, pure = (ask([log_request(folder, POLICY)], *flags)[0] for flags in ([], ["--pure"]))

        assert native == pure
        assert {name: native[name] for name in ("blocks", "origin", "root", "size", "supply")} == {
            name: expected[name] for name in ("blocks", "origin", "root", "size", "supply")
        }
        assert (native["ok"], native["published"], native["profile"]) == (True, "absent", "C")

    @pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 513])
    def test_records_of_any_size_give_their_root(self, size: int, tmp_path: Path) -> None:
        made = make_log(size)
        made.write(tmp_path)

        (answer,) = ask([log_request(tmp_path, made.policy_bytes)])

        assert (answer["ok"], answer["size"], answer["profile"]) == (True, size, "S")

    def test_an_empty_record_is_one(self, tmp_path: Path) -> None:
        made = Made([], [])
        made.write(tmp_path)

        (answer,) = ask([log_request(tmp_path, made.policy_bytes)])

        assert (answer["ok"], answer["size"], answer["blocks"], answer["supply"]) == (True, 0, 0, {})

    def test_a_full_bundle_serves_when_the_record_has_grown(self, folder: Path) -> None:
        grown = make_log(768, witnesses=4)
        full = encode_bundle(grown.entries[512:768])

        (answer,) = ask([log_request(folder, POLICY, **{"tile__entries__002.p__88": None, "tile__entries__002": full})])

        assert (answer["ok"], answer["size"]) == (True, 600)

    def test_published_totals_are_compared(self, folder: Path) -> None:
        said = audit(folder, LOG.policy).solvency
        wrong = json.loads(json.dumps(said))
        wrong["supply"]["SC"]["wallets"] += 1
        older = {**said, "root": b64(bytes(32)), "size": 5}

        answers = ask(
            log_request(folder, POLICY, **{"solvency.json": canonical.dumps(value)}) for value in (said, older, wrong)
        )

        assert [answer.get("published") for answer in answers] == ["same", "other", None]
        assert answers[2] == {"ok": False, "step": "totals", "reason": "solvency.json says something else"}


class TestBadRecords:
    def test_missing_files_are_named(self, folder: Path) -> None:
        assert refusal(folder, checkpoint=None) == ("form", "checkpoint is missing")
        assert refusal(folder, tile__entries__001=None) == ("files", "tile/entries/001 is missing")
        assert refusal(folder, **{"tile__entries__002.p__88": None}) == ("files", "tile/entries/002 is missing")

    def test_a_bundle_that_is_cut_off_or_too_long_is_refused(self, folder: Path) -> None:
        whole = (folder / "tile/entries/000").read_bytes()

        assert refusal(folder, tile__entries__000=whole[:-1]) == ("files", "tile/entries/000 is cut off")
        assert refusal(folder, tile__entries__000=whole + b"\0\0") == (
            "files",
            "tile/entries/000 has another number of entries",
        )

    def test_an_entry_that_was_changed_later_gives_another_root(self, folder: Path) -> None:
        other = changed(40, b'"day":"2026-11-22"', b'"day":"2026-11-21"')

        found = refusal(folder, tile__entries__000=encode_bundle(other.entries[:256]))

        assert found == ("included", "the entries give another root")

    @pytest.mark.parametrize(
        ("index", "old", "new", "expected"),
        [
            (3, b":-2000}", b":-2001}", "postings do not sum to zero"),
            (40, b'"n":40', b'"n":41', "entry 40: n is not its position"),
            (41, b'"b":3', b'"b":5', "entry 41: the block does not follow"),
            (41, b'"b":3', b'"b":1', "entry 41: the block does not follow"),
            (1, b'"b":1', b'"b":0', "entry 1: the block does not follow"),
            (0, b'"o":"seocho', b'"o":"gangnam', "the rules name another log"),
        ],
    )
    def test_rules_hold_although_everybody_signed(
        self, index: int, old: bytes, new: bytes, expected: str, tmp_path: Path
    ) -> None:
        folder = changed(index, old, new).write(tmp_path)

        assert refusal(folder) == ("entry", expected)

    def test_a_commitment_that_stands_twice_is_refused(self, tmp_path: Path) -> None:
        first, second = (json.loads(LOG.entries[index]) for index in (3, 4))
        second["p"][0]["c"] = first["p"][0]["c"]
        second["p"].sort(key=lambda posting: posting["c"])
        made = replace(LOG, entries=[*LOG.entries[:4], canonical.dumps(second, 65_535), *LOG.entries[5:]])

        assert refusal(made.write(tmp_path)) == ("entry", "entry 4: a commitment stands twice")

    def test_a_record_of_another_policy_is_refused(self, folder: Path) -> None:
        (answer,) = ask([log_request(folder, make_log(2, witnesses=4, seed=b"else").policy_bytes)])

        assert answer == {"ok": False, "step": "signed", "reason": "not signed by the log"}


class TestPromises:
    def test_a_promise_is_read(self) -> None:
        text = promise_text(ORIGIN, COMMITMENT, datetime(2026, 11, 24, 2, tzinfo=UTC))

        (answer,) = ask([promise(text)])

        assert answer == {"ok": True, "origin": ORIGIN, "commitment": b64(COMMITMENT), "before": "2026-11-24T02:00:00Z"}

    @pytest.mark.parametrize(
        ("old", "new", "step", "expected"),
        [
            ("before", "after", "form", "not a promise"),
            ("2026-11-24T", "2026-02-30T", "form", "not a promise"),
            ("v1\n", "v2\n", "form", "not a promise"),
            ("Z\n", "Z\nmore\n", "form", "not a promise"),
            ("seocho.", "gangnam.", "signed", "an unknown log"),
        ],
    )
    def test_what_is_none_is_refused(self, old: str, new: str, step: str, expected: str) -> None:
        text = promise_text(ORIGIN, COMMITMENT, datetime(2026, 11, 24, 2, tzinfo=UTC))

        (answer,) = ask([promise(text.replace(old, new, 1))])

        assert answer == {"ok": False, "step": step, "reason": expected}

    def test_a_promise_by_another_key_is_refused(self) -> None:
        text = promise_text(ORIGIN, COMMITMENT, datetime(2026, 11, 24, 2, tzinfo=UTC))

        (answer,) = ask([promise(text, Signer(PROMISER.name, private_key("thief")))])

        assert answer == {"ok": False, "step": "signed", "reason": "not signed by the log"}


def promise(text: str, signer: Signer = PROMISER) -> dict[str, object]:
    return {"promise_b64": b64(f"{text}\n{sign(text, signer)}".encode()), "vkey": PROMISER.verifier.vkey}
