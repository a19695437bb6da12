"""Which program may call what: every operation of the API meets every role, at the objects of the keeper's shop.

The table is `permissions.tsv`: a row for each operation, a column for each role, the status of the answer. 403 is a
rule about roles; 404 and 409 come after it: no such object, or not in this state. A change of the table is a change of
rights and is read as such; an operation without a row fails.
"""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints
from uuid import UUID

import pytest
from django.db import transaction

from pumasi.civic.api.routes import Route
from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.sockets import load
from pumasi.civic.shell.tests.visiting import stand_still
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key
from pumasi.kernel.clock import FixedClock
from tests.api.calling import Program, token
from tests.journeys.test_permissions import AT_PLACES, WIDE, arguments_of, newcomers

pytestmark = pytest.mark.django_db(databases=DATABASES)

TABLE = Path(__file__).with_name("permissions.tsv")
ROLES = ("keeper", "issuer", *AT_PLACES, *WIDE)
SAMPLES: Mapping[Any, object] = {
    UUID: str(UUID(int=7)),
    int: 1,
    str: "x",
    bool: True,
    bytes: "eA==",
    date: "2026-10-06",
    datetime: datetime(2026, 10, 6, tzinfo=UTC).isoformat(),
}


def routes() -> Iterator[tuple[str, Route]]:
    """Every operation of the API under its id."""
    for manifest in manifests():
        for route in load(manifest.api) if manifest.api else ():
            yield f"{manifest.key}.{route.call.__name__}", route


def sample(hint: Any) -> object:
    """A value of this type as JSON, well formed and of nobody."""
    if hint in SAMPLES:
        return SAMPLES[hint]
    if get_origin(hint) in (list, tuple, Sequence):
        return []
    if get_origin(hint) is Mapping:
        return {}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return next(iter(hint)).value
    if isinstance(hint, type) and is_dataclass(hint):
        hints = get_type_hints(hint)
        return {each.name: sample(hints[each.name]) for each in fields(hint)}
    return sample(next(each for each in get_args(hint) if each is not type(None)))


def call(program: Program, where: str, route: Route, known: Mapping[str, object]) -> int:
    """The status of one call, its objects the known ones and else nobody's."""
    hints = get_type_hints(route.call)
    asked = list(inspect.signature(route.call).parameters.values())[1 if route.is_write else 0 :]
    given = {each.name: known.get(each.name, sample(hints[each.name])) for each in asked if each.name not in route.set}
    path = f"/{where.partition('.')[0]}{route.path.format(**given)}"
    query = {name: value for name, value in given.items() if f"{{{name}}}" not in route.path and name != "key"}
    if route.is_write:
        return program.post(path, query, a_key()).status_code
    return program.get(path).status_code


@pytest.fixture
def programs(db: None, monkeypatch: pytest.MonkeyPatch) -> tuple[World, dict[str, Program]]:
    stand_still(monkeypatch, FixedClock(MORNING))
    world = World()
    world.funds()
    world.earns(world.resident, 40)
    people = {"keeper": world.keeper, "issuer": world.issuer, **newcomers()}
    return world, {name: Program(token(people[name])) for name in ROLES}


def objects_of(world: World) -> dict[str, object]:
    """By the name of an argument, one real object: the resident's, at the keeper's shop."""
    found = {name: value for each in arguments_of(world).values() for name, value in each.items()}
    found |= {"place_id": world.laundry, "payment_id": world.pays(10).key, "code": "HANGER"}
    return {name: str(value) for name, value in found.items() if name not in {"key", "text"}}


def test_each_program_meets_what_the_table_says(programs: tuple[World, dict[str, Program]]) -> None:
    world, by_role = programs
    known = objects_of(world)
    met: dict[str, tuple[int, ...]] = {}

    for where, route in routes():
        answers = []
        for role in ROLES:
            with transaction.atomic(), transaction.atomic("keys"):
                answers.append(call(by_role[role], where, route, known))
                transaction.set_rollback(True)
                transaction.set_rollback(True, "keys")
        met[where] = tuple(answers)

    head, *lines = (line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines())
    assert head == ["operation", *ROLES]
    assert met == {name: tuple(map(int, statuses)) for name, *statuses in lines}
