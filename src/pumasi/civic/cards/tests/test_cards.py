"""Cards: one at a time, stopped by weak proof and opened by strong, and strips whose codes nobody can guess."""

from datetime import timedelta
from uuid import UUID, uuid5

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.cards import operations as cards
from pumasi.civic.cards.errors import CardEnded, CardFrozen, CardUnknown, NoCard, StripCodeWrong, StripUsedUp
from pumasi.civic.cards.models import Card, StripCode
from pumasi.civic.cards.queries import card_of, holder_of, working_card
from pumasi.civic.people.errors import PersonClosed
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.tests.factories import at_desk, make_person
from pumasi.civic.places.tests.factories import MORNING

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
DESK = at_desk(MORNING)
KEYS = [uuid5(UUID(int=1), str(number)) for number in range(25)]


@pytest.fixture
def holder() -> UUID:
    return make_person(MORNING - timedelta(days=30)).id


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def rows() -> list[tuple[object, ...]]:
    """What a refusal must leave as it was."""
    return [
        *Card.objects.order_by("id").values_list("id", "frozen_at", "ended_at", "end"),
        *StripCode.objects.order_by("position").values_list("position", "spent_key"),
    ]


class TestCard:
    def test_is_found_by_its_number(self, holder: UUID) -> None:
        made = cards.issue(DESK, holder)

        assert holder_of(made.number) == holder
        assert (made.is_frozen, made.next_position) == (False, None)
        assert AuditRow.objects.filter(action="cards.issue", whom=holder).count() == 1

    def test_a_new_one_ends_the_one_before_and_its_strip(self, holder: UUID) -> None:
        first = cards.issue(DESK, holder)
        cards.print_strip(DESK, holder)

        second = cards.issue(DESK, holder)

        assert holder_of(second.number) == holder
        assert second.next_position is None
        with pytest.raises(CardEnded, match="2026-03-02"):
            holder_of(first.number)

    def test_stopped_it_works_for_nobody_until_it_is_opened(self, holder: UUID) -> None:
        made = cards.issue(DESK, holder)

        cards.freeze(DESK, holder)
        cards.freeze(DESK, holder)

        with pytest.raises(CardFrozen):
            holder_of(made.number)
        with pytest.raises(CardFrozen):
            cards.print_strip(DESK, holder)
        assert working_card(holder) is None
        cards.unfreeze(DESK, holder)
        cards.unfreeze(DESK, holder)
        assert holder_of(made.number) == holder
        acts = AuditRow.objects.filter(whom=holder).values_list("action", flat=True)
        assert [acts.filter(action=name).count() for name in ("cards.freeze", "cards.unfreeze")] == [1, 1]

    def test_ended_it_never_works_again(self, holder: UUID) -> None:
        made = cards.issue(DESK, holder)

        cards.end(DESK, holder)

        with pytest.raises(CardEnded):
            holder_of(made.number)
        for act in (cards.freeze, cards.unfreeze, cards.print_strip):
            with pytest.raises(NoCard):
                act(DESK, holder)
        assert card_of(holder) is None

    def test_of_who_has_closed_is_unknown_and_none_is_issued(self, holder: UUID) -> None:
        made = cards.issue(DESK, holder)
        close_person(DESK, holder)

        with pytest.raises(CardUnknown):
            holder_of(made.number)
        with pytest.raises(PersonClosed):
            cards.issue(DESK, holder)


class TestStrip:
    def test_has_twenty_codes_that_are_kept_as_hashes(self, holder: UUID) -> None:
        cards.issue(DESK, holder)

        codes = cards.print_strip(DESK, holder)

        assert [len(code) for code in codes] == [6] * 20
        stored = b"".join(bytes(each) for each in StripCode.objects.values_list("code_hash", flat=True))
        assert not any(code.encode() in stored for code in codes)

    def test_is_used_up_in_order_each_code_once(self, holder: UUID) -> None:
        cards.issue(DESK, holder)
        codes = cards.print_strip(DESK, holder)

        for code, key in zip(codes, KEYS, strict=False):
            cards.check_strip_code(DESK, holder, f" {code[:3]} {code[3:]} ", key)
            cards.spend_strip_code(DESK, holder, code, key)

        with pytest.raises(StripUsedUp):
            cards.check_strip_code(DESK, holder, codes[0], KEYS[20])

    def test_a_retry_with_the_same_key_spends_nothing_more(self, holder: UUID) -> None:
        cards.issue(DESK, holder)
        codes = cards.print_strip(DESK, holder)
        cards.spend_strip_code(DESK, holder, codes[0], KEYS[0])

        cards.check_strip_code(DESK, holder, codes[0], KEYS[0])
        cards.spend_strip_code(DESK, holder, codes[0], KEYS[0])

        found = card_of(holder)
        assert found is not None
        assert found.next_position == 2

    def test_a_code_of_another_position_is_wrong(self, holder: UUID) -> None:
        cards.issue(DESK, holder)
        codes = cards.print_strip(DESK, holder)
        before = rows()

        with pytest.raises(StripCodeWrong) as refused:
            cards.check_strip_code(DESK, holder, codes[4], KEYS[0])

        assert (refused.value.facts["position"], refused.value.facts["left"]) == (1, 4)
        assert rows() == before

    def test_the_fifth_wrong_one_stops_the_card_also_for_the_right_one(self, holder: UUID) -> None:
        made = cards.issue(DESK, holder)
        codes = cards.print_strip(DESK, holder)
        for _ in range(4):
            with pytest.raises(StripCodeWrong):
                cards.check_strip_code(DESK, holder, wrong(codes[0]), KEYS[0])

        with pytest.raises(CardFrozen):
            cards.check_strip_code(DESK, holder, wrong(codes[0]), KEYS[0])

        with pytest.raises(CardFrozen):
            cards.check_strip_code(DESK, holder, codes[0], KEYS[0])
        with pytest.raises(CardFrozen):
            cards.spend_strip_code(DESK, holder, codes[0], KEYS[0])
        with pytest.raises(CardFrozen):
            holder_of(made.number)
        assert AuditRow.objects.filter(action="cards.freeze", detail_code="TRIES").count() == 1

    def test_a_right_one_forgives_the_wrong_ones_before(self, holder: UUID) -> None:
        cards.issue(DESK, holder)
        codes = cards.print_strip(DESK, holder)
        for _ in range(4):
            with pytest.raises(StripCodeWrong):
                cards.check_strip_code(DESK, holder, wrong(codes[0]), KEYS[0])

        cards.spend_strip_code(DESK, holder, codes[0], KEYS[0])

        with pytest.raises(StripCodeWrong) as refused:
            cards.check_strip_code(DESK, holder, wrong(codes[1]), KEYS[1])
        assert refused.value.facts["left"] == 4

    def test_a_new_strip_makes_the_old_one_void(self, holder: UUID) -> None:
        cards.issue(DESK, holder)
        old = cards.print_strip(DESK, holder)
        new = cards.print_strip(DESK, holder)

        with pytest.raises(StripCodeWrong):
            cards.check_strip_code(DESK, holder, old[0] if old[0] != new[0] else old[1], KEYS[0])
        cards.spend_strip_code(DESK, holder, new[0], KEYS[0])
        assert StripCode.objects.filter(spent_key=KEYS[0]).count() == 1
