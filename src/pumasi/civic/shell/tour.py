"""The demo's first five minutes: what to do as whom, from a good deed to the shop's money. Links, no state."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.manifest import links

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


@dataclass(frozen=True)
class Step:
    """One thing to do as `part` (a persona's slug) at the link of that name; beside: keep it open in a second window.

    Without a part the visitor does it as themselves, and without a link on this very page: the clock.
    """

    part: str
    link: str
    name: "_StrOrPromise"
    say: "_StrOrPromise"
    beside: bool = False


@dataclass(frozen=True)
class TourStep:
    """A step with its address in this demo; "" for what is done on the page itself."""

    url: str
    name: str
    say: str
    beside: bool


STEPS = (
    Step(
        "facility",
        "place_screen",
        _("Facility staff: show the place's code"),
        _("Open the place. Its 8 characters change now and then; leave this window open."),
        beside=True,
    ),
    Step("", "join", _("You: join"), _("Four questions. Make up a name: all of it is gone when the demo starts anew.")),
    Step(
        "",
        "earn",
        _("You: earn coins"),
        _("Type the 8 characters from the other window, choose clear PET bottles and say how many."),
    ),
    Step("", "pay", _("You: pay in a shop"), _("Choose a shop, then 10 coins, then look at the slip.")),
    Step("", "give", _("You: give"), _("Choose the campaign and give 10 coins to it.")),
    Step(
        "",
        "",
        _("Let a week go by"),
        _("Press “+7 days” above. For a week a payment can be given back; after that the shop can be paid."),
    ),
    Step(
        "treasury",
        "settlement",
        _("Treasury: make a settlement"),
        _("All shops whose coins are old enough go into it. Nothing is paid yet."),
    ),
    Step(
        "checker",
        "settlement",
        _("Second person of the treasury: check it"),
        _("Open the draft, compare the sums and confirm. Who made it cannot check it."),
    ),
    Step(
        "treasury",
        "settlement",
        _("Treasury: record that it was paid"),
        _("Open the settlement again: download the files, enter the two numbers, then say that the lines were paid."),
    ),
    Step("shop", "payouts", _("Shop owner: see the money"), _("The payout with every receipt, and never who paid.")),
)


def tour(origins: Mapping[str, str]) -> list[TourStep]:
    """The steps for these parts (slug -> address); empty where a part is not cast or a service is off."""
    known, hosts = {"": "", **links()}, {"": "", **origins}
    if not origins or any(step.part not in hosts or step.link not in known for step in STEPS):
        return []
    return [
        TourStep(f"{hosts[step.part]}{known[step.link]}", str(step.name), str(step.say), step.beside) for step in STEPS
    ]
