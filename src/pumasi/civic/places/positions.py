"""A point on the map: whole hundred-thousandths of a degree (about a metre), WGS84, within South Korea.

Not here: outlines of dongs (`boundaries`), and anything about where a visitor is: that never leaves the phone.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from pumasi.civic.places.errors import PositionOutside

PER_DEGREE = 100_000
# South Korea with its islands; swapped or projected numbers fall outside.
SOUTH, NORTH = 33 * PER_DEGREE, 39 * PER_DEGREE
WEST, EAST = 124 * PER_DEGREE, 132 * PER_DEGREE
_TYPED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,20})?")


@dataclass(frozen=True, slots=True)
class Position:
    """Where something stands; raises PositionOutside beyond South Korea."""

    latitude_e5: int
    longitude_e5: int

    def __post_init__(self) -> None:
        if not (SOUTH <= self.latitude_e5 <= NORTH and WEST <= self.longitude_e5 <= EAST):
            raise PositionOutside()

    @property
    def latitude(self) -> str:
        """Degrees as text with five decimals."""
        return _degrees(self.latitude_e5)

    @property
    def longitude(self) -> str:
        """Degrees as text with five decimals."""
        return _degrees(self.longitude_e5)


def read_position(latitude: str, longitude: str) -> Position:
    """The point that two typed numbers of degrees mean; raises PositionOutside for anything else."""
    typed = (latitude.strip(), longitude.strip())
    if not all(_TYPED.fullmatch(each) for each in typed):
        raise PositionOutside()
    e5 = [round(Decimal(each) * PER_DEGREE) for each in typed]
    return Position(*e5)


def _degrees(e5: int) -> str:
    return f"{e5 // PER_DEGREE}.{e5 % PER_DEGREE:05}"
