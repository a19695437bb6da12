"""Deeds that were paid, for officers who look into one: what, where, when, how much; never whose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from pumasi.civic.people.queries import of_self
from pumasi.coin.district import district_tariff
from pumasi.coin.hearings.models import Case, CaseStep, Kind, State
from pumasi.coin.models import Award, Claim, ClaimShare
from pumasi.coin.tariff import Part
from pumasi.kernel.amount import Amount

PAGE = 200


@dataclass(frozen=True)
class PaidClaim:
    """`counted` in the tariff's measure; `coins` of all who were paid for it."""

    key: UUID
    at: datetime
    day: date
    kind: str
    place_id: UUID
    counted: int
    coins: Amount


def paid_claims_at(place_id: UUID, day: date) -> list[PaidClaim]:
    """The deeds of a day (Seoul) at a place that were paid, newest first, at most 200; two queries."""
    paid = Award.objects.filter(share__claim__place_id=place_id, share__claim__day=day).values("share__claim_id")
    return _with_coins(list(Claim.objects.filter(key__in=paid).order_by("-at")[:PAGE]))


def paid_claim(key: UUID, *, by_award: bool = False) -> PaidClaim | None:
    """One deed by its key (or by the ledger's key of one of its awards), or None where nothing was paid."""
    wanted = {"ledger_key": key} if by_award else {"share__claim_id": key}
    claim = Award.objects.filter(**wanted).values_list("share__claim_id", flat=True).first()
    found = _with_coins(list(Claim.objects.filter(key=claim))) if claim else []
    return found[0] if found else None


def wholly_taken_back() -> list[UUID]:
    """The deeds whose doer has had to give all coins back, for good."""
    final = CaseStep.objects.filter(state=State.FINAL, case__kind=Kind.CLAWBACK)
    taken = dict(final.values_list("case__subject", "case__coins"))
    awards = Award.objects.filter(ledger_key__in=list(taken), share__part=Part.RESIDENT).select_related("share")
    return [each.share.claim_id for each in awards if each.share.coins == taken[each.ledger_key]]


def is_under_hearing(claim_id: UUID, person_id: UUID) -> bool:
    """Whether coins of this deed were, or are to be, taken back from this person."""
    mine = Award.objects.filter(of_self(person_id, "share__person"), share__claim_id=claim_id).values("ledger_key")
    return Case.objects.filter(kind=Kind.CLAWBACK, subject__in=mine).exists()


def _with_coins(rows: Sequence[Claim]) -> list[PaidClaim]:
    sums = dict(ClaimShare.objects.filter(claim__in=rows).values_list("claim_id").annotate(Sum("coins")))
    unit = district_tariff().unit
    return [
        PaidClaim(row.key, row.at, row.day, row.kind, row.place_id, row.counted, Amount(unit, sums[row.key]))
        for row in rows
    ]
