"""Text that people and programs send, made safe to store: NFC, no NUL, no lone surrogates, bounded."""

import unicodedata

from pumasi.kernel.errors import TextTooLong, TextUnreadable


def clean_text(value: str, limit: int) -> str:
    """The text in NFC, at most `limit` characters; raises TextUnreadable or TextTooLong. Spaces stay as they are."""
    for character in value:
        if character == "\x00" or "\ud800" <= character <= "\udfff":
            raise TextUnreadable(character=f"U+{ord(character):04X}")
    normal = unicodedata.normalize("NFC", value)
    if len(normal) > limit:
        raise TextTooLong(limit=limit)
    return normal
