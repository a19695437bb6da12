"""The demo's personas, each on its own host (`resident.localhost`, ...), so that no password is needed.

Only read when `PUMASI_DEMO=1`; the demo writes `personas.json` with the people that it made. Not here: sign-in.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pumasi.kernel.acting import Channel

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Persona:
    """A part to play in the demo: its host label, what to call it, its device and its first text size."""

    slug: str
    label: "_StrOrPromise"
    say: "_StrOrPromise"
    channel: Channel
    text: str = "normal"


PERSONAS = (
    Persona("resident", _("Resident"), _("Earn coins with a good deed, pay a shop, look at the slip."), Channel.PHONE),
    Persona("elder", _("Elder resident"), _("The same pages with very large text."), Channel.PHONE, text="xlarge"),
    Persona("shop", _("Shop owner"), _("See the coins you received, undo or refund."), Channel.PHONE),
    Persona(
        "facility",
        _("Facility staff"),
        _("Show the place's code, confirm deeds, take coins at the counter."),
        Channel.DESK,
    ),
    Persona("official", _("Dong official"), _("Households in need, organisations, the roll."), Channel.DESK),
    Persona("reviewer", _("Reviewer"), _("Photos and objections, by deadline."), Channel.DESK),
    Persona("organisation", _("Organisation"), _("Send in lists of members, approve a roll."), Channel.DESK),
    Persona("issuer", _("District issuer"), _("Budget, waiting list, tariff, shops."), Channel.DESK),
    Persona(
        "officer", _("Budget officer"), _("Agree as the second person; sign what the budget allows."), Channel.DESK
    ),
    Persona("cosigner", _("Second budget officer"), _("The second signature under a budget order."), Channel.DESK),
    Persona("treasury", _("Treasury"), _("Make a settlement, hand it to the treasury, record it."), Channel.DESK),
    Persona(
        "checker", _("Second person of the treasury"), _("Check a settlement that another has made."), Channel.DESK
    ),
    Persona("charity", _("Charity"), _("Propose a campaign, say what the coins were used for."), Channel.PHONE),
    Persona("auditor", _("Auditor"), _("Read the books: trial balance and budget."), Channel.DESK),
)

# The staff of a stand (`PUMASI_BOOTH=1`): one at each station, and one at the souvenir counter.
STAND = (
    Persona("goods", _("Station: carbon-zero goods"), _("Accept what guests hand over."), Channel.DESK),
    Persona("pet", _("Station: clear PET"), _("Show the code to guests with bottles."), Channel.DESK),
    Persona(
        "helping", _("Station: volunteering"), _("Check guests in and out, or confirm their minutes."), Channel.DESK
    ),
    Persona("souvenirs", _("Souvenir counter"), _("Take practice coins."), Channel.DESK),
)


def personas_path() -> Path:
    """The file in which the demo notes which person plays which part."""
    return Path(settings.HOME) / "personas.json"


def save_cast(cast: dict[str, UUID]) -> None:
    """Write who plays which part: persona slug -> person id."""
    personas_path().write_text(json.dumps({slug: str(person) for slug, person in cast.items()}), encoding="utf-8")


def read_cast() -> dict[str, UUID]:
    """Who plays which part; empty before the demo has made its people."""
    path = personas_path()
    if not path.exists():
        return {}
    return {slug: UUID(person) for slug, person in json.loads(path.read_text(encoding="utf-8")).items()}


def part_origins(host: str) -> dict[str, str]:
    """Persona slug -> the address at which this part is played, on the port of `host`; "" is the page of all parts."""
    _name, colon, port = host.partition(":")
    return {slug: f"http://{slug}{'.' if slug else ''}localhost{colon}{port}" for slug in ("", *read_cast())}


def persona_of(host: str) -> Persona | None:
    """The persona whose host this is (`resident.localhost:8000` -> resident), else None."""
    label, _dot, rest = host.partition(":")[0].partition(".")
    if rest != "localhost":
        return None
    return next((each for each in (*PERSONAS, *STAND) if each.slug == label), None)
