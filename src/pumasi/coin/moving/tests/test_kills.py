"""kill -9 of the loading process at any moment: run again it goes on, and everything is there once."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from house.examples import TIER
from pumasi.coin.tests.proofs.test_kills import node

pytestmark = pytest.mark.postgres
KILLS = {"quick": 3, "full": 12, "soak": 100}[TIER]
MEMBERS, STEP = 400, 20
FOUND = """
import django; django.setup()
import sys
from pathlib import Path
from django.core.management import call_command
for alias in ("default", "keys"):
    call_command("migrate", database=alias, verbosity=0)
from pumasi.coin.moving.tests.books import made
from pumasi.coin.moving.tests.district import District
district = District()
district.covers()
book = district.book(made(int(sys.argv[2])).write(Path(sys.argv[1])))
district.approves(district.proposes(book))
"""
LOAD = """
import django; django.setup()
import sys
from pathlib import Path
from pumasi.coin.moving.book import read_folder
from pumasi.coin.moving.looking import district
from pumasi.coin.moving.operations import load
from pumasi.coin.tests.world import MORNING, acts
book = read_folder(Path(sys.argv[1]), district(MORNING)).book
load(acts(None), book, step=int(sys.argv[2]), progress=lambda done, whole: print(done, flush=True))
"""
LOOK = """
import django; django.setup()
import json
from pumasi.civic.people.keys import keys_of
from pumasi.civic.people.models import Person
from pumasi.coin.moving.models import MovedMember, Proposal
from pumasi.coin.moving.queries import reconciliation
from pumasi.ledger.verify import verify
found = reconciliation(Proposal.objects.get().id)
people = list(MovedMember.objects.values_list("person_id", flat=True))
print(json.dumps({
    "equal": found.is_equal, "members": found.members, "coins": found.new_coins, "verified": verify().ok,
    "people": Person.objects.filter(id__in=people).count(), "keys": len(keys_of(people)),
}))
"""


def python(environ: dict[str, str], code: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environ, capture_output=True, text=True, check=True, timeout=120
    )
    return done.stdout


def test_loading_survives_kill_9_and_brings_everything_once(tmp_path: Path) -> None:
    folder = str(tmp_path / "old")
    with node(tmp_path / "home") as environ:
        (tmp_path / "home").mkdir()
        python(environ, FOUND, folder, str(MEMBERS))
        seen = []
        for nth in range(KILLS):
            process = subprocess.Popen(
                [sys.executable, "-c", LOAD, folder, str(STEP)], env=environ, stdout=subprocess.PIPE, text=True
            )
            assert process.stdout is not None
            # Steps that committed earlier are passed in no time: killed a little further each time, inside a step.
            for _ in range(nth * MEMBERS // STEP // KILLS + 1):
                seen.append(process.stdout.readline())
            process.send_signal(signal.SIGKILL)
            assert process.wait(30) == -signal.SIGKILL
        python(environ, LOAD, folder, str(STEP))
        found = json.loads(python(environ, LOOK))

    assert all(seen)
    assert found == {
        "equal": True, "members": MEMBERS, "coins": found["coins"], "verified": True,
        "people": MEMBERS, "keys": MEMBERS,
    }  # fmt: skip
