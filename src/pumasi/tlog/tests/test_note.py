"""Notes are read in one way only, and opened only by those who are trusted."""

from collections.abc import Iterable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.encoding import base64, unbase64
from pumasi.tlog.errors import BadNote
from pumasi.tlog.key import ED25519, VerifierKey
from pumasi.tlog.note import MAX_BYTES, Note, Signature, open_note, parse_note, sign, verified_signatures
from pumasi.tlog.tests.notes import CHECKPOINT, LOG, SECONDS, WITNESSES, cosigned, signed, signer

TEXT = "서초구의 장부\n"
LINE = sign(TEXT, LOG)
NOTE = signed(TEXT, LINE)
KEY = LOG.verifier
OTHER = signer("nowon.example/coin", 2)


def refusal(data: bytes, keys: Iterable[VerifierKey] = (KEY,)) -> str:
    with pytest.raises(BadNote) as refused:
        open_note(data, keys)
    return refused.value.reason


def flipped(line: str, bit: int) -> str:
    """The line with one bit of its signature changed; its key id stays."""
    mark, name, encoded = line.split()
    data = bytearray(unbase64(encoded))
    data[4 + bit // 8] ^= 1 << bit % 8
    return f"{mark} {name} {base64(bytes(data))}\n"


class TestSign:
    def test_writes_the_pinned_line(self) -> None:
        assert sign("서초\n", LOG) == (
            "— seocho.example/coin Z42jBsrXszncB73Va55jt5Gah1gdxTZ9dFKjMtaHk4r5W7lyXuOLuzOGeF"
            "/48RmU/X15us9afKreydK+ieoe52ZFBgs=\n"
        )

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "no newline at the end of the text"),
            ("a", "no newline at the end of the text"),
            ("a\r\n", "control character in the text"),
            ("\x00\n", "control character in the text"),
            ("\ud800\n", "control character in the text"),
        ],
    )
    def test_refuses_a_text_that_no_note_can_hold(self, text: str, reason: str) -> None:
        with pytest.raises(BadNote) as refused:
            sign(text, LOG)

        assert refused.value.reason == reason


class TestOpen:
    def test_gives_the_text_and_who_signed(self) -> None:
        opened = open_note(NOTE, [KEY])

        assert (opened.text, opened.verified, dict(opened.times)) == (TEXT, (KEY,), {})

    def test_gives_the_times_of_those_who_cosigned(self) -> None:
        first, second = WITNESSES[0].cosigner, WITNESSES[1].cosigner

        opened = open_note(cosigned(*WITNESSES[:3]), [second, KEY, first])

        assert opened.text == CHECKPOINT.text
        assert opened.verified == (KEY, first, second)
        assert opened.times == {first: SECONDS, second: SECONDS + 1}

    def test_ignores_lines_of_unknown_keys_whatever_they_hold(self) -> None:
        same_name = f"— {KEY.name} {base64(b'abcd' + bytes(64))}\n"
        same_id = f"— {OTHER.name} {base64(KEY.key_id + b'x')}\n"
        note = signed(TEXT, same_name, same_id, sign(TEXT, OTHER), LINE)

        assert open_note(note, [KEY]).verified == (KEY,)

    @pytest.mark.parametrize("keys", [[], [OTHER.verifier], [LOG.cosigner]])
    def test_refuses_a_note_that_no_known_key_signed(self, keys: list[VerifierKey]) -> None:
        assert refusal(NOTE, keys) == "no signature of a known key"

    @given(st.integers(0, 511))
    def test_refuses_a_note_when_one_known_signature_fails(self, bit: int) -> None:
        broken = flipped(sign(TEXT, OTHER), bit)

        for lines in ((LINE, broken), (broken, LINE)):
            assert refusal(signed(TEXT, *lines), [KEY, OTHER.verifier]) == "signature of a known key fails"
            assert open_note(signed(TEXT, *lines), [KEY]).verified == (KEY,)

    def test_refuses_a_signature_over_another_text(self) -> None:
        assert refusal(signed(TEXT + "more\n", LINE)) == "signature of a known key fails"

    def test_refuses_a_signature_with_bytes_after_it(self) -> None:
        longer = KEY.line(LOG.private_key.sign(TEXT.encode()) + b"\x00")

        assert refusal(signed(TEXT, longer)) == "signature of a known key fails"

    def test_counts_a_key_once_however_often_it_is_listed_or_signed(self) -> None:
        assert open_note(signed(TEXT, LINE, LINE, LINE), [KEY, KEY]).verified == (KEY,)

    def test_looks_at_every_line_of_a_known_key(self) -> None:
        assert refusal(signed(TEXT, LINE, flipped(LINE, 0))) == "signature of a known key fails"

    def test_refuses_two_known_keys_of_one_name_and_id(self) -> None:
        # Found by trying: these two numbers give keys whose ids collide.
        publics = [sha256(b"collision %d" % number).digest() for number in (27523, 34343)]
        first, second = (VerifierKey("a", bytes.fromhex("49657ede"), ED25519, public) for public in publics)

        assert refusal(NOTE, [KEY, first, second]) == "two known keys of one name and id"
        assert open_note(NOTE, [KEY, first, first]).verified == (KEY,)

    def test_says_nothing_of_nobody(self) -> None:
        opened = verified_signatures(parse_note(NOTE), [])

        assert (opened.verified, dict(opened.times)) == ((), {})


class TestParse:
    def test_gives_text_and_lines(self) -> None:
        signature = LOG.private_key.sign(TEXT.encode())

        assert parse_note(NOTE) == Note(TEXT, (Signature(KEY.name, KEY.key_id, signature),))

    @pytest.mark.parametrize("text", ["\n", "\n\n", "a\n\n\nb\n", "— a b\n", "a\n\n— seocho.example/coin AAAAAAA=\n"])
    def test_the_last_empty_line_parts_text_from_signatures(self, text: str) -> None:
        assert open_note(signed(text, sign(text, LOG)), [KEY]).text == text

    def test_takes_a_hundred_signatures_and_not_one_more(self) -> None:
        strangers = [f"— w{number} AAAAAAA=\n" for number in range(100)]

        assert len(parse_note(signed(TEXT, *strangers)).signatures) == 100
        assert refusal(signed(TEXT, *strangers, LINE)) == "more than 100 signatures"
        assert refusal(signed(TEXT, *[LINE] * 101)) == "more than 100 signatures"

    def test_takes_a_megabyte_and_not_one_byte_more(self) -> None:
        text = "a" * (MAX_BYTES - len(signed("\n", LINE))) + "\n"
        data = signed(text, LINE)

        assert (len(data), MAX_BYTES) == (1_000_000, 1_000_000)
        assert len(parse_note(data).text) == len(text)
        assert refusal(b"a" + data) == "note is too long"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "no empty line before the signatures"),
            (TEXT.encode(), "no empty line before the signatures"),
            (f"\n{LINE}".encode(), "no empty line before the signatures"),
            (f"{TEXT}{LINE}".encode(), "no empty line before the signatures"),
            (signed(TEXT), "no signature line"),
            (signed(TEXT, LINE, "\n"), "no signature line"),
            (NOTE[:-1], "no newline at the end"),
            (NOTE + b"x", "no newline at the end"),
            (NOTE + b"x\n", "not a signature line"),
            (NOTE.replace(b"\n", b"\r\n"), "no empty line before the signatures"),
            (NOTE.replace(b"\n\n", b"\n \n"), "no empty line before the signatures"),
            (b"a\xff" + NOTE, "note is not UTF-8"),
            (b"\xed\xa0\x80" + NOTE, "note is not UTF-8"),
            (b"\xc0\xaf" + NOTE, "note is not UTF-8"),
            (b"a\x00" + NOTE, "control character in the text"),
            (b"a\r\n" + NOTE, "control character in the text"),
            (b"a\tb" + NOTE, "control character in the text"),
        ],
    )
    def test_refuses_other_bytes(self, data: bytes, reason: str) -> None:
        assert refusal(data) == reason

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            (LINE.replace("— ", "- "), "not a signature line"),
            (LINE.replace("— ", "—"), "not a signature line"),
            (LINE.replace("— ", "— — "), "not base64"),
            (LINE.replace("— ", "—  "), "not a signature line"),
            (" " + LINE, "not a signature line"),
            (LINE.replace("/coin", "\xa0coin"), "not a signature line"),
            (LINE.replace("/coin", "+coin"), "not a signature line"),
            (LINE.replace("/coin", "\rcoin"), "not a signature line"),
            (LINE.replace("/coin", "\x00coin"), "not a signature line"),
            (LINE.replace("/coin", " coin"), "not base64"),
            (LINE.replace("/coin ", "/coin  "), "not base64"),
            (LINE.replace("\n", " \n"), "not base64"),
            (LINE.replace("\n", "\r\n"), "not base64"),
            (LINE.replace("\n", "=\n"), "not base64"),
            (f"— {KEY.name}\n", "signature is too short"),
            (f"— {KEY.name} \n", "signature is too short"),
            (f"— {KEY.name} Z42jBg==\n", "signature is too short"),
            (f"— {KEY.name} Z42jBh==\n", "base64 is not canonical"),
        ],
    )
    def test_refuses_other_lines_even_of_strangers(self, line: str, reason: str) -> None:
        assert refusal(signed(TEXT, LINE, line)) == reason

    def test_a_newline_in_a_name_cannot_bring_in_a_line(self) -> None:
        with pytest.raises(BadNote):
            signer(f"stranger x\n— {KEY.name}", 3)

    @given(st.binary(max_size=3), st.integers(0, len(NOTE)), st.integers(0, 3))
    def test_no_second_byte_string_means_the_same_note(self, put: bytes, place: int, cut: int) -> None:
        data = NOTE[:place] + put + NOTE[place + cut :]
        try:
            note = parse_note(data)
        except BadNote:
            return
        lines = [f"— {line.name} {base64(line.key_id + line.signature)}\n" for line in note.signatures]
        assert signed(note.text, *lines) == data
        if data != NOTE:
            assert refusal(data) in {"signature of a known key fails", "no signature of a known key"}
