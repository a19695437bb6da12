"""Deeds whose worth is known weeks later: the most is set aside, a part is paid, the rest is shared by a pool.

A household found in need is linked to a service, perhaps granted a benefit. Everybody is paid the same when linked;
what a grant adds goes into a pool that is shared evenly: no finder learns a household's result (decisions 5, 38).
Not here: when a pool is shared and among whom (the service), and caps: a share belongs to a deed that was counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.models import RoleName
from pumasi.coin.answers import Awarded, Payee
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.errors import PoolTooSmall, SelfAward
from pumasi.coin.issuing import issue, issue_or_queue_many, recalled, somebody_waits
from pumasi.coin.models import Claim, ClaimShare, Reservation, Waiting
from pumasi.coin.operations.award import award
from pumasi.coin.parties import check_role, is_closed
from pumasi.coin.requests import is_first
from pumasi.coin.tariff import EvidenceKind, Part, Priced
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.errors import BudgetExhausted, UnknownAccount
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import balance


@dataclass(frozen=True)
class PoolShare:
    """What one finder gets from a pool for one deed; `coins` are minor units."""

    claim: UUID
    person_id: UUID
    place_id: UUID
    coins: int


def reserve_outcome(acting: Acting, *, claim: UUID, kind: str, until: datetime, less: str = "") -> bool:
    """Set aside what `kind` would earn (less what `less` has earned) for a claim, until `until`; once for both.

    False when the budget does not suffice or others wait for it: then nothing is set aside, and the deed will take its
    turn in the waiting list. Raises what the tariff raises.
    """
    tariff, day = district_tariff(), seoul_date(acting.at)
    coins = tariff.price(kind, day, 1).amount
    if less:
        coins = coins - tariff.price(less, day, 1).amount
    fund, won = fund_of(day), coins.minor * tariff.unit.won_per_minor(day)
    key = derived_id("coin.reserve", str(claim), kind, less)
    with transaction.atomic():
        if won <= 0 or Reservation.objects.filter(key=key).exists():
            return won > 0
        if somebody_waits():
            return False
        command = kinds.reserve(key=key, at=acting.at, fund=fund, claim=key.hex, won=won, until=until)
        try:
            post_one(command)
        except BudgetExhausted:
            return False
        Reservation.objects.create(key=key, claim=claim, fund=fund, won=won, until=until, at=acting.at)
    return True


def free_outcome(acting: Acting, *, claim: UUID) -> None:
    """Give back what is still set aside for a claim; nothing happens where nothing is."""
    with transaction.atomic():
        _freed(acting, claim)


def award_outcome(
    acting: Acting,
    *,
    kind: str,
    more: str,
    place_id: UUID,
    payees: Sequence[Payee],
    key: UUID,
    deed_at: datetime,
    until: datetime,
) -> Awarded:
    """Pay `kind` for a deed with an outcome out of what was set aside, and go on holding what `more` would add.

    The actor is a dong official. Raises what `award` raises.
    """
    with transaction.atomic():
        is_first_time = not Claim.objects.filter(key=key).exists()
        was_set_aside = is_first_time and _freed(acting, key)
        award(
            acting,
            kind=kind,
            quantity=1,
            place_id=place_id,
            payees=payees,
            evidence_ref=f"OUTCOME:{key}",
            key=key,
            deed_at=deed_at,
        )
        if was_set_aside:
            _pay_at_once([key], acting.at)
        if is_first_time:
            reserve_outcome(acting, claim=key, kind=more, until=until, less=kind)
    return recalled(key)


def share_pool(
    acting: Acting, *, kind: str, less: str, granted: Sequence[UUID], shares: Sequence[PoolShare], key: UUID
) -> int:
    """Share what `granted` claims add (`kind` less `less` each) among finders, once per key; answers minor units.

    The actor is the issuer and gets nothing. What is set aside for the granted claims is freed. A finder who has closed
    the membership is left out. Raises NotAllowed, SelfAward, PoolTooSmall (the shares exceed the pool) and KeyReused.
    """
    actor = check_role(acting, RoleName.ISSUER)
    tariff, day = district_tariff(), seoul_date(acting.at)
    priced = tariff.price(kind, day, 1)
    pool = (priced.amount - tariff.price(less, day, 1).amount).minor * len(granted)
    total = sum(share.coins for share in shares)
    if actor in {share.person_id for share in shares}:
        raise SelfAward()
    if total > pool:
        wanted = Amount(tariff.unit, total)
        raise PoolTooSmall(pool=Amount(tariff.unit, pool).text(), wanted=wanted.text())
    body = {"kind": kind, "granted": sorted(map(str, granted)), "shares": len(shares), "total": total}
    with transaction.atomic():
        if is_first(key, "POOL", body, acting.at):
            for claim in sorted(granted):
                _freed(acting, claim)
            claims = _pool_claims(acting, priced, kind, [each for each in shares if each.coins > 0], key)
            waiting = issue_or_queue_many(tariff, claims, acting.at) if claims else set()
            _pay_at_once(waiting, acting.at)
    return total


def _pool_claims(acting: Acting, priced: Priced, kind: str, shares: Sequence[PoolShare], key: UUID) -> list[Claim]:
    paid = [share for share in shares if not is_closed(share.person_id)]
    claims = [
        Claim(
            key=derived_id("coin.pool", key.hex, share.claim.hex),
            kind=kind,
            quantity=1,
            counted=1,
            day=seoul_date(acting.at),
            place_id=share.place_id,
            evidence_kind=EvidenceKind.OUTCOME.value,
            evidence_ref=f"POOL:{key}",
            act=priced.row.act.code,
            actor=acting.actor,
            channel=acting.channel.value,
            at=acting.at,
        )
        for share in paid
    ]
    Claim.objects.bulk_create(claims)
    ClaimShare.objects.bulk_create(
        ClaimShare(claim=claim, person_id=share.person_id, part=Part.RESIDENT.value, coins=share.coins)
        for claim, share in zip(claims, paid, strict=True)
    )
    return claims


def _freed(acting: Acting, claim: UUID) -> bool:
    """Free what is set aside for a claim; whether anything was."""
    freed = False
    for row in Reservation.objects.select_for_update().filter(claim=claim, freed_at=None).order_by("at"):
        if _set_aside(row.key):
            key = derived_id("coin.unreserve", row.key.hex)
            post_one(kinds.unreserve(key=key, at=acting.at, fund=row.fund, claim=row.key.hex, reservation=row.key))
            freed = True
        row.freed_at = acting.at
        row.save(update_fields=["freed_at"])
    return freed


def _pay_at_once(claims: Iterable[UUID], at: datetime) -> None:
    """Their money was set aside before the others began to wait, so they pass them in the queue."""
    for waiting in Waiting.objects.select_for_update().filter(claim__in=list(claims), issued_at=None).order_by("id"):
        if issue(district_tariff(), waiting.claim, at):
            waiting.issued_at = at
            waiting.save(update_fields=["issued_at"])


def _set_aside(reservation: UUID) -> int:
    """Won on the reservation's own account: a claim that is reserved for twice has two of them."""
    try:
        return balance(address("B210", KRW, reservation.hex))
    except UnknownAccount:
        return 0
