"""A claim whose coins were taken back says so, and one of which a part was right stays as it is."""

from datetime import timedelta
from uuid import UUID

import pytest

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.hearings.models import Case
from pumasi.coin.operations import decide_clawback, finish_clawbacks, propose_clawback
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.deeds import operations
from pumasi.services.deeds.models import State
from pumasi.services.deeds.queries.claims import state_of
from pumasi.services.deeds.tests.scene import at_place, path
from pumasi.services.deeds.tests.test_views import text_of

pytestmark = pytest.mark.django_db(databases=DATABASES)
END = MORNING + timedelta(days=31)


def decided(world: World, keep: int) -> UUID:
    """Twenty bottles were claimed (4 coins), and it was decided at once that `keep` of them were right."""
    claim = a_key()
    operations.claim_by_code(
        acts(world.resident),
        person_id=world.resident,
        scan_id=at_place(world.resident, world.gym),
        kind="CLEAR_PET",
        quantity=20,
        key=claim,
    )
    propose_clawback(acts(world.reviewer), claim_id=claim, keep=keep, why="달라요", clause="제7조", key=a_key())
    decide_clawback(acts(world.official), case_id=Case.objects.get().id, stands=True, why="확인", urgent="출국")
    return claim


def test_a_deed_without_coins_left_ends_as_reversed_once(world: World, clock: FixedClock) -> None:
    claim, client = decided(world, keep=0), visitor(world.resident)
    before = text_of(client.get(f"/deeds/claims/{claim}/"))

    first, again = (operations.take_back_what_is_final(acts(None, END)) for _ in range(2))

    assert "구청이 알린 것이 있어요" in before
    assert (first, again) == (1, 0)
    assert path(claim) == ["SUBMITTED", "AUTO_OK", "ISSUED", "REVERSED"]
    assert "이 활동의 코인은 환수되었어요" in text_of(client.get(f"/deeds/claims/{claim}/"))


def test_what_was_killed_between_the_books_and_the_claim_is_made_up_for(world: World) -> None:
    claim = decided(world, keep=0)
    assert finish_clawbacks(acts(None, END)) == [claim]

    assert operations.take_back_what_is_final(acts(None, END)) == 0

    assert state_of(claim) is State.REVERSED


def test_a_deed_that_was_right_in_part_stays_issued(world: World, clock: FixedClock) -> None:
    claim = decided(world, keep=10)

    operations.take_back_what_is_final(acts(None, END))

    assert state_of(claim) is State.ISSUED
    assert "지금 가진 코인 2코인" in text_of(visitor(world.resident).get(f"/deeds/claims/{claim}/"))
