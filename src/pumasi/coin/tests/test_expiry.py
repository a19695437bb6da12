"""The second sample: coins that expire after three years, seen in the wallet, swept once, and lapsed in a refund."""

from datetime import date, timedelta

import pytest

from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.errors import NotEnoughCoins
from pumasi.coin.queries import wallet_view
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.acting import Channel
from pumasi.ledger.reads import trial_balance

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(databases=DATABASES)]
# Coins of 5 October 2026 are good until 5 October 2029, inclusive.
LAST_DAY = MORNING + timedelta(days=1096)


@pytest.fixture
def aged(world: World, settings: pytest.FixtureRequest) -> World:
    """The resident holds 14 coins that expire, in a district of the second sample."""
    settings.PUMASI_TARIFF = "nowon_style"  # type: ignore[attr-defined]  # pytest-django's settings
    operations.award(
        acts(world.official),
        kind="VOLUNTEERING",
        quantity=120,
        place_id=world.centre,
        payees=[Payee(world.resident)],
        evidence_ref="STAFF:sheet",
        key=a_key(),
    )
    return world


class TestExpiry:
    def test_the_wallet_says_what_lapses_when(self, aged: World) -> None:
        view = wallet_view(aged.resident, MORNING)

        assert (view.balance.minor, view.next_expiry, view.next_expiry_coins.minor) == (1400, date(2029, 10, 5), 1400)

    def test_coins_are_good_on_their_last_day_and_gone_on_the_next_even_before_the_sweep(self, aged: World) -> None:
        after = LAST_DAY + timedelta(days=1)

        assert wallet_view(aged.resident, LAST_DAY).balance.minor == 1400
        assert wallet_view(aged.resident, after).balance.minor == 0
        with pytest.raises(NotEnoughCoins):
            aged.pays(10, at=after)

    def test_the_sweep_moves_lapsed_coins_once(self, aged: World) -> None:
        on_the_last_day = operations.sweep(acts(None, LAST_DAY, Channel.JOB))
        first = operations.sweep(acts(None, LAST_DAY + timedelta(days=1), Channel.JOB))
        second = operations.sweep(acts(None, LAST_DAY + timedelta(days=2), Channel.JOB))

        assert (on_the_last_day, first, second) == (0, 1, 0)
        assert [line.balance for line in trial_balance() if line.row.code == "3100"] == [1400]
        assert wallet_view(aged.resident, LAST_DAY).movements[0].text_ko == "소멸"

    def test_what_lapsed_meanwhile_does_not_come_back_with_a_refund(self, aged: World) -> None:
        paid = aged.pays(10, at=LAST_DAY)

        undone = operations.undo(acts(aged.resident, LAST_DAY + timedelta(minutes=5)), payment_id=paid.key, key=a_key())
        again = aged.pays(10, at=LAST_DAY.replace(hour=14, minute=55))
        late = operations.undo(
            acts(aged.resident, LAST_DAY.replace(hour=15, minute=4)), payment_id=again.key, key=a_key()
        )

        assert (undone.coins.minor, undone.lapsed.minor) == (1000, 0)
        assert (late.coins.minor, late.lapsed.minor) == (1000, 1000)
