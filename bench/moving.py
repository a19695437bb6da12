"""How long a district's move takes: 12,450 members checked, proposed, loaded, compared, exported and undone.

From the project's root, with databases of its own that are thrown away:
PYTHONPATH=src .venv/bin/python bench/moving.py [members]
On PostgreSQL: with PUMASI_DATABASE_URL and PUMASI_KEYS_DATABASE_URL of two empty databases.
"""

import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMBERS = 12_450


def main(members: int) -> None:
    """Print seconds and peak memory of each step."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["PUMASI_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pumasi.config.settings")
        import django

        django.setup()
        from django.core.management import call_command

        for alias in ("default", "keys"):
            call_command("migrate", database=alias, verbosity=0)
        measure(members, Path(home))


def measure(members: int, home: Path) -> None:
    """The steps, in their order."""
    from pumasi.coin.moving import operations
    from pumasi.coin.moving.comparing import compare
    from pumasi.coin.moving.queries import reconciliation
    from pumasi.coin.moving.tests.books import made
    from pumasi.coin.moving.tests.district import District
    from pumasi.coin.tests.world import acts
    from pumasi.config.leaving.package import export

    district = District()
    district.covers(3_000_000)
    files = made(members, shops=40)
    folder = files.write(home / "old")
    with said("check: read and check every row"):
        book = district.book(folder)
    with said("propose"):
        proposal = district.proposes(book)
    district.approves(proposal)
    with said(f"load {len(book.members):,} members, {len(book.lots):,} lots, {len(book.shops)} shops, and verify"):
        operations.load(district.box(), book)
    with said("reconcile"):
        found = reconciliation(proposal)
    assert found.is_equal
    assert found.new_coins == files.coins("lots", "takings")
    with said("compare with an extract"):
        assert compare(book).differences == ()
    with said("exit export"):
        export(acts(None), home / "out")
    with said("undo, in one transaction"):
        district.goes_back(proposal)


@contextmanager
def said(what: str) -> Iterator[None]:
    """Time a step; the peak is that of the process so far."""
    started = time.perf_counter()
    yield
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{seconds:7.1f} s  {peak:5,} MiB  {what}", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MEMBERS)
