"""Where an import stands: the sum of its steps. Pure."""

from collections.abc import Collection
from enum import StrEnum

from pumasi.coin.moving.models import StepName


class State(StrEnum):
    """PROPOSED and FIRST wait for officers, APPROVED and LOADING for the box, UNDOING for the box again."""

    PROPOSED = "PROPOSED"
    FIRST = "FIRST"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    LOADING = "LOADING"
    DONE = "DONE"
    BACK_ASKED = "BACK_ASKED"
    UNDOING = "UNDOING"
    UNDONE = "UNDONE"


ENDED = frozenset({State.REJECTED, State.UNDONE})
# The latest step that was made, from the end, tells the state.
_BY_STEP = (
    (StepName.UNDONE, State.UNDONE),
    (StepName.REJECTED, State.REJECTED),
    (StepName.BACK_AGREED, State.UNDOING),
    (StepName.BACK_ASKED, State.BACK_ASKED),
    (StepName.DONE, State.DONE),
    (StepName.STARTED, State.LOADING),
    (StepName.SECOND, State.APPROVED),
    (StepName.FIRST, State.FIRST),
)


def state_of(steps: Collection[str]) -> State:
    """The state after these steps."""
    return next((state for step, state in _BY_STEP if step in steps), State.PROPOSED)
