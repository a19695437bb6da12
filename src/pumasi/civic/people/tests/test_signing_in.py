"""A number from the counter signs in once, soon, and not by guessing."""

from datetime import timedelta

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.errors import OfficerOnly, PersonClosed, SignInRefused
from pumasi.civic.people.models import Person, RoleName, SignInCode
from pumasi.civic.people.operations import close_person
from pumasi.civic.people.signing_in import issue_sign_in_code, sign_in
from pumasi.civic.people.tests.factories import MORNING, at_desk, give_role, make_person
from pumasi.kernel.acting import Acting, Channel

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
PHONE = "010-0000-9999"
PAGE = Acting(None, None, Channel.PHONE, "sign in", MORNING)


def later(**delta: float) -> Acting:
    return Acting(None, None, Channel.PHONE, "sign in", MORNING + timedelta(**delta))


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


@pytest.fixture
def officer() -> Person:
    person = make_person()
    give_role(person.id, RoleName.DONG_OFFICIAL)
    return person


class TestIssue:
    def test_six_digits_of_which_only_a_hash_is_kept(self, officer: Person) -> None:
        resident = make_person(phone=PHONE)

        code = issue_sign_in_code(at_desk(actor=officer.id), resident.id)

        assert len(code) == 6
        assert code.isdigit()
        assert code.encode() not in bytes(SignInCode.objects.get().code_hash)
        assert AuditRow.objects.filter(action="people.issue_sign_in_code", actor=officer.id).count() == 1

    def test_only_officers_issue(self) -> None:
        resident = make_person(phone=PHONE)

        for actor in (None, resident.id):
            with pytest.raises(OfficerOnly):
                issue_sign_in_code(at_desk(actor=actor), resident.id)

        assert SignInCode.objects.count() == 0

    def test_not_for_a_closed_person(self, officer: Person) -> None:
        resident = make_person()
        close_person(at_desk(), resident.id)

        with pytest.raises(PersonClosed):
            issue_sign_in_code(at_desk(actor=officer.id), resident.id)

        assert SignInCode.objects.count() == 0


class TestSignIn:
    def test_works_once(self, officer: Person) -> None:
        resident = make_person(phone=PHONE)
        code = issue_sign_in_code(at_desk(actor=officer.id), resident.id)

        assert sign_in(later(minutes=9, seconds=59), "+82 10 0000 9999", f" {code} ") == resident.id

        with pytest.raises(SignInRefused):
            sign_in(PAGE, PHONE, code)

    def test_is_over_after_ten_minutes(self, officer: Person) -> None:
        code = issue_sign_in_code(at_desk(actor=officer.id), make_person(phone=PHONE).id)

        with pytest.raises(SignInRefused):
            sign_in(later(minutes=10), PHONE, code)

    def test_four_slips_are_forgiven_the_fifth_is_not(self, officer: Person) -> None:
        resident = make_person(phone=PHONE)
        for slips, passes in ((4, True), (5, False)):
            code = issue_sign_in_code(at_desk(actor=officer.id), resident.id)
            for _ in range(slips):
                with pytest.raises(SignInRefused):
                    sign_in(PAGE, PHONE, other_than(code))
            assert SignInCode.objects.get().wrong_tries == slips
            if passes:
                assert sign_in(PAGE, PHONE, code) == resident.id
            else:
                with pytest.raises(SignInRefused):
                    sign_in(PAGE, PHONE, code)

    def test_a_new_code_ends_the_old_one(self, officer: Person) -> None:
        resident = make_person(phone=PHONE)
        old = issue_sign_in_code(at_desk(actor=officer.id), resident.id)
        new = issue_sign_in_code(at_desk(actor=officer.id), resident.id)

        if old != new:
            with pytest.raises(SignInRefused):
                sign_in(PAGE, PHONE, old)
        assert sign_in(PAGE, PHONE, new) == resident.id

    def test_all_refusals_look_alike(self, officer: Person) -> None:
        code = issue_sign_in_code(at_desk(actor=officer.id), make_person(phone=PHONE).id)
        texts = set()

        for phone, typed in (
            (PHONE, other_than(code)),
            ("010-0000-9998", code),
            ("nonsense", code),
            (PHONE, "ㄱ\ud800"),
        ):
            with pytest.raises(SignInRefused) as refusal:
                sign_in(PAGE, phone, typed)
            texts.add(refusal.value.text("ko"))

        assert len(texts) == 1
        assert AuditRow.objects.filter(action="people.sign_in").count() == 0

    def test_a_closed_person_signs_in_no_more(self, officer: Person) -> None:
        resident = make_person(phone=PHONE)
        code = issue_sign_in_code(at_desk(actor=officer.id), resident.id)
        close_person(at_desk(), resident.id)

        with pytest.raises(SignInRefused):
            sign_in(PAGE, PHONE, code)
