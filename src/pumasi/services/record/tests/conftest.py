"""The district and the clock that the page tests of this service start from."""

from collections.abc import Callable

import pytest

from pumasi.kernel.clock import FixedClock
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.sealer import SealerAtWork


@pytest.fixture
def seal(clock: FixedClock) -> Callable[[], None]:
    """Publishes what waits."""

    def publish() -> None:
        with SealerAtWork(AT_ONCE, clock) as sealer:
            assert sealer.turn() is None

    return publish
