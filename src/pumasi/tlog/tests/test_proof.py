"""A proof's text: exactly what it says, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.encoding import base64
from pumasi.tlog.errors import BadProof
from pumasi.tlog.proof import MAX_BYTES, Proof, encode_proof, parse_proof
from pumasi.tlog.tests.notes import cosigned
from pumasi.tlog.tree import leaf_hash

NOTE = cosigned()
STEPS = tuple(leaf_hash(bytes([number])) for number in range(64))
PROOF = Proof(73_893, STEPS[:2], NOTE, b"opening")
HEAD = (
    "c2sp.org/tlog-proof@v1\n"
    "extra b3BlbmluZw==\n"
    "index 73893\n"
    "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=\n"
    "tBP0fRPuL+bIRbLuFBr4HehY307FSaWLeXC7lmRbyNI=\n"
    "\n"
)
DATA = HEAD.encode() + NOTE


def refusal(data: bytes) -> str:
    with pytest.raises(BadProof) as refused:
        parse_proof(data)
    return refused.value.reason


class TestText:
    def test_is_the_pinned_one(self) -> None:
        assert encode_proof(PROOF) == DATA
        assert parse_proof(DATA) == PROOF

    @pytest.mark.parametrize(
        "proof",
        [
            Proof(0, (), NOTE),
            Proof(2**63 - 1, STEPS[:63], NOTE),
            Proof(1, STEPS[:1], NOTE, b"\x00"),
            Proof(1, (), b"a\n\nb\n"),
        ],
    )
    def test_is_read_as_it_was_written(self, proof: Proof) -> None:
        assert parse_proof(encode_proof(proof)) == proof

    @given(st.binary(max_size=3), st.integers(0, len(DATA)), st.integers(0, 3))
    def test_no_second_byte_string_means_the_same_proof(self, put: bytes, place: int, cut: int) -> None:
        data = DATA[:place] + put + DATA[place + cut :]
        try:
            proof = parse_proof(data)
        except BadProof:
            return
        assert encode_proof(proof) == data

    def test_takes_131072_bytes_and_not_one_more(self) -> None:
        room = MAX_BYTES - len(encode_proof(Proof(0, (), b"\n")))
        longest, longer = (Proof(0, (), b"a" * length + b"\n") for length in (room, room + 1))

        assert MAX_BYTES == len(encode_proof(longest)) == 131_072
        assert parse_proof(encode_proof(longest)) == longest
        with pytest.raises(BadProof) as refused:
            encode_proof(longer)
        assert refused.value.reason == "proof is too long"
        assert refusal(encode_proof(longest) + b"\n") == "proof is too long"


class TestRefusals:
    @pytest.mark.parametrize(
        ("old", "new", "reason"),
        [
            ("@v1", "@v2", "not a tlog-proof"),
            ("c2sp.org", "\ufeffc2sp.org", "no empty line before the checkpoint"),
            ("c2sp.org", "\nc2sp.org", "not a tlog-proof"),
            ("\n", "\r\n", "no empty line before the checkpoint"),
            ("\n\n", "\n", "not base64"),
            ("extra b3", "extra  b3", "not base64"),
            ("extra b3", "Extra b3", "no index"),
            ("b3BlbmluZw==", "", "extra data is empty"),
            ("b3BlbmluZw==", "b3BlbmluZx==", "base64 is not canonical"),
            ("index 73893\n", "", "no index"),
            ("index 73893\n", "index 73893\nindex 73893\n", "not base64"),
            ("extra b3BlbmluZw==\n", "extra b3BlbmluZw==\n" * 2, "no index"),
            ("index 73893\n", "index\n", "no index"),
            ("index 73893\n", "index 73893 \n", "not a decimal number"),
            ("73893", "-1", "not a decimal number"),
            ("73893", "073893", "decimal number with leading zeros"),
            ("73893", str(2**63), "not a decimal number"),
            ("lqKW", "", "not 32 bytes"),
            ("lqKW", "lqKWAAAA", "not 32 bytes"),
            ("z8c=", "z8d=", "base64 is not canonical"),
            ("tBP0f", " tBP0f", "not base64"),
        ],
    )
    def test_another_head_is_refused(self, old: str, new: str, reason: str) -> None:
        assert old in HEAD

        assert refusal(HEAD.replace(old, new).encode() + (NOTE if "\r" not in new else b"")) == reason

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "no empty line before the checkpoint"),
            (HEAD.encode(), "no checkpoint"),
            (DATA[:-1], "no checkpoint"),
            (b"c2sp.org/tlog-proof@v1\n\n" + NOTE, "no index"),
            (b"c2sp.org/tlog-proof@v1\nextra AA==\n\n" + NOTE, "no index"),
        ],
    )
    def test_a_missing_part_is_named(self, data: bytes, reason: str) -> None:
        assert refusal(data) == reason

    def test_64_steps_are_too_many(self) -> None:
        lines = "".join(f"{base64(step)}\n" for step in STEPS)

        assert refusal(f"c2sp.org/tlog-proof@v1\nindex 0\n{lines}\n".encode() + NOTE) == "path is too long"

    @pytest.mark.parametrize(
        ("index", "path", "checkpoint", "extra", "reason"),
        [
            (-1, (), NOTE, None, "index out of range"),
            (2**63, (), NOTE, None, "index out of range"),
            (0, STEPS, NOTE, None, "path is too long"),
            (0, (b"",), NOTE, None, "hash is not 32 bytes"),
            (0, (), b"", None, "no checkpoint"),
            (0, (), NOTE, b"", "extra data is empty"),
        ],
    )
    def test_none_is_made_that_could_not_be_read(
        self, index: int, path: tuple[bytes, ...], checkpoint: bytes, extra: bytes | None, reason: str
    ) -> None:
        with pytest.raises(BadProof) as refused:
            Proof(index, path, checkpoint, extra)

        assert refused.value.reason == reason
