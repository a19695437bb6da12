"""Any history of the city leaves books that a second, plainer ledger agrees with to the last unit."""

import pytest
from hypothesis.stateful import run_state_machine_as_test

from pumasi.ledger.tests.proofs.machine import LedgerMachine
from pumasi.ledger.tests.proofs.profiles import machine_settings


@pytest.mark.postgres
@pytest.mark.django_db
def test_ledger_and_model_agree_after_every_step_of_any_history() -> None:
    run_state_machine_as_test(LedgerMachine, settings=machine_settings())
