"""Two hands at the same moment: one scan is made, the other hand hears why, nobody sees a fault."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pumasi.civic.codes.tests.race import HANDS, run

FAIR = {
    "personal": {"answered": 1, "scans": 1, "code_already_used": HANDS - 1},
    "place": {"answered": 1, "scans": 1, "code_already_used": HANDS - 1},
    "retried": {"answered": HANDS, "scans": 1},
}
PROGRAM = "import django; django.setup(); from pumasi.civic.codes.tests.race import main; main()"


class TestRace:
    def test_is_fair_on_sqlite_in_a_file(self, tmp_path: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
        source = str(Path(__file__).parents[4])
        environ = {
            **kept,
            "PUMASI_HOME": str(tmp_path),
            "PYTHONPATH": source,
            "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
        }

        done = subprocess.run([sys.executable, "-c", PROGRAM], env=environ, capture_output=True, text=True, check=False)

        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == FAIR

    @pytest.mark.postgres_only
    @pytest.mark.django_db(transaction=True, databases=["default", "keys"])
    def test_is_fair_on_postgresql(self) -> None:
        assert run() == FAIR
