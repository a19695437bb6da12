"""Many at once: a full campaign stays full, and nobody gets coins back twice."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from pumasi.coin.tariff_file import DATA
from pumasi.services.giving.tests.race import HANDS, run

FAIR = {
    "full": {"done": 3, "giving.target_reached": HANDS - 3, "escrow": 3000, "reached": 1},
    "cancel": {"escrow": 0, "returned": 1},
    "night": {"escrow": 0, "back": 4},
}
PROGRAM = "import sys, django; django.setup(); from pumasi.services.giving.tests.race import main; main(sys.argv[1])"


@pytest.fixture
def rules(tmp_path: Path) -> str:
    """A district whose campaigns end when they are full."""
    path = tmp_path / "giving.toml"
    path.write_text((DATA / "giving.toml").read_text(encoding="utf-8").replace('"ACCEPT"', '"STOP"'), encoding="utf-8")
    return str(path)


class TestRace:
    def test_is_fair_on_sqlite_in_a_file(self, tmp_path: Path, rules: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
        environ = {
            **kept,
            "PUMASI_HOME": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parents[4]),
            "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
        }

        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, rules], env=environ, capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == FAIR

    @pytest.mark.postgres_only
    @pytest.mark.django_db(transaction=True, databases=["default", "keys"])
    def test_is_fair_on_postgresql(self, settings: Settings, rules: str) -> None:
        settings.PUMASI_GIVING = rules

        assert run() == FAIR
