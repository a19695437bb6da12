"""Settlement in the office's week: what was paid out, and settlements that wait."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from pumasi.civic.shell.weekly import Silent, Week, Weekly, compared
from pumasi.coin.settlement.models import Batch, Line, LineState, State
from pumasi.kernel.clock import seoul_date


def weekly(week: Week) -> Weekly:
    """Three queries. A settlement is silent when nobody has gone on with it for the whole week."""
    waits = Batch.objects.filter(state__in=(State.DRAFT, State.CHECKED, State.EXPORTED))
    silent = tuple(
        Silent(_("Settlements that wait"), str(each.number), seoul_date(each.checked_at or each.made_at))
        for each in waits
        if seoul_date(each.checked_at or each.made_at) < week.first
    )
    return Weekly(compared(week, _paid, _("Won paid out to shops")), silent)


def _paid(week: Week) -> tuple[str]:
    rows = Line.objects.filter(state=LineState.PAID, ended_at__range=week.span)
    return (f"{rows.aggregate(won=Sum('won', default=0))['won']:,}",)
