"""The outlines of the district's dongs: read from GeoJSON, checked, written small, and asked which dong holds a point.

The sample of Seocho stands in `data`; a district imports its own (`pumasi boundaries`). Not here: drawing.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings

from pumasi.civic.places.errors import (
    BoundariesEmpty,
    BoundariesOutside,
    BoundariesTooLarge,
    BoundariesUnreadable,
    BoundaryNameless,
    PositionOutside,
)
from pumasi.civic.places.positions import PER_DEGREE, Position
from pumasi.kernel.text import clean_text

SAMPLE, SAMPLE_CODE = Path(__file__).parent / "data" / "seocho.geojson", "11650"
LIMIT_KB, LIMIT_POINTS = 1000, 20_000
_ADMINISTRATIVE = re.compile(r"(.+?)(?:본|\d+)동")

type Ring = tuple[Position, ...]


@dataclass(frozen=True)
class Dong:
    """A dong with its outline: polygons of rings, the outer one first, then its holes."""

    name_ko: str
    name_en: str
    polygons: tuple[tuple[Ring, ...], ...]

    def holds(self, at: Position) -> bool:
        """Whether the point lies inside: a line from it crosses the rings of one polygon an odd number of times."""
        return any(sum(_crossings(ring, at) for ring in polygon) % 2 for polygon in self.polygons)


@dataclass(frozen=True)
class Boundaries:
    """All outlines, and whom they are from, which the page prints."""

    source_ko: str
    source_en: str
    dongs: tuple[Dong, ...]

    def dong(self, name: str) -> Dong | None:
        """The dong of this name; an administrative one (서초1동, 반포본동) is looked for by its base name (서초동)."""
        base = _ADMINISTRATIVE.sub(r"\1동", name)
        return next((each for word in (name, base) for each in self.dongs if each.name_ko == word), None)

    def dong_at(self, at: Position) -> Dong | None:
        """The dong in which the point lies."""
        return next((each for each in self.dongs if each.holds(at)), None)

    def geojson(self) -> str:
        """The file as it is kept and sent: one line for each dong."""
        head = json.dumps({"ko": self.source_ko, "en": self.source_en}, ensure_ascii=False)
        lines = ",\n".join(_feature(each) for each in self.dongs)
        return f'{{"type":"FeatureCollection","attribution":{head},"features":[\n{lines}\n]}}\n'


def read_boundaries(
    content: bytes, *, source_ko: str = "", source_en: str = "", name_key: str = "name", english_key: str = "name_en"
) -> Boundaries:
    """What a GeoJSON file says; features that are no polygons are left out.

    Raises BoundariesTooLarge, BoundariesUnreadable, BoundariesEmpty, BoundaryNameless and BoundariesOutside.
    """
    if len(content) > LIMIT_KB * 1000:
        raise BoundariesTooLarge(limit_kb=LIMIT_KB, limit_points=LIMIT_POINTS)
    try:
        told = json.loads(content)
        shapes = [each for each in told["features"] if each["geometry"] is not None]
        polygons = [each for each in shapes if each["geometry"]["type"] in ("Polygon", "MultiPolygon")]
    except (ValueError, TypeError, LookupError, RecursionError):
        raise BoundariesUnreadable() from None
    if not polygons:
        raise BoundariesEmpty()
    dongs = tuple(_dong(each, number, name_key, english_key) for number, each in enumerate(polygons, start=1))
    if sum(len(ring) for dong in dongs for polygon in dong.polygons for ring in polygon) > LIMIT_POINTS:
        raise BoundariesTooLarge(limit_kb=LIMIT_KB, limit_points=LIMIT_POINTS)
    said = told.get("attribution")
    known = said if isinstance(said, dict) else {}
    ko = clean_text(source_ko or str(known.get("ko", "")), 300)
    return Boundaries(ko, clean_text(source_en or str(known.get("en", "")), 300) or ko, dongs)


def district_boundaries() -> Boundaries | None:
    """The district's imported outlines, else the sample where it is this district's, else None."""
    own = own_file()
    if own.is_file():
        return _kept(own, own.stat().st_mtime_ns)
    return _kept(SAMPLE, 0) if settings.DISTRICT_CODE == SAMPLE_CODE else None


def keep_boundaries(found: Boundaries) -> int:
    """Let these be the district's outlines from now on; returns the size of their file in bytes."""
    path, written = own_file(), found.geojson().encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".new")
    beside.write_bytes(written)
    beside.replace(path)
    return len(written)


def own_file() -> Path:
    """Where imported outlines are kept."""
    return Path(settings.HOME) / "boundaries.geojson"


@lru_cache(maxsize=4)
def _kept(path: Path, _changed: int) -> Boundaries:
    return read_boundaries(path.read_bytes())


def _dong(feature: Mapping[str, Any], number: int, name_key: str, english_key: str) -> Dong:
    told = feature.get("properties")
    names = told if isinstance(told, dict) else {}
    name, english = names.get(name_key), names.get(english_key)
    if not isinstance(name, str) or not name.strip():
        raise BoundaryNameless(number=number, name_key=name_key[:40])
    geometry = feature["geometry"]
    try:
        outlines = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        polygons = tuple(tuple(_ring(ring) for ring in polygon) for polygon in outlines)
    except PositionOutside:
        raise BoundariesOutside(name=name[:20]) from None
    except (TypeError, ValueError, LookupError, OverflowError):
        raise BoundariesUnreadable() from None
    if not polygons or not all(polygons):
        raise BoundariesUnreadable()
    name = clean_text(name.strip(), 20)
    english = clean_text(english.strip(), 40) if isinstance(english, str) else ""
    return Dong(name, english or name, polygons)


def _ring(points: Iterable[Any]) -> Ring:
    ring = tuple(Position(round(point[1] * PER_DEGREE), round(point[0] * PER_DEGREE)) for point in points)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring has at least four points and ends where it began")
    return ring


def _crossings(ring: Ring, at: Position) -> int:
    """How often the ring passes north of the point on its meridian; whole numbers, so that no rounding decides."""
    return sum(_is_below(at, start, end) for start, end in _edges(ring))


def _edges(ring: Ring) -> Iterator[tuple[Position, Position]]:
    return pairwise(ring)


def _is_below(at: Position, start: Position, end: Position) -> bool:
    if start.longitude_e5 > end.longitude_e5:
        start, end = end, start
    if not start.longitude_e5 <= at.longitude_e5 < end.longitude_e5:
        return False
    wide, far = end.longitude_e5 - start.longitude_e5, at.longitude_e5 - start.longitude_e5
    return (at.latitude_e5 - start.latitude_e5) * wide < (end.latitude_e5 - start.latitude_e5) * far


def _feature(dong: Dong) -> str:
    rings = [
        [[[each.longitude_e5 / PER_DEGREE, each.latitude_e5 / PER_DEGREE] for each in ring] for ring in polygon]
        for polygon in dong.polygons
    ]
    one = len(rings) == 1
    geometry = {"type": "Polygon" if one else "MultiPolygon", "coordinates": rings[0] if one else rings}
    feature = {
        "type": "Feature",
        "properties": {"name": dong.name_ko, "name_en": dong.name_en},
        "geometry": geometry,
    }
    return json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
