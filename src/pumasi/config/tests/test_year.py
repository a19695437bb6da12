"""Days of a year under load: what must be refused is refused, and I13 to I16 hold; each of the checks can fail."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as node
from django.db import connection, transaction
from django.db.models import F
from pytest_django import Settings

from pumasi.civic.people.models import Role, RoleName
from pumasi.coin.models import CapCounter, Claim, ClaimShare, DisputeStep, Refund
from pumasi.coin.settlement.models import Batch, Line, LineReceipt, SealOverrideVote
from pumasi.coin.tariff_file import DATA
from pumasi.coin.tests.world import DATABASES
from pumasi.config.history import proofs
from pumasi.config.history.year import YEAR, Load, Year
from pumasi.kernel.clock import FixedClock
from pumasi.ledger.tests.proofs import audit
from pumasi.ledger.verify import counted, verify
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.tests.record import policy
from pumasi.verify.audit import audit as audit_record

# Two busy days, the settlements of the 10th and the 25th, and a night on which everything that is left has lapsed.
FIRST = date(2026, 1, 2)
SMALL = Load(times=1, days=2, members=130, shops=24, facilities=8, order=700, quiet=(8, 9, 10, 23, 24, 25, 370))
TWENTY = replace(SMALL, times=20, members=2400, shops=60, facilities=24)
TRIED = {
    "coin.cut_below_committed": 2,
    "coin.daily_limit_reached": 2,
    "coin.frozen_for_safety": 1,
    "coin.key_reused": 1,
    "coin.not_allowed": 2,
    "coin.not_enough_coins": 2,
    "coin.own_shop": 2,
    "coin.own_shop_deed": 2,
    "coin.pair_limit_reached": 2,
    "coin.receipt_in_settlement": 2,
    "coin.refund_too_large": 2,
    "coin.second_person_needed": 1,
    "coin.self_award": 2,
    "coin.undo_too_late": 1,
    "deeds.roll_needs_second_person": 1,
    "settlement.beneficiary_cannot_settle": 1,
    "settlement.maker_cannot_check": 2,
    "settlement.override_needs_another": 2,
}
HAPPENED = {
    "batch", "budget cut", "order for the queue", "campaign", "deed at a facility", "deed at a shop", "deed in a photo",
    "dispute", "donation", "freeze", "gift", "join", "line", "list", "night: campaigns", "night: sweep", "objection",
    "paid at a facility", "paid at a shop", "refund", "roll", "sent twice", "shop closed", "undo",
}  # fmt: skip

pytestmark = [pytest.mark.django_db(databases=DATABASES, transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def one_year(settings: Settings, tmp_path: Path) -> None:
    """Seocho's sample, but that coins lapse after a year."""
    sample = (DATA / "seocho.toml").read_text(encoding="utf-8")
    lapsing = sample.replace('policy = "NONE"', 'policy = "YEARS"\nyears = 1', 1)
    assert lapsing != sample
    path = tmp_path / "one-year.toml"
    path.write_text(lapsing, encoding="utf-8")
    settings.PUMASI_TARIFF = str(path)


class TestTwoDays:
    def test_keep_every_invariant_and_refuse_what_they_must(self) -> None:
        done = Year(SMALL, FIRST).tell()

        assert tried(done) == TRIED
        assert {name for name in HAPPENED if not done[name]} == set()
        assert faults() == []
        assert Line.objects.filter(set_off__gt=0).exists()

    def test_are_the_same_every_time(self) -> None:
        assert (Year(SMALL, FIRST).tell()["paid at a shop"], Claim.objects.count()) == (90, 275)

    def test_are_in_the_public_record(self) -> None:
        done = Year(SMALL, FIRST, publish).tell()

        assert done["batch"] == 2
        assert not SealOverrideVote.objects.exists()
        assert faults() == []
        found = audit_record(Path(node.LOG_DIR), policy())
        assert not found.problems
        assert found.replay.size > 500

    def test_each_check_notices_its_bug(self) -> None:
        Year(SMALL, FIRST).tell()
        for bug, number in BUGS:
            with transaction.atomic():
                bug()
                found = proofs.faults()
                transaction.set_rollback(True)
            assert {fault.split(":")[0] for fault in found} >= {number}, bug.__name__
        assert proofs.faults() == []


@pytest.mark.full
def test_two_days_at_twenty_times_todays_load() -> None:
    done = Year(TWENTY, FIRST).tell()

    assert tried(done).keys() == TRIED.keys()
    assert {name for name in HAPPENED if not done[name]} == set()
    assert counted()["transfers"] > 2 * 20 * 250
    assert faults() == []


@pytest.mark.soak
def test_the_whole_year_at_twenty_times_todays_load() -> None:
    done = Year(YEAR, FIRST).tell()

    assert {name for name, count in TRIED.items() if count == 2 and tried(done)[name] < 24} == set()
    assert counted()["transfers"] > 365 * 20 * 250
    assert verify().ok
    assert proofs.faults() == []


def faults() -> list[str]:
    """What `pumasi ledger verify`, the ledger's own proofs and those of the rows say."""
    return [*map(str, verify().differences), *audit.faults(audit.read()), *proofs.faults()]


def tried(done: Counter[str]) -> dict[str, int]:
    return {name.removeprefix("attempt: "): count for name, count in done.items() if name.startswith("attempt: ")}


def publish() -> None:
    """Everything that waits, by the real sealer with the real check of orders."""
    with SealerAtWork(AT_ONCE, FixedClock(datetime(2027, 3, 1, tzinfo=UTC))) as sealer:
        blocks = ["first"]
        while blocks:
            blocks.clear()
            assert sealer.turn(show=blocks.append) is None


def checker_has_the_shop() -> None:
    batch = Batch.objects.exclude(checker=None)[0]
    place = Line.objects.filter(batch=batch)[0].place_id
    Role.objects.filter(role=RoleName.SHOP_KEEPER, place_id=place).update(person=batch.checker_id)


def earner_vouched() -> None:
    share = ClaimShare.objects.filter(claim__evidence_kind="STAFF", part="RESIDENT")[0]
    Claim.objects.filter(key=share.claim_id).update(actor=share.person_id)


def payer_judged() -> None:
    step = DisputeStep.objects.filter(state="RETURNED")[0]
    DisputeStep.objects.filter(id=step.pk).update(by=step.dispute.payment.person_id)


def earned_too_much() -> None:
    ClaimShare.objects.filter(part="RESIDENT", claim__kind="CLEAR_PET").update(coins=2100)


def forgot_to_count() -> None:
    CapCounter.objects.filter(key__startswith="PERSON_DAY|*|", used__gt=0).update(used=F("used") - 1)


def counted_nothing() -> None:
    CapCounter.objects.create(key=f"PERSON_DAY|*|{'0' * 32}|2026-01-02", used=100)


def line_is_more_than_its_receipts() -> None:
    Line.objects.filter(id=Line.objects.filter(state="PAID")[0].id).update(coins=F("coins") + 1)


def receipt_is_free_again() -> None:
    LineReceipt.objects.filter(line__state="PAID").update(live=False)


def sheet_was_swapped() -> None:
    Batch.objects.exclude(checker=None).update(sheet="0" * 64)


def line_is_open_without_coins() -> None:
    Batch.objects.exclude(checker=None).update(state="EXPORTED")
    Line.objects.filter(state="PAID").update(state="OPEN")


def refunded_more_than_paid() -> None:
    Refund.objects.filter(kind="REFUND").update(coins=10**6)


def other_lot_came_back() -> None:
    """As if a refund had taken coins of another lot: the trigger that forbids it steps aside."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("alter table ledger_lot_move disable trigger user")
        else:
            cursor.execute("select name from sqlite_master where type = 'trigger' and tbl_name = 'ledger_lot_move'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"drop trigger {name}")
        cursor.execute(
            "update ledger_lot_move set lot_id = (select max(id) from ledger_lot) where transfer_id ="
            " (select max(id) from ledger_transfer where kind = 'REFUND')"
        )


BUGS: tuple[tuple[Callable[[], None], str], ...] = (
    (checker_has_the_shop, "I13"),
    (earner_vouched, "I13"),
    (payer_judged, "I13"),
    (earned_too_much, "I14"),
    (forgot_to_count, "I14"),
    (counted_nothing, "I14"),
    (line_is_more_than_its_receipts, "I15"),
    (receipt_is_free_again, "I15"),
    (sheet_was_swapped, "I15"),
    (line_is_open_without_coins, "I15"),
    (refunded_more_than_paid, "I16"),
    (other_lot_came_back, "I16"),
)
