"""Calls that schemathesis makes up from the document: no answer outside it, and never a fault of the node."""

import os
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok

from pumasi.civic.api import operations
from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tests.world import DATABASES, MORNING, World
from pumasi.kernel.clock import FixedClock
from tests.api.calling import token
from tests.api.test_permissions import routes
from tests.journeys.test_permissions import newcomers

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.full]

EXAMPLES = int(os.environ.get("PUMASI_API_EXAMPLES", "8"))


@pytest.fixture
def secrets(db: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    stand_still(monkeypatch, FixedClock(MORNING))
    monkeypatch.setattr(operations, "CALLS_A_MINUTE", 1_000_000)
    world = World()
    world.funds()
    world.earns(world.resident, 40)
    workers = {name: person for name, person in newcomers().items() if name != "neighbour"}
    return [token(person) for person in (world.keeper, world.issuer, *workers.values())]


def call_often(operation: schemathesis.APIOperation[Any, Any, Any, Any], secrets: list[str]) -> int:
    """How many calls went well; raises what the first bad one breaks. Nothing of them stays."""
    count = 0

    @seed(7)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), secret=st.sampled_from(secrets))
    def calls(case: schemathesis.Case[Any], secret: str) -> None:
        nonlocal count
        with transaction.atomic(), transaction.atomic("keys"):
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"})
            transaction.set_rollback(True)
            transaction.set_rollback(True, "keys")
        count += 1

    calls()
    return count


def test_the_node_answers_as_its_document_says(secrets: list[str]) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    counts, faults = [], []

    for operation in (each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)):
        try:
            counts.append(call_often(operation, secrets))
        except (Exception, FailureGroup) as error:  # noqa: BLE001 - told below, all of them
            faults.append(f"{operation.label}: {error}")

    assert not faults, "\n".join(faults)
    assert len(counts) == len(list(routes()))
    assert min(counts) > 0
