"""Korean phone numbers in one spelling (E.164), so that one number has one blind index."""

import re
import unicodedata

from pumasi.civic.people.errors import PhoneUnreadable

_BETWEEN = re.compile(r"[ .()\-\u2010-\u2015]+")
_COUNTRY = re.compile(r"(?:\+|00)82")
# 010 has eight digits after it; the older 011, 016 to 019 seven or eight. Then Seoul, the provinces, 070 and 050x.
_NATIONAL = re.compile(
    r"0(?:10[0-9]{8}|1[16789][0-9]{7,8}|2[0-9]{7,8}|(?:3[1-3]|4[1-4]|5[1-5]|6[1-4])[0-9]{7,8}|70[0-9]{8}|50[0-9]{8,9})"
)


def normal_phone(typed: str) -> str:
    """E.164 ("+821012345678") of 010-1234-5678, +82 10 1234 5678, 02) 123-4567 ...; raises PhoneUnreadable."""
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed[:40]).strip())
    country = _COUNTRY.match(digits)
    national = digits[country.end() :] if country else digits
    if country and not national.startswith("0"):
        national = f"0{national}"
    if not _NATIONAL.fullmatch(national):
        raise PhoneUnreadable()
    return f"+82{national[1:]}"
