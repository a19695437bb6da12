"""What people are told before they walk: stops and nearly used caps; and the question whether hours were paid."""

from datetime import date
from uuid import UUID

import pytest

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.freezes import Cause, FreezeWhat
from pumasi.coin.models import UnpaidAnswer
from pumasi.coin.operations.freeze import Stop
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds.models import Claim
from pumasi.services.deeds.tests.test_views import scan, text_of

pytestmark = pytest.mark.django_db(databases=DATABASES)


def frozen(world: World, what: FreezeWhat, kind: str = "", place_id: UUID | None = None) -> None:
    stop = Stop(what, Cause.SAFETY, "폭염", "제9조", date(2026, 10, 5), date(2026, 10, 20), kind, place_id)
    key = operations.ask_freeze(acts(world.issuer), stop, key=a_key())
    operations.confirm_freeze(acts(world.officers[0]), freeze_id=key)


class TestStops:
    def test_the_guide_says_it_before_anybody_walks(self, world: World) -> None:
        frozen(world, FreezeWhat.KIND, "CLEAR_PET")
        client = visitor(world.resident)

        said = "투명 페트병 모으기: 안전 때문에 이 적립은 2026-10-20까지 멈췄어요"
        assert said in text_of(client.get("/deeds/"))
        assert said in text_of(client.get("/deeds/kinds/CLEAR_PET/"))
        assert "멈췄어요" not in text_of(client.get("/deeds/kinds/TUMBLER/"))

    def test_the_screen_and_the_poster_of_the_place(self, world: World) -> None:
        frozen(world, FreezeWhat.PLACE, place_id=world.laundry)
        client = visitor(world.keeper)

        for page in (f"/places/{world.laundry}/screen/", f"/received/{world.laundry}/poster/"):
            assert "표본 세탁소: 안전 때문에" in text_of(client.get(page))
        assert "멈췄어요" not in text_of(visitor(world.cashier).get(f"/places/{world.gym}/screen/"))

    def test_in_english_too(self, world: World) -> None:
        frozen(world, FreezeWhat.ALL)

        page = text_of(visitor(world.resident, "en").get("/deeds/"))

        assert "All earning: For safety this does not earn until 2026-10-20 (rule: 제9조)" in page


class TestCaps:
    def test_at_eighty_percent_the_pages_say_what_is_left(self, world: World) -> None:
        client = visitor(world.resident)
        for _ in range(2):
            operations.award(
                acts(world.resident),
                kind="TUMBLER",
                quantity=1,
                place_id=world.bakery,
                payees=[Payee(world.resident)],
                evidence_ref="CODE:test",
                key=a_key(),
            )
        before = text_of(client.get("/deeds/"))

        operations.award(
            acts(world.resident),
            kind="CLEAR_PET",
            quantity=80,
            place_id=world.centre,
            payees=[Payee(world.resident)],
            evidence_ref="CODE:test",
            key=a_key(),
        )

        assert "남았어요" not in before
        said = "한 사람 하루, 투명 페트병 모으기 한도 20코인 중 4코인이 남았어요(2026-10-05까지)."
        assert said in text_of(client.get("/deeds/"))
        assert "남았어요" not in text_of(visitor(world.neighbour).get("/deeds/"))


class TestQuestion:
    def test_no_is_kept_with_the_claim(self, world: World, clock: FixedClock) -> None:
        client, key = visitor(world.resident), a_key()
        here = scan(client, world.gym, clock)

        unanswered = client.post(here, {"key": key, "kind": "VOLUNTEERING", "quantity": 2})
        client.post(here, {"key": key, "kind": "VOLUNTEERING", "quantity": 2, "paid": "no"})

        assert unanswered.status_code == 422
        assert "이미 돈을 받은 활동인가요?" in text_of(unanswered)
        assert list(UnpaidAnswer.objects.values_list("key", "person_id")) == [(key, world.resident)]
        assert Claim.objects.filter(id=key).exists()

    def test_yes_ends_it_kindly(self, world: World, clock: FixedClock) -> None:
        client, key = visitor(world.resident), a_key()

        answer = client.post(
            scan(client, world.gym, clock), {"key": key, "kind": "VOLUNTEERING", "quantity": 2, "paid": "yes"}
        )

        assert answer.status_code == 409
        assert "돈을 받지 않은 시간만 따로 신청해 주세요" in text_of(answer)
        assert (Claim.objects.count(), UnpaidAnswer.objects.count()) == (0, 0)

    def test_things_are_not_asked(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.resident)

        page = client.get(scan(client, world.centre, clock) + "?kind=CLEAR_PET")

        assert "이미 돈을 받은" not in text_of(page)
