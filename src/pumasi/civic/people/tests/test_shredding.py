"""After shredding, the files of the key database hold the key no more: searched byte by byte, with no VACUUM."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = "import django; django.setup(); from pumasi.civic.people.tests.shredding import main; main()"
NAME = "홍길동".encode()


def held(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file())


class TestFiles:
    def test_hold_the_key_before_and_not_after(self, tmp_path: Path) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PUMASI_")}
        source = str(Path(__file__).parents[4])
        environ = {
            "PUMASI_HOME": str(tmp_path),
            "PYTHONPATH": source,
            "DJANGO_SETTINGS_MODULE": "pumasi.config.settings",
        }

        done = subprocess.run(
            [sys.executable, "-c", PROGRAM], env=kept | environ, capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, done.stderr
        made = {name: bytes.fromhex(value) for name, value in json.loads(done.stdout).items()}
        before, after = held(tmp_path / "before"), held(tmp_path)
        assert made["wrapped"] in before
        assert made["name_sealed"] in before
        assert made["wrapped"] not in after
        assert NAME not in before + after
