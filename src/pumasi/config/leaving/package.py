"""The folder of the exit export: members and coins, every table, the ledger's journals, the public record, a README.

The folder is 0700 and its files 0600: members.csv holds names and numbers in the clear (ADR 0072 says why).
"""

import csv
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pumasi.coin.district import district_tariff
from pumasi.coin.moving.errors import FolderNotEmpty
from pumasi.config.leaving.members import HEADS, Row, leaving
from pumasi.config.leaving.readme import readme
from pumasi.config.leaving.tables import LEFT_BEHIND, described, tables, write_table
from pumasi.kernel.acting import Acting
from pumasi.ledger import export_beancount, export_csv
from pumasi.ledger.tables import SCALES

_KINDS = {"coins": "decimal", "won": "integer", "birth_year": "integer"}
_UNITS = {"coins": "coins", "won": "KRW per coin"}


@dataclass(frozen=True)
class Written:
    """What was written: rows per file."""

    rows: dict[str, int]


def export(acting: Acting, folder: Path) -> Written:
    """Write everything into a new folder; raises FolderNotEmpty. One moment of the database on SQLite; stop the
    services first where others write at the same time."""
    if folder.exists() and any(folder.iterdir()):
        raise FolderNotEmpty()
    before = os.umask(0o077)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.chmod(0o700)
        with transaction.atomic():
            rows = dict(_all(acting, folder))
    finally:
        os.umask(before)
    return Written(rows)


def _all(acting: Acting, folder: Path) -> Iterator[tuple[str, int]]:
    resources: list[dict[str, object]] = []
    found = leaving(acting)
    (folder / "mapping.toml").write_text(found.mapping, encoding="utf-8")
    for name, head in HEADS.items():
        yield f"{name}.csv", _write(folder / f"{name}.csv", head, found.rows[name])
        resources.append(_resource(f"{name}.csv", [_column(each) for each in head]))
    (folder / "tables").mkdir()
    for model in tables():
        file = f"tables/{model._meta.db_table}.csv"
        yield file, write_table(model, folder / file)
        resources.append(_resource(file, described(model)))
    (folder / "ledger").mkdir()
    with (folder / "ledger/journals.beancount").open("w", encoding="utf-8", newline="\n") as text:
        yield "ledger/journals.beancount", export_beancount.write(text, SCALES)
    with (folder / "ledger/postings.csv").open("w", encoding="utf-8", newline="") as text:
        yield "ledger/postings.csv", export_csv.write_postings(text, SCALES)
    if settings.LOG_DIR.is_dir():
        shutil.copytree(settings.LOG_DIR, folder / "record")
    _describe(folder, resources)
    (folder / "README.md").write_text(readme(acting.purpose, acting.at), encoding="utf-8")


def _write(path: Path, head: Row, rows: Iterable[Row]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(head)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def _column(name: str) -> dict[str, str]:
    kind = _KINDS.get(name, "date" if name.endswith(("_on", "_until")) or name == "expires" else "string")
    return {"name": name, "type": kind, **({"unit": _UNITS[name]} if name in _UNITS else {})}


def _resource(path: str, fields: list[dict[str, str]]) -> dict[str, object]:
    return {"path": path, "encoding": "utf-8", "schema": {"fields": fields}}


def _describe(folder: Path, resources: list[dict[str, object]]) -> None:
    unit = district_tariff().unit
    said = {
        "name": "pumasi-exit-export",
        "unit": {"code": unit.code, "decimals": unit.scale},
        "resources": resources,
        "left_behind": LEFT_BEHIND,
    }
    (folder / "datapackage.json").write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
