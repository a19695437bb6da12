"""Names behind a payment: order number, two persons, one hour, and every look noted for whoever was looked at."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.audit.queries import looks_at
from pumasi.civic.people.models import RoleName
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations as coin
from pumasi.coin.errors import NotAllowed
from pumasi.coin.models import Payment
from pumasi.coin.tests.world import DATABASES, a_key, acts
from pumasi.kernel.result import Refusal
from pumasi.services.yearend.errors import AskedAlready, LookIsOver, NamesNeedAnother, NothingAsked, WordsMissing
from pumasi.services.yearend.models import NameAsk, NameGrant
from pumasi.services.yearend.operations import agree_names, ask_names, look_at_names
from pumasi.services.yearend.tests.turn import DECEMBER, JANUARY, Turn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


@pytest.fixture
def paid(turn: Turn) -> Turn:
    """The neighbour paid with coins that the resident had earned and given."""
    coin.give(acts(turn.resident, DECEMBER), to_id=turn.neighbour, coins=20, key=a_key())
    coin.spend(acts(turn.neighbour, DECEMBER), payer_id=turn.neighbour, place_id=turn.laundry, coins=20, key=a_key())
    return turn


def asks(turn: Turn, *, order: str = "감사-7", reason: str = "표본 대조", by: UUID | None = None) -> UUID:
    key = a_key()
    ask_names(
        acts(by or turn.auditor, JANUARY),
        transfer=Payment.objects.get().transfer,
        order_number=order,
        reason=reason,
        key=key,
    )
    return key


class TestNames:
    def test_asked_agreed_and_seen_for_an_hour(self, paid: Turn) -> None:
        ask = asks(paid)
        agree_names(acts(paid.officers[0], JANUARY), ask_id=ask)

        names = look_at_names(acts(paid.auditor, JANUARY + timedelta(hours=1)), ask_id=ask)

        assert (names.payer, names.earners) == ("주민 역할 나", ("주민 역할 가",))
        with pytest.raises(LookIsOver) as refusal:
            look_at_names(acts(paid.auditor, JANUARY + timedelta(hours=1, seconds=1)), ask_id=ask)
        assert refusal.value.facts == {"until": "2027-01-04 11:00"}

    def test_every_look_stands_in_the_log_of_whoever_was_looked_at(self, paid: Turn) -> None:
        ask = asks(paid)
        agree_names(acts(paid.issuer, JANUARY), ask_id=ask)
        for _ in range(2):
            look_at_names(acts(paid.auditor, JANUARY), ask_id=ask)

        for person in (paid.resident, paid.neighbour):
            seen = [(each.by_role, each.purpose) for each in looks_at(person) if each.purpose.startswith("AUDIT")]
            assert seen == [("AUDITOR", "AUDIT 감사-7")] * 2

    def test_who_asked_cannot_agree_even_with_both_roles(self, paid: Turn) -> None:
        paid.grants_role_now(paid.auditor, RoleName.BUDGET_OFFICER)
        ask = asks(paid)
        self.refused(NamesNeedAnother, lambda: agree_names(acts(paid.auditor, JANUARY), ask_id=ask))

    def test_not_without_agreement_and_not_for_another_auditor(self, paid: Turn) -> None:
        ask = asks(paid)
        self.refused(NothingAsked, lambda: look_at_names(acts(paid.auditor, JANUARY), ask_id=ask))
        agree_names(acts(paid.issuer, JANUARY), ask_id=ask)
        other = paid.joins("다른 감사 역할")
        paid.grants_role_now(other, RoleName.AUDITOR)
        self.refused(NothingAsked, lambda: look_at_names(acts(other, JANUARY), ask_id=ask))
        self.refused(NothingAsked, lambda: agree_names(acts(paid.officers[0], JANUARY), ask_id=ask))

    def test_order_number_and_reason_are_needed(self, paid: Turn) -> None:
        self.refused(WordsMissing, lambda: asks(paid, order=" "))
        self.refused(WordsMissing, lambda: asks(paid, reason=" "))

    def test_not_asked_for_twice(self, paid: Turn) -> None:
        asks(paid)
        self.refused(AskedAlready, lambda: asks(paid))

    def test_only_auditors_ask(self, paid: Turn) -> None:
        self.refused(NotAllowed, lambda: asks(paid, by=paid.issuer))

    def refused(self, refusal: type[Refusal], act: Callable[[], object]) -> None:
        before = (NameAsk.objects.count(), NameGrant.objects.count(), AuditRow.objects.count())
        with pytest.raises(refusal):
            act()
        assert (NameAsk.objects.count(), NameGrant.objects.count(), AuditRow.objects.count()) == before


class TestPages:
    def test_from_the_payment_to_the_names(self, paid: Turn) -> None:
        auditor, officer = visitor(paid.auditor), visitor(paid.officers[0])
        transfer = Payment.objects.get().transfer

        auditor.post(
            f"/audit/payments/{transfer}/ask/", {"key": a_key(), "order_number": "감사-7", "reason": "표본 대조"}
        )
        ask = NameAsk.objects.get().id
        before = auditor.get("/audit/names/").content.decode()
        early = auditor.post(f"/audit/names/{ask}/look/")
        officer.post(f"/audit/names/{ask}/agree/")
        seen = auditor.post(f"/audit/names/{ask}/look/").content.decode()
        others = officer.get("/audit/names/").content.decode()

        assert "주민 역할" not in before
        assert early.status_code == 409
        assert "주민 역할 나" in seen
        assert "주민 역할 가" in seen
        assert "주민 역할" not in others

    def test_gaps_are_asked_for_again(self, paid: Turn) -> None:
        answer = visitor(paid.auditor).post(f"/audit/payments/{Payment.objects.get().transfer}/ask/", {"key": a_key()})

        assert answer.status_code == 422
        assert NameAsk.objects.count() == 0

    def test_the_number_of_queries_does_not_grow(self, paid: Turn) -> None:
        client, counts = visitor(paid.issuer), []
        for _ in range(2):
            agree_names(acts(paid.issuer, JANUARY), ask_id=asks(paid))
            client.get("/audit/names/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/audit/names/")
            counts.append(len(seen))

        assert counts == [5, 5]
