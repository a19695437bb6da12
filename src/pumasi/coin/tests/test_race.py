"""Many at once: caps hold, a key acts once, the last coins and the last budget go once, and nothing deadlocks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pumasi.coin.tests.race import HANDS, run

FAIR = {
    "cap": {"done": 3, "coin.daily_limit_reached": HANDS - 3, "earned": 600},
    "same key": {"done": HANDS, "claims": 1, "earned": 200},
    "last coins": {"done": 3, "coin.not_enough_coins": HANDS - 3, "payments": 3, "left": 0},
    "last budget": {"done": HANDS, "issued": 800, "waiting": HANDS - 4},
    "order and queue": {"done": 7, "issued": 1200, "waiting": 0},
    "approvals": {"versions": 1, "rows": 1},
    "pieces a day": {"done": 3, "coin.place_takes_no_more": HANDS - 3, "taken": 30},
    "card": {"done": 5, "coin.card_limit_reached": HANDS - 5, "left": 15_000},
    "dispute and refund": {"done": 1, "refused": HANDS - 1, "gone": 3000},
}
PROGRAM = "import django; django.setup(); from pumasi.coin.tests.race import main; main()"


class TestRace:
    def test_is_fair_on_sqlite_in_a_file(self, tmp_path: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
        environ = {
            **kept,
            "PUMASI_HOME": str(tmp_path),
            "PYTHONPATH": str(Path(__file__).parents[3]),
            "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
        }

        done = subprocess.run([sys.executable, "-c", PROGRAM], env=environ, capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == FAIR

    @pytest.mark.postgres_only
    @pytest.mark.django_db(transaction=True, databases=["default", "keys"])
    def test_is_fair_on_postgresql(self) -> None:
        assert run() == FAIR
