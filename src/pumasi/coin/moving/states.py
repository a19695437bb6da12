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
    """The state after these steps. A way back that was found closed (used in between) leaves it as it was before."""
    if StepName.BACK_CLOSED in steps:
        return State.DONE if StepName.DONE in steps else State.LOADING
    return next((state for step, state in _BY_STEP if step in steps), State.PROPOSED)


def is_open(steps: Collection[str]) -> bool:
    """Whether the import still waits for somebody, so that no other may be proposed."""
    state = state_of(steps)
    return state is State.UNDOING or (state not in ENDED and StepName.DONE not in steps)
