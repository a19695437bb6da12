"""Deeds with an outcome: the most is set aside, everybody is paid the same, the rest is shared."""

from datetime import timedelta
from uuid import UUID

import pytest

from pumasi.coin import operations
from pumasi.coin.answers import Awarded, Payee
from pumasi.coin.errors import KeyReused, NotAllowed, PoolTooSmall, SelfAward
from pumasi.coin.models import Reservation
from pumasi.coin.operations.outcome import PoolShare
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.kernel.acting import Channel
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.reads import balance
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
LINKED, GRANTED = "HOUSEHOLD_LINKED", "HOUSEHOLD_GRANTED"
UNTIL = MORNING + timedelta(days=90)


def aside(claim: UUID) -> int:
    """Won set aside for a claim."""
    rows = Reservation.objects.filter(claim=claim)
    return sum(balance(address("B210", KRW, row.key.hex)) for row in rows)


def reserved(world: World, claim: UUID) -> bool:
    return operations.reserve_outcome(acts(world.official), claim=claim, kind=GRANTED, until=UNTIL)


def linked(world: World, claim: UUID, person: UUID) -> Awarded:
    return operations.award_outcome(
        acts(world.official, MORNING + timedelta(days=20)),
        kind=LINKED,
        more=GRANTED,
        place_id=world.centre,
        payees=[Payee(person)],
        key=claim,
        deed_at=MORNING,
        until=UNTIL,
    )


def share(world: World, claim: UUID, coins: int) -> PoolShare:
    return PoolShare(claim, world.resident, world.centre, coins)


class TestReserve:
    def test_the_most_is_set_aside_once(self, world: World) -> None:
        claim = a_key()

        both = (reserved(world, claim), reserved(world, claim))

        assert both == (True, True)
        assert aside(claim) == 2000
        assert Reservation.objects.count() == 1

    def test_without_budget_nothing_is_set_aside(self, db: None) -> None:
        world, claim = World(), a_key()
        world.funds(10)

        assert reserved(world, claim) is False
        assert (aside(claim), Reservation.objects.count()) == (0, 0)

    def test_time_frees_it_and_freeing_again_is_no_harm(self, world: World) -> None:
        claim = a_key()
        reserved(world, claim)

        swept = operations.sweep(acts(None, UNTIL + timedelta(days=1), Channel.JOB))
        operations.free_outcome(acts(world.official, UNTIL + timedelta(days=2)), claim=claim)

        assert (swept, aside(claim)) == (1, 0)
        assert verify().ok


class TestAwardOutcome:
    def test_pays_the_part_and_goes_on_holding_the_rest(self, world: World) -> None:
        claim = a_key()
        reserved(world, claim)

        awarded = linked(world, claim, world.resident)
        again = linked(world, claim, world.resident)

        assert awarded.shares[0].amount.minor == again.shares[0].amount.minor == 1000
        assert wallet_view(world.resident, UNTIL).balance.minor == 1000
        assert aside(claim) == 1000
        assert verify().ok

    def test_what_was_set_aside_passes_those_who_began_to_wait_later(self, db: None) -> None:
        world, claim = World(), a_key()
        world.funds(25)
        reserved(world, claim)
        waits = operations.award(
            acts(world.official),
            kind="VOLUNTEERING",
            quantity=120,
            place_id=world.centre,
            payees=[Payee(world.neighbour)],
            evidence_ref="STAFF:x",
            key=a_key(),
        )

        awarded = linked(world, claim, world.resident)

        assert (waits.rank, awarded.rank) == (1, None)
        assert wallet_view(world.resident, UNTIL).balance.minor == 1000

    def test_a_resident_may_not_decide_an_outcome(self, world: World) -> None:
        claim = a_key()
        reserved(world, claim)
        before = books()

        with pytest.raises(NotAllowed):
            operations.award_outcome(
                acts(world.neighbour),
                kind=LINKED,
                more=GRANTED,
                place_id=world.centre,
                payees=[Payee(world.resident)],
                key=claim,
                deed_at=MORNING,
                until=UNTIL,
            )

        assert books() == before
        assert aside(claim) == 2000


class TestSharePool:
    def test_shares_what_was_granted_and_frees_it(self, world: World) -> None:
        one, two, key = a_key(), a_key(), a_key()
        for claim, person in ((one, world.resident), (two, world.neighbour)):
            reserved(world, claim)
            linked(world, claim, person)
        later = acts(world.issuer, MORNING + timedelta(days=30))
        shares = [PoolShare(one, world.resident, world.centre, 500), PoolShare(two, world.neighbour, world.centre, 500)]

        paid = operations.share_pool(later, kind=GRANTED, less=LINKED, granted=[one], shares=shares, key=key)
        again = operations.share_pool(later, kind=GRANTED, less=LINKED, granted=[one], shares=shares, key=key)

        assert paid == again == 1000
        assert [wallet_view(p, UNTIL).balance.minor for p in (world.resident, world.neighbour)] == [1500, 1500]
        assert (aside(one), aside(two)) == (0, 1000)
        assert "복지" in wallet_view(world.resident, UNTIL).movements[0].text_ko
        assert verify().ok

    def test_refuses_more_than_there_is_self_sharing_wrong_roles_and_reused_keys(self, world: World) -> None:
        claim, key = a_key(), a_key()
        reserved(world, claim)
        linked(world, claim, world.resident)
        issuer = acts(world.issuer)
        operations.share_pool(issuer, kind=GRANTED, less=LINKED, granted=[], shares=[], key=key)
        before = books()

        with pytest.raises(PoolTooSmall):
            operations.share_pool(
                issuer, kind=GRANTED, less=LINKED, granted=[claim], shares=[share(world, claim, 1001)], key=a_key()
            )
        own = PoolShare(claim, world.issuer, world.centre, 10)
        with pytest.raises(SelfAward):
            operations.share_pool(issuer, kind=GRANTED, less=LINKED, granted=[claim], shares=[own], key=a_key())
        with pytest.raises(NotAllowed):
            operations.share_pool(
                acts(world.official), kind=GRANTED, less=LINKED, granted=[claim], shares=[], key=a_key()
            )
        with pytest.raises(KeyReused):
            operations.share_pool(
                issuer, kind=GRANTED, less=LINKED, granted=[claim], shares=[share(world, claim, 10)], key=key
            )

        assert books() == before
        assert aside(claim) == 1000
