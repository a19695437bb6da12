"""Text is kept in one spelling, bounded, and without characters that databases cannot hold."""

import pytest

from pumasi.kernel.errors import TextTooLong, TextUnreadable
from pumasi.kernel.text import clean_text


class TestCleanText:
    def test_composes_hangul_typed_in_parts(self) -> None:
        assert clean_text("\u1112\u1161\u11ab", 1) == "한"

    @pytest.mark.parametrize(("text", "shown"), [("a\x00", "U+0000"), ("\ud800", "U+D800"), ("a\udfff", "U+DFFF")])
    def test_refuses_what_cannot_be_kept(self, text: str, shown: str) -> None:
        with pytest.raises(TextUnreadable) as refusal:
            clean_text(text, 10)

        assert refusal.value.facts == {"character": shown}

    def test_counts_characters_of_the_composed_text(self) -> None:
        assert clean_text("가" * 10, 10) == "가" * 10
        with pytest.raises(TextTooLong):
            clean_text("가" * 11, 10)
