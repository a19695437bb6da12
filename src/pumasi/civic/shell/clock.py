"""The clock of this node: real time, or the demo's shifted clock that every process reads (decisions 20)."""

from datetime import datetime, time, timedelta
from pathlib import Path

from django.conf import settings

from pumasi.kernel.clock import KST, Clock, DemoClock, SystemClock

WIPE = time(4)


def demo_clock_path() -> Path:
    """Where the demo keeps how far its clock is shifted."""
    return Path(settings.HOME) / "clock.json"


def current_clock() -> Clock:
    """The clock that edges read once per request; operations get the moment in `Acting.at`."""
    return DemoClock(demo_clock_path()) if settings.DEMO else SystemClock()


def next_wipe(at: datetime) -> datetime:
    """When a stand's node is made anew: the first 04:00 in Seoul after this moment."""
    here = at.astimezone(KST)
    tonight = datetime.combine(here.date(), WIPE, KST)
    return tonight if here < tonight else tonight + timedelta(days=1)
