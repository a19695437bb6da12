"""Coins were taken back for good: the claim ends as REVERSED. Not here: notice and hearing (`coin.hearings`)."""

from django.db import transaction

from pumasi.coin.operations import finish_clawbacks
from pumasi.coin.queries.paid import wholly_taken_back
from pumasi.kernel.acting import Acting
from pumasi.services.deeds.models import Claim, State
from pumasi.services.deeds.operations.steps import Move, locked, step
from pumasi.services.deeds.queries.claims import state_of


def take_back_what_is_final(acting: Acting) -> int:
    """Take back what no way back is left for, and end the claims of which nothing remains; answers how many cases.

    Safe to run again and to kill at any point: which claims have to end is read from the cases.
    """
    done = len(finish_clawbacks(acting))
    for key in Claim.objects.filter(id__in=wholly_taken_back()).values_list("id", flat=True):
        with transaction.atomic():
            claim = locked(key)
            if state_of(key) is State.ISSUED:
                step(acting, claim, Move(State.REVERSED))
    return done
