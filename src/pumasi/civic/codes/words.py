"""Check words 확인 낱말: two plain words that belong to a place, on its sticker and on the page that its QR opens.

Whoever pastes another QR over a sticker would have to know the words of the place that it leads to: the payer sees
different ones. The words are public and no secret; they hang on the node key so that they cannot be made up elsewhere.
"""

import hmac
from hashlib import sha256
from uuid import UUID

from pumasi.civic.people.sealing import subkey

KO = (
    "가을", "감자", "강물", "거울", "겨울", "고래", "곡식", "구름", "그늘", "기차", "나무", "나비", "냇물", "노래",
    "노을", "눈꽃", "다리", "달빛", "도토리", "들판", "딸기", "마당", "매화", "모래", "목련", "무지개", "물결",
    "바다", "바람", "배꽃", "버들", "별빛", "보리", "봄비", "부채", "사과", "산길", "새벽", "새싹", "샘물", "섬돌",
    "소나무", "솔잎", "수박", "시내", "씨앗", "아침", "앵두", "언덕", "여름", "연못", "오솔길", "우산", "이슬",
    "잔디", "제비", "진달래", "참새", "초롱", "파도", "포도", "하늘", "햇살", "호박",
)  # fmt: skip
EN = (
    "autumn", "potato", "river", "mirror", "winter", "whale", "grain", "cloud", "shade", "train", "tree",
    "butterfly", "brook", "song", "dusk", "snowflake", "bridge", "moonlight", "acorn", "field", "strawberry",
    "yard", "plum", "sand", "magnolia", "rainbow", "wave", "sea", "wind", "pear", "willow", "starlight", "barley",
    "springrain", "fan", "apple", "hill", "dawn", "sprout", "spring", "stone", "pine", "needle", "melon", "stream",
    "seed", "morning", "cherry", "slope", "summer", "pond", "path", "umbrella", "dew", "lawn", "swallow", "azalea",
    "sparrow", "lantern", "surf", "grape", "sky", "sunshine", "pumpkin",
)  # fmt: skip


def check_words(place_id: UUID, language: str) -> str:
    """The two words of a place in `language`, always the same: "가을 바다", "autumn sea"."""
    digest = hmac.digest(subkey("check-words"), place_id.bytes, sha256)
    words = EN if language.startswith("en") else KO
    return f"{words[digest[0] % len(words)]} {words[digest[1] % len(words)]}"
