"""mapping.toml: how the other system names its columns, writes its dates, relations and items, and counts its coins."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pumasi.civic.people.models import Level, Relation
from pumasi.coin.moving.findings import Finding

FILE = "mapping.toml"
DATE_FORMS = ("YYYY-MM-DD", "YYYY.MM.DD", "YYYY/MM/DD", "YYYYMMDD")
# File -> its columns in our words; those after the first tuple may be absent.
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "members": (("old_id", "name"), ("phone", "birth_year", "relation", "valid_until", "dong")),
    "lots": (("old_id", "coins", "earned_on", "won"), ("expires", "fund")),
    "balances": (("old_id", "coins"), ()),
    "shops": (("old_id", "name_ko", "dong", "business_number", "owner"), ("name_en", "items", "unpaid")),
    "takings": (("shop", "coins", "taken_on", "won"), ("fund",)),
}
_WORDS = {
    "origin", "extract_on", "unit", "date_form", "level", "columns", "relations", "items", "confirmed_two", "expected",
}  # fmt: skip
_EXPECTED = {"members", "lots", "shops", "takings", "coins", "won"}
_RELATIONS = {"RESIDENT": Relation.RESIDENT, "WORKER": Relation.WORKER, "": Relation.RESIDENT}


class BadMapping(ValueError):
    """What of the mapping cannot be used."""


@dataclass(frozen=True)
class Words:
    """The mapping, checked. `columns`: file -> our column -> theirs."""

    origin: str
    extract_on: date
    unit: str = ""
    date_form: str = DATE_FORMS[0]
    level: Level = Level.L0
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    relations: Mapping[str, Relation] = field(default_factory=dict)
    items: Mapping[str, str] = field(default_factory=dict)
    confirmed_two: frozenset[str] = frozenset()
    expected: Mapping[str, str] = field(default_factory=dict)

    def column(self, file: str, ours: str) -> str:
        """How the other system calls a column."""
        return self.columns.get(file, {}).get(ours, ours)

    def relation(self, said: str) -> Relation | None:
        """RESIDENT or WORKER, or None for a word that nobody has explained."""
        return self.relations.get(said) or _RELATIONS.get(said)


def read_mapping(folder: Path) -> Words | Finding:
    """The mapping of a folder, or what is wrong with it."""
    try:
        table = tomllib.loads((folder / FILE).read_text(encoding="utf-8-sig"))
        return _words(table)
    except FileNotFoundError:
        return Finding(FILE, 0, "", "file_missing")
    except UnicodeDecodeError:
        return Finding(FILE, 0, "", "encoding")
    except (tomllib.TOMLDecodeError, BadMapping) as error:
        return Finding(FILE, 0, "", "mapping", (("what", str(error)[:80]),))


def _words(table: Mapping[str, object]) -> Words:
    if unknown := sorted(set(table) - _WORDS):
        raise BadMapping(f"unknown: {', '.join(unknown)}")
    extract_on = table.get("extract_on")
    if type(extract_on) is not date:
        raise BadMapping("extract_on")
    origin, form = _text(table, "origin", ""), _text(table, "date_form", DATE_FORMS[0])
    level = _text(table, "level", Level.L0.value)
    if not 0 < len(origin.strip()) <= 80:
        raise BadMapping("origin")
    if form not in DATE_FORMS:
        raise BadMapping(f"date_form: {' | '.join(DATE_FORMS)}")
    if level not in Level.values:
        raise BadMapping(f"level: {' | '.join(Level.values)}")
    return Words(
        origin=origin.strip(),
        extract_on=extract_on,
        unit=_text(table, "unit", ""),
        date_form=form,
        level=Level(level),
        columns=_columns(table),
        relations={said: _relation(word) for said, word in _texts(table, "relations").items()},
        items=_texts(table, "items"),
        confirmed_two=_ids(table),
        expected=_expected(table),
    )


def _columns(table: Mapping[str, object]) -> Mapping[str, Mapping[str, str]]:
    files = _table(table, "columns")
    found = {}
    for file in files:
        needed, optional = COLUMNS.get(file, ((), ()))
        found[file] = _texts(files, file)
        if unknown := sorted(set(found[file]) - {*needed, *optional}):
            raise BadMapping(f"columns.{file}: {', '.join(unknown)}")
    return found


def _relation(word: str) -> Relation:
    if word not in Relation.values:
        raise BadMapping(f"relations: {' | '.join(Relation.values)}")
    return Relation(word)


def _expected(table: Mapping[str, object]) -> Mapping[str, str]:
    found = {name: str(value) for name, value in _table(table, "expected").items()}
    if unknown := sorted(set(found) - _EXPECTED):
        raise BadMapping(f"expected: {', '.join(unknown)}")
    return found


def _ids(table: Mapping[str, object]) -> frozenset[str]:
    found = table.get("confirmed_two", [])
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise BadMapping("confirmed_two")
    return frozenset(found)


def _table(table: Mapping[str, object], name: str) -> Mapping[str, object]:
    found = table.get(name, {})
    if not isinstance(found, dict):
        raise BadMapping(name)
    return found


def _texts(table: Mapping[str, object], name: str) -> Mapping[str, str]:
    found = _table(table, name)
    if not all(isinstance(value, str) for value in found.values()):
        raise BadMapping(name)
    return {key: str(value) for key, value in found.items()}


def _text(table: Mapping[str, object], name: str, default: str) -> str:
    found = table.get(name, default)
    if not isinstance(found, str):
        raise BadMapping(name)
    return found
