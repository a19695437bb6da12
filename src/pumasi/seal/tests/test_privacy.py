"""What an outsider can learn from the published record: the hour of a deed and not the minute, and nobody's account."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import pairwise, product
from uuid import UUID

import pytest
from django.db import transaction

from pumasi.kernel.clock import FixedClock
from pumasi.ledger import kinds
from pumasi.ledger.commands import Terms
from pumasi.ledger.posting import post, post_one
from pumasi.ledger.reads import transfer_of
from pumasi.ledger.tests.stories import S1, W1, W2, Story, open_all, order
from pumasi.seal import sealer as sealers
from pumasi.seal.cadence import APART, HOURLY
from pumasi.seal.leaves import Prepared, prepare
from pumasi.seal.models import Block, Entry
from pumasi.seal.tests.record import leaves, seal_all, sealing
from pumasi.verify.commitment import Payload, commit, parse_payload

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

START = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 09:00 in Seoul
HOURS, PER_HOUR = 12, 60


def a_day_of_deeds(story: Story) -> Iterator[tuple[UUID, datetime]]:
    """Sixty deeds an hour at minutes that look random, the same every time."""
    for number in range(HOURS * PER_HOUR):
        hour, turn = divmod(number, PER_HOUR)
        at = START + timedelta(hours=hour, minutes=turn, seconds=sha256(bytes([hour, turn])).digest()[0] % 60)
        key = story.key()
        yield key, at


@dataclass(frozen=True)
class Seen:
    """What the observer has of one entry: when its block and the one before appeared, and its place in the block."""

    before: datetime
    published: datetime
    place: float


def guessed_by_order(seen: Seen) -> datetime:
    """The best guess of somebody who trusts the order inside a block."""
    return seen.before + (seen.published - seen.before) * seen.place


def guessed_by_hour(seen: Seen) -> datetime:
    """The guess of somebody who knows the block alone."""
    return seen.before + (seen.published - seen.before) / 2


def published_day(story: Story) -> list[tuple[Seen, datetime]]:
    """Seal a day by the hour; what the observer sees of each deed, and when it really was."""
    open_all()
    order(story)
    clock = FixedClock(START)
    truth: dict[int, datetime] = {}
    with sealing(HOURLY, clock) as sealer:
        assert sealer.turn() is None
        for number, (key, at) in enumerate(a_day_of_deeds(story)):
            with transaction.atomic():
                post([kinds.earn(key=key, at=at, wallet=W1, amount=10, terms=Terms("good-deed/2026", None, 1))])
            truth[transfer_of(key) or 0] = at
            if number % PER_HOUR == PER_HOUR - 1:
                clock.advance(START + timedelta(hours=number // PER_HOUR + 1, seconds=2) - clock.now())
                assert sealer.turn() is None
    blocks = {block.number: block for block in Block.objects.all()}
    found = []
    for entry in Entry.objects.filter(transfer__in=truth):
        block = blocks[entry.block_id]
        seen = Seen(
            blocks[block.number - 1].sealed_at,
            block.sealed_at,
            (entry.index - block.first + 0.5) / (block.size - block.first),
        )
        found.append((seen, truth[entry.transfer or 0]))
    return found


def minutes_off(guess: datetime, truth: datetime) -> float:
    return abs((guess - truth).total_seconds()) / 60


def errors(day: list[tuple[Seen, datetime]]) -> tuple[float, float]:
    """Mean error in minutes: of the guess by order, and of the guess by hour."""
    by_order = [minutes_off(guessed_by_order(seen), at) for seen, at in day]
    by_hour = [minutes_off(guessed_by_hour(seen), at) for seen, at in day]
    return sum(by_order) / len(day), sum(by_hour) / len(day)


class TestObserver:
    def test_guesses_the_minute_no_better_than_the_hour(self) -> None:
        day = published_day(Story(START))

        by_order, by_hour = errors(day)

        assert len(day) == HOURS * PER_HOUR
        assert 14 < by_hour < 16  # a quarter of an hour: the middle of the hour is the best there is
        assert by_order > by_hour

    def test_would_guess_it_from_entries_in_the_order_of_the_books(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def in_time(prepared: Iterable[Prepared]) -> list[Prepared]:
            return sorted(prepared, key=lambda each: each.transfer)

        monkeypatch.setattr(sealers, "_shuffled", in_time)

        by_order, _ = errors(published_day(Story(START)))

        assert by_order < 2

    def test_never_sees_two_blocks_close_together(self) -> None:
        published_day(Story(START))

        moments = list(Block.objects.order_by("number").values_list("sealed_at", flat=True))

        assert min(later - earlier for earlier, later in pairwise(moments)) > APART


class TestBruteForce:
    def test_of_every_account_kind_and_second_matches_no_commitment(self) -> None:
        """The attacker knows every pseudonym, the kinds, and even the secret key of the command; not the opening."""
        story = Story()
        open_all()
        order(story)
        story.post(
            kinds.earn(key=story.key(), at=story.at, wallet=W1, amount=500, terms=Terms("good-deed/2026", None, 1))
        )
        story.post(kinds.gift(key=story.key(), at=story.at, wallet=W1, to=W2, amount=100))
        with transaction.atomic():
            paid = kinds.pay(key=story.key(), at=story.at, wallet=W1, till=S1, amount=100)
            post_one(paid)
        (prepared,) = prepare([transfer_of(paid.key) or 0])
        accounts = {parse_payload(side.payload).account for side in prepared.sides}
        seal_all()
        public = {posting.commitment for leaf in leaves() for posting in leaf.postings} - {None}

        minute = int(story.at.timestamp()) // 60 * 60
        payloads = [
            Payload(account, paid.key.hex, kind, minute + second).encode()
            for account, kind, second in product(accounts, ("PAY", "EARN", "GIFT", "REFUND"), range(60))
        ]
        openings = [bytes(32), paid.key.bytes * 2, sha256(paid.key.bytes).digest()]

        assert {side.payload for side in prepared.sides} <= set(payloads)
        assert {commit(side.opening, side.payload) for side in prepared.sides} <= public
        assert [p for p, opening in product(payloads, openings) if commit(opening, p) in public] == []
