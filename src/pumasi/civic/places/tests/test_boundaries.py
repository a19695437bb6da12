"""Outlines of dongs: the sample is whole, any district's GeoJSON is taken, and what is none is refused with words."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from pumasi.civic.places import boundaries
from pumasi.civic.places.boundaries import (
    SAMPLE,
    Boundaries,
    district_boundaries,
    keep_boundaries,
    own_file,
    read_boundaries,
)
from pumasi.civic.places.errors import (
    BoundariesEmpty,
    BoundariesOutside,
    BoundariesTooLarge,
    BoundariesUnreadable,
    BoundaryNameless,
)
from pumasi.civic.places.positions import Position
from pumasi.kernel.result import Refusal

SEOCHO = read_boundaries(SAMPLE.read_bytes())
SQUARE = [[127.0, 37.4], [127.1, 37.4], [127.1, 37.5], [127.0, 37.5], [127.0, 37.4]]
HOLE = [[127.04, 37.44], [127.06, 37.44], [127.06, 37.46], [127.04, 37.46], [127.04, 37.44]]


def file_of(*features: object, **more: object) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features, **more}).encode()


def feature(rings: object, kind: str = "Polygon", **properties: object) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": rings}}


class TestSample:
    def test_holds_the_ten_legal_dongs_and_says_whom_they_are_from(self) -> None:
        assert [each.name_ko for each in SEOCHO.dongs] == [
            "방배동", "양재동", "우면동", "원지동", "잠원동", "반포동", "서초동", "내곡동", "염곡동", "신원동",
        ]  # fmt: skip
        assert "국토지리정보원" in SEOCHO.source_ko
        assert "National Geographic Information Institute" in SEOCHO.source_en

    def test_stays_small_and_is_written_as_it_is_read(self) -> None:
        assert SEOCHO.geojson() == SAMPLE.read_text(encoding="utf-8")
        assert len(SAMPLE.read_bytes()) < 9_000

    @given(st.integers(3_742_000, 3_753_000), st.integers(12_697_000, 12_711_000))
    def test_no_point_lies_in_two_dongs(self, latitude: int, longitude: int) -> None:
        at = Position(latitude, longitude)

        assert sum(each.holds(at) for each in SEOCHO.dongs) <= 1

    @pytest.mark.parametrize(
        ("name", "found"),
        [("서초동", "서초동"), ("서초3동", "서초동"), ("반포본동", "반포동"), ("내곡동", "내곡동"), ("표본동", None)],
    )
    def test_finds_the_legal_dong_of_an_administrative_one(self, name: str, found: str | None) -> None:
        dong = SEOCHO.dong(name)

        assert (dong.name_ko if dong else None) == found


class TestReading:
    def test_takes_names_holes_and_parts_and_leaves_points_and_lines_out(self) -> None:
        point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [127, 37]}}
        nothing: dict[str, object] = {"type": "Feature", "properties": {}, "geometry": None}
        far = [[[each[0] + 1, each[1]] for each in SQUARE]]
        content = file_of(
            point,
            nothing,
            feature([SQUARE, HOLE], adm_nm=" 가동 "),
            feature([[SQUARE], far], "MultiPolygon", adm_nm="나동"),
        )

        found = read_boundaries(content, source_ko="어느 구, 2026-01-01 기준", name_key="adm_nm")

        assert [(each.name_ko, each.name_en, len(each.polygons)) for each in found.dongs] == [
            ("가동", "가동", 1),
            ("나동", "나동", 2),
        ]
        assert (found.source_ko, found.source_en) == ("어느 구, 2026-01-01 기준",) * 2
        first, second = found.dongs
        assert first.holds(Position(3_742_000, 12_702_000))
        assert not first.holds(Position(3_745_000, 12_705_000))  # in the hole
        assert second.holds(Position(3_745_000, 12_805_000))
        assert read_boundaries(found.geojson().encode()) == found

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", BoundariesUnreadable),
            (b"\xff\xfe", BoundariesUnreadable),
            (b"[" * 100_000, BoundariesUnreadable),
            (b"[1, 2]", BoundariesUnreadable),
            (b'{"features": {"a": 1}}', BoundariesUnreadable),
            (b'{"features": [{"geometry": 7}]}', BoundariesUnreadable),
            (file_of(feature([SQUARE[:3]], name="가동")), BoundariesUnreadable),
            (file_of(feature([SQUARE[:4]], name="가동")), BoundariesUnreadable),
            (file_of(feature([], name="가동")), BoundariesUnreadable),
            (file_of(feature([[]], name="가동")), BoundariesUnreadable),
            (file_of(feature([["a"]], name="가동")), BoundariesUnreadable),
            (file_of(feature([[[float("nan"), 37.4]] * 4], name="가동")), BoundariesUnreadable),
            (file_of(), BoundariesEmpty),
            (file_of(feature([SQUARE], "LineString", name="가동")), BoundariesEmpty),
            (file_of(feature([SQUARE])), BoundaryNameless),
            (file_of(feature([SQUARE], name=" ")), BoundaryNameless),
            (file_of(feature([SQUARE], name=7)), BoundaryNameless),
            (file_of(feature([[each[::-1] for each in SQUARE]], name="가동")), BoundariesOutside),
            (file_of(feature([[[958_000.5, 1_945_000.2]] * 4], name="가동")), BoundariesOutside),
            (file_of(feature([SQUARE], name="가동"), padding="x" * 1_000_000), BoundariesTooLarge),
            (file_of(feature([SQUARE * 4_001], name="가동")), BoundariesTooLarge),
        ],
    )
    def test_says_what_is_wrong(self, content: bytes, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            read_boundaries(content)

    def test_names_the_polygon_and_the_property(self) -> None:
        with pytest.raises(BoundaryNameless) as caught:
            read_boundaries(file_of(feature([SQUARE], 이름="가동"), feature([SQUARE])), name_key="이름")

        assert caught.value.facts == {"number": 2, "name_key": "이름"}


class TestDistrict:
    @pytest.fixture
    def home(self, tmp_path: Path, settings: Settings) -> Iterator[Path]:
        settings.HOME = tmp_path
        yield tmp_path
        boundaries._kept.cache_clear()

    def test_uses_the_sample_only_where_it_is_this_district(self, home: Path, settings: Settings) -> None:
        settings.DISTRICT_CODE = "11650"
        assert district_boundaries() == SEOCHO
        settings.DISTRICT_CODE = "11200"
        assert district_boundaries() is None

    def test_an_imported_file_rules_at_once(self, home: Path) -> None:
        assert district_boundaries() == SEOCHO
        own = Boundaries("어느 구", "Some-gu", read_boundaries(file_of(feature([SQUARE], name="가동"))).dongs)

        size = keep_boundaries(own)

        assert district_boundaries() == own
        assert [path.name for path in home.iterdir()] == [own_file().name]
        assert size == own_file().stat().st_size
