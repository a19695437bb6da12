"""How many claims wait for the second hand at some places: what a counter's screen asks every second."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import OuterRef, Subquery

from pumasi.services.deeds.models import Claim, ClaimStep, State


def waiting_count(places: Sequence[UUID]) -> int:
    """Claims at these places whose latest step is REVIEW; one query."""
    latest = ClaimStep.objects.filter(claim=OuterRef("pk")).order_by("-id").values("state")[:1]
    claims = Claim.objects.filter(place_id__in=places).annotate(latest=Subquery(latest))
    return claims.filter(latest=State.REVIEW).count()
