"""Calls with a token: a till takes coins once; what goes wrong is a problem after which nothing has changed."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest
from django.test import Client

from pumasi.civic.api.models import Token
from pumasi.civic.api.operations import CALLS_A_MINUTE, end_token, make_token
from pumasi.civic.codes.queries import personal_code
from pumasi.civic.people.models import Role
from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.models import Payment
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from tests.api.calling import Program, token

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db(databases=DATABASES)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    clock = FixedClock(MORNING)
    stand_still(monkeypatch, clock)
    return clock


@pytest.fixture
def world(clock: FixedClock) -> World:
    world = World()
    world.funds()
    world.earns(world.resident, 40)
    return world


def scanned(world: World, till: Program) -> str:
    answer = till.post("/shops/scans", {"text": personal_code(world.resident, MORNING).text})
    return str(answer.json()["scan_id"])


def wish(world: World, till: Program, coins: int = 10) -> dict[str, object]:
    return {"scan_id": scanned(world, till), "place_id": str(world.laundry), "coins": coins, "price_won": None}


def code_of(answer: "Answer") -> tuple[int, str]:
    body = json.loads(answer.content)
    assert answer["Content-Type"] == "application/problem+json"
    assert (body["status"], body["type"]) == (answer.status_code, f"/api/problems/{body['code']}/")
    return answer.status_code, body["code"]


class TestTill:
    def test_takes_coins_once_under_one_key(self, world: World) -> None:
        till, key = Program(token(world.keeper, "shops:write")), a_key()
        paying = wish(world, till)

        first = till.post("/shops/payments", paying, key)
        again = till.post("/shops/payments", paying, key)

        assert (first.status_code, again.status_code) == (200, 200)
        assert first.json() == again.json()
        assert first.json()["coins"] == {"unit": "SC", "minor": 1000}
        assert first.json()["balance"] == {"unit": "SC", "minor": 3000}
        assert Payment.objects.count() == 1
        assert str(world.resident) not in first.content.decode()
        other = till.post("/shops/payments", {**paying, "coins": 20}, key)
        assert code_of(other) == (409, "coin.key_reused")
        assert Payment.objects.get().coins == 1000

    def test_gives_back_what_it_took(self, world: World) -> None:
        till, key = Program(token(world.keeper)), a_key()
        till.post("/shops/payments", wish(world, till), key)

        back = till.post(f"/shops/payments/{key}/refunds", {"coins": 4}, a_key())

        assert (back.status_code, back.json()["coins"]["minor"]) == (200, 400)

    def test_acts_no_further_than_its_person(self, world: World) -> None:
        till = Program(token(world.cashier))

        refused = till.post("/shops/payments", wish(world, till), a_key())

        assert code_of(refused) == (403, "coin.not_allowed")
        assert not Payment.objects.exists()


class TestProblems:
    def test_without_a_token_or_with_a_dead_one(self, world: World, clock: FixedClock) -> None:
        secret = token(world.keeper)
        dead = token(world.keeper)
        end_token(acts(world.keeper), token_id=Token.objects.latest("id").id)

        for said in ("", "Basic x", f"Bearer {dead}", f"Bearer {secret}x"):
            answer = Client(headers={"authorization": said}).get("/api/v1/rulebook/rules")
            assert code_of(answer) == (401, "api.token_unknown")
            assert answer["WWW-Authenticate"] == "Bearer"
        assert Program(secret).get("/rulebook/rules").status_code == 200
        clock.advance(datetime(2026, 12, 31, 15, tzinfo=UTC) - MORNING)  # midnight in Seoul: its last day is over
        assert code_of(Program(secret).get("/rulebook/rules")) == (401, "api.token_unknown")

    def test_says_what_is_missing_or_unreadable(self, world: World) -> None:
        till = Program(token(world.keeper), "en")

        assert code_of(till.post("/shops/payments", "{", a_key())) == (400, "unreadable")
        assert code_of(till.post("/shops/payments", {"coins": "many"}, a_key())) == (422, "not_understood")
        missing = till.post("/shops/payments", wish(world, till))
        assert code_of(missing) == (422, "not_understood")
        assert "header.Idempotency-Key" in missing.json()["facts"]
        assert code_of(till.post("/shops/payments", {**wish(world, till), "for": "x"}, a_key()))[0] == 422
        assert code_of(till.get("/nowhere")) == (404, "not_found")
        put = Client().put("/api/v1/shops/payments")
        assert (code_of(put), put["Allow"]) == ((405, "method_not_allowed"), "POST")
        assert not Payment.objects.exists()

    def test_a_scope_that_is_missing_is_named(self, world: World) -> None:
        till = Program(token(world.keeper, "shops:read"), "en")

        answer = till.post("/shops/scans", {"text": "ABCD"})

        assert code_of(answer) == (403, "api.scope_missing")
        assert answer.json()["facts"] == {"scope": "shops:write"}

    def test_one_token_calls_so_often_in_a_minute(self, world: World, clock: FixedClock) -> None:
        reader = Program(token(world.keeper))
        statuses = [reader.get("/rulebook/changes").status_code for _ in range(CALLS_A_MINUTE)]

        late = reader.get("/rulebook/changes")

        assert set(statuses) == {200}
        assert (code_of(late), late["Retry-After"]) == ((429, "api.too_many_calls"), "60")
        clock.advance(timedelta(minutes=1))
        assert reader.get("/rulebook/changes").status_code == 200

    def test_a_role_that_ended_ends_what_its_tokens_may_do(self, world: World) -> None:
        desk = Program(token(world.issuer))
        assert desk.get("/cockpit/gauge").status_code == 200

        Role.objects.filter(person_id=world.issuer).exclude(role="RESIDENT").update(ended_on=date(2026, 10, 5))

        assert code_of(desk.get("/cockpit/gauge")) == (403, "api.not_allowed")
        assert code_of(desk.post("/cockpit/rosters", {"source": "x", "text": "x"}, a_key()))[0] == 403


class TestTokens:
    def test_are_made_by_workers_within_bounds(self, world: World) -> None:
        def makes(who: UUID, **other: object) -> object:
            wanted = {"name": "계산대", "scopes": ["shops:write"], "ends": date(2026, 12, 31), **other}
            return make_token(acts(who), **wanted)  # type: ignore[arg-type]  # what a test leaves out or gets wrong

        for code, who, other in (
            ("api.workers_only", world.resident, {}),
            ("api.scopes_unusable", world.keeper, {"scopes": []}),
            ("api.scopes_unusable", world.keeper, {"scopes": ["ledger:write"]}),
            ("api.token_life", world.keeper, {"ends": date(2026, 10, 4)}),
            ("api.token_life", world.keeper, {"ends": date(2027, 10, 7)}),
            ("api.token_name", world.keeper, {"name": " "}),
        ):
            with pytest.raises(Exception, match=code):
                makes(who, **other)
        assert not Token.objects.exists()

    def test_nobody_ends_anothers(self, world: World) -> None:
        token(world.keeper)

        with pytest.raises(Exception, match=r"api\.token_unknown"):
            end_token(acts(world.issuer), token_id=Token.objects.get().id)

        assert Token.objects.get().ended_at is None

    def test_only_a_hash_is_kept(self, world: World) -> None:
        secret = token(world.keeper)

        row = Token.objects.get()

        assert secret.startswith("pmsi_")
        assert secret not in str(vars(row))
        assert len(bytes(row.secret_hash)) == 32
