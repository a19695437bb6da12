"""A new node's databases: made quickly, and the same as by Django alone."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

OURS = "from pumasi.config.management.commands.migrate import Command"
DJANGO = "from django.core.management.commands.migrate import Command"
PROGRAM = """
import django; django.setup()
from django.core.management import call_command
{command}
for alias in {databases}:
    call_command(Command(), database=alias, verbosity=0)
"""


def made_by(command: str, home: Path, *databases: str) -> dict[str, list[tuple[str, str, str]]]:
    """Everything in the schema of the databases of a new node in `home`."""
    home.mkdir()
    own = {"PUMASI_HOME": str(home), "PYTHONPATH": os.pathsep.join(sys.path)}
    settings = {"DJANGO_SETTINGS_MODULE": "pumasi.config.settings", "PATH": os.environ["PATH"]}
    subprocess.run(
        [sys.executable, "-c", PROGRAM.format(command=command, databases=databases)],
        env={**settings, **own},
        check=True,
    )
    found = {}
    for path in home.glob("*.sqlite3"):
        with closing(sqlite3.connect(path)) as database:
            found[path.name] = database.execute("select type, name, sql from sqlite_master order by 1, 2").fetchall()
    return found


@pytest.mark.full
def test_the_schema_is_that_of_django_alone(tmp_path: Path) -> None:
    ours = made_by(OURS, tmp_path / "ours", "default", "keys")
    plain = made_by(DJANGO, tmp_path / "plain", "default")

    assert ours["node.sqlite3"] == plain["node.sqlite3"]
    assert len(ours["node.sqlite3"]) > 500
    tables = [name for kind, name, _ in ours["keys.sqlite3"] if kind == "table"]
    assert tables == ["django_migrations", "people_personkey", "sqlite_sequence"]
