"""What the board of a stand counts: everything of one day, without anybody in it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from pumasi.civic.people.models import Level, Person
from pumasi.coin.district import district_tariff
from pumasi.coin.items import Saved, items
from pumasi.coin.models import Award, Claim, Payment, Refund
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import KST

PET, VOLUNTEERING = "CLEAR_PET", "VOLUNTEERING"


@dataclass(frozen=True)
class Day:
    """The sums of a day. Minutes: `low` in full steps that earned, `high` as measured by two codes or confirmed."""

    saved: Saved
    bottles: int
    minutes_low: int
    minutes_high: int
    guests: int
    earned: Amount
    spent: Amount

    @property
    def is_empty(self) -> bool:
        return not self.guests


@dataclass(frozen=True)
class Figure:
    """One figure of the board in words: its name, the number, its range, and where it comes from."""

    name: str
    number: str
    range: str
    source: str


def guests(day: date) -> int:
    """How many guests have joined on this day; people whose identity was checked are the staff."""
    return Person.objects.filter(level=Level.L0, joined_on=day).count()


def day_of(day: date) -> Day:
    """The sums of this day, in a fixed number of queries."""
    claims = Claim.objects.filter(day=day)
    rows = claims.values_list("kind").annotate(quantity=Sum("quantity"), counted=Sum("counted"))
    sums = {kind: (quantity, counted) for kind, quantity, counted in rows}
    high, low = sums.get(VOLUNTEERING, (0, 0))
    begins = datetime.combine(day, time(), KST)
    on_day = {"at__gte": begins, "at__lt": begins + timedelta(days=1)}
    paid = sum(Payment.objects.filter(day=day).values_list("coins", flat=True))
    back = sum(Refund.objects.filter(day=day).values_list("coins", flat=True))
    tariff = district_tariff()
    unit = tariff.unit
    return Day(
        saved=items().saved((kind, sums.get(kind, (0, 0))[0], day) for kind in tariff.kinds),
        bottles=sums.get(PET, (0, 0))[0],
        minutes_low=low,
        minutes_high=high,
        guests=guests(day),
        earned=Amount(unit, sum(Award.objects.filter(**on_day).values_list("share__coins", flat=True))),
        spent=Amount(unit, max(0, paid - back)),
    )


def figures(found: Day) -> list[Figure]:
    """The board's figures in the language of the page."""
    saved = found.saved
    return [
        Figure(
            _("CO2 saved"),
            _("%(kg)s kg") % {"kg": _kg(saved.grams)},
            _("%(low)s to %(high)s kg") % {"low": _kg(saved.low), "high": _kg(saved.high)},
            _("%(pieces)s pieces that the staff accepted × grams a piece (sample factors, version %(version)s)")
            % {"pieces": f"{saved.pieces:,}", "version": ", ".join(saved.versions)},
        ),
        Figure(_("Clear PET bottles"), f"{found.bottles:,}", "", _("Bottles in accepted deeds of the PET station")),
        Figure(
            _("Volunteered"),
            _minutes(found.minutes_low),
            _("%(low)s to %(high)s") % {"low": _minutes(found.minutes_low), "high": _minutes(found.minutes_high)},
            _("Low: full steps that earned coins. High: whole minutes from check-in to check-out, or as confirmed"),
        ),
        Figure(_("Guests"), f"{found.guests:,}", "", _("Wallets taken at the button; nobody's name is known")),
        Figure(_("Coins earned"), found.earned.text(), "", _("Coins issued for deeds in the practice ledger")),
        Figure(
            _("Coins spent"), found.spent.text(), "", _("Coins paid in the practice ledger, less what was given back")
        ),
    ]


def _kg(grams: int) -> str:
    return f"{grams / 1000:,.2f}"


def _minutes(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return _("%(hours)s h %(rest)s min") % {"hours": f"{hours:,}", "rest": rest}
