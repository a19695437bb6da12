"""The year end's rows of the permission matrix, with the arguments of its addresses."""

from collections.abc import Mapping

from pumasi.coin.tests.world import World

OFFICERS = (403, 403, 403, 200, 403, 302)
KEEPERS = (403, 403, 200, 403, 403, 302)
ROWS: dict[str, tuple[int, ...]] = {
    "yearend:home": (403, 403, 403, 302, 403, 302),  # on to the year at hand
    "yearend:year": OFFICERS,
    "yearend:note": OFFICERS,
    "yearend:note_xlsx": OFFICERS,
    "yearend:note_pdf": OFFICERS,
    "yearend:lapsing": OFFICERS,
    "yearend:takings": OFFICERS,
    "yearend:takings_xlsx": OFFICERS,
    "yearend:my_year": (403, 403, 302, 403, 403, 302),  # on to the first shop
    "yearend:shop": KEEPERS,
    "yearend:shop_csv": KEEPERS,
    "yearend:shop_pdf": KEEPERS,
}
_OF_A_YEAR = ("year", "note", "note_xlsx", "note_pdf", "lapsing", "takings", "takings_xlsx")
_OF_A_SHOP = ("shop", "shop_csv", "shop_pdf")


def arguments(world: World) -> Mapping[str, Mapping[str, object]]:
    """Of each address that takes some."""
    return {
        **{f"yearend:{name}": {"year": 2026} for name in _OF_A_YEAR},
        **{f"yearend:{name}": {"year": 2026, "place_id": world.laundry} for name in _OF_A_SHOP},
    }
