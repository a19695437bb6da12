"""Many deeds at one place in one transaction: each stands alone, and the rules are those of `award`."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import close_person, join
from pumasi.civic.places.models import Need
from pumasi.civic.places.operations import set_need, set_state
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.caps import taken_today
from pumasi.coin.errors import PlaceTakesNoMore
from pumasi.coin.freezes import Cause, FreezeWhat
from pumasi.coin.models import Award, CapCounter, Claim, ClaimShare, Request, Waiting
from pumasi.coin.operations.award_many import MAX_WISHES, Granted, Wish
from pumasi.coin.operations.freeze import Stop
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]

TODAY = seoul_date(MORNING)


def hours(person: UUID, count: int = 2, key: UUID | None = None, **changed: Any) -> Wish:
    """Volunteering at the centre this morning."""
    told = {"kind": "VOLUNTEERING", "evidence_ref": "ATTENDANCE:roll", "deed_at": MORNING, **changed}
    return Wish(key=key or a_key(), quantity=count * 60, person_id=person, **told)


def many(world: World, *wishes: Wish, actor: UUID | None = None) -> list[Granted | Refusal]:
    answers = operations.award_many(acts(actor or world.official), place_id=world.centre, wishes=wishes)
    return [answers[wish.key] for wish in wishes]


def coins(person: UUID) -> int:
    return wallet_view(person, MORNING).balance.minor // 100


class TestAwardMany:
    def test_pays_everybody_in_one_go(self, world: World) -> None:
        people = [world.joins(f"주민 역할 {number}") for number in range(30)]

        answers = many(world, *[hours(person, 3) for person in people])

        assert answers == [Granted(False)] * 30
        assert [coins(person) for person in people] == [15] * 30
        assert verify().ok

    def test_one_is_refused_and_the_others_are_paid(self, world: World) -> None:
        gone = world.joins("떠난 주민 역할")
        close_person(acts(None), gone)
        wishes = [
            hours(world.resident),
            hours(gone),
            hours(world.official),
            hours(world.neighbour, 9),
            hours(world.keeper),
        ]

        answers = many(world, *wishes)

        assert [getattr(each, "code", "granted") for each in answers] == [
            "granted",
            "person_closed",
            "coin.self_award",
            "coin.pair_limit_reached",
            "granted",
        ]
        assert (coins(world.resident), coins(world.keeper), coins(world.neighbour)) == (10, 10, 0)
        assert ClaimShare.objects.count() == 2

    def test_again_with_the_same_keys_changes_nothing(self, world: World) -> None:
        wishes = [hours(world.resident), hours(world.neighbour)]
        many(world, *wishes)
        before = books()

        answers = many(world, *wishes)

        assert answers == [Granted(False)] * 2
        assert books() == before

    def test_a_refused_key_may_come_again(self, world: World) -> None:
        wish = hours(world.resident, 9)
        refused = many(world, wish)
        before = Request.objects.filter(key=wish.key).count()

        again = many(world, hours(world.resident, 2, wish.key))

        assert isinstance(refused[0], Refusal)
        assert before == 0
        assert again == [Granted(False)]

    def test_the_same_key_for_something_else_is_refused_alone(self, world: World) -> None:
        key = a_key()
        many(world, hours(world.resident, 2, key))

        answers = many(world, hours(world.resident, 3, key), hours(world.neighbour))

        assert [getattr(each, "code", "granted") for each in answers] == ["coin.key_reused", "granted"]
        assert coins(world.resident) == 10

    def test_answers_the_key_of_a_single_award(self, world: World) -> None:
        wish = hours(world.resident)
        operations.award(
            acts(world.official),
            kind=wish.kind,
            quantity=wish.quantity,
            place_id=world.centre,
            payees=[Payee(world.resident)],
            evidence_ref=wish.evidence_ref,
            key=wish.key,
            deed_at=MORNING,
        )

        assert many(world, wish) == [Granted(False)]
        assert coins(world.resident) == 10

    def test_caps_count_within_the_batch(self, world: World) -> None:
        answers = many(world, *[hours(world.resident, 3) for _ in range(3)])

        assert [getattr(each, "code", "granted") for each in answers] == [
            "granted",
            "granted",
            "coin.pair_limit_reached",
        ]
        assert coins(world.resident) == 30
        assert CapCounter.objects.get(key__startswith="PAIR_DAY").used == 3000

    def test_where_the_budget_ends_the_rest_waits_in_order(self, db: None) -> None:
        world = World()
        world.funds(25)
        people = [world.joins(f"주민 역할 {number}") for number in range(4)]

        answers = many(world, *[hours(person) for person in people])
        late = many(world, hours(world.resident, 1))

        assert answers == [Granted(False), Granted(False), Granted(True), Granted(True)]
        assert late == [Granted(True)]
        waiting = Waiting.objects.order_by("id").values_list("claim_id", flat=True)
        assert [ClaimShare.objects.get(claim_id=key).person_id for key in waiting] == [*people[2:], world.resident]
        assert Award.objects.count() == 2

    def test_the_admin_of_a_bound_organisation_vouches_there_and_nowhere_else(self, world: World) -> None:
        admin = world.joins("기관 담당 역할")
        world.grants(admin, RoleName.ORGANISATION_ADMIN, world.centre)

        here = many(world, hours(world.resident), hours(admin), actor=admin)
        there = operations.award_many(acts(admin), place_id=world.gym, wishes=[wish := hours(world.neighbour)])

        assert [getattr(each, "code", "granted") for each in here] == ["granted", "coin.self_award"]
        assert getattr(there[wish.key], "code", "") == "coin.not_allowed"

    @pytest.mark.parametrize(
        ("changed", "code"),
        [
            ({"kind": "NO_SUCH"}, "coin.unknown_deed"),
            ({"kind": "TUMBLER", "evidence_ref": "STAFF:x"}, "coin.deed_not_here"),
            ({"evidence_ref": "MACHINE:x"}, "coin.evidence_not_accepted"),
            ({"deed_at": MORNING + timedelta(days=1)}, "coin.deed_in_future"),
            ({"deed_at": MORNING - timedelta(days=9)}, "place_not_open_yet"),
        ],
    )
    def test_refuses_as_award_does(self, world: World, changed: dict[str, Any], code: str) -> None:
        before = books()

        answers = many(world, hours(world.resident, **changed))

        assert [getattr(each, "code", "") for each in answers] == [code]
        assert books() == before

    def test_takes_500_at_most(self, world: World) -> None:
        wishes = [hours(world.resident) for _ in range(MAX_WISHES + 1)]

        with pytest.raises(Refusal, match=r"coin\.wrong_payees"):
            operations.award_many(acts(world.official), place_id=world.centre, wishes=wishes)

        assert Claim.objects.count() == 0


class TestRulesOfThePlaceAndTheDay:
    """What `award` asks besides the caps is asked here too."""

    def hangers(self, world: World, *quantities: int) -> list[str]:
        told = {"kind": "HANGER", "evidence_ref": "STAFF:list", "deed_at": MORNING}
        people = [world.joins(f"주민 역할 {number}") for number in range(len(quantities))]
        wishes = [
            Wish(key=a_key(), quantity=quantity, person_id=person, **told)  # type: ignore[arg-type]
            for person, quantity in zip(people, quantities, strict=True)
        ]
        answers = operations.award_many(acts(world.keeper), place_id=world.laundry, wishes=wishes)
        return [getattr(answers[wish.key], "code", "granted") for wish in wishes]

    def test_pieces_count_down_within_the_batch_and_stay_counted(self, world: World) -> None:
        set_state(acts(world.keeper), world.laundry, accepts=[], needs=[], daily_limit=None, item_limits={"HANGER": 30})

        assert self.hangers(world, 10, 10, 15, 10) == ["granted", "granted", "coin.place_takes_no_more", "granted"]
        assert taken_today(world.laundry, ["HANGER"], TODAY) == (0, {"HANGER": 30})
        with pytest.raises(PlaceTakesNoMore):
            world.brings_hangers(10)

    def test_a_place_that_is_full_today_takes_none(self, world: World) -> None:
        set_need(acts(world.keeper), world.laundry, "HANGER", Need.FULL)

        assert self.hangers(world, 10, 10) == ["coin.place_is_full_today"] * 2
        assert Claim.objects.count() == 0

    def test_a_freeze_stops_a_list_too(self, world: World) -> None:
        stop = Stop(FreezeWhat.KIND, Cause.INQUIRY, "확인", "제9조", TODAY, date(2026, 10, 20), kind="VOLUNTEERING")
        asked = operations.ask_freeze(acts(world.issuer), stop, key=a_key())
        operations.confirm_freeze(acts(world.officers[0]), freeze_id=asked)

        answers = many(world, hours(world.resident), hours(world.neighbour))

        assert [getattr(each, "code", "granted") for each in answers] == ["coin.frozen_for_inquiry"] * 2
        assert Claim.objects.count() == 0

    def test_hours_that_somebody_else_paid_are_refused_alone(self, world: World) -> None:
        paid = join(acts(None, MORNING - timedelta(days=3)), "주민 역할 다", "010-5550-0001", birth_year=1950).id
        text = "전화,날짜,시작,끝\n010-5550-0001,2026-10-05,08:00,09:30\n"
        operations.load_roster(acts(world.issuer), source="노인일자리 표본", text=text, key=a_key())

        answers = many(world, hours(paid), hours(world.resident))

        assert [getattr(each, "code", "granted") for each in answers] == ["coin.paid_elsewhere", "granted"]
        assert coins(paid) == 0


class TestForeseeMany:
    def test_says_beforehand_what_would_be_refused_and_changes_nothing(self, world: World) -> None:
        wishes = [hours(world.resident, 3), hours(world.resident, 3), hours(world.resident, 3), hours(world.official)]
        before = books()

        seen = operations.foresee_many(acts(world.official), place_id=world.centre, wishes=wishes)

        codes = [getattr(seen[wish.key], "code", "fine") for wish in wishes]
        assert codes == ["fine", "fine", "coin.pair_limit_reached", "coin.self_award"]
        assert books() == before
