"""A QR stands in the page, small and with a name."""

from xml.etree import ElementTree

import pytest
import segno

from pumasi.civic.codes.grammar import url
from pumasi.civic.codes.qr import QR_BYTES, qr_svg

TEXT = url("seocho.example", "L7KQ2M9XC")
SVG = "{http://www.w3.org/2000/svg}"


class TestQr:
    def test_has_a_role_and_a_title_that_cannot_break_out(self) -> None:
        drawing = qr_svg(TEXT, title="<script>&\"가게'")

        root = ElementTree.fromstring(drawing)
        assert (root.tag, root.get("role")) == (f"{SVG}svg", "img")
        assert root[0].tag == f"{SVG}title"
        assert root[0].text == "<script>&\"가게'"
        assert "<script" not in drawing

    def test_is_safe_under_a_strict_content_policy(self) -> None:
        drawing = qr_svg(TEXT, title="x")

        for forbidden in ("style=", "<style", " id=", "<?xml", "http:", "https:"):
            assert forbidden not in drawing.replace("http://www.w3.org/2000/svg", "")

    def test_an_address_stays_in_the_alphanumeric_mode_at_level_m(self) -> None:
        code = segno.make(TEXT, error="M", boost_error=False, micro=False)

        assert (code.mode, code.error, code.version) == ("alphanumeric", "M", 2)
        assert 'viewBox="0 0 33 33"' in qr_svg(TEXT, title="x")

    def test_is_dark_on_light_whatever_the_page_is(self) -> None:
        drawing = qr_svg(TEXT, title="x")

        assert 'fill="#fff"' in drawing
        assert 'stroke="#000"' in drawing

    def test_level_l_takes_the_longest_address_and_not_a_byte_more(self) -> None:
        longest = "http://h/verify#" + "a" * (QR_BYTES - 16)

        assert 'viewBox="0 0 185 185"' in qr_svg(longest, title="x", error="L")
        with pytest.raises(segno.DataOverflowError):
            qr_svg(longest + "a", title="x", error="L")
