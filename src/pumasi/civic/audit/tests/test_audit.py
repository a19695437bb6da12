"""The audit only ever grows, and shows people who looked at them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.audit.errors import PurposeMissing
from pumasi.civic.audit.models import AuditRow
from pumasi.civic.audit.operations import record, record_look
from pumasi.civic.audit.queries import looks_at
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.errors import TextTooLong, TextUnreadable

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OFFICER, SOMEBODY = uuid4(), uuid4()
ACTING = Acting(OFFICER, None, Channel.DESK, "card lost", MORNING)


class TestRecord:
    def test_keeps_who_what_whom_why_when_and_through_what(self) -> None:
        record(ACTING, "people.join", SOMEBODY, "L1")

        row = AuditRow.objects.get()
        assert (row.kind, row.actor, row.whom, row.action) == ("ACT", OFFICER, SOMEBODY, "people.join")
        assert (row.detail_code, row.channel, row.purpose, row.at) == ("L1", "DESK", "card lost", MORNING)

    @pytest.mark.parametrize(("purpose", "refusal"), [("x" * 101, TextTooLong), ("a\x00", TextUnreadable)])
    def test_refuses_a_purpose_that_cannot_be_kept(self, purpose: str, refusal: type[Exception]) -> None:
        with pytest.raises(refusal):
            record(Acting(OFFICER, None, Channel.DESK, purpose, MORNING), "people.join", SOMEBODY)

        assert AuditRow.objects.count() == 0


class TestAppendOnly:
    def test_the_database_refuses_to_change_a_row(self) -> None:
        record(ACTING, "people.join", SOMEBODY)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditRow.objects.update(purpose="other")

        assert AuditRow.objects.get().purpose == "card lost"

    def test_the_database_refuses_to_delete_a_row(self) -> None:
        record(ACTING, "people.join", SOMEBODY)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            AuditRow.objects.all().delete()

        assert AuditRow.objects.count() == 1


class TestLooks:
    def test_a_look_without_purpose_is_refused_and_leaves_nothing(self) -> None:
        with pytest.raises(PurposeMissing):
            record_look(
                Acting(OFFICER, None, Channel.DESK, "  ", MORNING), "people.person_card", SOMEBODY, role="ISSUER"
            )

        assert AuditRow.objects.count() == 0

    def test_a_person_sees_role_time_and_reason_but_no_name_and_no_acts(self) -> None:
        record(ACTING, "people.grant_role", SOMEBODY)
        record_look(ACTING, "people.person_card", SOMEBODY, role="DONG_OFFICIAL")
        record_look(ACTING, "people.person_card", uuid4(), role="DONG_OFFICIAL")

        (seen,) = looks_at(SOMEBODY)

        assert (seen.at, seen.by_role, seen.channel, seen.purpose) == (MORNING, "DONG_OFFICIAL", "DESK", "card lost")
        assert not hasattr(seen, "actor")

    def test_the_log_is_read_page_by_page_newest_first(self) -> None:
        for minute in range(5):
            at = MORNING + timedelta(minutes=minute)
            record_look(Acting(OFFICER, None, Channel.DESK, f"{minute}", at), "x", SOMEBODY, role="ISSUER")

        first = looks_at(SOMEBODY, limit=3)
        second = looks_at(SOMEBODY, limit=3, before=first[-1].id)

        assert [look.purpose for look in first] == ["4", "3", "2"]
        assert [look.purpose for look in second] == ["1", "0"]


class TestFlush:
    """Transactional tests empty all tables afterwards; the triggers step aside for that and stand again in the next."""

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("turn", [1, 2])
    def test_each_turn_finds_an_empty_table_that_still_refuses(self, turn: int) -> None:
        assert AuditRow.objects.count() == 0
        record(ACTING, "people.join", SOMEBODY)

        with pytest.raises(DatabaseError, match="append-only"):
            AuditRow.objects.all().delete()

        assert AuditRow.objects.count() == 1
