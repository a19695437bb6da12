"""How many claims wait for the second hand at some places: what a counter's screen asks every second."""

from collections.abc import Sequence
from uuid import UUID

from pumasi.services.deeds.models import State
from pumasi.services.deeds.queries.claims import latest_steps


def waiting_count(places: Sequence[UUID]) -> int:
    """Claims at these places that their staff have not decided; one query."""
    return latest_steps().filter(state=State.REVIEW, role="STAFF", claim__place_id__in=places).count()
