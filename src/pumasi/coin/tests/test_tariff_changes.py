"""Changing the tariff: two people, from tomorrow on, seen by every process, and the past stays as it was."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from pumasi.coin import operations
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.coin.errors import CoinRefusal, DeedEnded, KeyReused, NotAllowed, UnknownDeed
from pumasi.coin.models import ChangeStep, TariffChange, TariffVersion
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.queries.rulebook import change, changes, open_data, rule_book, rule_stamp
from pumasi.coin.registers.errors import (
    ChangeDecidedAlready,
    ChangeDoesNotFit,
    ChangeNeedsDocument,
    ChangeTooSoon,
    ReasonMissing,
    SecondPersonNeeded,
    TooLateToWithdraw,
)
from pumasi.coin.tariff import Cap, CapScope, Tariff
from pumasi.coin.tariff_edit import AddKind, Edit, EndCap, EndKind, SetAmount, SetCap, read, written
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]

TODAY = date(2026, 10, 5)
TOMORROW = date(2026, 10, 6)
LATER = date(2026, 11, 1)
NEW = AddKind(
    code="BATTERY",
    name_ko="폐건전지 모으기",
    name_en="Used batteries",
    group="ENVIRONMENT",
    measure="ITEM",
    per=20,
    payees=("RESIDENT",),
    evidence=("STAFF", "CODE"),
    places=("CENTRE",),
    coins=3,
)
EDITS: tuple[Edit, ...] = (
    SetAmount("CLEAR_PET", 3),
    SetAmount("HANGER", 4, 1),
    SetAmount("WORKS_SUPERVISOR", 7),
    EndKind("TUMBLER"),
    NEW,
    SetCap("PERSON_DAY", "*", 80),
    SetCap("PERSON_DAY", "BATTERY", 9),
    EndCap("PERSON_MONTH", "BLOOD_DONATION"),
)


def draft(edits: Sequence[Edit] = EDITS, on: date = LATER, document: str = "결재-2026-77") -> Draft:
    return Draft("가을 조정", "Autumn change", "제5조", document, on, tuple(edits))


def drafted(world: World, edits: Sequence[Edit] = EDITS, on: date = LATER, at: datetime = MORNING) -> UUID:
    return operations.draft_change(acts(world.issuer, at), draft(edits, on), key=a_key())


def approves(world: World, change_id: UUID, at: datetime = MORNING) -> None:
    operations.approve_change(acts(world.officers[0], at), change_id=change_id)


def price(tariff: Tariff, kind: str, day: date, quantity: int = 600) -> tuple[int, int] | str:
    """What a quantity earns (resident, shop), or the code of the refusal."""
    try:
        priced = tariff.price(kind, day, quantity)
    except CoinRefusal as refusal:
        return refusal.code
    return priced.amount.minor, priced.shop.minor


def register() -> tuple[int, int, int]:
    return TariffChange.objects.count(), ChangeStep.objects.count(), TariffVersion.objects.count()


class TestApproved:
    def test_holds_from_its_day_and_not_before(self, world: World) -> None:
        approves(world, drafted(world))

        tariff, eve = district_tariff(), LATER - timedelta(days=1)
        assert [price(tariff, "CLEAR_PET", day, 10) for day in (eve, LATER)] == [(200, 0), (300, 0)]
        assert [price(tariff, "HANGER", day, 10) for day in (eve, LATER)] == [(200, 200), (400, 100)]
        assert price(tariff, "WORKS_SUPERVISOR", LATER, 1) == (700, 0)
        assert [price(tariff, "TUMBLER", day, 1) for day in (eve, LATER)] == [(200, 0), DeedEnded.code]
        assert [price(tariff, "BATTERY", day, 40) for day in (eve, LATER)] == ["coin.deed_not_in_force_yet", (600, 0)]
        assert _cap(tariff, CapScope.PERSON_DAY, "*", eve) == 60
        assert _cap(tariff, CapScope.PERSON_DAY, "*", LATER) == 80
        assert _cap(tariff, CapScope.PERSON_DAY, "BATTERY", LATER) == 9
        assert _cap(tariff, CapScope.PERSON_MONTH, "BLOOD_DONATION", LATER) is None

    def test_a_row_cites_the_decision(self, world: World) -> None:
        approves(world, drafted(world))

        row = district_tariff().row_in_force("CLEAR_PET", LATER)

        assert (row.act.name_ko, row.act.clause, row.act.document, row.basis) == (
            "가을 조정",
            "제5조",
            "결재-2026-77",
            "DECIDED",
        )

    def test_the_past_never_changes(self, world: World) -> None:
        days = [date(2023, 7, 3) + timedelta(days=step) for step in range(0, (TODAY - date(2023, 7, 3)).days + 1, 7)]
        before = district_tariff()
        known = {(kind, day): _paid(before, kind, day) for kind in before.kinds for day in (*days, TODAY)}
        caps = {day: [_said(cap) for cap in before.caps_for("CLEAR_PET", day)] for day in (*days, TODAY)}

        approves(world, drafted(world, [SetAmount("CLEAR_PET", 9)], TOMORROW))
        approves(world, drafted(world))

        after = district_tariff()
        assert after is not before
        assert {(kind, day): _paid(after, kind, day) for kind, day in known} == known
        assert {day: sorted(_said(cap) for cap in after.caps_for("CLEAR_PET", day)) for day in caps} == {
            day: sorted(found) for day, found in caps.items()
        }

    def test_an_earlier_day_approved_later_ends_where_the_known_one_begins(self, world: World) -> None:
        approves(world, drafted(world, [SetAmount("CLEAR_PET", 5)], LATER))
        approves(world, drafted(world, [SetAmount("CLEAR_PET", 4)], TOMORROW))

        tariff = district_tariff()

        assert [price(tariff, "CLEAR_PET", day, 10) for day in (TODAY, TOMORROW, date(2026, 10, 31), LATER)] == [
            (200, 0),
            (400, 0),
            (400, 0),
            (500, 0),
        ]

    def test_twice_is_once(self, world: World) -> None:
        change_id = drafted(world)
        approves(world, change_id)
        approves(world, change_id)

        assert register() == (1, 1, 1)

    def test_one_look_up_per_operation(self, world: World) -> None:
        approves(world, drafted(world))
        district_tariff()

        with CaptureQueriesContext(connection) as asked, one_tariff():
            for _ in range(50):
                district_tariff()

        assert len(asked) == 1

    def test_an_award_asks_once(self, world: World) -> None:
        with CaptureQueriesContext(connection) as asked:
            world.brings_hangers(10)

        assert sum("coin_tariffversion" in query["sql"] for query in asked) == 1


class TestRefused:
    def test_who_drafted_does_not_approve(self, world: World) -> None:
        change_id = drafted(world)
        before = register()

        with pytest.raises(SecondPersonNeeded):
            operations.approve_change(acts(world.issuer), change_id=change_id)

        assert register() == before

    def test_a_resident_neither_drafts_nor_approves(self, world: World) -> None:
        change_id = drafted(world)
        before = register()

        with pytest.raises(NotAllowed):
            operations.draft_change(acts(world.resident), draft(), key=a_key())
        with pytest.raises(NotAllowed):
            operations.draft_change(acts(world.officers[0]), draft(), key=a_key())
        with pytest.raises(NotAllowed):
            operations.approve_change(acts(world.resident), change_id=change_id)

        assert register() == before

    def test_without_a_document_nothing_is_drafted(self, world: World) -> None:
        with pytest.raises(ChangeNeedsDocument):
            operations.draft_change(acts(world.issuer), draft(document=" "), key=a_key())

        assert register() == (0, 0, 0)

    def test_today_is_too_soon(self, world: World) -> None:
        with pytest.raises(ChangeTooSoon) as refusal:
            drafted(world, on=TODAY)

        assert refusal.value.facts["earliest"] == "2026-10-06"
        assert register() == (0, 0, 0)

    def test_an_approval_after_the_day_has_begun_is_too_late(self, world: World) -> None:
        change_id = drafted(world, on=TOMORROW)

        with pytest.raises(ChangeTooSoon):
            # 00:00 in Seoul of the day itself
            approves(world, change_id, datetime.fromisoformat("2026-10-06T00:00:00+09:00"))

        assert change(change_id, MORNING + timedelta(days=1), "ko").state == "LATE"
        assert register() == (1, 0, 0)

    @pytest.mark.parametrize(
        "edits",
        [
            [],
            [SetAmount("JUGGLING", 1)],
            [SetAmount("CLEAR_PET", 0)],
            [SetAmount("CLEAR_PET", 2, 2)],
            [SetAmount("HANGER", 2)],
            [EndKind("WELCOME")],
            [SetAmount("WELCOME", 3)],
            [EndCap("PLACE_DAY", "TUMBLER")],
            [NEW, NEW],
            [SetAmount("CLEAR_PET", 3), SetAmount("CLEAR_PET", 4)],
        ],
        ids=str,
    )
    def test_what_no_file_could_say(self, world: World, edits: list[Edit]) -> None:
        with pytest.raises(ChangeDoesNotFit):
            drafted(world, edits)

        assert register() == (0, 0, 0)

    def test_a_second_change_of_the_same_row_and_day(self, world: World) -> None:
        first, second = (drafted(world, [SetAmount("CLEAR_PET", coins)]) for coins in (3, 4))
        approves(world, first)

        with pytest.raises(ChangeDoesNotFit):
            approves(world, second)

        assert price(district_tariff(), "CLEAR_PET", LATER, 10) == (300, 0)

    def test_a_key_for_something_else(self, world: World) -> None:
        key = a_key()
        operations.draft_change(acts(world.issuer), draft(), key=key)

        assert operations.draft_change(acts(world.issuer), draft(), key=key) == key
        with pytest.raises(KeyReused):
            operations.draft_change(acts(world.issuer), draft([EndKind("TUMBLER")]), key=key)

    def test_rejected_with_a_reason_is_over(self, world: World) -> None:
        change_id = drafted(world)
        with pytest.raises(ReasonMissing):
            operations.reject_change(acts(world.officers[0]), change_id=change_id, reason=" ")

        operations.reject_change(acts(world.officers[0]), change_id=change_id, reason="단가 근거가 없음")

        with pytest.raises(ChangeDecidedAlready):
            approves(world, change_id)
        seen = change(change_id, MORNING, "ko")
        assert (seen.state, seen.reason) == ("REJECTED", "단가 근거가 없음")
        with pytest.raises(UnknownDeed):
            district_tariff().kind("BATTERY")

    def test_the_database_refuses_to_edit_the_register(self, world: World) -> None:
        change_id = drafted(world)

        with pytest.raises(DatabaseError), transaction.atomic():
            TariffChange.objects.filter(id=change_id).update(document="다른 번호")


class TestWithdrawn:
    def test_by_two_before_the_day(self, world: World) -> None:
        before = district_tariff()
        change_id = drafted(world)
        approves(world, change_id)

        operations.ask_withdrawal(acts(world.issuer), change_id=change_id, reason="예산 부족")
        with pytest.raises(SecondPersonNeeded):
            operations.confirm_withdrawal(acts(world.issuer), change_id=change_id)
        assert change(change_id, MORNING, "ko").state == "RECALL"
        operations.confirm_withdrawal(acts(world.officers[1]), change_id=change_id)

        assert district_tariff() == before
        assert change(change_id, MORNING, "ko").state == "WITHDRAWN"

    def test_not_once_the_day_has_begun(self, world: World) -> None:
        change_id = drafted(world, on=TOMORROW)
        approves(world, change_id)
        operations.ask_withdrawal(acts(world.issuer), change_id=change_id, reason="예산 부족")

        with pytest.raises(TooLateToWithdraw):
            operations.confirm_withdrawal(acts(world.officers[1], MORNING + timedelta(days=1)), change_id=change_id)

    def test_not_while_another_stands_on_it(self, world: World) -> None:
        first = drafted(world, [NEW])
        approves(world, first)
        approves(world, drafted(world, [EndKind("BATTERY")], LATER + timedelta(days=9)))
        operations.ask_withdrawal(acts(world.issuer), change_id=first, reason="오류")

        with pytest.raises(ChangeDoesNotFit):
            operations.confirm_withdrawal(acts(world.officers[0]), change_id=first)

        assert price(district_tariff(), "BATTERY", LATER, 20) == (300, 0)


class TestSeen:
    def test_the_diff_says_it_in_words(self, world: World) -> None:
        change_id = drafted(world)

        korean = change(change_id, MORNING, "ko").lines
        english = change(change_id, MORNING, "en").lines

        assert [(line.what, line.before, line.after) for line in korean[:2]] == [
            ("투명 페트병 모으기", "10개마다 2코인", "10개마다 3코인"),
            ("깨끗한 옷걸이를 제로샵 세탁소에", "10개마다 2코인, 가게 2코인", "10개마다 4코인, 가게 1코인"),
        ]
        assert [(line.what, line.before, line.after) for line in english[3:6]] == [
            ("Own tumbler in a cafe or bakery", "2 coins for every use", "ends"),
            ("Used batteries", "", "3 coins for every 20 pieces"),
            ("one person a day, all deeds together", "60 coins", "80 coins"),
        ]

    def test_the_rule_book_and_its_stamp_follow(self, world: World) -> None:
        stamp = rule_stamp(MORNING, "ko")
        change_id = drafted(world)
        approves(world, change_id)

        book = rule_book(MORNING, "ko")
        pet = next(kind for kind in book.kinds if kind.code == "CLEAR_PET")
        assert pet.today is not None
        assert pet.coming is not None
        assert (pet.today.price, pet.coming.price, pet.coming.document) == (
            "10개마다 2코인",
            "10개마다 3코인",
            "결재-2026-77",
        )
        assert rule_stamp(MORNING, "ko") != stamp
        assert [each.state for each in changes(MORNING, "ko")] == ["COMING"]
        assert open_data(MORNING)["version"] == 1

    def test_edits_are_read_back_as_they_were_written(self) -> None:
        assert read(written(EDITS)) == EDITS

    def test_no_officer_is_named(self, world: World) -> None:
        approves(world, drafted(world))

        said = str(open_data(MORNING)) + str(changes(MORNING, "ko"))

        assert all(str(person) not in said for person in (world.issuer, *world.officers))


def _cap(tariff: Tariff, scope: CapScope, kind: str, day: date) -> int | None:
    found = [cap.coins for cap in tariff.caps_for(kind, day) if (cap.scope, cap.kind) == (scope, kind)]
    return found[0] if found else None


def _said(cap: Cap) -> str:
    return str((cap.scope, cap.kind, cap.coins, cap.starts))


def _paid(tariff: Tariff, kind: str, day: date) -> tuple[int, int]:
    """What is paid; why nothing is paid may be said in other words later."""
    found = price(tariff, kind, day)
    return (0, 0) if isinstance(found, str) else found
