"""Vectors of other implementations, read where they lie beside the project; skipped where they do not.

Nothing here is needed to cover the room: what it promises is pinned in the tests beside this one.
"""

import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.tlog.checkpoint import parse_checkpoint
from pumasi.tlog.encoding import base64
from pumasi.tlog.errors import BadCheckpoint, BadNote, BadPolicy, BadProof
from pumasi.tlog.key import COSIGNATURE, ED25519, Signer, VerifierKey, key_id, parse_vkey
from pumasi.tlog.note import open_note, sign
from pumasi.tlog.policy import lint, parse_policy
from pumasi.tlog.proof import Proof, encode_proof, parse_proof
from pumasi.tlog.proof_check import check_consistency, check_inclusion
from pumasi.tlog.tree import EMPTY_ROOT, leaf_hash, memory, node_hash, root

FOLDER = Path(__file__).resolve().parents[4].parent / "shared" / "vectors" / "tlog"
if not FOLDER.is_dir():
    pytest.skip("the vectors of other implementations are not beside the project", allow_module_level=True)


def read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def cases(name: str, *path: str) -> list[Any]:
    found = read(name)
    for step in path:
        found = found[step]
    return list(found)


def public(key: str, name: str, algorithm: int) -> str:
    material = bytes.fromhex(key)
    return VerifierKey(name, key_id(name, algorithm, material), algorithm, material).vkey


def bytes_of(text: str | None) -> bytes:
    return b64decode(text or "")


class TestTree:
    def test_roots(self) -> None:
        vectors = read("rfc6962-roots")
        leaves = [leaf_hash(bytes.fromhex(entry)) for entry in vectors["leaves_hex"]]

        roots = [root(size, memory(leaves[:size])).hex() for size in range(1, len(leaves) + 1)]

        assert roots == vectors["roots_hex"]
        assert EMPTY_ROOT.hex() == vectors["empty"]
        assert [leaf_hash(bytes.fromhex(entry)).hex() for entry, _ in vectors["leaf"]] == [
            found for _, found in vectors["leaf"]
        ]
        assert [node_hash(bytes.fromhex(left), bytes.fromhex(right)).hex() for left, right, _ in vectors["node"]] == [
            found for _, _, found in vectors["node"]
        ]

    @pytest.mark.parametrize("case", cases("rfc6962-inclusion"), ids=lambda case: case["_path"])
    def test_inclusion(self, case: dict[str, Any]) -> None:
        def check() -> None:
            path = [bytes_of(step) for step in case["proof"] or []]
            check_inclusion(bytes_of(case["leafHash"]), case["leafIdx"], case["treeSize"], path, bytes_of(case["root"]))

        if case["wantErr"]:
            with pytest.raises(BadProof):
                check()
        else:
            check()

    @pytest.mark.parametrize("case", cases("rfc6962-consistency"), ids=lambda case: case["_path"])
    def test_consistency(self, case: dict[str, Any]) -> None:
        def check() -> None:
            path = [bytes_of(step) for step in case["proof"] or []]
            check_consistency(case["size1"], case["size2"], bytes_of(case["root1"]), bytes_of(case["root2"]), path)

        if case["wantErr"]:
            with pytest.raises(BadProof):
                check()
        else:
            check()


class TestNotes:
    def test_the_example_of_the_standard(self) -> None:
        vector = read("signed-note-c2sp")
        key = parse_vkey(vector["vkey"])

        assert vector["ok"]
        assert open_note(vector["note"].encode(), [key]).verified == (key,)

    @pytest.mark.parametrize("case", cases("signed-note-go-sumdb", "open"), ids=lambda case: case["desc"])
    def test_open_as_go_does(self, case: dict[str, Any]) -> None:
        keys = [parse_vkey(vkey) for vkey in case["vkeys"]]
        if case["ok"]:
            assert [key.name for key in open_note(b64decode(case["note_b64"]), keys).verified] == case["verified"]
        else:
            with pytest.raises(BadNote):
                open_note(b64decode(case["note_b64"]), keys)

    def test_sign_as_go_does(self) -> None:
        vector = read("signed-note-go-sumdb")["sign"]
        _, _, name, identifier, material = vector["skey"].split("+", 4)
        signer = Signer(name, Ed25519PrivateKey.from_private_bytes(b64decode(material)[1:]))

        assert signer.verifier.key_id.hex() == identifier
        assert f"{vector['text']}\n{sign(vector['text'], signer)}" == vector["want"]

    def test_keys(self) -> None:
        vectors = read("signed-note-go-sumdb")
        valid = vectors["vkeys_valid"]
        first = valid[0]
        pieces = {first[start:end] for start in range(len(first) + 1) for end in range(start, len(first) + 1)} - {first}
        changed = [first[:at] + chr(ord(first[at]) + 1) + first[at + 1 :] for at in range(len(first))]

        assert [parse_vkey(vkey).vkey for vkey in valid] == valid
        for vkey in (*vectors["vkeys_invalid"], *pieces, *changed):
            with pytest.raises(BadNote):
                parse_vkey(vkey)

    @pytest.mark.parametrize("case", cases("cosignature-sunlight"), ids=lambda case: case["vkeys"][0])
    def test_cosignatures(self, case: dict[str, Any]) -> None:
        keys = [parse_vkey(vkey) for vkey in case["vkeys"]]

        opened = open_note(case["note"].encode(), keys)

        assert opened.verified == tuple(keys)
        assert opened.times == dict.fromkeys(keys, 0x69546780)


class TestCheckpoints:
    """Upstream's parser takes a hash of any length and empty lines after it; C2SP's tlog-checkpoint takes neither."""

    @pytest.mark.parametrize("case", cases("checkpoint-formats", "cases"), ids=lambda case: case["desc"])
    def test_as_they_are_written(self, case: dict[str, Any]) -> None:
        with pytest.raises(BadCheckpoint) as refused:
            parse_checkpoint(case["text"])

        if case["ok"]:
            assert refused.value.reason == "not 32 bytes"

    @pytest.mark.parametrize("case", cases("checkpoint-formats", "cases"), ids=lambda case: case["desc"])
    def test_with_a_hash_of_32_bytes(self, case: dict[str, Any]) -> None:
        text = re.sub(r"^(YmFu|dGhl)\S*$", base64(bytes(32)), case["text"], flags=re.MULTILINE)

        if case["desc"] == "valid with trailing newlines":
            with pytest.raises(BadCheckpoint) as refused:
                parse_checkpoint(text)
            assert refused.value.reason == "not an extension line"
        elif case["ok"]:
            assert parse_checkpoint(text).text == text
        else:
            with pytest.raises(BadCheckpoint):
                parse_checkpoint(text)


class TestProofs:
    @pytest.mark.parametrize("case", cases("proof-formats", "unmarshal_errors"), ids=lambda case: case["desc"])
    def test_refused(self, case: dict[str, Any]) -> None:
        reasons = {
            "missing header": "not a tlog-proof",
            "invalid extra data encoding": "not base64",
            "missing index": "no index",
            "invalid index - not a number": "not a decimal number",
            "invalid index - negative": "not a decimal number",
            "invalid hash base64": "not base64",
            "incorrect hash length": "not 32 bytes",
        }

        with pytest.raises(BadProof) as refused:
            parse_proof(case["proof"].encode())

        assert not case["ok"]
        assert refused.value.reason == reasons[case["desc"]]

    @pytest.mark.parametrize("case", cases("proof-formats", "marshal"), ids=lambda case: case["checkpoint"].strip())
    def test_written_and_read(self, case: dict[str, Any]) -> None:
        extra = None if case["extra"] is None else b64decode(case["extra"])
        proof = Proof(case["index"], tuple(map(b64decode, case["hashes"])), case["checkpoint"].encode(), extra)

        assert encode_proof(proof) == case["want"].encode()
        assert parse_proof(case["want"].encode()) == proof


class TestPolicies:
    """Where upstream differs from C2SP's tlog-policy, the standard rules, and the case says how it differs."""

    def rekeyed(self, text: str) -> str:
        """Each witness with a cosigner's key of its own, and no comments behind other words."""
        numbers = iter(range(1, 100))
        text = re.sub(r"(?m)(\S)[ \t]+#.*$", r"\1", text)
        return re.sub(r"\S+\+[0-9a-f]{8}\+\S+", lambda _: public(f"{next(numbers):064x}", "w", COSIGNATURE), text)

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            (0, "key of another signature type"),
            (1, "line cannot be read"),
            (2, "key of another signature type"),
            (3, "key of another signature type"),
            (4, "key of another signature type"),
        ],
    )
    def test_upstreams_valid_ones_break_the_standard(self, number: int, reason: str) -> None:
        # 0x01 is no signature type of a witness, and a comment is a line of its own.
        text = cases("policies", "formats_valid")[number]

        with pytest.raises(BadPolicy) as refused:
            parse_policy(text.encode())

        assert refused.value.reason == reason

    @pytest.mark.parametrize("number", [2, 3, 4])
    def test_upstream_repeats_a_key_under_two_names(self, number: int) -> None:
        def cosigner(match: re.Match[str]) -> str:
            key = parse_vkey(match[0])
            return public(key.public.hex(), key.name, COSIGNATURE)

        text = re.sub(r"\S+\+[0-9a-f]{8}\+\S+", cosigner, cases("policies", "formats_valid")[number])

        with pytest.raises(BadPolicy) as refused:
            parse_policy(text.encode())

        assert refused.value.reason == "duplicate witness"

    @pytest.mark.parametrize(
        ("number", "quorums"),
        [(0, 1), (1, 1), (2, 11), (3, 1), (4, 1)],
    )
    def test_upstreams_valid_ones_are_read_with_keys_of_their_own(self, number: int, quorums: int) -> None:
        policy = parse_policy(self.rekeyed(cases("policies", "formats_valid")[number]).encode())

        assert policy.quorum == "g1"
        assert lint(policy).quorums == quorums

    @pytest.mark.parametrize(
        ("number", "reason"),
        [
            (0, "no quorum"),
            (1, "unknown name"),
            (2, "name is taken"),
            (3, "not a decimal number"),
            (4, "no quorum"),  # `all` is a name like any other in the standard; what is missing is the quorum
            (5, "name is taken"),
        ],
    )
    def test_upstreams_invalid_ones_are_refused(self, number: int, reason: str) -> None:
        text = cases("policies", "formats_invalid")[number]["policy"]

        for changed in (text, f"{text}\n"):
            with pytest.raises(BadPolicy):
                parse_policy(changed.encode())
        with pytest.raises(BadPolicy) as refused:
            parse_policy(f"{self.rekeyed(text)}\n".encode())

        assert refused.value.reason == reason

    def test_sigsums_quorum_is_reached_by_whom_it_says(self) -> None:
        vectors = read("policies")
        text = re.sub(
            r"\b(log|witness \w+) ([0-9a-f]{64})",
            lambda match: f"{match[1]} {public(match[2], 'a', ED25519 if match[1] == 'log' else COSIGNATURE)}",
            vectors["sigsum_policy"],
        )

        policy = parse_policy(text.encode())

        assert (len(policy.logs), len(policy.witnesses), policy.quorum) == (3, 6, "G3")
        for row in vectors["sigsum_quorum_truth_table"]:
            cosigned = frozenset(f"W{index}" for index in row["witness_indices"])
            assert (policy.missing(cosigned) == 0) is row["sufficient"]
