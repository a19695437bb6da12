"""import-linter's contracts: the tree keeps them, and each one is broken when a wrong arrow is drawn on purpose."""

import shutil
import subprocess
from pathlib import Path

import pytest

from house.checks import LINTER, tool

ROOT = Path(__file__).resolve().parents[2]
ROOMS = [
    "config/services.py",
    "services/deeds/errors.py",
    "services/deeds/models.py",
    "services/deeds/queries.py",
    "services/deeds/operations.py",
    "services/deeds/views.py",
    "services/shops/operations.py",
    "coin/award.py",
    "coin/spend.py",
    "civic/people/models.py",
    "civic/people/operations.py",
    "ledger/posting.py",
    "ledger/store/contract.py",
    "seal/sealer.py",
    "verify/receipt.py",
    "tlog/tree.py",
    "kernel/amount.py",
]
BROKEN = [
    ("kernel/amount.py", "import pumasi.ledger.posting", "Each floor stands on the floors below it"),
    ("civic/people/operations.py", "import pumasi.ledger.posting", "Each floor stands on the floors below it"),
    ("ledger/posting.py", "import pumasi.civic.people.models", "Each floor stands on the floors below it"),
    ("services/deeds/operations.py", "import pumasi.services.shops.operations", "No service imports another service"),
    ("services/deeds/models.py", "import pumasi.services.deeds.operations", "Inside a service"),
    ("civic/people/models.py", "import pumasi.civic.people.operations", "Inside a civic primitive"),
    ("kernel/amount.py", "import django", "Programs a citizen runs share no server code"),
    ("tlog/tree.py", "import django", "Programs a citizen runs share no server code"),
    ("verify/receipt.py", "import django", "Programs a citizen runs share no server code"),
    ("verify/receipt.py", "import pumasi.ledger.posting", "Programs a citizen runs share no server code"),
    ("tlog/tree.py", "import pumasi.verify.receipt", "Each floor stands on the floors below it"),
    ("seal/sealer.py", "import pumasi.coin.award", "Each floor stands on the floors below it"),
    ("coin/award.py", "import pumasi.ledger.store.contract", "Only the ledger touches the ledger's tables"),
    (
        "services/deeds/views.py",
        "import pumasi.services.deeds.models",
        "Edges reach tables only through operations and queries",
    ),
]


@pytest.fixture
def small_house(tmp_path: Path) -> Path:
    """A tree with one empty module in each room that the contracts speak of."""
    for room in ROOMS:
        path = tmp_path / "src" / "pumasi" / room
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        for folder in path.relative_to(tmp_path / "src").parents:
            (tmp_path / "src" / folder / "__init__.py").touch()
    (tmp_path / "src" / "__init__.py").unlink()
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def linted(root: Path) -> str:
    return tool(*LINTER, "--no-cache")(root)


class TestFloors:
    def test_the_tree_keeps_them(self) -> None:
        assert linted(ROOT) == ""

    def test_a_house_of_empty_rooms_keeps_them(self, small_house: Path) -> None:
        assert linted(small_house) == ""

    @pytest.mark.parametrize(("room", "arrow", "contract"), BROKEN)
    def test_a_wrong_arrow_is_named(self, room: str, arrow: str, contract: str, small_house: Path) -> None:
        (small_house / "src" / "pumasi" / room).write_text(f"{arrow}\n", encoding="utf-8")

        assert f"{contract} BROKEN" in linted(small_house)

    def test_two_rooms_that_need_each_other_are_named(self, small_house: Path) -> None:
        coin = small_house / "src" / "pumasi" / "coin"
        for one, other in (("give", "settle"), ("settle", "give")):
            (coin / one).mkdir()
            (coin / one / "__init__.py").write_text(f"import pumasi.coin.{other}\n", encoding="utf-8")

        assert "No package cycles anywhere BROKEN" in linted(small_house)

    def test_a_new_floor_must_be_given_its_place(self, small_house: Path) -> None:
        (small_house / "src" / "pumasi" / "attic.py").touch()

        assert "Each floor stands on the floors below it BROKEN" in linted(small_house)


def test_the_linter_is_the_one_that_the_lock_names() -> None:
    lock = (ROOT / "requirements" / "test.lock.txt").read_text(encoding="utf-8")
    version = subprocess.run([*LINTER, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]

    assert f"import-linter=={version} " in lock
