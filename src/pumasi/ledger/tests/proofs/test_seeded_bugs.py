"""The proofs bite: every seeded bug is noticed within seconds, by the machine or by the tables' own checks.

On SQLite alone: the bent pieces are the ones that decide, and PostgreSQL decides an everyday command in the database.
"""

import sqlite3

import pytest
from django.db import DatabaseError
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from pumasi.ledger.tests.proofs.machine import focused_on
from pumasi.ledger.tests.proofs.profiles import machine_settings
from pumasi.ledger.tests.proofs.seeded import FOCUSES, OF_THE_DESIGN, OURS, Seed

HUNT = settings(machine_settings("quick"), max_examples=30, phases=[Phase.generate], report_multiple_bugs=False)
SEEDS = OF_THE_DESIGN | OURS


def hunt(focus: str) -> None:
    """The same histories every time, around one part of the city's life; none is retold in fewer words."""
    run_state_machine_as_test(focused_on(*FOCUSES[focus]), settings=HUNT)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.__name__)
def test_a_seeded_bug_is_noticed(seed: Seed, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(monkeypatch)

    with pytest.raises((AssertionError, DatabaseError, sqlite3.Error)):
        hunt(SEEDS[seed])


@pytest.mark.django_db
@pytest.mark.parametrize("focus", FOCUSES)
def test_the_code_as_it_is_passes_the_same_hunt(focus: str) -> None:
    hunt(focus)


def test_there_are_nine_bugs_of_the_design_and_six_of_ours() -> None:
    assert (len(OF_THE_DESIGN), len(OURS), len(SEEDS)) == (9, 6, 15)
