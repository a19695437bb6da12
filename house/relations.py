"""What imports cannot see: foreign keys named by strings. Compares the floors of the two ends."""

from collections.abc import Iterable
from configparser import ConfigParser
from pathlib import Path

from django.db.models import PROTECT, Field, Model

type AnyField = Field[object, object]


def floors(config: Path) -> list[frozenset[str]]:
    """The floors from top to bottom, as `.importlinter` lists them; `civic | ledger` is one floor with two rooms."""
    parser = ConfigParser()
    parser.read(config, encoding="utf-8")
    lines = parser["importlinter:contract:house"]["layers"].split("\n")
    return [frozenset(room.strip(" ()") for room in line.split("|")) for line in lines if line.strip()]


def faults(models: Iterable[type[Model]], order: list[frozenset[str]]) -> list[str]:
    """One line for each key of ours that points upwards or sideways, has a reverse name, or does not protect."""
    found = []
    for model in models:
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, Field) and isinstance(target, type) and model.__module__.startswith("pumasi."):
                found += [
                    f"{model._meta.label}.{field.name}: {fault}" for fault in _faults(model, field, target, order)
                ]
    return found


def _faults(model: type[Model], field: AnyField, target: type[Model], order: list[frozenset[str]]) -> list[str]:
    found = []
    if not may_use(model.__module__, target.__module__, order):
        found.append(f"points at {target._meta.label}, which is not below it. Arrows go down only: keep an id.")
    remote = field.remote_field
    same_room = _room(model.__module__) == _room(target.__module__)
    if not str(getattr(remote, "related_name", "") or "").endswith("+") and not same_room:
        found.append('has a reverse name. The lower floor must not see the upper one: related_name="+".')
    if getattr(remote, "on_delete", PROTECT) is not PROTECT:
        found.append("does not protect. Nothing vanishes because something else went: on_delete=PROTECT.")
    return found


def may_use(user: str, used: str, order: list[frozenset[str]]) -> bool:
    """Whether a module may point at another: within its room, or downwards. Foreign packages are always below."""
    if not used.startswith("pumasi.") or _room(user) == _room(used):
        return True
    above, below = _height(user, order), _height(used, order)
    same_tree = user.split(".")[1] == used.split(".")[1] and user.split(".")[1] == "civic"
    return above < below or same_tree


def _height(module: str, order: list[frozenset[str]]) -> int:
    name = module.split(".")[1]
    return next(height for height, rooms in enumerate(order) if name in rooms)


def _room(module: str) -> str:
    """`pumasi.services.deeds.models` and its neighbours are one room; so is all of `pumasi.ledger`."""
    parts = module.split(".")
    return ".".join(parts[:3] if parts[1] in {"services", "civic"} else parts[:2])
