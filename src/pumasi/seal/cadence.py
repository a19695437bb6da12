"""When a block is formed (decisions 40): so seldom that its time tells the hour of a deed and not the minute.

Pure. `HOURLY` is for a district, `AT_ONCE` for a demo, which says so.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pumasi.kernel.clock import KST, seoul_date

ENOUGH = 20
APART = timedelta(minutes=50)
PROMISE = timedelta(hours=25)  # a day at the most, and an hour for a sealer that was down at midnight


@dataclass(frozen=True, slots=True)
class Cadence:
    """Hourly: at the top of an hour once `enough` wait, and once a day whatever waits. Else whenever anything waits."""

    hourly: bool = True
    enough: int = ENOUGH

    def is_due(self, waiting: int, considered: datetime | None, last: datetime, now: datetime) -> bool:
        """Whether a block is formed now of all that waits.

        considered: the hour for which this was last decided; last: when the newest block was sealed. A sealer that was
        down at the top of the hour is late, and then sits the next one out: two blocks never stand close together.
        """
        if waiting == 0 or not self.hourly:
            return waiting > 0
        hour = top_of_hour(now)
        if (considered is not None and considered >= hour) or now - last < APART:
            return False
        a_new_day = considered is None or seoul_date(considered) < seoul_date(hour)
        return waiting >= self.enough or a_new_day


HOURLY, AT_ONCE = Cadence(), Cadence(hourly=False)


def top_of_hour(now: datetime) -> datetime:
    """The beginning of the hour of `now` in Seoul."""
    return now.astimezone(KST).replace(minute=0, second=0, microsecond=0)
