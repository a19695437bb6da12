"""Households in need: the same for everybody when linked; what a grant adds is shared by the quarter."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.models import Reservation
from pumasi.coin.operations import book_budget_order, register_officer_key
from pumasi.coin.orders import SignedOrder, sign
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.reads import balance
from pumasi.ledger.verify import verify
from pumasi.services.deeds import operations
from pumasi.services.deeds.errors import (
    ClaimDecidedAlready,
    NotYoursToDecide,
    PoolTooFew,
    QuarterNotOver,
    SameHandTwice,
    TooManyOpenFinds,
)
from pumasi.services.deeds.models import Grant, PoolMember, State
from pumasi.services.deeds.queries.slips import result_for
from pumasi.services.deeds.tests.scene import coins, everything, path, state

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
JANUARY = MORNING + timedelta(days=90)


@pytest.fixture
def second(world: World) -> UUID:
    """Another dong official."""
    person = world.joins("동 담당 역할 둘")
    world.grants(person, RoleName.DONG_OFFICIAL)
    for who, role in ((world.issuer, RoleName.ISSUER), (world.official, RoleName.DONG_OFFICIAL)):
        grant_role(acts(None), who, role, starts=date(2027, 1, 1), ends=date(2027, 6, 30))
    return person


def found(world: World, person: UUID | None = None) -> UUID:
    """A report of the resident to the centre."""
    who, key = person or world.resident, a_key()
    operations.report_find(acts(who), person_id=who, place_id=world.centre, key=key)
    return key


def linked(world: World, person: UUID | None = None) -> UUID:
    claim = found(world, person)
    operations.link(acts(world.official), claim_id=claim)
    return claim


def aside(claim: UUID) -> int:
    rows = Reservation.objects.filter(claim=claim)
    return sum(balance(address("B210", KRW, row.key.hex)) for row in rows)


def budget_of_2027(world: World) -> None:
    """What is shared in January is paid from the new year's fund."""
    keys = [Ed25519PrivateKey.generate() for _ in world.officers]
    for officer, key in zip(world.officers, keys, strict=True):
        grant_role(acts(None), officer, RoleName.BUDGET_OFFICER, starts=date(2027, 1, 1), ends=date(2027, 6, 30))
        register_officer_key(
            acts(world.issuer, JANUARY),
            person_id=officer,
            public_key=key.public_key().public_bytes_raw(),
            starts=date(2027, 1, 1),
            ends=date(2027, 6, 30),
        )
    order = replace(world.order(1000), fund="good-deed/2027", issued_on=JANUARY.date())
    book_budget_order(acts(world.issuer, JANUARY), SignedOrder(order, tuple(sign(order, key) for key in keys)))


class TestReport:
    def test_sets_the_most_aside_and_waits_for_an_official(self, world: World) -> None:
        claim = found(world)
        again = operations.report_find(acts(world.resident), person_id=world.resident, place_id=world.centre, key=claim)

        assert again is State.REVIEW
        assert path(claim) == ["SUBMITTED", "REVIEW"]
        assert aside(claim) == 2000

    def test_five_at_once_are_enough(self, world: World) -> None:
        for _ in range(5):
            found(world)
        before = everything()

        with pytest.raises(TooManyOpenFinds) as refusal:
            found(world)

        assert "5건" in refusal.value.text("ko")
        assert everything() == before


class TestLink:
    def test_pays_once_and_says_welfare_only(self, world: World) -> None:
        claim = linked(world)
        again = operations.link(acts(world.official), claim_id=claim)
        slip = result_for(claim, world.resident, MORNING)

        assert again is State.ISSUED
        assert coins(world.resident) == 10
        assert aside(claim) == 1000
        assert slip is not None
        assert (slip.what, slip.quantity, slip.steps) == ("복지", "", ())

    def test_an_official_who_found_it_does_not_link_it(self, world: World) -> None:
        claim = found(world, world.official)
        before = everything()

        with pytest.raises(NotYoursToDecide):
            operations.link(acts(world.official), claim_id=claim)
        with pytest.raises(NotAllowed):
            operations.link(acts(world.cashier), claim_id=claim)

        assert everything() == before

    def test_nobody_waves_an_outcome_through_without_an_official(self, world: World) -> None:
        claim = found(world)
        before = everything()

        with pytest.raises(ClaimDecidedAlready):
            operations.decide(acts(world.official), claim_id=claim, is_right=True)

        assert everything() == before

    def test_nothing_found_frees_what_was_set_aside_and_can_be_objected_to(self, world: World) -> None:
        claim = found(world)

        operations.decide(acts(world.official), claim_id=claim, is_right=False, reason="NOT_FOUND")
        freed = aside(claim)
        operations.object_to(acts(world.resident), claim_id=claim, note="한 번 더 봐 주세요")
        operations.decide(acts(world.reviewer), claim_id=claim, is_right=True)
        operations.link(acts(world.official), claim_id=claim)

        assert freed == 0
        assert path(claim) == ["SUBMITTED", "REVIEW", "REJECTED", "APPEALED", "REVIEW", "ISSUED"]
        assert coins(world.resident) == 10


class TestGrant:
    def test_another_official_records_it_and_the_finder_sees_no_difference(self, world: World, second: UUID) -> None:
        claim = linked(world)
        before = result_for(claim, world.resident, MORNING)
        statement = wallet_view(world.resident, MORNING).movements

        operations.record_grant(acts(second), claim_id=claim)
        operations.record_grant(acts(second), claim_id=claim)

        assert Grant.objects.count() == 1
        assert result_for(claim, world.resident, MORNING) == before
        assert wallet_view(world.resident, MORNING).movements == statement

    def test_not_by_who_linked_it_and_not_before(self, world: World, second: UUID) -> None:
        claim, waiting = linked(world), found(world)

        with pytest.raises(SameHandTwice):
            operations.record_grant(acts(world.official), claim_id=claim)
        with pytest.raises(ClaimDecidedAlready):
            operations.record_grant(acts(second), claim_id=waiting)
        with pytest.raises(NotAllowed):
            operations.record_grant(acts(world.reviewer), claim_id=claim)

        assert Grant.objects.count() == 0


class TestQuarter:
    def test_everybody_gets_the_same_share(self, world: World, second: UUID) -> None:
        finders = [world.joins(f"누비단 역할 {number}") for number in range(5)]
        claims = [linked(world, person) for person in finders]
        for claim in claims[:3]:
            operations.record_grant(acts(second), claim_id=claim)
        budget_of_2027(world)
        issuer = acts(world.issuer, JANUARY)

        shared = operations.share_quarter(issuer, year=2026, quarter=4)
        again = operations.share_quarter(issuer, year=2026, quarter=4)

        assert shared == again == 3000
        assert [coins(person, JANUARY) for person in finders] == [16] * 5
        assert PoolMember.objects.count() == 5
        assert [aside(claim) for claim in claims] == [0, 0, 0, 1000, 1000]
        assert verify().ok

    def test_too_few_wait_for_the_next_quarter(self, world: World, second: UUID) -> None:
        claims = [linked(world, world.joins(f"누비단 역할 {number}")) for number in range(4)]
        operations.record_grant(acts(second), claim_id=claims[0])
        before = everything()

        with pytest.raises(PoolTooFew) as refusal:
            operations.share_quarter(acts(world.issuer, JANUARY), year=2026, quarter=4)

        assert refusal.value.facts == {"found": 4, "fewest": 5}
        assert everything() == before

    def test_not_before_its_end_and_by_the_issuer_alone(self, world: World, second: UUID) -> None:
        with pytest.raises(QuarterNotOver):
            operations.share_quarter(acts(world.issuer), year=2026, quarter=4)
        with pytest.raises(NotAllowed):
            operations.share_quarter(acts(world.official, JANUARY), year=2026, quarter=4)

        assert PoolMember.objects.count() == 0


class TestPages:
    def test_report_link_and_grant(self, world: World, second: UUID, clock: FixedClock) -> None:
        resident, official, other = visitor(world.resident), visitor(world.official), visitor(second)
        key = a_key()

        sent = resident.post("/deeds/found/", {"key": key, "place": world.centre}, follow=True).content.decode()
        listed = official.get("/deeds/outcomes/").content.decode()
        official.post(f"/deeds/outcomes/{key}/", {"decision": "linked"})
        same_hand = official.post(f"/deeds/outcomes/{key}/", {"decision": "granted"})
        other.post(f"/deeds/outcomes/{key}/", {"decision": "granted"})
        slip = resident.get(f"/deeds/claims/{key}/").content.decode()

        assert "주민센터가 살펴볼게요" in sent
        assert key.hex[-6:].upper() in listed
        assert same_hand.status_code == 409
        assert Grant.objects.filter(claim_id=key).exists()
        assert "10코인이 적립되었어요" in slip
        assert "급여" not in slip
        assert state(key) is State.ISSUED

    def test_the_issuers_page_says_why_it_cannot_share_yet(self, world: World, clock: FixedClock) -> None:
        answer = visitor(world.issuer).post("/deeds/pool/")

        assert answer.status_code == 409
        assert "0건" in answer.content.decode()
