"""A shop is suspended: notice, the owner's opinion, a second officer, and the owner's objection (decisions 30).

For signs of fraud payouts wait from the notice on; a breach of the terms keeps no money back. Not here: the way of a
case (`coin.hearings`), and the shop's other steps (`lifecycle`).
"""

from uuid import UUID

from django.db import transaction

from pumasi.civic.places.operations import resume_place, suspend_place
from pumasi.coin.hearings import operations as hearings
from pumasi.coin.hearings.models import Case, Kind
from pumasi.coin.hearings.models import State as CaseState
from pumasi.coin.hearings.operations import Opening
from pumasi.coin.hearings.queries import last_step
from pumasi.coin.settlement.operations import end_hold_of_hearing, hold_while_heard
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.services.shops.errors import SecondPersonNeeded, UntilPassed, WrongShopState
from pumasi.services.shops.models import Shop, ShopStep, State, SuspensionCause
from pumasi.services.shops.operations.lifecycle import (
    WORDS,
    Ground,
    add_step,
    for_officer,
    must_follow,
    only,
    place_of,
    shop_words,
)
from pumasi.services.shops.queries.lifecycle import state_on


def suspend(acting: Acting, *, shop_id: UUID, ground: Ground) -> None:
    """Propose a suspension: the owner gets a letter and ten days for an opinion, and the shop goes on meanwhile.

    Raises NotAllowed, OwnApplication, WordsMissing (why, clause, notice), UntilPassed, WrongShopState
    and CaseOpenAlready.
    """
    ground = _checked(ground, acting)
    with transaction.atomic():
        shop = for_officer(acting, shop_id)
        must_follow(acting, shop, State.PROPOSED)
        add_step(acting, shop, State.PROPOSED, ground)
        opening = Opening(Kind.SUSPENSION, shop.owner_id, shop.id, 0, ground.why, ground.clause)
        hearings.open_case(acting, opening, _derived("case", shop))
        if ground.cause is SuspensionCause.FRAUD:
            hold_while_heard(acting, place_id=place_of(shop), reason=ground.why, hold_id=_derived("hold", shop))


def approve_suspension(acting: Acting, *, shop_id: UUID, urgent: str = "") -> None:
    """A second officer approves, once the owner was heard or it cannot wait; the shop stops at once.

    Raises SecondPersonNeeded for the first one, UntilPassed, and what `hearings.decide` raises.
    """
    with transaction.atomic():
        shop = for_officer(acting, shop_id)
        must_follow(acting, shop, State.SUSPENDED, only_from=State.PROPOSED)
        proposed = ShopStep.objects.filter(shop=shop).order_by("-id")[0]
        if proposed.by == acting.actor:
            raise SecondPersonNeeded()
        ground = _checked(
            Ground(SuspensionCause(proposed.cause), proposed.why, proposed.clause, proposed.notice, proposed.until),
            acting,
        )
        hearings.decide(acting, case_id=_case(shop).id, stands=True, why=ground.why, urgent=urgent)
        add_step(acting, shop, State.SUSPENDED, ground)
        suspend_place(acting, place_of(shop), ground.until)


def lift(acting: Acting, *, shop_id: UUID, why: str) -> None:
    """An officer drops a proposal, ends a suspension or grants the owner's objection, with the reason.

    A hold on payouts that came of it ends too. Whoever had a hand in it cannot grant an objection (CaseNeedsOutsider).
    """
    with transaction.atomic():
        shop = for_officer(acting, shop_id)
        if state_on(shop, seoul_date(acting.at)) not in (State.PROPOSED, State.SUSPENDED):
            raise WrongShopState(state=state_on(shop, seoul_date(acting.at)).value)
        case = _case(shop)
        match last_step(case.id).state:
            case CaseState.OBJECTED:
                hearings.decide_objection(acting, case_id=case.id, granted=True, why=why)
            case CaseState.UPHELD:
                hearings.finish(acting, case_id=case.id)
            case CaseState.FINAL:
                pass
            case _:
                hearings.decide(acting, case_id=case.id, stands=False, why=why)
        resume_place(acting, place_of(shop))
        end_hold_of_hearing(acting, hold_id=_derived("hold", shop), reason=why)
        add_step(acting, shop, State.ACTIVE, only(why))


def keep_suspended(acting: Acting, *, shop_id: UUID, why: str) -> None:
    """A third officer does not grant the owner's objection. Raises what `hearings.decide_objection` raises."""
    with transaction.atomic():
        shop = for_officer(acting, shop_id)
        hearings.decide_objection(acting, case_id=_case(shop).id, granted=False, why=why)


def _checked(ground: Ground, acting: Acting) -> Ground:
    if ground.until is not None and ground.until < seoul_date(acting.at):
        raise UntilPassed(until=ground.until.isoformat())
    return Ground(
        SuspensionCause(ground.cause),
        shop_words(ground.why, "why", WORDS),
        shop_words(ground.clause, "clause", 80),
        shop_words(ground.notice, "notice", 120),
        ground.until,
    )


def _case(shop: Shop) -> Case:
    return Case.objects.get(id=_derived("case", shop))


def _derived(what: str, shop: Shop) -> UUID:
    """An id that belongs to the shop's latest proposal of a suspension."""
    latest = ShopStep.objects.filter(shop=shop, state=State.PROPOSED).order_by("-id").values_list("id", flat=True)[:1]
    return derived_id(f"shops.{what}", shop.id.hex, *latest)
