"""Two makers, two checkers, a refund against a check: at the same moment, on committed data."""

import json
from datetime import timedelta

from django.core.management import call_command

from pumasi.coin.settlement import operations
from pumasi.coin.settlement.models import Batch, Line, LineReceipt
from pumasi.coin.settlement.paper import files_of
from pumasi.coin.settlement.tests.street import SETTLING, Street, publish, standing
from pumasi.coin.tests.race import Outcome, at_once
from pumasi.coin.tests.world import a_key, acts

HANDS = 6


def run() -> dict[str, Outcome]:
    """One street; every race on its own receipts."""
    street = Street()
    street.funds()
    street.earns(street.resident, 200)
    return {"makers": makers(street), "checkers": checkers(street), "refund": refund(street)}


def makers(street: Street) -> Outcome:
    """Six desks draft at once: one batch, every receipt in it once."""
    street.pays(30)
    street.pays(20, street.bakery)
    publish()
    by_maker = [lambda: operations.draft_batch(acts(street.maker, SETTLING), key=a_key())]
    by_checker = [lambda: operations.draft_batch(acts(street.checker, SETTLING), key=a_key())]
    answers = at_once((by_maker + by_checker) * (HANDS // 2))
    return answers | {"batches": Batch.objects.count(), "receipts": LineReceipt.objects.filter(live=True).count()}


def checkers(street: Street) -> Outcome:
    """The draft is checked six times at once: its coins move once."""
    batch = Batch.objects.get(number=1)
    checker = street.checker if batch.maker_id == street.maker else street.maker
    seen = files_of(batch).sheet_hash
    answers = at_once(
        [lambda: operations.check_batch(acts(checker, SETTLING), batch_id=batch.id, sheet_hash=seen)] * HANDS
    )
    return answers | {"payable": standing("2700"), "won": standing("K200")}


def refund(street: Street) -> Outcome:
    """A refund and the check of its batch at once: one of them wins, and the books say which."""
    at = SETTLING + timedelta(days=15)
    payment = street.pays(40, at=SETTLING)
    publish()
    batch = street.drafts(at)
    seen = files_of(batch).sheet_hash
    at_once(
        [
            lambda: street.refunds(payment.key, 40, at),
            lambda: operations.check_batch(acts(street.checker, at), batch_id=batch.id, sheet_hash=seen),
        ]
    )
    line = Line.objects.get(batch=batch)
    checked = Batch.objects.get(id=batch.id).state == "CHECKED"
    return {"agree": int(standing("2700") == 5000 + (line.coins if checked else 0))}


def main() -> None:
    """On a new SQLite file: migrate, race, print the outcomes."""
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    print(json.dumps(run()))
