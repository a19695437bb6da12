"""A process that pays and takes back without end, through the operations that the pages call; anybody may kill it.

`python -m pumasi.coin.tests.proofs.payer found FILE` makes databases and a small district, `… pay FILE` goes on for
ever: one line on the standard output for each committed transfer's key, after its commit.
"""

import json
import os
import sys
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import django
from django.core.management import call_command

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
django.setup()

from pumasi.coin import operations  # noqa: E402  # models need a Django that is set up
from pumasi.coin.tests.world import MORNING, World, acts  # noqa: E402


def found(file: Path) -> None:
    """Databases, people, a shop, a budget, and coins to pay with."""
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    world = World()
    world.funds()
    world.earns(world.resident, 2_600)  # a kill between paying and taking back costs ten: enough for 250 of them
    file.write_text(json.dumps({"resident": str(world.resident), "shop": str(world.laundry)}), encoding="ascii")


def pay(file: Path) -> None:
    """Pay ten coins, take them back, and so on."""
    said = json.loads(file.read_text(encoding="ascii"))
    resident, shop = UUID(said["resident"]), UUID(said["shop"])
    for _ in count():
        paid, undone = uuid4(), uuid4()
        operations.spend(acts(resident, MORNING), payer_id=resident, place_id=shop, coins=10, key=paid)
        print(paid.hex, flush=True)
        operations.undo(acts(resident, MORNING), payment_id=paid, key=undone)
        print(undone.hex, flush=True)


if __name__ == "__main__":
    {"found": found, "pay": pay}[sys.argv[1]](Path(sys.argv[2]))
