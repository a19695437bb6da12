"""A refusal is a rule with a name, two sentences and the facts they need."""

import pickle

import pytest

from pumasi.kernel.errors import TextTooLong
from pumasi.kernel.result import Refusal, all_refusals


class TestRefusal:
    def test_speaks_korean_and_english(self) -> None:
        refusal = TextTooLong(limit=20)

        assert refusal.text("ko") == "글이 너무 길어요. 20자까지 쓸 수 있어요."
        assert refusal.text("en") == "The text is too long. At most 20 characters are kept."
        assert str(refusal) == "text_too_long: The text is too long. At most 20 characters are kept."

    def test_carries_more_facts_but_never_fewer(self) -> None:
        assert TextTooLong(limit=20, field="name").facts == {"limit": 20, "field": "name"}
        with pytest.raises(TypeError, match="limit"):
            TextTooLong()

    def test_survives_a_process_border(self) -> None:
        copy = pickle.loads(pickle.dumps(TextTooLong(limit=3)))

        assert (type(copy), copy.facts) == (TextTooLong, {"limit": 3})

    def test_is_registered_by_code(self) -> None:
        assert all_refusals()["text_too_long"] is TextTooLong

    def test_every_kernel_refusal_has_both_sentences(self) -> None:
        for refusal in all_refusals().values():
            assert refusal.ko != refusal.en

    def test_a_class_between_has_no_code_and_is_never_raised(self) -> None:
        class Between(Refusal, abstract=True):
            pass

        assert Between not in all_refusals().values()
        for empty in (Between, Refusal):
            with pytest.raises(TypeError, match="abstract"):
                empty()

    @pytest.mark.parametrize(
        ("attributes", "message"),
        [
            ({"ko": "가", "en": "a"}, "`code`"),
            ({"code": "t_one", "en": "a"}, "`ko`"),
            ({"code": "t_one", "ko": "가", "en": " "}, "`en`"),
            ({"code": "T-One", "ko": "가", "en": "a"}, "lower_snake"),
            ({"code": "t_one", "ko": "{a}", "en": "{b}"}, "same placeholders"),
            ({"code": "t_one", "ko": "{a.b}", "en": "{a.b}"}, "plain names"),
            ({"code": "t_one", "ko": "{}", "en": "{}"}, "plain names"),
            ({"code": "text_too_long", "ko": "가", "en": "a"}, "already belongs"),
        ],
    )
    def test_cannot_be_declared_wrong(self, attributes: dict[str, str], message: str) -> None:
        before = all_refusals()

        with pytest.raises(TypeError, match=message):
            type("Wrong", (Refusal,), attributes)

        assert all_refusals() == before
