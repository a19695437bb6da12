"""Check words of a place: printed on its stickers and shown before paying, so that a pasted-over QR is noticed."""

import hmac
from hashlib import sha256
from uuid import UUID

from django.utils.translation import get_language

from pumasi.civic.people.sealing import subkey

_KO = [
    "느티나무",
    "반딧불",
    "도라지",
    "다람쥐",
    "해바라기",
    "징검다리",
    "까치",
    "솔방울",
    "무지개",
    "항아리",
    "나룻배",
    "민들레",
    "고래",
    "호박",
    "장독대",
    "달팽이",
]
_EN = [
    "zelkova",
    "firefly",
    "bellflower",
    "squirrel",
    "sunflower",
    "stepping-stone",
    "magpie",
    "pine-cone",
    "rainbow",
    "jar",
    "ferry",
    "dandelion",
    "whale",
    "pumpkin",
    "terrace",
    "snail",
]


def check_words(place_id: UUID) -> str:
    """Two words, for ever the same for a place and not to be guessed without the node's key."""
    digest = hmac.digest(subkey("sticker-words"), place_id.bytes, sha256)
    words = _KO if (get_language() or "ko").startswith("ko") else _EN
    return f"{words[digest[0] % 16]} · {words[digest[1] % 16]}"
