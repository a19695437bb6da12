"""A code as a picture: an SVG that stands inside the page and says to a screen reader what it is."""

from html import escape
from io import BytesIO

import segno

QR_BYTES = 2_953  # what the largest code holds at level L (ISO/IEC 18004, table 7)


def qr_svg(text: str, *, title: str, error: str = "M") -> str:
    """An inline `<svg role="img">` of the text, error level M and not raised (the FSC QR standard of 2018 caps it).

    Level L is for what would not fit otherwise: the long address of a receipt. It holds QR_BYTES at
    most; beyond them segno raises its DataOverflowError.

    `title` is read out instead of the picture. No style attribute, no id: several stand in one page under a strict CSP.
    """
    code = segno.make(text, error=error, boost_error=False, micro=False)
    drawing = BytesIO()
    code.save(
        drawing,
        kind="svg",
        xmldecl=False,
        svgns=False,
        omitsize=True,
        nl=False,
        border=4,
        light="#fff",
        svgclass="qr",
        lineclass=None,
    )
    inside = drawing.getvalue().decode("utf-8").removeprefix("<svg")
    attributes, picture = inside.split(">", 1)
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img"{attributes}><title>{escape(title)}</title>{picture}'
