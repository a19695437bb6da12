"""Finds of households in need: reported by a resident, linked by one official, granted by another, shared per quarter.

Everybody is paid the same when linked. What a grant adds is shared evenly among the finds of the quarter, so that no
finder learns a household's result (decisions 5, 38). The report holds nothing about the household.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.district import district_tariff
from pumasi.coin.operations import award_outcome, reserve_outcome, share_pool
from pumasi.coin.operations.outcome import PoolShare
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.services.deeds.errors import (
    ClaimDecidedAlready,
    NotYoursToDecide,
    PoolTooFew,
    QuarterNotOver,
    QuarterUnknown,
    SameHandTwice,
    TooManyOpenFinds,
)
from pumasi.services.deeds.models import Claim, Evidence, Grant, PoolMember, State
from pumasi.services.deeds.operations.steps import Move, Told, locked, payees, step, submit, weigh
from pumasi.services.deeds.queries.claims import hands_on, latest_step, open_finds, state_of
from pumasi.services.deeds.queries.outcomes import linked_before
from pumasi.services.deeds.queries.policy import policy


def report_find(acting: Acting, *, person_id: UUID, place_id: UUID, key: UUID) -> State:
    """A resident has told a dong centre of a household in need; the most it may earn is set aside. Once per key.

    Raises TooManyOpenFinds and what the tariff raises; then nothing has changed.
    """
    rule = policy()
    with transaction.atomic():
        known = state_of(key)
        if known is None and open_finds(person_id) >= rule.open_at_once:
            raise TooManyOpenFinds(limit=rule.open_at_once)
        told = Told(place_id, person_id, rule.linked, 1, Evidence.OUTCOME, key, acting.at)
        claim, state = submit(acting, told, key)
        if state is not None:
            return state
        reserve_outcome(acting, claim=key, kind=rule.granted, until=_reserved_until(claim))
        return weigh(acting, claim)


def link(acting: Acting, *, claim_id: UUID) -> State:
    """A dong official has linked the household to a service: everybody is paid the same. Again: no harm.

    Raises NotAllowed, NotYoursToDecide, ClaimDecidedAlready and what `award` raises.
    """
    actor = check_role(acting, RoleName.DONG_OFFICIAL)
    rule = policy()
    with transaction.atomic():
        claim = locked(claim_id)
        state = state_of(claim_id)
        if state in (State.ISSUED, State.WAITLISTED):
            return state
        if state is not State.REVIEW or claim.evidence != Evidence.OUTCOME:
            raise ClaimDecidedAlready()
        if actor == claim.person_id:
            raise NotYoursToDecide()
        answer = award_outcome(
            acting,
            kind=rule.linked,
            more=rule.granted,
            place_id=claim.place_id,
            payees=payees(claim, acting.at),
            key=claim.id,
            deed_at=claim.done_at,
            until=_reserved_until(claim),
        )
        state = State.WAITLISTED if answer.is_waiting else State.ISSUED
        step(acting, claim, Move(state, actor))
    return state


def record_grant(acting: Acting, *, claim_id: UUID) -> None:
    """Another official records that a benefit was granted. The finder sees nothing of it. Again: no harm.

    Raises NotAllowed, ClaimDecidedAlready (not linked), SameHandTwice and NotYoursToDecide.
    """
    actor = check_role(acting, RoleName.DONG_OFFICIAL)
    with transaction.atomic():
        claim = locked(claim_id)
        last = latest_step(claim_id)
        if claim.evidence != Evidence.OUTCOME or last is None or last.state not in (State.ISSUED, State.WAITLISTED):
            raise ClaimDecidedAlready()
        if actor == claim.person_id:
            raise NotYoursToDecide()
        if actor in hands_on(claim_id):
            raise SameHandTwice()
        _, is_new = Grant.objects.get_or_create(claim=claim, defaults={"by": actor, "at": acting.at})
        if is_new:
            record(acting, "deeds.record_grant", None)


def share_quarter(acting: Acting, *, year: int, quarter: int) -> int:
    """The issuer shares what the grants until the quarter's end add, evenly among its linked finds; minor units.

    Once per quarter. Finds of an earlier quarter that were too few come along; what does not divide is not paid.
    Raises NotAllowed, QuarterUnknown, QuarterNotOver, PoolTooFew and SelfAward.
    """
    rule, tariff = policy(), district_tariff()
    if not (1 <= quarter <= 4 and 2000 <= year <= 9998):
        raise QuarterUnknown()
    last = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    if seoul_date(acting.at) <= last:
        raise QuarterNotOver(until=last.isoformat())
    end = datetime.combine(last + timedelta(days=1), time(), KST)
    key = derived_id("deeds.pool", year, quarter)
    with transaction.atomic():
        check_role(acting, RoleName.ISSUER)
        done = list(PoolMember.objects.filter(pool=key).values_list("coins", flat=True))
        if done:
            return sum(done)
        members = linked_before(end)
        if len(members) < rule.fewest:
            raise PoolTooFew(found=len(members), fewest=rule.fewest)
        grants = list(Grant.objects.select_for_update().filter(pool=None, at__lt=end))
        day = seoul_date(acting.at)
        more = tariff.price(rule.granted, day, 1).amount - tariff.price(rule.linked, day, 1).amount
        each = more.minor * len(grants) // len(members)
        granted = [grant.claim_id for grant in grants]
        shares = [PoolShare(claim.id, claim.person_id, claim.place_id, each) for claim in members]
        paid = share_pool(acting, kind=rule.granted, less=rule.linked, granted=granted, shares=shares, key=key)
        Grant.objects.filter(claim_id__in=granted).update(pool=key)
        PoolMember.objects.bulk_create(PoolMember(claim=claim, pool=key, coins=each, at=acting.at) for claim in members)
    return paid


def _reserved_until(claim: Claim) -> datetime:
    return claim.sent_at + timedelta(days=policy().reserved_days)
