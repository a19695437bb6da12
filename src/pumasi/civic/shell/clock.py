"""The clock of this node: real time, or the demo's shifted clock that every process reads (decisions 20)."""

from pathlib import Path

from django.conf import settings

from pumasi.kernel.clock import Clock, DemoClock, SystemClock


def demo_clock_path() -> Path:
    """Where the demo keeps how far its clock is shifted."""
    return Path(settings.HOME) / "clock.json"


def current_clock() -> Clock:
    """The clock that edges read once per request; operations get the moment in `Acting.at`."""
    return DemoClock(demo_clock_path()) if settings.DEMO else SystemClock()
