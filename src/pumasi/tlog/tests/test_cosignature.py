"""A witness puts its key to a checkpoint and to a time, and to nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.cosignature import cosign, verify_cosignature
from pumasi.tlog.errors import BadCheckpoint, BadNote
from pumasi.tlog.note import Signature, open_note, parse_note, sign
from pumasi.tlog.tests.notes import CHECKPOINT, LOG, SECONDS, WITNESSES, signed

TEXT = CHECKPOINT.text
WITNESS = WITNESSES[0]
KEY = WITNESS.cosigner
LINE = (
    "— w0.example bd9bCQAAAABrAkygD/rcEXnrVb9O4QsQtS5jIbPMLA5u+KbW5OhYhHomayy8uOQS2g0VDTeEknuO2T68ls+GP7wgvQzoHjy4DCJ4"
    "Dg==\n"
)


def signature_of(line: str) -> bytes:
    (found,) = parse_note(signed(TEXT, line)).signatures
    assert found == Signature(KEY.name, KEY.key_id, found.signature)
    return found.signature


def refusal(signature: bytes, text: str = TEXT) -> str:
    with pytest.raises(BadNote) as refused:
        verify_cosignature(KEY, text, signature)
    return refused.value.reason


class TestCosign:
    def test_writes_the_pinned_line(self) -> None:
        assert cosign(TEXT, WITNESS, SECONDS) == LINE

    def test_signs_the_two_lines_of_the_standard_before_the_text(self) -> None:
        message = f"cosignature/v1\ntime {SECONDS}\n{TEXT}".encode()

        assert signature_of(LINE) == SECONDS.to_bytes(8, "big") + WITNESS.private_key.sign(message)

    @pytest.mark.parametrize("seconds", [0, 1, 2**63 - 1])
    def test_any_time_of_the_standard_is_verified(self, seconds: int) -> None:
        line = cosign(TEXT, WITNESS, seconds)

        assert verify_cosignature(KEY, TEXT, signature_of(line)) == seconds
        assert open_note(signed(TEXT, line), [KEY]).times == {KEY: seconds}

    @pytest.mark.parametrize("seconds", [-1, 2**63, 2**64])
    def test_refuses_a_time_beyond_it(self, seconds: int) -> None:
        with pytest.raises(BadNote) as refused:
            cosign(TEXT, WITNESS, seconds)

        assert refused.value.reason == "cosignature time out of range"

    @pytest.mark.parametrize("text", ["", "a\n", "a\n1\n\n", TEXT + "\n"])
    def test_refuses_what_is_no_checkpoint(self, text: str) -> None:
        with pytest.raises(BadCheckpoint):
            cosign(text, WITNESS, SECONDS)


class TestVerify:
    @given(st.integers(0, 72 * 8 - 1))
    def test_any_flipped_bit_is_refused(self, bit: int) -> None:
        data = bytearray(signature_of(LINE))
        data[bit // 8] ^= 1 << bit % 8

        assert refusal(bytes(data)) in {"signature of a known key fails", "cosignature time out of range"}

    def test_a_time_of_2_to_the_63_is_refused_even_when_it_was_signed(self) -> None:
        seconds = 2**63
        signature = WITNESS.private_key.sign(f"cosignature/v1\ntime {seconds}\n{TEXT}".encode())

        assert refusal(seconds.to_bytes(8, "big") + signature) == "cosignature time out of range"

    @pytest.mark.parametrize("cut", [0, 8, 64, 71])
    def test_another_length_is_refused(self, cut: int) -> None:
        assert refusal(signature_of(LINE)[:cut]) == "cosignature is not 72 bytes"
        assert refusal(signature_of(LINE) + b"\x00") == "cosignature is not 72 bytes"

    def test_another_text_is_refused(self) -> None:
        assert refusal(signature_of(LINE), TEXT + "x\n") == "signature of a known key fails"

    def test_a_signature_of_one_kind_is_none_of_the_other(self) -> None:
        plain = WITNESS.private_key.sign(TEXT.encode())
        as_cosignature = KEY.line(SECONDS.to_bytes(8, "big") + plain)
        as_plain = WITNESS.verifier.line(signature_of(LINE)[8:])

        for line, key in ((as_cosignature, KEY), (as_plain, WITNESS.verifier)):
            with pytest.raises(BadNote) as refused:
                open_note(signed(TEXT, line), [key])
            assert refused.value.reason == "signature of a known key fails"

    def test_of_several_lines_of_one_witness_the_latest_time_counts(self) -> None:
        lines = [cosign(TEXT, WITNESS, seconds) for seconds in (SECONDS, SECONDS + 600, SECONDS + 60)]

        opened = open_note(signed(TEXT, sign(TEXT, LOG), *lines), [LOG.verifier, KEY])

        assert opened.verified == (LOG.verifier, KEY)
        assert opened.times == {KEY: SECONDS + 600}
