"""What somebody should know before they walk: what is stopped, and which of their caps are nearly used up.

Not here: the rank in the waiting list (`queries.budget.rank_if_claimed`).
"""

from datetime import datetime
from uuid import UUID

from pumasi.coin.caps import nearly_used
from pumasi.coin.district import district_tariff
from pumasi.coin.freezes import FreezeFacts, FreezeWhat, freezes_in_force
from pumasi.coin.parties import venue
from pumasi.coin.queries.rule_words import cap_text, kind_name
from pumasi.kernel.clock import seoul_date


def stop_notices(at: datetime, language: str, *, kind: str = "", place_id: UUID | None = None) -> list[str]:
    """What is stopped, in words: for a kind, for a place, or (neither given) everything that is not one place's."""
    return [_stop(each, language) for each in freezes_in_force(at) if _concerns(each, kind, place_id)]


def cap_notices(person_id: UUID, at: datetime, language: str) -> list[str]:
    """The person's caps that are used to 80 % or more, with what is left and until when."""
    tariff = district_tariff()
    found = []
    for use in nearly_used(tariff, person_id, seoul_date(at)):
        what, left, until = cap_text(tariff, use.scope, use.kind, language), use.left.text(), use.until.isoformat()
        if language == "ko":
            found.append(f"{what} 한도 {use.limit.text()}코인 중 {left}코인이 남았어요({until}까지).")
        else:
            found.append(f"Of {use.limit.text()} coins ({what}), {left} are left until {until}.")
    return found


def _concerns(freeze: FreezeFacts, code: str, place_id: UUID | None) -> bool:
    tariff = district_tariff()
    if code in tariff.kinds:
        return freeze.stops(tariff.kinds[code], place_id)
    if place_id is not None:
        return freeze.what is FreezeWhat.ALL or freeze.place_id == place_id
    return freeze.what is not FreezeWhat.PLACE


def _stop(freeze: FreezeFacts, language: str) -> str:
    ko, en = {
        FreezeWhat.ALL: ("모든 적립", "All earning"),
        FreezeWhat.PROMOTIONS: ("모든 행사", "All promotions"),
        FreezeWhat.KIND: ("", ""),
        FreezeWhat.PLACE: ("", ""),
    }[freeze.what]
    what = ko if language == "ko" else en
    if freeze.what is FreezeWhat.KIND:
        what = kind_name(district_tariff(), freeze.kind, language)
    if freeze.place_id is not None:
        place = venue(freeze.place_id)
        what = place.name_ko if language == "ko" else place.name_en
    return f"{what}: {freeze.refusal().text(language)}"
