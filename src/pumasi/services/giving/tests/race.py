"""Many hands on one campaign at the same moment, on committed data."""

import json

from django.conf import settings
from django.core.management import call_command

from pumasi.coin.giving.models import DonationBack
from pumasi.coin.giving.operations import return_all
from pumasi.coin.tests.race import Outcome, at_once
from pumasi.coin.tests.world import MORNING, acts
from pumasi.services.giving import operations
from pumasi.services.giving.models import Campaign
from pumasi.services.giving.tests.square import NIGHT_AFTER, Square, standing, state

HANDS = 6


def run() -> dict[str, Outcome]:
    """One square, each race on a campaign of its own."""
    square = Square()
    square.funds()
    square.earns(square.resident, 200)
    return {"full": full(square), "cancel": cancel(square), "night": night(square)}


def full(square: Square) -> Outcome:
    """Six gifts of ten for the last thirty coins, where a full campaign takes no more."""
    campaign = square.opens_campaign(30)
    answers = at_once([lambda: square.gives(campaign, 10)] * HANDS)
    return answers | {"escrow": standing("2400"), "reached": int(state(campaign) == "REACHED")}


def cancel(square: Square) -> Outcome:
    """Gifts while the campaign is cancelled: what got in comes back, what came late was refused."""
    campaign, before = square.opens_campaign(200), standing("2400")
    at_once(
        [
            *[lambda: square.gives(campaign, 10)] * HANDS,
            lambda: operations.cancel(acts(square.issuer), campaign_id=campaign, reason="동시"),
        ]
    )
    return {"escrow": standing("2400") - before, "returned": int(state(campaign) == "RETURNED")}


def night(square: Square) -> Outcome:
    """Three workers close and return the same campaign: each donation comes back once."""
    campaign, before = square.opens_campaign(200), standing("2400")
    for _ in range(4):
        square.gives(campaign, 10)
    Campaign.objects.exclude(id=campaign).update(state="EVIDENCED")
    backs = DonationBack.objects.count()
    at_once(
        [
            *[lambda: operations.close_due_campaigns(acts(None, NIGHT_AFTER))] * 3,
            *[lambda: return_all(acts(None, MORNING), campaign_id=campaign)] * 3,
        ]
    )
    operations.close_due_campaigns(acts(None, NIGHT_AFTER))
    return {"escrow": standing("2400") - before, "back": DonationBack.objects.count() - backs}


def main(rules: str) -> None:
    """On a new SQLite file: migrate, race, print the outcomes."""
    settings.PUMASI_GIVING = rules
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    print(json.dumps(run()))
