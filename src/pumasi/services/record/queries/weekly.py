"""The public record in the office's week: what was published, and a sealer that stands still."""

from datetime import timedelta

from django.db.models import Count, Max
from django.utils.translation import gettext as _

from pumasi.civic.shell.weekly import Silent, Week, Weekly, compared
from pumasi.kernel.clock import seoul_date
from pumasi.ledger.reads import without_leaf
from pumasi.seal.models import Block

LATE = timedelta(hours=25)


def weekly(week: Week) -> Weekly:
    """Silent when a transfer has waited for its block for more than a day and an hour."""
    waiting = next(iter(without_leaf(1)), None)
    silent: tuple[Silent, ...] = ()
    if waiting is not None and waiting.at < week.at - LATE:
        latest = Block.objects.aggregate(at=Max("published_at"))["at"]
        silent = (Silent(_("Public record"), _("The sealer stands still"), seoul_date(latest) if latest else None),)
    return Weekly(compared(week, _blocks, _("Blocks published")), silent)


def _blocks(week: Week) -> tuple[str]:
    found = Block.objects.filter(published_at__range=week.span).aggregate(count=Count("number"))
    return (f"{found['count']:,}",)
