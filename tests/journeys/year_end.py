"""The year end's rows of the permission matrix, with the arguments of its addresses."""

from collections.abc import Mapping
from uuid import uuid4

from pumasi.coin.tests.world import World

OFFICERS = (403, 403, 403, 200, 403, 302)
NONE_OF_THEM = (403, 403, 403, 403, 403, 302)
RESIDENTS = (200, 403, 200, 200, 200, 302)
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
    "yearend:carrying": OFFICERS,
    "yearend:carry_ask": NONE_OF_THEM,  # budget officers
    "yearend:carry_agree": NONE_OF_THEM,
    "yearend:access": OFFICERS,
    "yearend:access_csv": OFFICERS,
    "yearend:access_names": (403, 403, 403, 405, 403, 302),
    "yearend:access_review": (403, 403, 403, 405, 403, 302),
    "yearend:destroyed": OFFICERS,
    "yearend:audit": OFFICERS,
    "yearend:draw": NONE_OF_THEM,  # auditors
    "yearend:sample": (403, 403, 403, 404, 403, 302),  # there is none
    "yearend:sample_xlsx": (403, 403, 403, 404, 403, 302),
    "yearend:audit_batch": (403, 403, 403, 404, 403, 302),
    "yearend:audit_line": (403, 403, 403, 404, 403, 302),
    "yearend:audit_payment": OFFICERS,
    "yearend:names_ask": NONE_OF_THEM,
    "yearend:names": OFFICERS,
    "yearend:names_agree": (403, 403, 403, 405, 403, 302),
    "yearend:names_look": NONE_OF_THEM,
    "yearend:mine_home": (302, 403, 302, 302, 302, 302),
    "yearend:mine": RESIDENTS,
    "yearend:mine_pdf": RESIDENTS,
    "yearend:my_year": (403, 403, 302, 403, 403, 302),  # on to the first shop
    "yearend:shop": KEEPERS,
    "yearend:shop_csv": KEEPERS,
    "yearend:shop_pdf": KEEPERS,
}
_OF_A_YEAR = (
    "year",
    "note",
    "note_xlsx",
    "note_pdf",
    "lapsing",
    "takings",
    "takings_xlsx",
    "carrying",
    "carry_ask",
    "carry_agree",
    "access",
    "access_csv",
    "access_names",
    "destroyed",
    "mine",
    "mine_pdf",
)
_OF_A_SHOP = ("shop", "shop_csv", "shop_pdf")


def arguments(world: World) -> Mapping[str, Mapping[str, object]]:
    """Of each address that takes some."""
    return {
        **{f"yearend:{name}": {"year": 2026} for name in _OF_A_YEAR},
        "yearend:access_review": {"year": 2026, "role_id": uuid4()},
        "yearend:sample": {"sample_id": uuid4()},
        "yearend:sample_xlsx": {"sample_id": uuid4()},
        "yearend:audit_batch": {"batch_id": uuid4()},
        "yearend:audit_line": {"line_id": uuid4()},
        "yearend:audit_payment": {"transfer": world.pays(10).transfer},
        "yearend:names_ask": {"transfer": 1},
        "yearend:names_agree": {"ask_id": uuid4()},
        "yearend:names_look": {"ask_id": uuid4()},
        **{f"yearend:{name}": {"year": 2026, "place_id": world.laundry} for name in _OF_A_SHOP},
    }
