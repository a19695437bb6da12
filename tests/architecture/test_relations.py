"""Keys between tables point downwards, protect, and leave no reverse name: what import-linter cannot see."""

from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from house import relations

ROOT = Path(__file__).resolve().parents[2]
FLOORS = relations.floors(ROOT / ".importlinter")


def model(room: str, name: str, **fields: relations.AnyField) -> type[models.Model]:
    """A model as if it stood in `pumasi.<room>.models`."""
    meta = type("Meta", (), {"app_label": room.rpartition(".")[2]})
    return type(name, (models.Model,), {"__module__": f"pumasi.{room}.models", "Meta": meta, **fields})


class TestRelations:
    def test_the_tree_keeps_them(self) -> None:
        assert relations.faults(apps.get_models(), FLOORS) == []

    def test_the_floors_are_read_from_the_contract(self) -> None:
        assert [sorted(rooms) for rooms in FLOORS] == [
            ["config"],
            ["services"],
            ["coin"],
            ["seal"],
            ["civic", "ledger"],
            ["validator"],
            ["verify"],
            ["tlog"],
            ["kernel"],
        ]

    @isolate_apps("pumasi.ledger", "pumasi.civic.people")
    def test_a_key_by_name_from_the_ledger_to_people_is_named(self) -> None:
        person = model("civic.people", "Person")
        row = model("ledger", "Row", person=models.ForeignKey("people.Person", models.PROTECT, related_name="+"))

        assert relations.faults([person, row], FLOORS) == [
            "ledger.Row.person: points at people.Person, which is not below it. Arrows go down only: keep an id."
        ]

    @isolate_apps("pumasi.coin", "pumasi.civic.people")
    def test_a_reverse_name_and_a_cascade_are_named(self) -> None:
        person = model("civic.people", "Person")
        award = model("coin", "Award", person=models.ForeignKey("people.Person", models.CASCADE))

        assert relations.faults([person, award], FLOORS) == [
            'coin.Award.person: has a reverse name. The lower floor must not see the upper one: related_name="+".',
            "coin.Award.person: does not protect. Nothing vanishes because something else went: on_delete=PROTECT.",
        ]

    @isolate_apps("pumasi.coin", "pumasi.civic.people")
    def test_a_key_downwards_that_protects_passes(self) -> None:
        person = model("civic.people", "Person")
        award = model("coin", "Award", person=models.ForeignKey("people.Person", models.PROTECT, related_name="+"))

        assert relations.faults([person, award], FLOORS) == []

    @pytest.mark.parametrize(
        ("user", "used", "allowed"),
        [
            ("pumasi.services.deeds.models", "pumasi.services.shops.models", False),
            ("pumasi.services.deeds.models", "pumasi.services.deeds.models", True),
            ("pumasi.services.deeds.models", "pumasi.civic.places.models", True),
            ("pumasi.civic.places.models", "pumasi.coin.models", False),
            ("pumasi.civic.codes.models", "pumasi.civic.people.models", True),
            ("pumasi.civic.people.models", "django.contrib.sessions.models", True),
        ],
    )
    def test_who_may_point_at_whom(self, user: str, used: str, allowed: bool) -> None:
        assert relations.may_use(user, used, FLOORS) is allowed
