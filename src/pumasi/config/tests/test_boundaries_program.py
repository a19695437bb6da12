"""`pumasi boundaries`: a district's own outlines are taken; what is refused leaves those that are there."""

import json
from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.civic.places.boundaries import SAMPLE, own_file
from pumasi.config.programs import boundaries

SQUARE = [[127.0, 37.4], [127.1, 37.4], [127.1, 37.5], [127.0, 37.5], [127.0, 37.4]]


@pytest.fixture
def file(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path / "home"
    shape = {"type": "Polygon", "coordinates": [SQUARE]}
    told = {"type": "FeatureCollection", "features": [{"properties": {"ADM_NM": "가동"}, "geometry": shape}]}
    path = tmp_path / "given.geojson"
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


class TestBoundaries:
    def test_takes_the_sample_under_another_source(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert boundaries.run([str(SAMPLE), "--source", "표본", "--source-en", "Sample"]) == 0

        assert capsys.readouterr().out.startswith("10 동 / dongs, 8,")
        assert json.loads(own_file().read_text(encoding="utf-8"))["attribution"] == {"ko": "표본", "en": "Sample"}

    def test_a_refusal_says_why_in_both_languages_and_keeps_what_was_there(
        self, file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert boundaries.run([str(file), "--source", "가", "--name", "ADM_NM"]) == 0
        before = own_file().read_bytes()

        assert boundaries.run([str(file), "--source", "가"]) == 1

        said = capsys.readouterr().err
        assert "1번째 면에 이름 ‘name’이(가) 없어요" in said
        assert "Polygon number 1 has no property name" in said
        assert own_file().read_bytes() == before

    def test_a_file_that_is_not_there_is_not_understood(self, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert boundaries.run([str(file.with_name("none")), "--source", "가"]) == 2

        assert not own_file().exists()
