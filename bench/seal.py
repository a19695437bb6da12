"""How long the sealer takes for a block of 256 entries, part by part.

`PYTHONPATH=src .venv/bin/python bench/seal.py` from the project's root.

Makes a node of its own in a temporary folder (SQLite, synchronous=FULL), posts payments by the batch path, seals them
in blocks of 256 and prints medians. Nothing is asserted but that every block was published and verifies.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

HOME = tempfile.TemporaryDirectory(prefix="pumasi-bench-")
os.environ |= {"PUMASI_HOME": HOME.name, "DJANGO_SETTINGS_MODULE": "pumasi.config.settings"}
for name in ("PUMASI_DATABASE_URL", "PUMASI_KEYS_DATABASE_URL"):
    os.environ.pop(name, None)

# Models need a Django that is set up, which needs the environment above: every import from here on is late (E402).
import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from pumasi.kernel.clock import SystemClock  # noqa: E402
from pumasi.ledger import kinds  # noqa: E402
from pumasi.ledger.commands import Command  # noqa: E402
from pumasi.ledger.posting import open_account, post, post_one  # noqa: E402
from pumasi.ledger.tests.large_book import FUND, START, TERMS  # noqa: E402
from pumasi.seal.cadence import AT_ONCE  # noqa: E402
from pumasi.seal.models import Block  # noqa: E402
from pumasi.seal.sealer import SealerAtWork  # noqa: E402
from pumasi.seal.tests.orders import signing_officers  # noqa: E402

LEAVES, BLOCKS = 256, int(sys.argv[1]) if len(sys.argv) > 1 else 15
TIMES: dict[str, list[float]] = {}


@contextmanager
def timed(part: str) -> Iterator[None]:
    """Note the milliseconds of one part."""
    start = time.perf_counter()
    yield
    TIMES.setdefault(part, []).append((time.perf_counter() - start) * 1000)


def measured(part: str) -> None:
    """Let one method of the sealer tell how long it takes."""
    original = getattr(SealerAtWork, part)

    def method(self: SealerAtWork, *words: object) -> object:
        with timed(part.strip("_")):
            return original(self, *words)

    setattr(SealerAtWork, part, method)


def main() -> None:
    """Post and seal, then print."""
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    wallets = [UUID(int=n).hex for n in range(1, 101)]
    with transaction.atomic():
        for wallet in wallets:
            open_account("2100", "SC", wallet, at=START)
        open_account("2200", "SC", "shop", at=START)
        post_one(kinds.budget_order(key=UUID(int=1), at=START, unit="SC", fund=FUND, coins=10**12, won=10**12))
        post([_earn(n, wallet) for n, wallet in enumerate(wallets)])
    for part in ("_ship", "_seal", "_publish"):
        measured(part)
    with signing_officers(), SealerAtWork(AT_ONCE, SystemClock()) as sealer:
        assert sealer.turn() is None
        TIMES.clear()
        for block in range(BLOCKS):
            with transaction.atomic():
                post([_pay(block * LEAVES + n, wallets[n % 100]) for n in range(LEAVES)])
            with timed("whole look"):
                assert sealer.turn() is None
    sizes = Block.objects.order_by("-number").exclude(note=None).values_list("first", "size")[:BLOCKS]
    assert {size - first for first, size in sizes} == {LEAVES}
    for part, values in TIMES.items():
        print(f"{part:<12} median {statistics.median(values):7.1f} ms   max {max(values):7.1f} ms   n {len(values)}")


def _earn(number: int, wallet: str) -> Command:
    return kinds.earn(key=UUID(int=1000 + number), at=START, wallet=f"2100:SC:{wallet}", amount=10**8, terms=TERMS)


def _pay(number: int, wallet: str) -> Command:
    return kinds.pay(
        key=UUID(int=10**6 + number), at=START, wallet=f"2100:SC:{wallet}", till="2200:SC:shop", amount=1000
    )


if __name__ == "__main__":
    main()
