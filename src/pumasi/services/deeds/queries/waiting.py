"""How many claims wait: for the second hand at some places (a counter's screen asks every second), of a past year."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from pumasi.services.deeds.models import State
from pumasi.services.deeds.queries.claims import SETTLED, latest_steps


def waiting_count(places: Sequence[UUID]) -> int:
    """Claims at these places that their staff have not decided; one query."""
    return latest_steps().filter(state=State.REVIEW, role="STAFF", claim__place_id__in=places).count()


def undecided_before(moment: datetime) -> dict[str, int]:
    """Role that has to act ("" = the person who did it) -> open claims of deeds done before a moment; one query."""
    unsettled = latest_steps().exclude(state__in=SETTLED).filter(claim__done_at__lt=moment)
    return dict(unsettled.order_by("role").values_list("role").annotate(Count("id")))
