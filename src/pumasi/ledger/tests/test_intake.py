"""A file is posted in batches; what is refused is told line by line, and batches do not change what is posted."""

import io
import json
from collections.abc import Iterable

import pytest

from pumasi.ledger import reads
from pumasi.ledger.intake import Answer, Tally, post_lines
from pumasi.ledger.jsonl import read
from pumasi.ledger.tests import stories

AT = "2026-01-06T10:00:00+09:00"


def key(n: int) -> str:
    """A key by its number."""
    return f"00000000-0000-0000-0000-{n:012x}"


def gift(n: int, amount: object, to: str = stories.W2, **more: object) -> str:
    """A line: w1, who has 1,500, gives."""
    said = {"kind": "GIFT", "key": key(n), "at": AT, "wallet": stories.W1, "to": to, "amount": amount, **more}
    return json.dumps(said)


def opening(address: str) -> str:
    """A line that opens an account."""
    return json.dumps({"open": address, "at": AT})


def posted(lines: Iterable[str], size: int = 1000) -> list[Answer]:
    """Post these lines."""
    return list(post_lines(read(io.BytesIO("\n".join(lines).encode())), size))


def codes(answers: Iterable[Answer]) -> list[tuple[int, str]]:
    """(line, code) of each answer."""
    return [(answer.line, answer.code) for answer in answers]


@pytest.mark.postgres
@pytest.mark.django_db
class TestPostLines:
    @pytest.mark.parametrize("size", [1, 2, 1000])
    def test_posts_the_good_lines_and_names_the_bad_ones(self, size: int) -> None:
        stories.small_book()
        lines = [gift(101, 100), "{", gift(102, 99_999), gift(103, 200), gift(101, 100), gift(101, 5), gift(104, -5)]

        answers = posted(lines, size)

        assert codes(answers) == [
            (1, "posted"), (2, "malformed_line"), (3, "insufficient_balance"), (4, "posted"), (5, "replayed"),
            (6, "key_reused"), (7, "amount_not_positive"),
        ]  # fmt: skip
        assert (reads.balance(stories.W1), reads.balance(stories.W2)) == (1200, 300)

    def test_does_nothing_the_second_time(self) -> None:
        stories.small_book()
        lines = [gift(101, 100), gift(102, 200)]
        posted(lines)

        answers = posted(lines)

        assert codes(answers) == [(1, "replayed"), (2, "replayed")]
        assert reads.balance(stories.W1) == 1200

    @pytest.mark.parametrize("size", [1, 2, 1000])
    def test_opens_an_account_where_the_file_says_so_and_not_earlier(self, size: int) -> None:
        stories.small_book()
        lines = [gift(101, 100, "2100:SC:new"), opening("2100:SC:new"), gift(102, 100, "2100:SC:new")]

        answers = posted(lines, size)

        assert codes(answers) == [(1, "unknown_account"), (2, "opened"), (3, "posted")]
        assert reads.balance("2100:SC:new") == 100

    @pytest.mark.parametrize("size", [1, 3, 1000])
    def test_posts_linked_lines_together_or_not_at_all(self, size: int) -> None:
        stories.small_book()
        lines = [
            gift(101, 100, link="a"), gift(102, 200, link="a"),
            gift(103, 100, link="b"), gift(104, 99_999, link="b"),
            gift(105, 50, link="a"),
        ]  # fmt: skip

        answers = posted(lines, max(size, 2))

        assert codes(answers) == [
            (1, "posted"), (2, "posted"), (3, "linked_refused"), (4, "insufficient_balance"), (5, "posted"),
        ]  # fmt: skip
        assert reads.balance(stories.W1) == 1150

    @pytest.mark.parametrize("broken", ["{", gift(102, "x", link="a")])
    def test_an_unreadable_line_between_linked_ones_refuses_them_all(self, broken: str) -> None:
        stories.small_book()

        answers = posted([gift(101, 100, link="a"), broken, gift(103, 100, link="a"), gift(104, 10)])

        assert codes(answers) == [
            (1, "linked_refused"), (2, "malformed_line"), (3, "linked_refused"), (4, "posted"),
        ]  # fmt: skip
        assert reads.balance(stories.W1) == 1490

    def test_an_unreadable_line_after_linked_ones_is_alone(self) -> None:
        stories.small_book()

        answers = posted([gift(101, 100, link="a"), gift(102, 100, link="a"), "{", gift(103, 10)])

        assert codes(answers) == [(1, "posted"), (2, "posted"), (3, "malformed_line"), (4, "posted")]

    def test_refuses_a_batch_size_that_the_ledger_does_not_take(self) -> None:
        with pytest.raises(ValueError, match="1 to 5000"):
            posted([], 5001)

    def test_is_counted(self) -> None:
        stories.small_book()
        tally = Tally()

        for answer in posted([opening("2100:SC:new"), gift(101, 100), gift(101, 100), "{", gift(102, 99_999)]):
            tally.add(answer)

        assert tally == Tally(posted=1, replayed=1, opened=1, refused=2)
