"""Working days of Korean offices: without Saturdays, Sundays and public holidays 공휴일, substitute ones included.

The days are those that the package `holidays` knows (관공서의 공휴일에 관한 규정, elections too); a day that the
government declares at short notice is there once the package is renewed. Not here: counting itself (`kernel.clock`).
"""

from collections.abc import Container
from datetime import date
from functools import cache

from pumasi.kernel.clock import add_business_days


def working_day(day: date, days: int) -> date:
    """The `days`-th working day after `day`; 0 gives `day` itself or, when offices rest, the next day they work."""
    return add_business_days(day, days, _public_holidays())


@cache
def _public_holidays() -> Container[date]:
    # Half a second of import that only a deadline needs: no command should start slower for it.
    from holidays import country_holidays

    return country_holidays("KR")
