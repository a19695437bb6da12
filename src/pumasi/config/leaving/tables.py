"""Every other table as CSV, and what its columns are: claims, payments, gifts, campaigns, settlements, audit and all.

What is sealed or secret stays behind: names and numbers are in members.csv alone, keys and codes nowhere.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import models

# Why a table is not exported.
LEFT_BEHIND = {
    "people.PersonKey": "keys that open names: never leave the box",
    "people.SignInCode": "hashes of codes, good for minutes",
    "people.ReadingChoice": "how somebody reads, which may say something about health",
    "shops.DeviceCode": "hashes of codes, good for minutes",
    "pos.SimulatedMove": "no money: the simulated provider's own",
    "sessions.Session": "who is signed in where",
    "contenttypes.ContentType": "the framework's own",
}
# Binary columns that are public or evidence; every other one is sealed or secret.
OPEN_BINARY = {
    "coin.Request.digest",
    "coin.OfficerKey.public_key",
    "coin.BudgetOrder.signed_bytes",
    "coin.BudgetOrder.first_signature",
    "coin.BudgetOrder.second_signature",
}
_TYPES: "tuple[tuple[type[models.Field[Any, Any]], str], ...]" = (
    (models.BooleanField, "boolean"),
    (models.IntegerField, "integer"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.BinaryField, "hexadecimal"),
)
_UNITS = {"coins": "minor units of the coin", "won": "KRW", "set_off": "KRW", "rate": "KRW per minor unit"}
_CHUNK = 2000


def tables() -> list[type[models.Model]]:
    """The tables that are exported, by name."""
    found = [model for model in apps.get_models() if model._meta.label not in LEFT_BEHIND and model._meta.managed]
    return sorted(found, key=lambda model: model._meta.label)


def columns(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    """The columns of a table that are exported."""
    return [
        each
        for each in model._meta.concrete_fields
        if not isinstance(each, models.BinaryField) or f"{model._meta.label}.{each.name}" in OPEN_BINARY
    ]


def write_table(model: type[models.Model], path: Path) -> int:
    """Write one table in the order of its key; returns its rows."""
    fields = columns(model)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(each.attname for each in fields)
        for row in _rows(model, [each.attname for each in fields]):
            writer.writerow(_plain(value) for value in row)
            count += 1
    return count


def described(model: type[models.Model]) -> list[dict[str, str]]:
    """Name, type and unit of each exported column."""
    return [
        {"name": each.attname, "type": _type(each), **({"unit": _UNITS[each.name]} if each.name in _UNITS else {})}
        for each in columns(model)
    ]


def _rows(model: type[models.Model], names: list[str]) -> Iterator[tuple[object, ...]]:
    yield from model._default_manager.order_by("pk").values_list(*names).iterator(_CHUNK)


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, bool):
        return "true" if value else "false"
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat is not None else value


def _type(field: "models.Field[Any, Any]") -> str:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return next((name for kind, name in _TYPES if isinstance(target, kind)), "string")
