"""Only declared packages are imported; the pure floors and the set-up import fewer."""

from importlib.metadata import packages_distributions
from pathlib import Path, PurePosixPath

import pytest

from house import dependencies
from house.sources import Source, committed

ROOT = Path(__file__).resolve().parents[2]
DECLARED = dependencies.declared((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def found(path: str, text: str) -> list[str]:
    packages = {"django": ["Django"], "polib": ["polib"], "numpy": ["numpy"], "cryptography": ["cryptography"]}
    source = Source(PurePosixPath(path), text)
    return [str(breach) for breach in dependencies.breaches([source], DECLARED, packages)]


class TestDependencies:
    def test_the_tree_imports_what_it_declares(self) -> None:
        breaches = dependencies.breaches(committed(ROOT), DECLARED, packages_distributions())

        assert [str(breach) for breach in breaches] == []

    def test_an_undeclared_package_is_named(self) -> None:
        assert found("src/pumasi/coin/caps.py", "import numpy.linalg\n") == [
            "src/pumasi/coin/caps.py:1: imports numpy, which this place does not declare. A fresh node would not have "
            "it: declare it in pyproject.toml and make the locks anew, or do without."
        ]

    @pytest.mark.parametrize("path", ["src/pumasi/kernel/amount.py", "src/pumasi/config/bootstrap.py"])
    def test_pure_floors_and_set_up_import_no_package_at_all(self, path: str) -> None:
        assert len(found(path, "import cryptography\n")) == 1

    def test_a_citizens_program_imports_cryptography_alone(self) -> None:
        assert found("src/pumasi/verify/receipt.py", "import cryptography\n") == []
        assert len(found("src/pumasi/verify/receipt.py", "import django\n")) == 1

    def test_the_test_tools_are_no_part_of_a_node(self) -> None:
        assert not DECLARED & {"pytest", "hypothesis", "mypy", "ruff"}
