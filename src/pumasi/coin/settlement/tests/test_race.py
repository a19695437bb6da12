"""Many desks at once: one batch, one check, and no coin in two places."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pumasi.coin.settlement.tests.race import HANDS, run

FAIR = {
    "makers": {"done": 1, "settlement.nothing_to_settle": HANDS - 1, "batches": 1, "receipts": 2},
    "checkers": {"done": 1, "settlement.batch_not_in_state": HANDS - 1, "payable": 5000, "won": 5000},
    "refund": {"agree": 1},
}
PROGRAM = "import django; django.setup(); from pumasi.coin.settlement.tests.race import main; main()"


class TestRace:
    def test_is_fair_on_sqlite_in_a_file(self, tmp_path: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
        environ = {
            **kept,
            "PUMASI_HOME": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parents[4]),
            "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
        }

        done = subprocess.run([sys.executable, "-c", PROGRAM], env=environ, capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == FAIR

    @pytest.mark.postgres_only
    @pytest.mark.django_db(transaction=True, databases=["default", "keys"])
    def test_is_fair_on_postgresql(self) -> None:
        assert run() == FAIR
