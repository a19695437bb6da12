"""`pumasi boundaries FILE`: draw the district's own dongs on the map, from any GeoJSON; the sample is only the default.

The file is checked, kept small in `boundaries.geojson` of `PUMASI_HOME`, and taken up by running pages at once. To go
back, delete that file. Exit codes: 0 taken, 1 refused (what was there before stays), 2 not understood.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import django

TAKEN, REFUSED, NOT_UNDERSTOOD = 0, 1, 2


def run(argv: Sequence[str]) -> int:
    """Read, check, keep; say how many dongs there are."""
    words = _parser().parse_args(argv)
    try:
        content = Path(words.file).read_bytes()
    except OSError as error:
        print(f"pumasi boundaries: {error}", file=sys.stderr)
        return NOT_UNDERSTOOD
    django.setup()
    from pumasi.civic.places.boundaries import keep_boundaries, read_boundaries
    from pumasi.kernel.result import Refusal

    try:
        found = read_boundaries(
            content,
            source_ko=words.source,
            source_en=words.source_en,
            name_key=words.name,
            english_key=words.english_name,
        )
    except Refusal as refusal:
        print(f"{refusal.text('ko')} / {refusal.text('en')}", file=sys.stderr)
        return REFUSED
    size = keep_boundaries(found)
    print(f"{len(found.dongs)} 동 / dongs, {size:,} bytes: {', '.join(each.name_ko for each in found.dongs)}")
    return TAKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pumasi boundaries", description="지도에 그릴 동 경계 / the outlines of the dongs on the map, from GeoJSON"
    )
    parser.add_argument("file", help="GeoJSON in WGS84: a FeatureCollection of polygons with names")
    parser.add_argument(
        "--source", required=True, metavar="WORDS", help="출처와 기준일 / whom it is from, which the page prints"
    )
    parser.add_argument("--source-en", default="", metavar="WORDS", help="the same in English")
    parser.add_argument("--name", default="name", metavar="PROPERTY", help="which property is the name (name)")
    parser.add_argument(
        "--english-name", default="name_en", metavar="PROPERTY", help="which is the English name (name_en)"
    )
    return parser
