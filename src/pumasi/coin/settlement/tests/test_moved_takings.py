"""Takings that a district brought along are settled like payments made here, once."""

from datetime import date
from pathlib import Path

import pytest

from pumasi.coin.moving.models import MovedShop, MovedTaking
from pumasi.coin.moving.queries import find_old_id
from pumasi.coin.moving.tests.books import made
from pumasi.coin.moving.tests.district import District
from pumasi.coin.settlement.candidates import candidates
from pumasi.coin.settlement.models import Batch, Line, LineReceipt, LineState
from pumasi.coin.settlement.queries import statement
from pumasi.coin.settlement.tests.street import SETTLING, Street, publish
from pumasi.coin.tests.world import DATABASES, acts
from pumasi.ledger import reads
from pumasi.ledger.verify import verify

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]


class Moved(Street, District):
    """A street into which a district has moved."""


@pytest.fixture
def moved(db: None, tmp_path: Path) -> Moved:
    street = Moved()
    street.covers()
    street.moves_in(made(6, shops=2).write(tmp_path))
    for shop in MovedShop.objects.order_by("owner"):
        owner = find_old_id(acts(street.issuer), "A-00000" if shop.lots == 1 else "A-00001")
        assert owner is not None
        street.has_account(owner.facts.id, shop.place_id, "110-000-000000")
    publish()
    return street


class TestTakingsMovedIn:
    def test_are_paid_with_the_days_of_the_other_system(self, moved: Moved) -> None:
        found = candidates(SETTLING)

        assert [(payee.place.name_ko, payee.coins, payee.won) for payee in found.payees] == [
            ("시연 가게 0", 1500, 1500), ("시연 가게 1", 3201, 3201),
        ]  # fmt: skip
        assert all(each.is_moved for payee in found.payees for each in payee.receipts)

    def test_are_redeemed_once(self, moved: Moved) -> None:
        batch = moved.settles()

        assert {line.state for line in Line.objects.filter(batch=batch)} == {LineState.PAID}
        trial = {line.row.code: line.balance for line in reads.trial_balance()}
        assert (trial["2200"], trial["2700"], trial["3300"]) == (0, 0, 4701)
        assert LineReceipt.objects.filter(payment=None).count() == MovedTaking.objects.count() == 3
        assert candidates(SETTLING).payees == ()
        assert verify().ok

    def test_stand_in_the_shop_s_statement_by_their_day(self, moved: Moved) -> None:
        moved.settles()
        line = Line.objects.get(shop="시연 가게 1")

        shown = statement(line.id, [line.place_id])

        assert shown is not None
        assert [(each.day, each.coins.minor, each.won) for each in shown.receipts] == [
            (date(2026, 9, 20), 1600, 1600), (date(2026, 9, 21), 1601, 1601),
        ]  # fmt: skip

    def test_wait_in_one_draft_at_a_time(self, moved: Moved) -> None:
        moved.drafts()

        assert candidates(SETTLING).payees == ()
        assert Batch.objects.count() == 1
