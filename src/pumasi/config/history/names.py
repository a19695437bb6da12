"""Names of the demo's places: real dongs of Seocho, made-up shops. Who tells the past is `district`."""

DONGS = (
    "서초1동", "서초2동", "서초3동", "서초4동", "잠원동", "반포본동", "반포1동", "반포2동", "반포3동", "반포4동",
    "방배본동", "방배1동", "방배2동", "방배3동", "방배4동", "양재1동", "양재2동", "내곡동",
)  # fmt: skip
# (Korean, English) first words, and trades with the items that a shop of the trade takes.
FIRST = (
    ("햇살", "Sunny"), ("느티", "Zelkova"), ("온새미", "Whole"), ("다온", "Daon"),
    ("늘봄", "Ever Spring"), ("솔빛", "Pinelight"), ("가온", "Centre"), ("도담", "Dodam"),
    ("라온", "Joyful"), ("미리내", "Milky Way"), ("물푸레", "Ash Tree"), ("새벽", "Dawn"),
    ("여울", "Rapids"), ("윤슬", "Glitter"), ("푸른", "Blue"), ("한울", "Hanul"),
    ("두레", "Dure"), ("이음", "Link"),
)  # fmt: skip
TRADES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("세탁소", "Laundry", ("HANGER",)),
    ("카페", "Cafe", ("TUMBLER", "COFFEE_TRAY")),
    ("빵집", "Bakery", ("TUMBLER",)),
    ("정육점", "Butcher", ("ICE_PACK",)),
    ("꽃집", "Flowers", ("SHOPPING_BAG",)),
    ("반찬가게", "Side Dishes", ("ICE_PACK", "SHOPPING_BAG")),
    ("문구점", "Stationery", ("SHOPPING_BAG",)),
    ("과일가게", "Fruit Shop", ("PLASTIC_BAG", "SHOPPING_BAG")),
)
FACILITIES = (
    ("느티나무쉼터", "Zelkova Rest House"),
    ("경로당", "Senior Centre"),
    ("자치회관", "Community Hall"),
    ("체육센터", "Sports Centre"),
    ("작은도서관", "Small Library"),
    ("주차장", "Car Park"),
)


def shop(number: int) -> tuple[str, str, str, tuple[str, ...]]:
    """(Korean, English, dong, items) of the shop with this number; no two have one name."""
    trade_ko, trade_en, items = TRADES[number % len(TRADES)]
    first_ko, first_en = FIRST[number // len(TRADES) % len(FIRST)]
    turn = number // (len(TRADES) * len(FIRST)) + 1
    suffix = f" {turn}호점" if turn > 1 else ""
    english = f" No. {turn}" if turn > 1 else ""
    return f"{first_ko} {trade_ko}{suffix}", f"{first_en} {trade_en}{english}", DONGS[number % len(DONGS)], items


def facility(number: int) -> tuple[str, str, str]:
    """(Korean, English, dong) of the facility with this number."""
    ko, en = FACILITIES[number // len(DONGS) % len(FACILITIES)]
    dong = DONGS[number % len(DONGS)]
    return f"{dong} {ko}", f"{en} of {dong}", dong
