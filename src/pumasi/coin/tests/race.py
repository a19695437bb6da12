"""Many hands at the same moment on committed data: run on PostgreSQL in the test, on SQLite in a process with a file.

Figures are changes, because the books of a test run may not be empty.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from threading import Barrier
from uuid import UUID

from django.core.management import call_command
from django.db import connections

from pumasi.civic.cards import operations as cards
from pumasi.civic.places.operations import set_state
from pumasi.coin import operations
from pumasi.coin.answers import Payee
from pumasi.coin.caps import taken_today
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Claim, DisputeReason, Payment, TariffVersion, Waiting
from pumasi.coin.operations.tariff import Draft
from pumasi.coin.orders import OrderKind
from pumasi.coin.queries import budget_view, payment_view, wallet_view
from pumasi.coin.tariff_edit import SetAmount
from pumasi.coin.tests.world import FUND, MORNING, World, a_key, acts
from pumasi.kernel.result import Refusal

HANDS = 12
type Outcome = dict[str, int]


def run() -> dict[str, Outcome]:
    """Every race once, each with people and places of its own."""
    return {
        "cap": cap(),
        "same key": same_key(),
        "last coins": last_coins(),
        "last budget": last_budget(),
        "order and queue": order_and_queue(),
        "approvals": approvals(),
        "dispute and refund": dispute_and_refund(),
        "pieces a day": pieces_a_day(),
        "card": card(),
    }


def cap() -> Outcome:
    """Three tumblers a day are paid, however many are claimed at once."""
    world = World()
    world.funds()
    answers = at_once([tumbler(world, world.resident, a_key()) for _ in range(HANDS)])
    return answers | {"earned": wallet_view(world.resident, MORNING).balance.minor}


def same_key() -> Outcome:
    """One wish sent many times is done once and answered each time."""
    world, key = World(), a_key()
    world.funds()
    answers = at_once([tumbler(world, world.resident, key) for _ in range(HANDS)])
    claims = Claim.objects.filter(place_id=world.bakery).count()
    return answers | {"claims": claims, "earned": wallet_view(world.resident, MORNING).balance.minor}


def last_coins() -> Outcome:
    """Thirty coins are spent three times ten."""
    world = World()
    world.funds()
    world.earns(world.resident, 30)
    answers = at_once([lambda: world.pays(10) for _ in range(HANDS)])
    payments = Payment.objects.filter(place_id=world.laundry).count()
    return answers | {"payments": payments, "left": wallet_view(world.resident, MORNING).balance.minor}


def card() -> Outcome:
    """A card alone pays fifty coins a day, at however many counters it is copied."""
    world = World()
    world.funds()
    world.earns(world.resident, 200)
    cards.issue(acts(world.issuer), world.resident)
    answers = at_once([partial(world.pays, 10, card_shown_at=MORNING) for _ in range(HANDS)])
    return answers | {"left": wallet_view(world.resident, MORNING).balance.minor}


def last_budget() -> Outcome:
    """With eight coins left in the budget four claims are paid and the others wait."""
    world = World()
    world.funds(8)
    _leave(world, 8)
    people = [world.joins("주민 역할") for _ in range(HANDS)]
    before = budget_view(FUND, MORNING).issued.minor
    answers = at_once([tumbler(world, person, a_key()) for person in people])
    view = budget_view(FUND, MORNING)
    return answers | {"issued": view.issued.minor - before, "waiting": view.waiting_claims}


def pieces_a_day() -> Outcome:
    """A laundry with room for 35 hangers takes three bags of ten, however many people come at once."""
    world = World()
    world.funds()
    set_state(acts(world.keeper), world.laundry, accepts=[], needs=[], daily_limit=None, item_limits={"HANGER": 35})
    people = [world.joins("주민 역할") for _ in range(HANDS)]
    answers = at_once([hangers(world, person) for person in people])
    return answers | {"taken": taken_today(world.laundry, ["HANGER"], MORNING.date())[1]["HANGER"]}


def hangers(world: World, person: UUID) -> Callable[[], object]:
    """Ten hangers of one person."""
    return lambda: operations.award(
        acts(person),
        kind="HANGER",
        quantity=10,
        place_id=world.laundry,
        payees=[Payee(person)],
        evidence_ref="CODE:race",
        key=a_key(),
    )


def dispute_and_refund() -> Outcome:
    """All of a payment goes one way once: set aside, given back or taken back, whoever comes first."""
    world = World()
    world.funds()
    world.earns(world.resident, 30)
    paid = world.pays(30).key
    wrong = DisputeReason.TOO_MUCH
    ways = (
        lambda: operations.dispute(acts(world.resident), payment_id=paid, reason=wrong, key=a_key()),
        lambda: operations.refund(acts(world.keeper), payment_id=paid, key=a_key()),
        lambda: operations.undo(acts(world.resident), payment_id=paid, key=a_key()),
    )
    answers = at_once([ways[turn % 3] for turn in range(HANDS)])
    view = payment_view(paid)
    gone = 3000 - view.left.minor + view.disputed.minor
    return {"done": answers["done"], "refused": HANDS - answers["done"], "gone": gone}


def order_and_queue() -> Outcome:
    """An order, three workers at the queue and new claims at once: no deadlock, and in the end everybody is paid."""
    world = World()
    people = [world.joins("주민 역할") for _ in range(6)]
    before = budget_view(FUND, MORNING).issued.minor
    queued = Waiting.objects.filter(issued_at=None).count()
    for person in people[:3]:
        tumbler(world, person, a_key())()
    signed = world.signed(world.order(100))
    answers = at_once(
        [
            lambda: operations.book_budget_order(acts(world.issuer), signed),
            *[lambda: operations.issue_waiting(acts(None)) for _ in range(3)],
            *[tumbler(world, person, a_key()) for person in people[3:]],
        ]
    )
    operations.issue_waiting(acts(None))
    view = budget_view(FUND, MORNING)
    return answers | {"issued": view.issued.minor - before - 200 * queued, "waiting": view.waiting_claims}


def approvals() -> Outcome:
    """Six drafts want the same row from the same day; six officers approve them at once: one counts."""
    world = World()
    day = date(2027, 3, 1) + timedelta(days=TariffVersion.objects.count())
    drafts = [
        operations.draft_change(
            acts(world.issuer),
            Draft("경합", "Race", "제5조", f"결재-{coins}", day, (SetAmount("PAPER_PACK", coins),)),
            key=a_key(),
        )
        for coins in range(6, 12)
    ]
    before = TariffVersion.objects.count()
    officer = acts(world.officers[0])
    at_once([partial(operations.approve_change, officer, change_id=change) for change in drafts])
    in_force = [row for row in district_tariff().kind("PAPER_PACK").rows if row.starts == day]
    return {"versions": TariffVersion.objects.count() - before, "rows": len(in_force)}


def tumbler(world: World, who: UUID, key: UUID) -> Callable[[], object]:
    return lambda: operations.award(
        acts(who),
        kind="TUMBLER",
        quantity=1,
        place_id=world.bakery,
        payees=[Payee(who)],
        evidence_ref="CODE:test",
        key=key,
    )


def at_once(wishes: Sequence[Callable[[], object]]) -> Outcome:
    """Grant all wishes at the same moment, each on a connection of its own; counts "done" and refusals by code."""
    barrier = Barrier(len(wishes))

    def grant(wish: Callable[[], object]) -> str:
        barrier.wait()
        try:
            wish()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(wishes)) as pool:
        return dict(Counter(pool.map(grant, wishes)))


def _leave(world: World, coins: int) -> None:
    """Cut the budget so that exactly so many coins are left, whatever earlier races left there."""
    left = budget_view(FUND, MORNING).left.minor // 100
    if left > coins:
        operations.book_cut(acts(world.issuer), world.signed(world.order(left - coins, OrderKind.CUT)))


def main() -> None:
    """On a new SQLite file: migrate, race, print the outcomes."""
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    print(json.dumps(run()))
