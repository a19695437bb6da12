"""Lists of organisations: bound with dates, tried before written, accepted or "ask the person"."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pumasi.civic.people.models import Person, RoleName
from pumasi.civic.people.operations import close_person, join
from pumasi.civic.people.queries import has_role
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.models import Award
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import BindingUnusable, ListTooLong, ListUnreadable, NotBound
from pumasi.services.deeds.models import Batch, BatchRow, Binding, Claim, State
from pumasi.services.deeds.queries.organisations import batch_answers
from pumasi.services.deeds.queries.slips import result_for
from pumasi.services.deeds.tests.scene import bound_admin, coins, everything, state

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
HEAD = "phone,birth_year,kind,day,amount\n"


@pytest.fixture
def admin(world: World) -> UUID:
    """The admin of an organisation that is bound to the centre for this quarter."""
    return bound_admin(world)


def member(number: int) -> UUID:
    """A member with the telephone number 010-1000-<number>, born in 1960."""
    return join(acts(None, MORNING - timedelta(days=4)), "회원 역할", f"010-1000-{number:04d}", birth_year=1960).id


def lines(*rows: str) -> bytes:
    return (HEAD + "\n".join(rows) + "\n").encode()


def hours(number: int, minutes: int = 120, day: str = "2026-10-05") -> str:
    return f"{number:04d},1960,VOLUNTEERING,{day},{minutes}"


def answers(batch: UUID) -> list[bool]:
    return [is_accepted for _, is_accepted in batch_answers(batch)]


class TestBinding:
    def test_gives_the_admin_the_role_at_the_centre_for_the_time(self, world: World, admin: UUID) -> None:
        role = RoleName.ORGANISATION_ADMIN

        assert has_role(admin, role, date(2026, 12, 31), world.centre)
        assert not has_role(admin, role, date(2027, 1, 1), world.centre)
        assert not has_role(admin, role, MORNING.date(), world.gym)

    def test_ends_today_and_the_role_with_it(self, world: World, admin: UUID) -> None:
        binding = Binding.objects.get().pk

        operations.end_binding(acts(world.issuer), binding_id=binding)
        operations.end_binding(acts(world.issuer), binding_id=binding)

        assert not has_role(admin, RoleName.ORGANISATION_ADMIN, MORNING.date(), world.centre)
        with pytest.raises(NotBound):
            operations.preview_list(acts(admin), data=lines(hours(1)))

    def test_refuses_wrong_places_dates_hands_and_roles(self, world: World, admin: UUID) -> None:
        organisation = Binding.objects.get().organisation_id
        fine = {
            "organisation_id": organisation,
            "centre_id": world.centre,
            "admin_id": world.neighbour,
            "starts": date(2027, 1, 1),
            "ends": date(2027, 6, 30),
        }
        for changed in (
            {"centre_id": world.bakery},
            {"ends": date(2026, 12, 31)},
            {"admin_id": world.issuer},
            {"starts": date(2026, 12, 31)},
            {"organisation_id": a_key()},
        ):
            with pytest.raises(BindingUnusable):
                operations.bind_organisation(acts(world.issuer), **{**fine, **changed})  # type: ignore[arg-type]  # one dict
        with pytest.raises(NotAllowed):
            operations.bind_organisation(acts(world.cashier), **fine)  # type: ignore[arg-type]  # as above
        with pytest.raises(NotAllowed):
            operations.register_organisation(acts(admin), name_ko="가", name_en="a", key=a_key())

        assert Binding.objects.count() == 1


class TestPreview:
    def test_says_accepted_or_ask_and_writes_nothing(self, world: World, admin: UUID) -> None:
        member(1), member(2)
        close_person(acts(None), member(3))
        data = lines(hours(1), hours(2, 30), hours(3), hours(4), hours(1, 600, "2026-10-04"))
        before = everything()

        preview = operations.preview_list(acts(admin), data=data)

        assert preview.accepted == (True, False, False, False, False)
        assert preview.to_ask == 4
        assert everything() == before
        assert Batch.objects.count() == 0

    def test_foresees_what_the_confirmation_brings(self, world: World, admin: UUID) -> None:
        for number in range(1, 6):
            member(number)
        rows = [hours(number, 240) for number in range(1, 6)] + [
            hours(1, 240, "2026-10-04"),
            hours(2, 540, "2026-10-03"),
        ]
        data = lines(*rows)

        preview = operations.preview_list(acts(admin), data=data)
        batch = operations.confirm_list(acts(admin), data=data)

        assert list(preview.accepted) == answers(batch) == [True] * 6 + [False]

    def test_reads_korean_names_of_columns_in_cp949(self, world: World, admin: UUID) -> None:
        member(1)
        data = "전화번호,활동,날짜,수량\n010-1000-0001,자원봉사,2026-10-05,60\n".encode("cp949")

        assert operations.preview_list(acts(admin), data=data).accepted == (True,)

    @pytest.mark.parametrize(
        ("text", "line", "field"),
        [
            ("", 1, "phone"),
            ("phone,kind,day\n1,2,3\n", 1, "amount"),
            (HEAD, 2, "phone"),
            (HEAD + ",1960,VOLUNTEERING,2026-10-05,60\n", 2, "phone"),
            (HEAD + "0001,60,VOLUNTEERING,2026-10-05,60\n", 2, "birth_year"),
            (HEAD + "0001,1960,SINGING,2026-10-05,60\n", 2, "kind"),
            (HEAD + "0001,1960,VOLUNTEERING,05.10.2026,60\n", 2, "day"),
            (HEAD + hours(1) + "\n0001,1960,VOLUNTEERING,2026-10-05,2h\n", 3, "amount"),
            (HEAD + "0001,1960,VOLUNTEERING,2026-10-05,0\n", 2, "amount"),
        ],
    )
    def test_a_broken_file_is_refused_as_a_whole_with_its_line(
        self, world: World, admin: UUID, text: str, line: int, field: str
    ) -> None:
        with pytest.raises(ListUnreadable) as refusal:
            operations.preview_list(acts(admin), data=text.encode())

        assert refusal.value.facts == {"line": line, "field": field}

    def test_too_many_lines_and_strangers_are_refused(self, world: World, admin: UUID) -> None:
        with pytest.raises(ListTooLong):
            operations.preview_list(acts(admin), data=lines(*[hours(1)] * 5001))
        with pytest.raises(NotBound):
            operations.preview_list(acts(world.cashier), data=lines(hours(1)))


class TestConfirm:
    def test_pays_and_the_same_file_again_changes_nothing(self, world: World, admin: UUID) -> None:
        one, two = member(1), member(2)
        data = lines(hours(1), hours(2, 60))

        batch = operations.confirm_list(acts(admin), data=data)
        before = everything()
        again = operations.confirm_list(acts(admin), data=data)

        assert batch == again
        assert (coins(one), coins(two)) == (10, 5)
        assert everything() == before
        assert (Batch.objects.count(), BatchRow.objects.count()) == (1, 2)

    def test_the_same_deed_in_another_file_is_one_effect(self, world: World, admin: UUID) -> None:
        one, two = member(1), member(2)
        operations.confirm_list(acts(admin), data=lines(hours(1)))

        mended = operations.confirm_list(acts(admin), data=lines(hours(1), hours(2)))
        changed = operations.confirm_list(acts(admin), data=lines(hours(1, 240)))

        assert answers(mended) == [True, True]
        assert answers(changed) == [False]
        assert (coins(one), coins(two)) == (10, 10)
        assert Award.objects.count() == 2

    def test_the_same_person_kind_and_day_twice_in_one_file_counts_once(self, world: World, admin: UUID) -> None:
        one = member(1)

        batch = operations.confirm_list(acts(admin), data=lines(hours(1), hours(1), hours(1, 60)))

        assert answers(batch) == [True, True, False]
        assert coins(one) == 10

    def test_the_reason_goes_to_the_person_who_can_object(self, world: World, admin: UUID) -> None:
        one = member(1)

        batch = operations.confirm_list(acts(admin), data=lines(hours(1, 540)))
        claim = Claim.objects.get(person_id=one).id
        slip = result_for(claim, one, MORNING)
        operations.object_to(acts(one), claim_id=claim, note="여덟 시간이었어요")
        operations.decide(acts(world.reviewer), claim_id=claim, is_right=True, quantity=480)

        assert answers(batch) == [False]
        assert slip is not None
        assert slip.objection is not None
        assert "40코인" in slip.objection.reason
        assert state(claim) is State.ISSUED
        assert coins(one) == 40

    def test_the_admin_earns_nothing_by_the_own_list(self, world: World, admin: UUID) -> None:
        batch = operations.confirm_list(
            acts(admin), data=lines("010-5555-0001,1980,VOLUNTEERING,2026-10-05,60", hours(1))
        )

        assert answers(batch) == [False, False]
        assert coins(admin) == 0

    def test_without_budget_the_lines_are_accepted_and_wait(self, db: None, admin_without_budget: UUID) -> None:
        one = member(1)

        batch = operations.confirm_list(acts(admin_without_budget), data=lines(hours(1)))

        assert answers(batch) == [True]
        assert state(Claim.objects.get(person_id=one).id) is State.WAITLISTED

    def test_four_hundred_lines_at_once(self, world: World, admin: UUID) -> None:
        people = [member(number) for number in range(1, 41)]
        days = [f"2026-10-{day:02d}" for day in (1, 2, 3, 4, 5)]
        kinds = ("VOLUNTEERING", "TALENT")
        rows = [f"{n:04d},1960,{kind},{day},60" for n in range(1, 41) for day in days for kind in kinds]

        operations.preview_list(acts(admin), data=lines(*rows))
        operations.confirm_list(acts(admin), data=lines(*rows))

        assert Claim.objects.count() == 400
        assert coins(people[0]) == 50


@pytest.fixture
def admin_without_budget(db: None) -> UUID:
    return bound_admin(World())


class TestPages:
    def test_try_confirm_and_export(self, world: World, admin: UUID, clock: FixedClock) -> None:
        member(1)
        client = visitor(admin)
        data = lines(hours(1), hours(9))

        tried = client.post("/deeds/lists/", {"file": SimpleUploadedFile("a.csv", data, "text/csv")})
        text = tried.content.decode()
        nothing = Claim.objects.count()
        file = text.split('name="confirm" value="')[1].split('"')[0]
        done = client.post("/deeds/lists/", {"confirm": file}, follow=True)
        batch = Batch.objects.get().id
        saved = client.get(f"/deeds/lists/{batch}/export/")

        assert "미리 보기" in text
        assert nothing == 0
        assert done.status_code == 200
        assert saved.content.decode() == "\ufeff줄,답\r\n1,인정\r\n2,본인에게 물어보기\r\n"
        assert Claim.objects.count() == 1

    def test_another_organisations_list_does_not_exist(self, world: World, admin: UUID, clock: FixedClock) -> None:
        member(1)
        batch = operations.confirm_list(acts(admin), data=lines(hours(1)))
        other = world.joins("다른 기관 담당 역할")
        made = operations.register_organisation(acts(world.issuer), name_ko="나", name_en="b", key=a_key())
        operations.bind_organisation(
            acts(world.issuer),
            organisation_id=made,
            centre_id=world.gym,
            admin_id=other,
            starts=date(2026, 10, 1),
            ends=date(2026, 12, 31),
        )

        assert visitor(other).get(f"/deeds/lists/{batch}/").status_code == 404
        assert visitor(other).get(f"/deeds/lists/{batch}/export/").status_code == 404
        assert visitor(admin).get(f"/deeds/lists/{batch}/").status_code == 200

    def test_officers_register_bind_and_end(self, world: World, clock: FixedClock) -> None:
        issuer, person = visitor(world.issuer), member(7)
        issuer.post("/deeds/organisations/", {"key": (key := a_key()), "name_ko": "표본 학교", "name_en": "School"})
        told = {
            "organisation": key,
            "centre": world.centre,
            "phone": "010-1000-0007",
            "starts": "2026-10-05",
            "ends": "2026-12-31",
        }

        wrong = issuer.post("/deeds/organisations/bind/", {**told, "phone": "010-0000-0000"})
        right = issuer.post("/deeds/organisations/bind/", told)
        page = issuer.get("/deeds/organisations/").content.decode()
        issuer.post(f"/deeds/organisations/{Binding.objects.get().pk}/end/")

        assert (wrong.status_code, right.status_code) == (409, 302)
        assert "표본 학교" in page
        assert "2026-12-31" in page
        assert Binding.objects.get().ended_on == date(2026, 10, 5)
        assert Person.objects.get(id=person).closed_at is None
