"""A film for Chromium's fake camera: one QR code held still, as uncompressed video (YUV4MPEG2)."""

from pathlib import Path

import segno

WIDTH, HEIGHT, FRAMES = 640, 480, 10
GREY, BLACK, WHITE = 150, 16, 235


def film(path: Path, text: str, module: int = 8) -> Path:
    """Write the film of a code (`module` pixels to a square, on a grey ground) and return its path."""
    rows = [list(row) for row in segno.make(text, error="M", boost_error=False).matrix_iter(scale=module, border=4)]
    side = len(rows)
    assert side <= HEIGHT, "the code does not fit the picture"
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    picture = bytearray([GREY]) * (WIDTH * HEIGHT)
    for y, row in enumerate(rows):
        start = (top + y) * WIDTH + left
        picture[start : start + side] = bytes(BLACK if dark else WHITE for dark in row)
    colours = bytes([128]) * (WIDTH * HEIGHT // 2)
    frame = b"FRAME\n" + bytes(picture) + colours
    path.write_bytes(b"YUV4MPEG2 W%d H%d F10:1 Ip A1:1 C420jpeg\n" % (WIDTH, HEIGHT) + frame * FRAMES)
    return path
