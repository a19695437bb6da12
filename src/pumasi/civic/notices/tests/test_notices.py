"""The letter box: written once, read once, never changed."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.notices.errors import NoSuchNotice, NothingToHandOver
from pumasi.civic.notices.models import Notice, NoticeRead
from pumasi.civic.notices.operations import Words, hand_over, read_notice, write_notice
from pumasi.civic.notices.queries import letter, letters, unread
from pumasi.civic.people.operations import join
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.errors import TextTooLong
from pumasi.kernel.ids import derived_id

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]
NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
WORDS = Words("제목", "Title", "글", "Text")


def acts(person: UUID | None, at: datetime = NOW) -> Acting:
    return Acting(person, person, Channel.PHONE, "test", at)


@pytest.fixture
def person() -> UUID:
    return join(acts(None), "주민 역할").id


def writes(person: UUID, name: str, at: datetime = NOW) -> bool:
    return write_notice(acts(None, at), person_id=person, kind="EXPIRY", words=WORDS, key=derived_id("test", name))


class TestWriting:
    def test_a_key_writes_one_letter(self, person: UUID) -> None:
        assert [writes(person, "a"), writes(person, "a"), writes(person, "b")] == [True, False, True]
        assert Notice.objects.count() == 2

    def test_a_text_that_is_too_long_is_refused(self, person: UUID) -> None:
        with pytest.raises(TextTooLong):
            write_notice(
                acts(None), person_id=person, kind="X", words=Words("가" * 81, "a", "b", "c"), key=derived_id("long")
            )

        assert Notice.objects.count() == 0

    def test_a_letter_is_never_changed_or_taken_away(self, person: UUID) -> None:
        writes(person, "a")

        for change in (lambda: Notice.objects.update(text_ko="x"), lambda: Notice.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

        assert Notice.objects.get().text_ko == "글"


class TestReading:
    def test_counts_the_first_time_and_lists_the_newest_first(self, person: UUID) -> None:
        writes(person, "a")
        writes(person, "b", NOW + timedelta(days=1))
        newest, oldest = letters(person)

        for days in (1, 2):
            read_notice(acts(person, NOW + timedelta(days=days)), notice_id=oldest.id)

        assert newest.made_at > oldest.made_at
        assert letter(oldest.id, person).read_at == NOW + timedelta(days=1)
        assert unread(person) == 1

    def test_of_somebody_else_is_refused(self, person: UUID) -> None:
        writes(person, "a")
        other = join(acts(None), "다른 주민 역할").id
        mine = Notice.objects.get().id

        with pytest.raises(NoSuchNotice):
            read_notice(acts(other), notice_id=mine)
        with pytest.raises(NoSuchNotice):
            letter(mine, other)

        assert NoticeRead.objects.count() == 0


class TestHandingOver:
    def test_gives_what_was_not_read_and_notes_who_gave_it(self, person: UUID) -> None:
        officer = join(acts(None), "담당 역할").id
        for name in ("a", "b", "c"):
            writes(person, name)
        read_notice(acts(person), notice_id=letters(person)[0].id)
        new = {each.id for each in letters(person) if each.read_at is None}

        given = hand_over(acts(officer), person)

        assert {each.id for each in given} == new
        assert set(NoticeRead.objects.filter(by=officer).values_list("notice_id", flat=True)) == new
        assert (unread(person), NoticeRead.objects.get(by=None).notice_id not in new) == (0, True)
        look = AuditRow.objects.get(action="notices.hand_over")
        assert (look.kind, look.whom, look.actor) == ("LOOK", person, officer)

    def test_comes_again_for_half_an_hour_to_the_same_officer_alone(self, person: UUID) -> None:
        officer, another = join(acts(None), "담당 역할").id, join(acts(None), "다른 담당 역할").id
        writes(person, "a")
        hand_over(acts(officer), person)

        again = hand_over(acts(officer, NOW + timedelta(minutes=29)), person)

        assert len(again) == 1
        for who, minutes in ((another, 1), (officer, 30)):
            with pytest.raises(NothingToHandOver):
                hand_over(acts(who, NOW + timedelta(minutes=minutes)), person)
        assert NoticeRead.objects.count() == 1
        assert AuditRow.objects.filter(action="notices.hand_over").count() == 2

    def test_nothing_is_handed_over_by_nobody(self, person: UUID) -> None:
        writes(person, "a")

        with pytest.raises(NothingToHandOver):
            hand_over(acts(None), person)
        assert unread(person) == 1

    def test_has_whole_sentences_in_both_languages(self, person: UUID) -> None:
        words = Words("제목", "Title", "첫째예요. 둘째예요.", "One. Two!")
        write_notice(acts(None), person_id=person, kind="X", words=words, key=derived_id("test", "two"))

        found = letters(person)[0]

        assert (found.title("ko"), found.sentences("ko")) == ("제목", ("첫째예요.", "둘째예요."))
        assert (found.title("en"), found.sentences("en")) == ("Title", ("One.", "Two!"))
