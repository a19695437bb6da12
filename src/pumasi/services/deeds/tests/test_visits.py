"""Hours measured by two codes of a place."""

from datetime import timedelta
from typing import Any

import pytest

from pumasi.civic.codes.errors import CodeExpired, ScanAlreadySpent
from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import place_code
from pumasi.civic.visits.models import Visit
from pumasi.coin.errors import EvidenceNotAccepted
from pumasi.coin.models import Claim as Priced
from pumasi.coin.registers.rows import UnpaidAnswer
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import NotCheckedIn, VisitTooShort
from pumasi.services.deeds.models import Claim, State
from pumasi.services.deeds.tests.scene import at_place, coins, everything, path

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


def arrives(world: World, kind: str = "VOLUNTEERING") -> None:
    operations.arrive(
        acts(world.resident),
        person_id=world.resident,
        scan_id=at_place(world.resident, world.gym),
        kind=kind,
        key=a_key(),
    )


class TestMeasuredHours:
    def test_two_codes_bring_coins_without_anybody_looking(self, world: World) -> None:
        arrives(world)
        later, key = MORNING + timedelta(minutes=150), a_key()
        scan_id = at_place(world.resident, world.gym, later)
        told: dict[str, Any] = {"person_id": world.resident, "scan_id": scan_id, "key": key, "is_paid": False}

        state = operations.leave(acts(world.resident, later), **told)
        again = operations.leave(acts(world.resident, later), **told)

        assert (state, again) == (State.ISSUED, State.ISSUED)
        assert path(key) == ["SUBMITTED", "AUTO_OK", "ISSUED"]
        assert coins(world.resident, later) == 10
        assert (Priced.objects.get().quantity, Priced.objects.get().evidence_kind) == (150, "CODE")

    def test_a_long_day_is_looked_at_by_staff(self, world: World) -> None:
        arrives(world)
        later, key = MORNING + timedelta(hours=6), a_key()

        operations.leave(
            acts(world.resident, later),
            person_id=world.resident,
            scan_id=at_place(world.resident, world.gym, later),
            key=key,
            is_paid=False,
        )
        operations.decide(acts(world.cashier, later), claim_id=key, is_right=True, quantity=300)

        assert path(key) == ["SUBMITTED", "REVIEW", "ISSUED"]
        assert coins(world.resident, later) == 25

    def test_paid_hours_end_without_a_claim(self, world: World) -> None:
        arrives(world)
        later, key = MORNING + timedelta(minutes=150), a_key()

        state = operations.leave(
            acts(world.resident, later),
            person_id=world.resident,
            scan_id=at_place(world.resident, world.gym, later),
            key=key,
            is_paid=True,
        )

        assert state is None
        assert not Visit.objects.get().is_open
        assert (Claim.objects.count(), UnpaidAnswer.objects.count(), coins(world.resident, later)) == (0, 0, 0)

    def test_the_answer_is_kept_under_the_key_of_the_claim(self, world: World) -> None:
        arrives(world)
        later, key = MORNING + timedelta(minutes=150), a_key()

        operations.leave(
            acts(world.resident, later),
            person_id=world.resident,
            scan_id=at_place(world.resident, world.gym, later),
            key=key,
            is_paid=False,
        )

        assert list(UnpaidAnswer.objects.values_list("key", "person_id")) == [(key, world.resident)]

    def test_too_short_a_visit_goes_on(self, world: World) -> None:
        arrives(world)
        before = everything()
        soon, key = MORNING + timedelta(minutes=20), a_key()
        scan_id = at_place(world.resident, world.gym, soon)

        with pytest.raises(VisitTooShort) as refusal:
            operations.leave(
                acts(world.resident, soon), person_id=world.resident, scan_id=scan_id, key=key, is_paid=False
            )

        assert "20분" in refusal.value.text("ko")
        assert "20 minutes" in refusal.value.text("en")
        assert everything() == before
        assert Visit.objects.get().is_open

    def test_who_never_came_cannot_leave(self, world: World) -> None:
        before = everything()

        with pytest.raises(NotCheckedIn):
            operations.leave(
                acts(world.resident),
                person_id=world.resident,
                scan_id=at_place(world.resident, world.gym),
                key=a_key(),
                is_paid=False,
            )

        assert everything() == before

    def test_pieces_are_not_measured_by_time(self, world: World) -> None:
        with pytest.raises(EvidenceNotAccepted):
            arrives(world, "CLEAR_PET")

        assert Visit.objects.count() == 0

    def test_one_scan_cannot_be_both_coming_and_leaving(self, world: World) -> None:
        one = at_place(world.resident, world.gym)
        operations.arrive(acts(world.resident), person_id=world.resident, scan_id=one, kind="VOLUNTEERING", key=a_key())
        before = everything()

        with pytest.raises(ScanAlreadySpent):
            operations.leave(
                acts(world.resident, MORNING + timedelta(minutes=5)),
                person_id=world.resident,
                scan_id=one,
                key=a_key(),
                is_paid=False,
            )

        assert everything() == before

    def test_a_photographed_code_of_the_morning_lets_nobody_out_at_noon(self, world: World) -> None:
        arrives(world)
        photographed, noon = place_code(world.gym, MORNING).text, MORNING + timedelta(hours=2)
        before = everything()

        with pytest.raises(Exception, match=r"code_(unknown|expired)"):
            scan(acts(world.resident, noon), photographed, a_key())
        with pytest.raises(CodeExpired):
            scan(acts(world.resident, MORNING + timedelta(minutes=3)), photographed, a_key())

        assert everything() == before
