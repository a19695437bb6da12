"""Photos made safe to keep: decoded, turned upright, made smaller and written anew, so that nothing but pixels is left.

Metadata (place, time, owner, thumbnails) never survive. Not here: who may see a photo, and for how long it is kept.
"""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from pumasi.services.deeds.errors import PhotoTooLarge, PhotoUnreadable

MEGABYTES, MEGAPIXELS = 10, 60
EDGE, QUALITY = 1600, 82
_FORMATS = ("JPEG", "PNG", "WEBP")


def cleaned(data: bytes) -> bytes:
    """A JPEG of at most 1600 pixels an edge without metadata; raises PhotoTooLarge and PhotoUnreadable."""
    if len(data) > MEGABYTES * 1024 * 1024:
        raise PhotoTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as given:
            if given.width * given.height > MEGAPIXELS * 1_000_000:
                raise PhotoTooLarge(megabytes=MEGABYTES, megapixels=MEGAPIXELS)
            given.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(given).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise PhotoUnreadable() from error
    upright.thumbnail((EDGE, EDGE))
    pixels = Image.frombytes("RGB", upright.size, upright.tobytes())
    written = BytesIO()
    pixels.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
