"""The counter's screen learns within a second that somebody has handed something over."""

import pytest

from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import place_code
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.services.deeds.operations import claim_by_code, decide

pytestmark = pytest.mark.django_db(databases=DATABASES)
PART = "/deeds/confirm/waiting/"


class TestWaitingPart:
    def test_changes_when_a_claim_comes_and_when_it_is_decided(self, world: World) -> None:
        cashier = visitor(world.cashier)
        none = cashier.get(PART)
        same = cashier.get(PART, headers={"if-none-match": none["ETag"]})
        claim = a_key()
        here = scan(acts(world.resident), place_code(world.gym, MORNING).text, a_key()).id
        claim_by_code(
            acts(world.resident), person_id=world.resident, scan_id=here, kind="VOLUNTEERING", quantity=60, key=claim
        )

        one = cashier.get(PART, headers={"if-none-match": none["ETag"]})
        decide(acts(world.cashier), claim_id=claim, is_right=True)
        gone = cashier.get(PART, headers={"if-none-match": one["ETag"]})

        assert [each.status_code for each in (none, same, one, gone)] == [200, 304, 200, 200]
        assert [b"pm-note" in each.content for each in (none, one, gone)] == [False, True, False]

    def test_another_places_staff_sees_none_of_it(self, world: World) -> None:
        here = scan(acts(world.resident), place_code(world.gym, MORNING).text, a_key()).id
        claim_by_code(
            acts(world.resident), person_id=world.resident, scan_id=here, kind="VOLUNTEERING", quantity=60, key=a_key()
        )

        assert b"pm-note" not in visitor(world.keeper).get(PART).content
