"""Join, close and shred one person on databases in files, and say what to look for in them afterwards."""

import json
import shutil
import sys
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from pumasi.civic.people.models import Person, PersonKey
from pumasi.civic.people.operations import close_person, shred_person
from pumasi.civic.people.tests.factories import MORNING, at_desk, make_person


def main() -> None:
    """Writes {"wrapped": hex, "name_sealed": hex}; `before/` in PUMASI_HOME holds the files as they were before."""
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    person, *_ = [make_person() for _ in range(20)]
    made = {
        "wrapped": bytes(PersonKey.objects.get(person_id=person.id).wrapped).hex(),
        "name_sealed": bytes(Person.objects.get(id=person.id).name_sealed or b"").hex(),
    }
    connections.close_all()
    home = Path(settings.HOME)
    (home / "before").mkdir()
    for name in ("node.sqlite3", "keys.sqlite3"):
        shutil.copy(home / name, home / "before" / name)
    # Some builds of SQLite wipe what they delete by themselves; the promise must hold without that.
    with connections["keys"].cursor() as cursor:
        cursor.execute("PRAGMA secure_delete = OFF")
    close_person(at_desk(), person.id)
    shred_person(at_desk(MORNING + timedelta(days=2000)), person.id)
    # The last connection that closes checkpoints the write-ahead log and takes it away.
    connections.close_all()
    json.dump(made, sys.stdout)
