"""Two memberships of one person become one: coins, waiting claims, caps and history; two officers; no way back."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from pumasi.civic.notices.queries import letters
from pumasi.civic.people.errors import NotTheSameDistrict, PersonClosed, SamePerson
from pumasi.civic.people.membership import note_left
from pumasi.civic.people.queries import person
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.errors import DailyLimitReached, NotAllowed
from pumasi.coin.life_errors import ConcernsYourself, ProposalOpen
from pumasi.coin.models import CapCounter, Proposal
from pumasi.coin.orders import OrderKind
from pumasi.coin.queries import wallet_view
from pumasi.coin.registers.errors import ReasonMissing, SecondPersonNeeded
from pumasi.coin.tests.test_leaving import holds
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts, books
from pumasi.ledger.reads import lots
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]


def merges(world: World, kept: UUID, gone: UUID) -> UUID:
    request = operations.ask_merge(acts(world.official), kept_id=kept, gone_id=gone, reason="같은 사람", key=a_key())
    operations.approve_merge(acts(world.issuer), proposal_id=request)
    return request


class TestMerge:
    def test_coins_keep_their_lots_and_history_is_one(self, world: World) -> None:
        world.earns(world.resident, 40)
        paid = world.pays(10)
        world.earns(world.neighbour, 20)
        before = lots(f"2100:SC:{person(world.resident).wallet.hex}")

        merges(world, world.neighbour, world.resident)

        after = lots(f"2100:SC:{person(world.neighbour).wallet.hex}")
        assert [lot for lot in after if lot.lot in {each.lot for each in before}] == before
        view = wallet_view(world.neighbour, MORNING)
        assert view.balance.text() == "50"
        assert [(line.kind, line.coins.text("ko")) for line in view.movements] == [
            ("MERGE", "30"), ("EARN", "20"), ("PAY", "-10"), ("EARN", "20"), ("EARN", "20"),
        ]  # fmt: skip
        operations.refund(acts(world.keeper), payment_id=paid.key, coins=10, key=a_key())
        assert wallet_view(world.neighbour, MORNING).balance.text() == "60"
        assert verify().ok

    def test_coins_that_wait_vest_for_the_one_who_is_left(self, world: World) -> None:
        operations.award(
            acts(world.official),
            kind="BARTER_ITEM",
            quantity=1,
            place_id=world.centre,
            payees=[Payee(world.resident)],
            evidence_ref="PHOTO:one",
            key=a_key(),
        )
        waiting = holds("2120")

        merges(world, world.neighbour, world.resident)
        operations.sweep(acts(None, MORNING + timedelta(days=30)))

        assert waiting > 0
        assert wallet_view(world.neighbour, MORNING).balance.minor == waiting
        assert operations.follow_all(acts(None)) == 0

    def test_a_claim_that_waited_for_budget_is_paid_to_the_one_who_is_left(self, world: World) -> None:
        operations.book_cut(acts(world.issuer), world.signed(world.order(50_000, kind=OrderKind.CUT)))
        world.earns(world.resident, 2)
        merges(world, world.neighbour, world.resident)
        listed = wallet_view(world.neighbour, MORNING).waiting

        world.funds()

        assert [each.rank for each in listed] == [1]
        assert wallet_view(world.neighbour, MORNING).balance.text() == "2"

    def test_caps_that_both_have_used_add_up(self, world: World) -> None:
        for who in (world.resident, world.neighbour):
            _hours(world, who, 4)

        merges(world, world.neighbour, world.resident)

        used = CapCounter.objects.get(key=f"PERSON_DAY|*|{world.neighbour.hex}|2026-10-05").used
        with pytest.raises(DailyLimitReached):
            _hours(world, world.neighbour, 6)
        assert used == CapCounter.objects.get(key=f"PERSON_DAY|*|{world.resident.hex}|2026-10-05").used * 2

    def test_a_deed_in_the_name_of_the_one_that_went_is_paid_to_the_other(self, world: World) -> None:
        merges(world, world.neighbour, world.resident)

        world.earns(world.resident, 2)

        assert wallet_view(world.neighbour, MORNING).balance.text() == "2"

    def test_both_read_of_it(self, world: World) -> None:
        merges(world, world.neighbour, world.resident)

        assert {each.title_en for each in letters(world.neighbour)} == {
            "Two memberships are one now",
            "Two memberships are to become one",
        }


class TestRefusals:
    def test_nobody_merges_alone_or_themselves(self, world: World) -> None:
        world.earns(world.resident, 20)
        request = operations.ask_merge(
            acts(world.official), kept_id=world.neighbour, gone_id=world.resident, reason="같은 사람", key=a_key()
        )
        before = books()

        with pytest.raises(SecondPersonNeeded):
            operations.approve_merge(acts(world.official), proposal_id=request)
        with pytest.raises(NotAllowed):
            operations.approve_merge(acts(world.neighbour), proposal_id=request)
        with pytest.raises(ConcernsYourself):
            operations.ask_merge(
                acts(world.official), kept_id=world.official, gone_id=world.resident, reason="나", key=a_key()
            )
        with pytest.raises(ProposalOpen):
            operations.ask_merge(
                acts(world.issuer), kept_id=world.neighbour, gone_id=world.resident, reason="또", key=a_key()
            )
        assert (books(), person(world.resident).closed_at) == (before, None)

    def test_what_cannot_be_merged_is_not_even_asked(self, world: World) -> None:
        note_left(acts(None), world.keeper, date(2026, 10, 5))
        before = books()

        for kept, gone, refusal in (
            (world.resident, world.resident, SamePerson),
            (world.resident, world.keeper, NotTheSameDistrict),
        ):
            with pytest.raises(refusal):
                operations.ask_merge(acts(world.official), kept_id=kept, gone_id=gone, reason="같음", key=a_key())
        with pytest.raises(ReasonMissing):
            operations.ask_merge(
                acts(world.official), kept_id=world.resident, gone_id=world.neighbour, reason=" ", key=a_key()
            )
        assert (books(), Proposal.objects.count()) == (before, 0)

    def test_what_has_changed_since_it_was_asked_is_checked_again(self, world: World) -> None:
        request = operations.ask_merge(
            acts(world.official), kept_id=world.neighbour, gone_id=world.resident, reason="같은 사람", key=a_key()
        )
        operations.report_death(acts(world.official), person_id=world.resident, key=a_key())
        before = books()

        with pytest.raises(PersonClosed):
            operations.approve_merge(acts(world.issuer), proposal_id=request)
        assert books() == before


def _hours(world: World, who: UUID, hours: int) -> None:
    operations.award(
        acts(world.cashier),
        kind="VOLUNTEERING",
        quantity=hours * 60,
        place_id=world.gym,
        payees=[Payee(who)],
        evidence_ref=f"STAFF:{a_key()}",
        key=a_key(),
    )
