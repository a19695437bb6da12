"""Codes prove who showed them, for half a minute, and are used up as decided."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from pumasi.civic.codes.errors import (
    AddressIsNoProof,
    CodeAlreadyUsed,
    CodeExpired,
    CodeKeyReused,
    CodeMistyped,
    CodeUnknown,
    ScanAlreadySpent,
    ScanExpired,
    ScanUnknown,
    TooManyMisses,
)
from pumasi.civic.codes.grammar import SYMBOLS, Kind, write
from pumasi.civic.codes.models import CodeUse, Miss
from pumasi.civic.codes.operations import Scan, forget_before, open_scan, scan, spend_scan, use_code
from pumasi.civic.codes.queries import Scanned, personal_code, place_address, place_code, read_code
from pumasi.civic.people.errors import PersonClosed, PersonUnknown
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.tests.factories import MORNING, at_desk, make_person, on_phone
from pumasi.civic.places.errors import PlaceClosed, PlaceNotOpenYet, PlaceUnknown
from pumasi.civic.places.operations import close_place, revoke_codes
from pumasi.civic.places.tests.factories import make_place
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.ids import new_id

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
STEP = timedelta(seconds=30)


def wrong(code: str) -> str:
    """A code that is spelt right and proves nothing: the same place with another proof."""
    value = 0
    for symbol in code[1:-1]:
        value = value << 5 | SYMBOLS.index(symbol)
    return write(Kind(code[0]), value ^ 1)


def shown_and_read(kind: Kind, subject: UUID, at: datetime, later: timedelta) -> Scanned:
    code = personal_code(subject, at) if kind is Kind.PERSON else place_code(subject, at)
    return read_code(code.text, at + later)


@pytest.fixture(params=[Kind.PERSON, Kind.PLACE])
def kind(request: pytest.FixtureRequest) -> Kind:
    return Kind(request.param)


@pytest.fixture
def subject(kind: Kind) -> UUID:
    return make_person().id if kind is Kind.PERSON else make_place().id


class TestReadCode:
    def test_one_step_either_way_is_accepted(self, kind: Kind, subject: UUID) -> None:
        step = int(MORNING.timestamp()) // 30

        for later in (-STEP, timedelta(), timedelta(seconds=29), STEP, timedelta(seconds=59)):
            assert shown_and_read(kind, subject, MORNING, later) == Scanned(kind, subject, step)

    def test_two_steps_are_too_late_and_it_says_when_the_code_ended(self, kind: Kind, subject: UUID) -> None:
        for steps in (2, 3, 19):
            with pytest.raises(CodeExpired) as refusal:
                shown_and_read(kind, subject, MORNING, steps * STEP)
            assert refusal.value.facts == {"until": "10:01:00"}

    def test_two_steps_early_or_long_ago_nobody_knows_it(self, kind: Kind, subject: UUID) -> None:
        for steps in (-2, -3, -100, 21, 1000):
            with pytest.raises(CodeUnknown):
                shown_and_read(kind, subject, MORNING, steps * STEP)

    def test_the_screen_changes_at_the_end_of_the_step(self, kind: Kind, subject: UUID) -> None:
        show = personal_code if kind is Kind.PERSON else place_code

        code = show(subject, MORNING + timedelta(seconds=7))

        assert code.expires_at == MORNING + STEP
        assert code == show(subject, MORNING + timedelta(seconds=29))
        assert code.text != show(subject, MORNING + STEP).text
        assert (len(code.text), len(code.grouped), code.text[0]) == (9, 9, kind.value)

    def test_it_is_read_as_typed_in_two_groups(self, kind: Kind, subject: UUID) -> None:
        show = personal_code if kind is Kind.PERSON else place_code

        assert read_code(show(subject, MORNING).grouped.lower(), MORNING, kind).subject == subject

    def test_a_slip_is_told_from_a_guess(self) -> None:
        code = place_code(make_place().id, MORNING).text
        slipped = code[:-1] + ("2" if code[-1] != "2" else "3")

        with pytest.raises(CodeMistyped):
            read_code(slipped, MORNING)
        with pytest.raises(CodeUnknown) as refusal:
            read_code(wrong(code), MORNING)
        assert type(refusal.value) is CodeUnknown

    @pytest.mark.parametrize("text", ["", "\x00", "\ud800", "L" * 500, "https://example.org", "가나다라"])
    def test_anything_else_is_refused_kindly(self, text: str) -> None:
        with pytest.raises(CodeMistyped):
            read_code(text, MORNING)

    def test_one_query_reads_a_code(
        self, django_assert_num_queries: DjangoAssertNumQueries, kind: Kind, subject: UUID
    ) -> None:
        code = personal_code(subject, MORNING) if kind is Kind.PERSON else place_code(subject, MORNING)

        with django_assert_num_queries(1):
            read_code(code.text, MORNING)


class TestPlaceLife:
    def test_a_closed_place_has_no_codes_and_its_qr_is_dead_at_once(self) -> None:
        shop = make_place()
        code, address = place_code(shop.id, MORNING), place_address(shop.id)
        close_place(at_desk(), shop.id)

        for text in (code.text, address):
            with pytest.raises(PlaceClosed):
                read_code(text, MORNING)
        with pytest.raises(PlaceClosed):
            place_code(shop.id, MORNING)

    def test_a_place_that_opens_tomorrow_shows_nothing_today(self) -> None:
        shop = make_place(opened_on=(MORNING + timedelta(days=1)).date())

        with pytest.raises(PlaceNotOpenYet):
            place_code(shop.id, MORNING)

    def test_revoking_kills_the_codes_of_before_and_no_others(self) -> None:
        shop, other = make_place(), make_place()
        before, others = place_code(shop.id, MORNING), place_code(other.id, MORNING)

        revoke_codes(at_desk(), shop.id)

        with pytest.raises(CodeUnknown):
            read_code(before.text, MORNING)
        assert read_code(place_code(shop.id, MORNING).text, MORNING).subject == shop.id
        assert read_code(others.text, MORNING).subject == other.id

    def test_an_unknown_place_or_number_is_refused(self) -> None:
        with pytest.raises(PlaceUnknown):
            place_code(uuid4(), MORNING)
        with pytest.raises(CodeUnknown):
            read_code(write(Kind.PLACE, 12345), MORNING)


class TestPersonLife:
    def test_a_closed_person_shows_nothing_and_an_old_screen_is_worthless(self) -> None:
        resident = make_person()
        code = personal_code(resident.id, MORNING)
        close_person(at_desk(), resident.id)

        with pytest.raises(CodeUnknown):
            read_code(code.text, MORNING)
        with pytest.raises(PersonClosed):
            personal_code(resident.id, MORNING)
        with pytest.raises(PersonUnknown):
            personal_code(uuid4(), MORNING)


class TestAddress:
    def test_leads_to_the_place_for_ever_and_proves_nothing(self) -> None:
        shop = make_place()
        address = place_address(shop.id)

        found = read_code(address, MORNING + timedelta(days=3000))

        assert found == Scanned(Kind.ADDRESS, shop.id, None)
        assert address.startswith("/Q/A")
        with pytest.raises(AddressIsNoProof):
            use_code(found, make_person().id, uuid4(), MORNING)
        assert CodeUse.objects.count() == 0


class TestUseCode:
    def test_a_personal_code_is_used_by_one_hand_once(self) -> None:
        clerk, other, key = uuid4(), uuid4(), uuid4()
        shown = read_code(personal_code(make_person().id, MORNING).text, MORNING)
        first = use_code(shown, clerk, key, MORNING)

        assert use_code(shown, clerk, key, MORNING + timedelta(seconds=5)) == first
        for hand, its_key in ((clerk, uuid4()), (other, key), (other, uuid4())):
            with pytest.raises(CodeAlreadyUsed) as refusal:
                use_code(shown, hand, its_key, MORNING)
            assert refusal.value.facts == {"next_at": "10:00:30"}
        assert CodeUse.objects.count() == 1

    def test_a_hall_of_two_hundred_scans_one_screen(self) -> None:
        hall = make_place(name_ko="강당")
        shown = read_code(place_code(hall.id, MORNING).text, MORNING)

        scans = {use_code(shown, uuid4(), uuid4(), MORNING).id for _ in range(200)}

        assert len(scans) == 200

    def test_a_place_is_scanned_once_per_step_by_a_person(self) -> None:
        hall, resident = make_place(), uuid4()
        shown = read_code(place_code(hall.id, MORNING).text, MORNING)
        use_code(shown, resident, uuid4(), MORNING)

        with pytest.raises(CodeAlreadyUsed):
            use_code(shown, resident, uuid4(), MORNING)

        following = read_code(place_code(hall.id, MORNING + STEP).text, MORNING)
        use_code(following, resident, uuid4(), MORNING)
        assert CodeUse.objects.count() == 2

    def test_a_key_belongs_to_one_code(self) -> None:
        resident, key = uuid4(), uuid4()
        use_code(read_code(place_code(make_place().id, MORNING).text, MORNING), resident, key, MORNING)

        with pytest.raises(CodeKeyReused):
            use_code(read_code(place_code(make_place().id, MORNING).text, MORNING), resident, key, MORNING)

        assert CodeUse.objects.count() == 1

    def test_goes_back_with_the_transaction_around_it(self) -> None:
        shown = read_code(place_code(make_place().id, MORNING).text, MORNING)
        with transaction.atomic():
            use_code(shown, uuid4(), uuid4(), MORNING)
            transaction.set_rollback(True)

        assert CodeUse.objects.count() == 0

    def test_a_breach_that_is_not_a_second_use_stays_a_fault(self) -> None:
        shown = Scanned(Kind.ADDRESS, uuid4(), 5)

        with pytest.raises(IntegrityError):
            use_code(shown, uuid4(), uuid4(), MORNING)


class TestScan:
    def test_gives_the_first_result_again_also_after_the_code_is_over(self) -> None:
        resident, key = make_person(), uuid4()
        code = place_code(make_place().id, MORNING)
        first = scan(on_phone(resident.id), code.text, key)

        again = scan(on_phone(resident.id, MORNING + timedelta(minutes=5)), code.text, key)

        assert again == first
        assert first.expires_at == MORNING + timedelta(minutes=10)

    def test_refuses_a_known_key_with_another_code(self) -> None:
        resident, key = make_person(), uuid4()
        scan(on_phone(resident.id), place_code(make_place().id, MORNING).text, key)

        with pytest.raises(CodeKeyReused):
            scan(on_phone(resident.id), place_code(make_place().id, MORNING).text, key)

        assert CodeUse.objects.count() == 1

    def test_a_parent_scans_for_each_child(self) -> None:
        parent, children = make_person(), [make_person(), make_person()]
        code = place_code(make_place().id, MORNING)

        scans = [scan(on_phone(parent.id, subject=child.id), code.text, uuid4()) for child in children]

        assert [made.by_person for made in scans] == [child.id for child in children]

    def test_a_clerk_scans_the_code_of_a_resident(self) -> None:
        clerk, resident = make_person(), make_person()

        made = scan(on_phone(clerk.id), personal_code(resident.id, MORNING).grouped, uuid4(), Kind.PERSON)

        assert (made.kind, made.subject, made.by_person) == (Kind.PERSON, resident.id, clerk.id)

    def test_a_kiosk_scans_for_who_stands_there(self) -> None:
        resident = make_person()
        acting = Acting(None, resident.id, Channel.KIOSK, "earn", MORNING)

        assert scan(acting, place_code(make_place().id, MORNING).text, uuid4()).by_person == resident.id

    def test_needs_somebody(self) -> None:
        with pytest.raises(ValueError, match="whose"):
            scan(at_desk(), "x", uuid4())


class TestGuessing:
    def test_the_sixth_guess_waits_and_so_does_the_right_code(self) -> None:
        guesser, shop = make_person(), make_place()
        for second in range(5):
            at = MORNING + timedelta(seconds=second)
            with pytest.raises(CodeUnknown):
                scan(on_phone(guesser.id, at), wrong(place_code(shop.id, at).text), uuid4())

        at = MORNING + timedelta(seconds=9)
        with pytest.raises(TooManyMisses) as refusal:
            scan(on_phone(guesser.id, at), place_code(shop.id, at).text, uuid4())

        assert refusal.value.facts == {"misses": 5, "until": "10:10:00"}
        assert (CodeUse.objects.count(), Miss.objects.count()) == (0, 5)
        later = MORNING + timedelta(minutes=10)
        assert scan(on_phone(guesser.id, later), place_code(shop.id, later).text, uuid4()).subject == shop.id

    def test_twenty_misses_end_the_day(self) -> None:
        guesser, shop = make_person(), make_place()
        for hour in range(20):
            at = MORNING + timedelta(minutes=30 * hour)
            Miss.objects.create(id=new_id(at), by_person=guesser.id, at=at)
        at = MORNING + timedelta(hours=13)

        with pytest.raises(TooManyMisses) as refusal:
            scan(on_phone(guesser.id, at), place_code(shop.id, at).text, uuid4())

        assert refusal.value.facts == {"misses": 20, "until": "2026-03-03 10:00:00"}
        assert scan(on_phone(make_person().id, at), place_code(shop.id, at).text, uuid4()).subject == shop.id

    def test_slips_and_late_codes_are_not_guesses(self) -> None:
        resident, shop = make_person(), make_place()
        code = place_code(shop.id, MORNING).text
        late = MORNING + timedelta(minutes=2)
        for _ in range(7):
            with pytest.raises(CodeExpired):
                scan(on_phone(resident.id, late), code, uuid4())
            with pytest.raises(CodeMistyped):
                scan(on_phone(resident.id, late), code[:-2], uuid4())

        assert Miss.objects.count() == 0


class TestScanLife:
    @staticmethod
    def made(resident: UUID) -> Scan:
        return scan(on_phone(resident), place_code(make_place().id, MORNING).text, uuid4())

    def test_a_person_types_in_peace_for_ten_minutes(self) -> None:
        resident = make_person().id
        made = self.made(resident)

        assert open_scan(made.id, resident, MORNING + timedelta(minutes=9, seconds=59)) == made
        with pytest.raises(ScanExpired) as refusal:
            open_scan(made.id, resident, MORNING + timedelta(minutes=10))
        assert refusal.value.facts == {"until": "10:10:00"}

    def test_belongs_to_who_made_it(self) -> None:
        made = self.made(make_person().id)

        for wrong_scan, person in ((made.id, make_person().id), (uuid4(), made.by_person)):
            with pytest.raises(ScanUnknown):
                open_scan(wrong_scan, person, MORNING)
            with pytest.raises(ScanUnknown):
                spend_scan(wrong_scan, person, uuid4(), MORNING)

    def test_counts_for_one_thing_and_its_retries(self) -> None:
        resident, key = make_person().id, uuid4()
        made = self.made(resident)

        spent = replace(made, is_spent=True)
        assert spend_scan(made.id, resident, key, MORNING) == spent
        assert spend_scan(made.id, resident, key, MORNING + timedelta(hours=1)) == spent
        with pytest.raises(ScanAlreadySpent):
            spend_scan(made.id, resident, uuid4(), MORNING)
        assert CodeUse.objects.get().spent_key == key

    def test_cannot_be_spent_too_late(self) -> None:
        resident = make_person().id
        made = self.made(resident)

        with pytest.raises(ScanExpired):
            spend_scan(made.id, resident, uuid4(), MORNING + timedelta(minutes=10))

        assert CodeUse.objects.get().spent_key is None


class TestForget:
    def test_deletes_what_is_older_and_nothing_else(self) -> None:
        shop = make_place()
        for day in range(3):
            at = MORNING + timedelta(days=day)
            use_code(read_code(place_code(shop.id, at).text, at), uuid4(), uuid4(), at)
            Miss.objects.create(id=new_id(at), by_person=uuid4(), at=at)

        assert forget_before(MORNING + timedelta(days=2)) == 4

        assert (CodeUse.objects.count(), Miss.objects.count()) == (1, 1)
