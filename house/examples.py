"""How many examples a property is tried with: by tier, and fewer on PostgreSQL, whose run comes after SQLite's."""

import os

TIERS = ("quick", "full", "soak")
TIER = os.environ.get("PUMASI_TIER", "quick")
STORE = os.environ.get("PUMASI_STORE", "sqlite")


def fewer(examples: int) -> int:
    """`examples`, or a third of them on PostgreSQL: there is asked what a store can change, not all of it again."""
    return -(-examples // 3) if STORE == "postgres" and TIER != "soak" else examples
