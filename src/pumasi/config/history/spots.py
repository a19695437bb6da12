"""Where the demo's places stand: made-up points, always the same, spread over the real dong that each place names."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import count, islice

from pumasi.civic.places.boundaries import Dong, district_boundaries
from pumasi.civic.places.positions import Position

# The plastic number's powers fill a square evenly, whatever their number (Roberts 2018, "R2").
_STEPS = (0.7548776662466927, 0.5698402909980532)
SPOTS = 500


def spot(dong: str, number: int) -> Position | None:
    """The point with this number, below 500, in the dong; None where the district's outlines do not know the dong."""
    known = district_boundaries()
    found = known.dong(dong) if known else None
    return _spots(found)[number % SPOTS] if found else None


@lru_cache(maxsize=64)
def _spots(dong: Dong) -> tuple[Position, ...]:
    return tuple(islice(_inside(dong), SPOTS))


def _inside(dong: Dong) -> Iterator[Position]:
    points = [point for polygon in dong.polygons for ring in polygon for point in ring]
    south, west = min(each.latitude_e5 for each in points), min(each.longitude_e5 for each in points)
    tall = max(each.latitude_e5 for each in points) - south
    wide = max(each.longitude_e5 for each in points) - west
    for turn in count(1):
        at = Position(south + int(turn * _STEPS[0] % 1 * tall), west + int(turn * _STEPS[1] % 1 * wide))
        if dong.holds(at):
            yield at
