"""Good deeds in the office's week: what was recognised and refused; machines, lists and rolls that gave no sign."""

from collections.abc import Iterator

from django.db.models import Max, Q, Sum
from django.utils.translation import gettext as _

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import open_places
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import place_url
from pumasi.civic.shell.weekly import Silent, Week, Weekly, compared
from pumasi.civic.visits.models import Session
from pumasi.coin.district import district_tariff
from pumasi.coin.models import Claim as PaidClaim
from pumasi.coin.models import ClaimShare
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.models import Batch, Binding, ClaimStep, MachineReceipt, State


def weekly(week: Week) -> Weekly:
    """A fixed number of queries."""
    names = (_("Deeds recognised"), _("Coins earned"), _("People who earned"), _("Claims refused"))
    figures = compared(week, _sums, *names)
    return Weekly(figures, (*_machines(week), *_lists(week), *_rolls(week)))


def _sums(week: Week) -> tuple[str, ...]:
    days = (week.first, week.last)
    shares = ClaimShare.objects.filter(claim__day__range=days)
    sums = shares.aggregate(coins=Sum("coins", default=0))
    refused = ClaimStep.objects.filter(state__in=(State.REJECTED, State.DUPLICATE), at__range=week.span)
    return (
        f"{PaidClaim.objects.filter(day__range=days).count():,}",
        Amount(district_tariff().unit, sums["coins"]).text(),
        f"{shares.values('person').distinct().count():,}",
        f"{refused.count():,}",
    )


def _machines(week: Week) -> Iterator[Silent]:
    until = week.span[1]
    latest = MachineReceipt.objects.filter(made_at__lte=until).values_list("key__place").annotate(at=Max("made_at"))
    seen = {place: seoul_date(at) for place, at in latest}
    for each in open_places(PlaceKind.MACHINE, week.last):
        last = seen.get(each.id)
        if last is None or last < week.first:
            yield Silent(_("Collecting machines"), each.name(page_language()), last, place_url(each.number))


def _lists(week: Week) -> Iterator[Silent]:
    lasting = Q(ended_on=None) | Q(ended_on__gt=week.last)
    bound = Binding.objects.filter(lasting, starts__lte=week.first, ends__gte=week.last).select_related("organisation")
    sent = Batch.objects.filter(at__lte=week.span[1]).values_list("organisation_id").annotate(latest=Max("at"))
    seen = {organisation: seoul_date(at) for organisation, at in sent}
    for each in {row.organisation_id: row.organisation for row in bound}.values():
        last = seen.get(each.id)
        if last is None or last < week.first:
            name = each.name_ko if page_language() == "ko" else each.name_en
            yield Silent(_("Lists of organisations"), name, last)


def _rolls(week: Week) -> Iterator[Silent]:
    for each in Session.objects.filter(ends_at__lte=week.span[1], closed_at=None).order_by("ends_at")[:50]:
        yield Silent(_("Rolls that nobody has closed"), each.title, seoul_date(each.ends_at))
