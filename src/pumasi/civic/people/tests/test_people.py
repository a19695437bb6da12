"""People join, close and are shredded; what named them is nowhere afterwards."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from pytest_django import Settings

from pumasi.civic.audit.errors import PurposeMissing
from pumasi.civic.audit.models import AuditRow
from pumasi.civic.audit.queries import looks_at
from pumasi.civic.people.errors import (
    BirthYearUnlikely,
    KeptByLaw,
    KeyDestroyed,
    NameMissing,
    NodeKeyChanged,
    PersonClosed,
    PersonNotClosed,
    PersonUnknown,
    PhoneAlreadyUsed,
    PhoneUnreadable,
    RelationOver,
    SealBroken,
)
from pumasi.civic.people.keys import derived, key_of, keys_of_wallets, sweep_orphan_keys
from pumasi.civic.people.models import Level, Person, PersonKey, Relation, Role, RoleName
from pumasi.civic.people.operations import close_person, join, kept_until, shred_person
from pumasi.civic.people.queries import (
    Told,
    find_by_phone,
    find_members,
    has_role,
    person,
    person_by_wallet,
    person_card,
)
from pumasi.civic.people.sealing import unseal
from pumasi.civic.people.tests.factories import MORNING, at_desk, give_role, make_person
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.errors import TextTooLong, TextUnreadable

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.postgres]
TODAY = date(2026, 3, 2)
NAME, PHONE = "홍길동", "010-0000-9999"


def everything_stored() -> bytes:
    """The raw values of every row of both databases, as one heap of bytes."""
    heap = b""
    for model in apps.get_models():
        if not model._meta.managed or model._meta.app_label not in {"people", "audit", "places", "codes"}:
            continue
        alias = getattr(model, "database", "default")
        for row in model._default_manager.using(alias).values_list():
            for value in row:
                heap += bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return heap


def counts() -> tuple[int, int, int]:
    return Person.objects.count(), Role.objects.count(), AuditRow.objects.count()


class TestJoin:
    def test_makes_a_resident_with_a_wallet_and_nothing_readable(self) -> None:
        joined = join(at_desk(), NAME, PHONE, Level.L1, birth_year=1950)

        found = person(joined.id)
        assert found == person_by_wallet(joined.wallet)
        assert (found.level, found.relation, found.joined_on, found.closed_at) == (
            Level.L1,
            Relation.RESIDENT,
            TODAY,
            None,
        )
        assert found.wallet != found.id
        assert has_role(joined.id, RoleName.RESIDENT, TODAY)
        heap = everything_stored()
        assert joined.id.hex.encode() in heap.replace(b"-", b"")
        for secret in (NAME, "9999", "0000-9999"):
            assert secret.encode() not in heap

    def test_a_phone_is_not_needed(self) -> None:
        joined = join(at_desk(), NAME)

        assert person_card(at_desk(), joined.id).phone is None

    def test_a_worker_belongs_to_the_district_until_a_day(self) -> None:
        until = date(2026, 12, 31)
        joined = join(at_desk(), NAME, relation=Relation.WORKER, relation_until=until)

        found = person(joined.id)
        assert (found.relation, found.relation_until) == (Relation.WORKER, until)
        assert found.is_related(until)
        assert not found.is_related(until + timedelta(days=1))
        # Who has moved away still signs in, to use what is left: the role lasts as long as the membership.
        assert has_role(joined.id, RoleName.RESIDENT, until + timedelta(days=1))

    @pytest.mark.parametrize(
        ("name", "more", "refusal"),
        [
            ("  ", {}, NameMissing),
            ("가" * 61, {}, TextTooLong),
            ("a\x00", {}, TextUnreadable),
            ("\ud800", {}, TextUnreadable),
            (NAME, {"phone": "12"}, PhoneUnreadable),
            (NAME, {"birth_year": 1899}, BirthYearUnlikely),
            (NAME, {"birth_year": 2027}, BirthYearUnlikely),
            (NAME, {"relation_until": date(2026, 3, 1)}, RelationOver),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(
        self, name: str, more: dict[str, Any], refusal: type[Exception]
    ) -> None:
        with pytest.raises(refusal):
            join(at_desk(), name, **more)

        assert counts() == (0, 0, 0)
        assert PersonKey.objects.count() == 0

    def test_refuses_a_phone_that_somebody_has(self) -> None:
        make_person(phone=PHONE)
        before = counts()

        with pytest.raises(PhoneAlreadyUsed):
            join(at_desk(), "다른 이름", "+82 10 0000 9999")

        assert counts() == before
        assert PersonKey.objects.count() == 1

    def test_two_desks_at_once_end_in_a_refusal_not_in_a_fault(self, monkeypatch: pytest.MonkeyPatch) -> None:
        make_person(phone=PHONE)
        asked = iter([True])
        exists = Person.objects.filter().__class__.exists

        def blind_once(rows: Any) -> bool:
            return exists(rows) if next(asked, None) is None else False

        monkeypatch.setattr("django.db.models.query.QuerySet.exists", blind_once)

        with pytest.raises(PhoneAlreadyUsed):
            join(at_desk(), "다른 이름", PHONE)

        assert Person.objects.count() == 1

    def test_a_join_that_fails_later_leaves_only_a_key_that_is_swept(self) -> None:
        kept = make_person()
        with transaction.atomic():
            make_person()
            transaction.set_rollback(True)
        assert PersonKey.objects.count() == 2

        assert sweep_orphan_keys(MORNING) == 0
        assert sweep_orphan_keys(MORNING + timedelta(days=1)) == 1

        assert list(PersonKey.objects.values_list("person_id", flat=True)) == [kept.id]

    def test_the_database_knows_levels_and_relations(self) -> None:
        make_person()
        for wrong in ({"level": "L9"}, {"relation": "GUEST"}, {"name_sealed": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Person.objects.update(**wrong)


class TestPersonCard:
    def test_shows_the_name_to_who_says_why_and_tells_the_person(self) -> None:
        officer, resident = make_person(), make_person(name=NAME, phone=PHONE)
        give_role(officer.id, RoleName.DONG_OFFICIAL)

        card = person_card(Acting(officer.id, None, Channel.DESK, "카드 재발급", MORNING), resident.id)

        assert (card.name, card.phone, card.facts.id) == (NAME, "+821000009999", resident.id)
        (look,) = looks_at(resident.id)
        assert (look.by_role, look.purpose, look.at, look.action) == (
            "DONG_OFFICIAL",
            "카드 재발급",
            MORNING,
            "people.person_card",
        )

    def test_refuses_a_look_without_purpose(self) -> None:
        officer, resident = make_person(), make_person()
        before = counts()

        for look in (lambda acting: person_card(acting, resident.id), lambda acting: find_by_phone(acting, PHONE)):
            with pytest.raises(PurposeMissing):
                look(Acting(officer.id, None, Channel.DESK, "", MORNING))

        assert counts() == before

    def test_says_what_the_looker_is(self) -> None:
        resident, other = make_person(), make_person()

        for actor in (resident.id, other.id, None):
            person_card(Acting(actor, None, Channel.PHONE, "own page", MORNING), resident.id)

        assert [look.by_role for look in looks_at(resident.id)] == ["JOB", "RESIDENT", "SELF"]

    def test_refuses_an_unknown_person_without_a_row(self) -> None:
        with pytest.raises(PersonUnknown):
            person_card(at_desk(), uuid4())

        assert AuditRow.objects.count() == 0

    def test_refuses_under_another_node_key(self, settings: Settings, tmp_path: Path) -> None:
        resident = make_person()
        settings.NODE_KEY_FILE = tmp_path / "node.key"

        with pytest.raises(NodeKeyChanged):
            person_card(at_desk(), resident.id)

    def test_refuses_a_name_that_was_moved_to_somebody_else(self) -> None:
        one, other = make_person(name="가나다"), make_person()
        Person.objects.filter(id=other.id).update(name_sealed=one.name_sealed)

        with pytest.raises(SealBroken):
            person_card(at_desk(), other.id)


class TestFindByPhone:
    def test_finds_by_any_spelling_and_notes_every_search(self) -> None:
        resident = make_person(phone=PHONE)

        assert find_by_phone(at_desk(), "+82 (10) 0000 9999") == resident.id
        assert find_by_phone(at_desk(), "010-0000-9998") is None

        rows = AuditRow.objects.filter(action="people.find_by_phone").order_by("id").values_list("whom", "detail_code")
        assert list(rows) == [(resident.id, "found"), (None, "nobody")]


class TestClose:
    def test_name_contacts_and_roles_are_gone_at_once(self) -> None:
        resident = make_person(name=NAME, phone=PHONE)
        give_role(resident.id, RoleName.REVIEWER)
        sealed = bytes(Person.objects.get(id=resident.id).name_sealed or b"")

        close_person(at_desk(), resident.id)

        row = Person.objects.get(id=resident.id)
        assert (row.name_sealed, row.phone_sealed, row.phone_index, row.birth_year) == (None, None, None, None)
        assert (row.closed_at, row.left_on) == (MORNING, TODAY)
        assert not has_role(resident.id, RoleName.RESIDENT, TODAY)
        assert not has_role(resident.id, RoleName.REVIEWER, TODAY)
        assert sealed not in everything_stored()
        card = person_card(at_desk(), resident.id)
        assert (card.name, card.phone) == (None, None)
        assert len(key_of(resident.id)) == 32
        make_person(phone=PHONE)

    def test_happens_once(self) -> None:
        resident = make_person()
        close_person(at_desk(), resident.id)
        before = counts()

        with pytest.raises(PersonClosed) as refusal:
            close_person(at_desk(MORNING + timedelta(days=3)), resident.id)

        assert refusal.value.facts == {"closed_on": "2026-03-02"}
        assert counts() == before
        with pytest.raises(PersonClosed):
            person(resident.id).must_be_open()


class TestShred:
    AFTER = datetime(2031, 3, 3, 1, 0, tzinfo=UTC)

    def test_even_a_kept_copy_of_the_row_never_opens_again(self) -> None:
        resident = make_person(name=NAME, phone=PHONE)
        copy = Person.objects.get(id=resident.id)
        name_sealed = bytes(copy.name_sealed or b"")
        wrapped = bytes(PersonKey.objects.get(person_id=resident.id).wrapped)
        key = key_of(resident.id)
        close_person(at_desk(), resident.id)
        assert unseal(key_of(resident.id), "name", resident.id, name_sealed).decode() == NAME

        shred_person(at_desk(self.AFTER), resident.id)

        with pytest.raises(KeyDestroyed):
            key_of(resident.id)
        assert keys_of_wallets([resident.wallet, UUID(int=7)]) == {resident.wallet: None}
        heap = everything_stored()
        for secret in (NAME.encode(), b"9999", name_sealed, wrapped, key):
            assert secret not in heap
        assert PersonKey.objects.count() == 0
        assert person(resident.id).wallet == resident.wallet

    def test_doing_it_again_is_no_harm(self) -> None:
        resident = make_person()
        close_person(at_desk(), resident.id)

        shred_person(at_desk(self.AFTER), resident.id)
        shred_person(at_desk(self.AFTER + timedelta(days=1)), resident.id)

        assert AuditRow.objects.filter(action="people.shred", whom=resident.id).count() == 1
        assert Person.objects.get(id=resident.id).shredded_at == self.AFTER

    def test_refuses_an_open_person_and_a_term_that_runs(self) -> None:
        resident = make_person()
        with pytest.raises(PersonNotClosed):
            shred_person(at_desk(self.AFTER), resident.id)
        close_person(at_desk(), resident.id)

        with pytest.raises(KeptByLaw) as refusal:
            shred_person(at_desk(datetime(2031, 3, 2, 14, 59, tzinfo=UTC)), resident.id)

        assert refusal.value.facts == {"until": "2031-03-02"}
        assert len(key_of(resident.id)) == 32

    def test_a_leap_day_is_kept_five_years_too(self) -> None:
        assert kept_until(date(2028, 2, 29)) == date(2033, 2, 28)

    def test_refuses_an_unknown_person(self) -> None:
        with pytest.raises(PersonUnknown):
            shred_person(at_desk(), UUID(int=1))


class TestPersonSecret:
    def test_differs_by_person_purpose_and_data_and_is_stable(self) -> None:
        one, other = make_person(), make_person()

        secrets = {
            derived(key_of(one.id), "opening", b"a"),
            derived(key_of(one.id), "opening", b"b"),
            derived(key_of(one.id), "purse", b"a"),
            derived(key_of(other.id), "opening", b"a"),
        }

        assert len(secrets) == 4
        assert derived(key_of(one.id), "opening", b"a") in secrets

    def test_is_found_by_wallet_too(self) -> None:
        one, other = make_person(), make_person()

        assert keys_of_wallets([one.wallet, other.wallet, UUID(int=7)]) == {
            one.wallet: key_of(one.id),
            other.wallet: key_of(other.id),
        }


class TestFindMembers:
    def test_a_list_names_members_by_number_or_by_tail_and_year(self) -> None:
        whole = join(at_desk(), "주민 역할", "010-1234-5678", birth_year=1950).id
        tail = join(at_desk(), "주민 역할", "010-2222-9999", birth_year=1960).id
        told = [Told("010-1234-5678"), Told("9999", 1960), Told("9999", 1961), Told("9999"), Told("?")]

        found = find_members(at_desk(), told)

        assert found == [whole, tail, None, None, None]

    def test_two_members_with_the_same_tail_and_year_are_nobody(self) -> None:
        join(at_desk(), "주민 역할", "010-1111-9999", birth_year=1960)
        join(at_desk(), "주민 역할", "010-2222-9999", birth_year=1960)

        assert find_members(at_desk(), [Told("9999", 1960)]) == [None]

    def test_every_member_found_is_a_noted_look(self) -> None:
        found = join(at_desk(), "주민 역할", "010-1234-5678", birth_year=1950).id

        find_members(at_desk(), [Told("010-1234-5678"), Told("010-9876-0000")])

        assert [each.action for each in looks_at(found)] == ["people.find_members"]

    def test_a_closed_member_is_not_found(self) -> None:
        gone = join(at_desk(), "주민 역할", "010-1234-5678", birth_year=1950).id
        close_person(at_desk(), gone)

        assert find_members(at_desk(), [Told("010-1234-5678"), Told("5678", 1950)]) == [None, None]
