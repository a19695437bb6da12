"""Where the carrying over of a year stands."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.shell.language import page_language
from pumasi.coin.operations import check_carry_over
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.yearend.models import CarryOver, CarryOverDone
from pumasi.services.yearend.queries.words import won


@dataclass(frozen=True)
class Carrying:
    """`may_ask` and `may_agree` for this viewer; `why_not` says why nothing can be carried over, empty when it can."""

    won: str
    asked_at: datetime | None
    document: str
    done_at: datetime | None
    why_not: str
    may_ask: bool
    may_agree: bool


def carrying(year: int, viewer: UUID, is_officer: bool, at: datetime) -> Carrying:
    """The state for this viewer."""
    done = CarryOverDone.objects.filter(year=year).select_related("asked").first()
    if done is not None:
        return Carrying(won(done.won), done.asked.at, done.asked.document, done.at, "", False, False)
    asked, why_not, amount = open_request(year), "", 0
    try:
        amount = check_carry_over(year, seoul_date(at))
    except Refusal as refusal:
        why_not = refusal.text(page_language())
    free = is_officer and not why_not
    return Carrying(
        won=won(amount),
        asked_at=asked.at if asked else None,
        document=asked.document if asked else "",
        done_at=None,
        why_not=why_not,
        may_ask=free and asked is None,
        may_agree=free and asked is not None and asked.asked_by_id != viewer,
    )


def open_request(year: int) -> CarryOver | None:
    """The request that nobody has agreed to yet."""
    done = CarryOverDone.objects.values("asked_id")
    return CarryOver.objects.filter(year=year).exclude(id__in=done).order_by("at").first()
