"""Officers' keys: the issuer enters and ends them; what is signed with one that is not in force is not booked."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.models import Role, RoleName
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import BudgetOrder, OfficerKey
from pumasi.coin.orders import OrderKind, SignedOrder, sign
from pumasi.coin.tests.world import DATABASES, MORNING, World
from pumasi.kernel.clock import FixedClock, seoul_date
from pumasi.services.cockpit.queries.order import read_file, write_file

pytestmark = pytest.mark.django_db(databases=DATABASES)


def entered(world: World, key: Ed25519PrivateKey, officer: int = 0, ends: str = "2026-12-31") -> dict[str, str]:
    return {
        "officer": str(Role.objects.get(person_id=world.officers[officer], role=RoleName.BUDGET_OFFICER).id),
        "public_key": key.public_key().public_bytes_raw().hex(),
        "ends": ends,
    }


class TestKeys:
    def test_a_new_key_signs_from_then_on(self, world: World) -> None:
        keys = [Ed25519PrivateKey.generate() for _ in range(2)]
        client = visitor(world.issuer)
        for number, key in enumerate(keys):
            assert client.post("/budget/keys/", entered(world, key, number)).status_code == 302
        text = client.post("/budget/raise/", {"coins": "100", "document": "증액-1"}).context["to_sign"]
        order = read_file(text).order

        signed = write_file(SignedOrder(order, tuple(sign(order, key) for key in keys)))
        booked = client.post("/budget/order/", {"order": signed, "step": "book"})

        assert (order.kind, order.coins, order.won) == (OrderKind.ORDER, 10_000, 10_000)
        assert booked.status_code == 302
        assert BudgetOrder.objects.filter(order_id=order.order_id, coins=10_000).exists()

    def test_the_list_names_officers_and_notes_that_it_did(self, world: World) -> None:
        page = visitor(world.issuer).get("/budget/keys/").content.decode()

        assert "예산 담당 가" in page
        looked = AuditRow.objects.filter(action="people.person_card", actor=world.issuer, kind="LOOK")
        assert set(looked.values_list("whom", flat=True)) == set(world.officers)

    @pytest.mark.parametrize("public_key", ["", "ab", "G" * 64, "A" * 64, "0" * 65])
    def test_refuses_what_is_no_key(self, world: World, public_key: str) -> None:
        before = OfficerKey.objects.count()
        form = entered(world, world.keys[0]) | {"public_key": public_key}

        answer = visitor(world.issuer).post("/budget/keys/", form)

        assert answer.status_code == 422
        assert OfficerKey.objects.count() == before

    def test_refuses_a_key_twice_and_for_somebody_else(self, world: World) -> None:
        before = OfficerKey.objects.count()
        client = visitor(world.issuer)
        issuers = Role.objects.get(person_id=world.issuer, role=RoleName.ISSUER).id
        elsewhere = entered(world, Ed25519PrivateKey.generate()) | {"officer": str(issuers)}

        answers = [client.post("/budget/keys/", form) for form in (entered(world, world.keys[0], 1), elsewhere)]

        assert [answer.status_code for answer in answers] == [409, 422]
        assert "이미 등록되어 있어요" in answers[0].content.decode()
        assert OfficerKey.objects.count() == before

    def test_an_ended_key_signs_nothing_the_day_after(self, world: World, clock: FixedClock) -> None:
        client = visitor(world.issuer)
        key = OfficerKey.objects.get(person_id=world.officers[0])
        client.post(f"/budget/keys/{key.pk}/end/")
        clock.advance(timedelta(days=1))
        before = BudgetOrder.objects.count()
        answer = client.post("/budget/order/", {"order": write_file(world.signed(world.order(1000))), "step": "book"})

        assert OfficerKey.objects.get(pk=key.pk).ends == seoul_date(MORNING)
        assert answer.status_code == 409
        assert BudgetOrder.objects.count() == before
        assert client.post("/budget/keys/999999/end/").status_code == 404

    def test_an_officer_signs_but_does_not_enter_keys(self, world: World) -> None:
        assert 'src="/static/cockpit/sign.js"' in visitor(world.officers[0]).get("/budget/order/").content.decode()
        assert "sign.js" not in visitor(world.issuer).get("/budget/order/").content.decode()
        assert visitor(world.officers[0]).get("/budget/keys/").status_code == 403
