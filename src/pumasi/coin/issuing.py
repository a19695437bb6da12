"""Issuing: turns an accepted claim into coins in wallets, or into a place in the waiting list without budget.

There is one queue and it keeps its order: nobody is paid before somebody who waits. Ranks live on over 1 January; what
is issued then is paid from the new year's fund. Not here: which claims are accepted (`operations.award`).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from django.db import transaction

from pumasi.coin.accounts import arrival
from pumasi.coin.answers import Awarded, Share
from pumasi.coin.caps import CapUse
from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.models import Award, Claim, ClaimShare, Waiting
from pumasi.coin.parties import Holder, last_holders
from pumasi.coin.tariff import Part, Tariff
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST, seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.errors import BudgetExhausted, IssueLimitReached, LedgerRefusal
from pumasi.ledger.posting import post

_NO_BUDGET = (BudgetExhausted, IssueLimitReached)

type Transfers = Mapping[int, int]  # id of a share -> the ledger's transfer that issued it


def issue_or_queue(tariff: Tariff, claim: Claim, shares: Sequence[ClaimShare], at: datetime) -> Transfers:
    """Issue the claim's coins, or put it at the end of the queue; inside the caller's transaction.

    The queue is looked at again after posting: this transaction holds the fund's account by then, so whoever was
    refused before us has committed and stands in the queue.
    """
    if not somebody_waits():
        with transaction.atomic():
            issued = issue(tariff, claim, at, shares)
            overtaking = bool(issued) and somebody_waits()
            transaction.set_rollback(overtaking)
        if issued and not overtaking:
            return issued
    Waiting.objects.create(claim=claim, since=at)
    return {}


def issue(tariff: Tariff, claim: Claim, at: datetime, shares: Sequence[ClaimShare] | None = None) -> Transfers:
    """Post all shares of the claim (None: read them) together; nothing when the budget does not suffice for all."""
    day = seoul_date(at)
    fund = fund_of(day)
    terms = Terms(fund, tariff.expires_on(day), tariff.unit.won_per_minor(day))
    shares = shares_of(claim) if shares is None else shares
    commands = _earnings(tariff, shares, terms, at)
    verdicts = post(commands)
    refusals = [verdict.refusal for verdict in verdicts if verdict.refusal is not None]
    if any(isinstance(refusal, _NO_BUDGET) for refusal in refusals):
        return {}
    if refusals:
        raise _first_cause(refusals)
    transfers = [verdict.transfer for verdict in verdicts if verdict.transfer is not None]
    Award.objects.bulk_create(
        Award(share=share, ledger_key=command.key, transfer=transfer, fund=fund, at=at)
        for share, command, transfer in zip(shares, commands, transfers, strict=True)
    )
    return {share.pk: transfer for share, transfer in zip(shares, transfers, strict=True)}


def issue_or_queue_many(tariff: Tariff, claims: Sequence[Claim], at: datetime) -> set[UUID]:
    """Issue these claims in their order as far as the budget goes and queue the rest; answers the keys that wait.

    As with `issue_or_queue` nobody is paid before somebody who waits, and no later claim before an earlier one.
    """
    paid = 0 if somebody_waits() else _issued_from_the_front(tariff, claims, at)
    Waiting.objects.bulk_create(Waiting(claim=claim, since=at) for claim in claims[paid:])
    return {claim.key for claim in claims[paid:]}


def _issued_from_the_front(tariff: Tariff, claims: Sequence[Claim], at: datetime) -> int:
    """How many claims from the first on could be paid; 0 when somebody else joined the queue meanwhile."""
    wanted = len(claims)
    while wanted:
        with transaction.atomic():
            fits = _post_all(tariff, claims[:wanted], at)
            overtaking = somebody_waits()
            transaction.set_rollback(overtaking or fits < wanted)
        if overtaking:
            return 0
        if fits == wanted:
            return wanted
        wanted = fits
    return 0


def _post_all(tariff: Tariff, claims: Sequence[Claim], at: datetime) -> int:
    """Post the shares of all claims in one batch; how many claims come before the first that the budget refuses."""
    day = seoul_date(at)
    fund = fund_of(day)
    terms = Terms(fund, tariff.expires_on(day), tariff.unit.won_per_minor(day))
    order = {claim.key: number for number, claim in enumerate(claims)}
    shares = sorted(ClaimShare.objects.filter(claim__in=order), key=lambda share: (order[share.claim_id], share.pk))
    commands = _earnings(tariff, shares, terms, at)
    verdicts = post(commands)
    for share, verdict in zip(shares, verdicts, strict=True):
        if isinstance(verdict.refusal, _NO_BUDGET):
            return order[share.claim_id]
        if verdict.refusal is not None and verdict.refusal.code != "linked_refused":
            raise verdict.refusal
    Award.objects.bulk_create(
        Award(share=share, ledger_key=command.key, transfer=verdict.transfer, fund=fund, at=at)
        for share, command, verdict in zip(shares, commands, verdicts, strict=True)
        if verdict.transfer is not None
    )
    return len(claims)


def shares_of(claim: Claim) -> list[ClaimShare]:
    """The claim's shares, in their order."""
    return list(ClaimShare.objects.filter(claim=claim).order_by("id"))


def recalled(key: UUID, warnings: tuple[CapUse, ...] = ()) -> Awarded:
    """The answer for an accepted claim, built from what is stored."""
    claim = Claim.objects.get(key=key)
    shares = shares_of(claim)
    transfers = dict(Award.objects.filter(share__in=shares).values_list("share_id", "transfer"))
    return answer(claim, shares, transfers, rank=rank_of(claim), warnings=warnings)


def answer(
    claim: Claim,
    shares: Sequence[ClaimShare],
    transfers: Transfers,
    *,
    rank: int | None,
    warnings: tuple[CapUse, ...],
) -> Awarded:
    """What an accepted claim has come to."""
    tariff = district_tariff()
    per = tariff.kind(claim.kind).per
    left_over = claim.quantity - claim.counted
    return Awarded(
        key=claim.key,
        kind=claim.kind,
        day=claim.day,
        counted=claim.counted,
        left_over=left_over,
        short_by=per - left_over if left_over else 0,
        shares=tuple(
            Share(s.person_id, Part(s.part), Amount(tariff.unit, s.coins), transfers.get(s.pk), s.vest_on)
            for s in shares
        ),
        rank=rank,
        warnings=warnings,
    )


def rank_of(claim: Claim) -> int | None:
    """The claim's place in the queue (1 = next), or None when it does not wait."""
    waiting = Waiting.objects.filter(claim=claim, issued_at=None).first()
    if waiting is None:
        return None
    return Waiting.objects.filter(issued_at=None, id__lte=waiting.pk).count()


def somebody_waits() -> bool:
    """Whether there is a queue at all."""
    return Waiting.objects.filter(issued_at=None).exists()


def _earnings(tariff: Tariff, shares: Sequence[ClaimShare], terms: Terms, at: datetime) -> list[Command]:
    earners = last_holders(share.person_id for share in shares)
    return [_earn(tariff, share, earners[share.person_id], terms, at) for share in shares]


def _earn(tariff: Tariff, share: ClaimShare, earner: Holder, terms: Terms, at: datetime) -> Command:
    wallet = arrival(earner, tariff.unit.code, at)
    vest_at = None
    if share.vest_on is not None and share.vest_on > seoul_date(at):
        vest_at = datetime.combine(share.vest_on, time(), KST).astimezone(UTC)
    return kinds.earn(
        key=derived_id("coin.award", str(share.claim_id), share.part, str(share.person_id)),
        at=at,
        wallet=wallet,
        amount=share.coins,
        terms=terms,
        vest_at=vest_at,
        link=str(share.claim_id),
    )


def _first_cause(refusals: list[LedgerRefusal]) -> LedgerRefusal:
    """The refusal that made the linked others fall."""
    causes = [refusal for refusal in refusals if refusal.code != "linked_refused"]
    return causes[0] if causes else refusals[0]
