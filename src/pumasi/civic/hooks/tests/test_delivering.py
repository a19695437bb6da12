"""A pass: a message is sent once while all is well, again after a failure, and not after its person's role."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from pumasi.civic.hooks.delivering import PAUSES, TAKEN, Passed, deliver_due
from pumasi.civic.hooks.models import Delivery, Endpoint, Event
from pumasi.civic.hooks.operations import end_endpoint, renew_secret, send_again
from pumasi.civic.hooks.sending import Answer
from pumasi.civic.hooks.tests.district import BAD, NOW, Net, Shop, acts, is_signed, rows
from pumasi.civic.notices.models import Notice
from pumasi.civic.people.models import Role, RoleName
from pumasi.kernel.clock import FixedClock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=["default", "keys"])]
ZERO = timedelta(0)


@pytest.fixture
def shop(db: None) -> Shop:
    return Shop()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


class TestDeliverDue:
    def test_sends_each_message_once_signed(self, shop: Shop, clock: FixedClock) -> None:
        secret, net = shop.hears(), Net()
        shop.is_paid()

        assert deliver_due(clock, net) == Passed(sent=1)
        assert deliver_due(clock, net) == Passed()

        [(url, headers, body)] = net.got
        event = Event.objects.get()
        assert (url, headers["webhook-id"], body) == (Endpoint.objects.get().url, event.id.hex, event.body.encode())
        assert is_signed(secret, headers, body)
        assert rows()[0] == [("DONE", 1, TAKEN, 200, "NONE")]

    def test_a_failure_waits_longer_each_time_and_is_given_up_in_the_end(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        shop.is_paid()
        net = Net([BAD] * 9)

        waits = []
        for _ in range(len(PAUSES)):
            assert deliver_due(clock, net) == Passed(failed=1)
            due = Delivery.objects.get().due_at
            waits.append(due - clock.now())
            clock.advance(due - clock.now() - timedelta(seconds=1))
            assert deliver_due(clock, net) == Passed()
            clock.advance(timedelta(seconds=1))
        assert deliver_due(clock, net) == Passed(failed=1)
        clock.advance(timedelta(days=1))
        assert deliver_due(clock, net) == Passed()

        assert tuple(waits) == PAUSES
        [(state, tries, _, status, problem)] = rows()[0]
        assert (state, tries, status, problem, len(net.got)) == ("GIVEN_UP", 7, 500, "STATUS", 7)

    def test_the_same_message_again_has_the_same_id_and_a_new_time(self, shop: Shop, clock: FixedClock) -> None:
        secret, net = shop.hears(), Net([BAD])
        shop.is_paid()

        deliver_due(clock, net)
        clock.advance(PAUSES[0])
        deliver_due(clock, net)
        clock.advance(timedelta(hours=1))
        send_again(acts(shop.keeper, clock.now()), delivery_id=Delivery.objects.get().id)
        deliver_due(clock, net)

        assert len({headers["webhook-id"] for _, headers, _ in net.got}) == 1
        stamps = [int(headers["webhook-timestamp"]) for _, headers, _ in net.got]
        assert [each - stamps[0] for each in stamps] == [0, 5, 3605]
        assert all(is_signed(secret, headers, body) for _, headers, body in net.got)
        assert Endpoint.objects.get().failing_since is None

    def test_a_failing_endpoint_holds_up_no_other(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears("https://slow.example/")
        shop.hears("https://good.example/")
        net = Net([BAD])
        for _ in range(3):
            shop.is_paid()

        done = deliver_due(clock, net)

        assert done.failed + done.sent == len(net.got) == 4
        assert (done.failed, done.sent) == (1, 3)

    def test_for_a_day_both_secrets_sign(self, shop: Shop, clock: FixedClock) -> None:
        first, net = shop.hears(), Net()
        second = renew_secret(acts(shop.keeper), endpoint_id=Endpoint.objects.get().id)

        for _ in range(2):
            shop.is_paid(clock.now())
            deliver_due(clock, net)
            clock.advance(timedelta(days=1))

        good = [[is_signed(secret, headers, body) for secret in (first, second)] for _, headers, body in net.got]
        assert good == [[True, True], [False, True]]


class TestTwoSenders:
    def test_what_one_has_taken_the_other_passes_by(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        shop.is_paid()
        other = Net()

        def while_sending(url: str, headers: Mapping[str, str], body: bytes, **words: Any) -> Answer:
            assert deliver_due(clock, other) == Passed()
            return Net()(url, headers, body, **words)

        assert deliver_due(clock, while_sending) == Passed(sent=1)
        assert other.got == []

    def test_what_a_dead_sender_had_taken_is_taken_again(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        shop.is_paid()

        def dies(*_args: object, **_words: object) -> Answer:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            deliver_due(clock, dies)
        clock.advance(TAKEN - timedelta(seconds=1))
        assert deliver_due(clock, Net()) == Passed()
        clock.advance(timedelta(seconds=1))

        assert deliver_due(clock, Net()) == Passed(sent=1)
        assert rows()[0][0][:2] == ("DONE", 2)

    def test_who_was_too_slow_does_not_undo_what_the_next_one_noted(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        shop.is_paid()

        def too_slow(*_args: object, **_words: object) -> Answer:
            clock.advance(TAKEN)
            assert deliver_due(clock, Net()) == Passed(sent=1)
            return BAD

        deliver_due(clock, too_slow)

        assert rows()[0][0][0] == "DONE"


class TestSilence:
    def test_when_the_role_ends_nothing_more_is_sent(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        shop.is_paid()
        Role.objects.filter(person_id=shop.keeper, role=RoleName.SHOP_KEEPER).update(ended_on=date(2026, 10, 5))
        net = Net()

        assert deliver_due(clock, net) == Passed(dropped=1)

        assert net.got == []
        assert rows() == ([("DROPPED", 1, TAKEN, None, "NONE")], 1)

    def test_an_endpoint_that_was_ended_in_between_gets_nothing(self, shop: Shop, clock: FixedClock) -> None:
        shop.hears()
        end_endpoint(acts(shop.keeper), endpoint_id=Endpoint.objects.get().id)
        shop.is_paid()
        net = Net()

        assert deliver_due(clock, net) == Passed()
        assert net.got == []

    def test_after_three_days_of_failures_it_is_off_and_its_owner_is_told_once(
        self, shop: Shop, clock: FixedClock
    ) -> None:
        shop.hears()
        net = Net([BAD] * 99)
        for _ in range(4):
            shop.is_paid(clock.now())
            shop.is_paid(clock.now())
            deliver_due(clock, net)
            assert Notice.objects.count() == (1 if clock.now() == NOW + timedelta(days=3) else 0)
            clock.advance(timedelta(days=1))

        row = Endpoint.objects.get()
        assert (row.ended_at, row.end_reason) == (NOW + timedelta(days=3), "FAILING")
        assert not Delivery.objects.filter(state="WAITING").exists()
        letter = Notice.objects.get()
        assert (letter.person_id, letter.kind, row.url in letter.text_ko) == (shop.keeper, "HOOKS", True)
        before = len(net.got)
        shop.is_paid(clock.now())
        assert deliver_due(clock, net) == Passed()
        assert len(net.got) == before
