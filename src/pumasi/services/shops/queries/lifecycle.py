"""Where a shop stands on its way, for its owner and for officers: state, what is missing, and the whole history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from pumasi.civic.places.business_number import grouped
from pumasi.civic.places.queries import places_by_id
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import place_url
from pumasi.coin.district import district_tariff
from pumasi.coin.hearings.models import Kind
from pumasi.coin.hearings.queries import CaseView, open_case_about
from pumasi.coin.items import items
from pumasi.kernel.clock import seoul_date
from pumasi.services.shops.models import Shop, ShopStep, State

PAGE = 100


@dataclass(frozen=True)
class StepLine:
    """One step in words; `objection` says until when and where one can object, if there is a reason to."""

    name: str
    at: datetime
    why: str
    clause: str
    notice: str
    until: date | None
    objection: str


@dataclass(frozen=True)
class ShopView:
    """A shop on its way. `items` are names; `item_codes` what the form shows again; `page`: that of its place."""

    id: UUID
    place_id: UUID | None
    page: str
    name: str
    name_ko: str
    name_en: str
    dong: str
    number: str
    items: tuple[str, ...]
    item_codes: tuple[str, ...]
    state: str
    state_name: str
    say: str
    tone: str
    applied_at: datetime
    steps: tuple[StepLine, ...]


def state_on(shop: Shop, day: date) -> State:
    """The state on that day: a suspension is over after its last day by itself."""
    latest = ShopStep.objects.filter(shop=shop).order_by("-id")[0]
    return _state(latest, day)


def shops_of(owner_id: UUID, at: datetime) -> list[ShopView]:
    """The shops that a person has applied for, the newest first."""
    return _views(list(Shop.objects.filter(owner_id=owner_id).order_by("-applied_at")[:PAGE]), at)


def shop_of(shop_id: UUID, at: datetime, owner_id: UUID | None = None) -> ShopView | None:
    """One shop; with `owner_id`, only when it is theirs."""
    found = Shop.objects.filter(id=shop_id)
    views = _views(list(found if owner_id is None else found.filter(owner_id=owner_id)), at)
    return views[0] if views else None


def shops_in(states: Sequence[str], at: datetime) -> list[ShopView]:
    """Shops in one of these states, the oldest first: the officers' inbox."""
    wanted = set(states)
    rows = list(Shop.objects.order_by("applied_at")) if wanted else []
    return [each for each in _views(rows, at) if each.state in wanted][:PAGE]


def state_names() -> dict[str, tuple[str, str, str]]:
    """State -> name, what it means for the owner, tone."""
    return {
        State.APPLIED: (_("Handed in"), _("An officer checks the certificate. You need not do anything."), ""),
        State.MISSING: (_("Something is missing"), _("Read below what is missing and hand it in again."), "warn"),
        State.REFUSED: (_("Refused"), _("The reason stands below."), "bad"),
        State.VERIFIED: (_("Checked"), _("All is right. Press the button to open the shop for coins."), "good"),
        State.ACTIVE: (_("Open for coins"), _("The shop takes coins and items."), "good"),
        State.PROPOSED: (
            _("Under review"),
            _("The shop still works. You can give your opinion before a second officer decides."),
            "warn",
        ),
        State.SUSPENDED: (_("Suspended"), _("The shop takes no coins and items for now. Refunds work."), "bad"),
        State.CLOSED: (_("Closed"), _("Refunds work until the refund days are over; then the last payout comes."), ""),
    }


def _state(latest: ShopStep, day: date) -> State:
    state = State(latest.state)
    over = latest.until is not None and latest.until < day
    return State.ACTIVE if state is State.SUSPENDED and over else state


def _views(rows: list[Shop], at: datetime) -> list[ShopView]:
    steps: dict[UUID, list[ShopStep]] = {each.id: [] for each in rows}
    for step in ShopStep.objects.filter(shop__in=rows).order_by("id"):
        steps[step.shop_id].append(step)
    places = places_by_id([each.place_id for each in rows if each.place_id])
    pages = {each.id: place_url(places[each.place_id].number) for each in rows if each.place_id}
    return [_view(each, steps[each.id], seoul_date(at), pages.get(each.id, "")) for each in rows]


def _view(row: Shop, steps: Sequence[ShopStep], day: date, page: str) -> ShopView:
    state = _state(steps[-1], day)
    name, say, tone = state_names()[state]
    language = page_language()
    known = items().items
    return ShopView(
        id=row.id,
        place_id=row.place_id,
        page=page,
        name=row.name_ko if language.startswith("ko") else row.name_en,
        name_ko=row.name_ko,
        name_en=row.name_en,
        dong=row.dong,
        number=grouped(row.business_number),
        items=tuple(known[code].name(language) for code in row.items.split() if code in known),
        item_codes=tuple(row.items.split()),
        state=state.value,
        state_name=name,
        say=say,
        tone=tone,
        applied_at=row.applied_at,
        steps=tuple(_line(each) for each in steps),
    )


def _line(step: ShopStep) -> StepLine:
    objectable = step.state in (State.REFUSED, State.SUSPENDED, State.PROPOSED)
    return StepLine(
        name=state_names()[State(step.state)][0],
        at=step.at,
        why=step.why,
        clause=step.clause,
        notice=step.notice,
        until=step.until,
        objection=_objection(seoul_date(step.at)) if objectable else "",
    )


def _objection(day: date) -> str:
    tariff = district_tariff()
    korean = page_language() == "ko"
    return _("Objections until %(day)s at %(office)s.") % {
        "day": (day + timedelta(days=tariff.appeal_days)).isoformat(),
        "office": tariff.appeal_office_ko if korean else tariff.appeal_office_en,
    }


def suspension_of(shop_id: UUID, at: datetime) -> CaseView | None:
    """The open case about a suspension of the shop, or None."""
    return open_case_about(Kind.SUSPENSION, shop_id, at)
