"""Campaigns as everybody sees them. Donors are not in here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.giving.operations import escrow
from pumasi.coin.giving.queries import collected, given_by, times_given
from pumasi.coin.giving.rules import giving_rules
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.giving.errors import NoSuchCampaign
from pumasi.services.giving.models import Campaign, CampaignState, CampaignStep

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

State = CampaignState
PUBLIC = (State.OPEN, State.REACHED, State.CLOSED, State.RELEASED, State.EVIDENCED, State.FAILED, State.RETURNED)
SHOWN = 40
FEW = 5  # under this many donations no number is shown

_TAGS: dict[str, tuple["_StrOrPromise", str]] = {
    State.DRAFT: (_("Waits for two officers"), "warn"),
    State.OPEN: (_("Open"), "good"),
    State.REACHED: (_("Full"), "good"),
    State.CLOSED: (_("Ended, target reached"), "good"),
    State.RELEASED: (_("Passed on to the charity"), "good"),
    State.EVIDENCED: (_("Used, with evidence"), "good"),
    State.FAILED: (_("Not reached, coins go back"), "warn"),
    State.CANCELLED: (_("Cancelled, coins go back"), "warn"),
    State.RETURNED: (_("Coins went back"), ""),
}


@dataclass(frozen=True)
class CampaignCard:
    """One campaign of a list. `percent` is at most 100, for the bar; figures are words."""

    id: UUID
    url: str
    title: str
    charity: str
    tag: str
    tone: str
    so_far: str
    target: str
    percent: int
    deadline: date
    is_open: bool


@dataclass(frozen=True)
class CampaignPage:
    """A campaign's public page. `times` is empty under five donations; `own` is what the charity's manager gave."""

    card: CampaignCard
    text: str
    number: str
    clause: str
    document: str
    account: str
    times: str
    own: str
    no_receipt: str
    released: str
    released_won: str
    payment_number: str
    used_won: str
    used_for: str
    used_document: str
    reason: str
    steps: tuple[tuple[str, datetime], ...]


_STEPS: dict[str, "_StrOrPromise"] = {
    "PROPOSED": _("Proposed by the charity"),
    "APPROVED": _("An officer agreed"),
    "OPEN": _("Opened"),
    "REACHED": _("Target reached"),
    "CLOSED": _("Last day over, target reached"),
    "FAILED": _("Last day over, target missed"),
    "CANCELLED": _("Cancelled by the district"),
    "RETURNED": _("All coins went back"),
    "RELEASE": _("An officer agreed to pass it on"),
    "RELEASED": _("Passed on to the charity"),
    "PAID": _("The charity was paid"),
    "EVIDENCED": _("The charity said what it was used for"),
}


def campaign_list(at: datetime) -> list[CampaignCard]:
    """Campaigns that may be seen by everybody, open ones first, then the newest."""
    rows = list(Campaign.objects.filter(state__in=PUBLIC).select_related("charity").order_by("-drafted_at")[:SHOWN])
    cards = cards_of(rows, at)
    return sorted(cards, key=lambda each: not each.is_open)


def cards_of(rows: Iterable[Campaign], at: datetime) -> list[CampaignCard]:
    """Cards with their totals; one look-up for all of them."""
    campaigns = list(rows)
    held = collected(each.id for each in campaigns)
    unit, today = district_tariff().unit, seoul_date(at)
    cards = []
    for row in campaigns:
        so_far = Amount(unit, row.released) if row.released else held[row.id]
        tag, tone = _TAGS[row.state]
        cards.append(
            CampaignCard(
                id=row.id,
                url=reverse("giving:campaign", args=[row.id]),
                title=_by_language(row.title_ko, row.title_en),
                charity=_by_language(row.charity.name_ko, row.charity.name_en),
                tag=str(tag),
                tone=tone,
                so_far=so_far.text(),
                target=Amount(unit, row.target).text(),
                percent=min(100, so_far.minor * 100 // row.target),
                deadline=row.deadline,
                is_open=row.state == State.OPEN and today <= row.deadline,
            )
        )
    return cards


def campaign_page(campaign_id: UUID, at: datetime, *, for_desk: bool = False) -> CampaignPage:
    """One campaign; drafts and cancelled ones only for desks. Raises NoSuchCampaign."""
    row = Campaign.objects.select_related("charity").filter(id=campaign_id).first()
    if row is None or (row.state == State.DRAFT and not for_desk):
        raise NoSuchCampaign()
    (card,) = cards_of([row], at)
    unit, rules, steps = district_tariff().unit, giving_rules(), CampaignStep.objects.filter(campaign=row)
    times, own = times_given(row.id), given_by(row.charity.manager_id, row.id)
    cancelled = steps.filter(what="CANCELLED").order_by("id").first()
    return CampaignPage(
        card=card,
        text=_by_language(row.text_ko, row.text_en),
        number=row.charity.number,
        clause=row.clause,
        document=row.document,
        account=escrow(row.id),
        times=f"{times:,}" if times >= FEW else "",
        own=own.text() if own else "",
        no_receipt=_by_language(rules.no_receipt_ko, rules.no_receipt_en),
        released=Amount(unit, row.released).text() if row.released else "",
        released_won=f"{row.released_won:,}",
        payment_number=row.payment_number,
        used_won=f"{row.used_won:,}" if row.used_won else "",
        used_for=row.used_for,
        used_document=row.used_document,
        reason=cancelled.note if cancelled else "",
        steps=tuple((str(_STEPS[step.what]), step.at) for step in steps.order_by("id")),
    )


def title_of(campaign_id: UUID) -> str:
    """The title in the language of the page; raises NoSuchCampaign."""
    row = Campaign.objects.filter(id=campaign_id).first()
    if row is None:
        raise NoSuchCampaign()
    return _by_language(row.title_ko, row.title_en)


def _by_language(ko: str, en: str) -> str:
    return en if page_language() == "en" else ko
