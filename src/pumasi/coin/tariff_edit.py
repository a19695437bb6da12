"""Edits of a tariff: the few typed changes an officer can draft, written down, read back, and put into the tables.

Pure: tables in, tables out; whether the result is a tariff is decided by `tariff_file.parse`, so that a change can do
nothing that a file could not. Not here: who may change what and when (`operations.tariff`).
"""

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from pumasi.coin.tariff import CapScope, EvidenceKind, Group, Measure, Part, Tariff
from pumasi.coin.tariff_file import PLACE_KINDS, parse
from pumasi.coin.tariff_table import Table, TariffError

MOST_EDITS = 60
type Content = Mapping[str, object]


@dataclass(frozen=True)
class SetAmount:
    """From the day of the change a kind earns so much; also the first row of a kind that had none."""

    kind: str
    coins: int
    shop_coins: int = 0


@dataclass(frozen=True)
class EndKind:
    """From the day of the change a kind earns nothing: the day before is its last."""

    kind: str


@dataclass(frozen=True)
class AddKind:
    """A new kind with its first row. Enumerations are their stored words."""

    code: str
    name_ko: str
    name_en: str
    group: str
    measure: str
    per: int
    payees: tuple[str, ...]
    evidence: tuple[str, ...]
    places: tuple[str, ...]
    coins: int
    shop_coins: int = 0
    min_age: int = 0
    discreet: bool = False
    promotion: bool = False


@dataclass(frozen=True)
class SetCap:
    """From the day of the change at most so many coins; a new cap where there was none."""

    scope: str
    kind: str
    coins: int


@dataclass(frozen=True)
class EndCap:
    """From the day of the change this cap holds no more."""

    scope: str
    kind: str


@dataclass(frozen=True)
class SetRate:
    """From the day of the change a coin is worth so many won; `convert`: coins that are out keep their won value."""

    won: int
    convert: bool


@dataclass(frozen=True)
class EndProgramme:
    """The programme ends: its last days, as YYYY-MM-DD. A later plan takes the place of one that has not begun."""

    last_earn: str
    last_spend: str
    last_settle: str
    archive: str


type Edit = SetAmount | EndKind | AddKind | SetCap | EndCap | SetRate | EndProgramme
WORDS: Mapping[str, type[Edit]] = {
    "AMOUNT": SetAmount,
    "END": EndKind,
    "KIND": AddKind,
    "CAP": SetCap,
    "CAP_END": EndCap,
    "RATE": SetRate,
    "PROGRAMME_END": EndProgramme,
}


@dataclass(frozen=True)
class Act:
    """What the rows of a change will cite."""

    code: str
    name_ko: str
    name_en: str
    clause: str
    document: str
    effective_on: date


def written(edits: Sequence[Edit]) -> str:
    """The edits as they are stored: one JSON text for one list."""
    words = {kind: word for word, kind in WORDS.items()}
    return json.dumps([{"edit": words[type(each)], **asdict(each)} for each in edits], ensure_ascii=False)


def read(text: str) -> tuple[Edit, ...]:
    """The edits of a stored text."""
    return tuple(_edit(Table(each, "edit")) for each in json.loads(text))


def changed(content: Content, act: Act, edits: Sequence[Edit]) -> Content:
    """The tables with this act and its edits; raises TariffError when an edit does not fit."""
    if not edits or len(edits) > MOST_EDITS:
        raise TariffError(f"a change holds 1 to {MOST_EDITS} edits")
    tables: dict[str, Any] = deepcopy(dict(content))
    names = ("code", "name_ko", "name_en", "clause", "document")
    tables["act"].append({name: getattr(act, name) for name in names} | {"sources": []})
    for edit in edits:
        _put(tables, act, edit)
    return tables


def tariff_of(content: Content) -> Tariff:
    """The tariff that the tables describe; raises TariffError."""
    return parse(content)


def _edit(table: Table) -> Edit:
    word = table.text("edit")
    match word:
        case "AMOUNT":
            coins, shop = table.whole("coins", 1, 100_000), table.whole("shop_coins", 0, 100_000)
            return SetAmount(table.text("kind"), coins, shop)
        case "END":
            return EndKind(table.text("kind"))
        case "KIND":
            return _new_kind(table)
        case "CAP":
            return SetCap(table.choice("scope", CapScope), table.text("kind"), table.whole("coins", 1, 10**9))
        case "CAP_END":
            return EndCap(table.choice("scope", CapScope), table.text("kind"))
        case "RATE" | "PROGRAMME_END":
            return _programme_edit(table, word)
        case _:
            raise TariffError(f"edit: unknown word {word!r}")


def _programme_edit(table: Table, word: str) -> SetRate | EndProgramme:
    if word == "RATE":
        return SetRate(table.whole("won", 1, 100_000), table.flag("convert"))
    return EndProgramme(*(table.text(name) for name in ("last_earn", "last_spend", "last_settle", "archive")))


def _new_kind(table: Table) -> AddKind:
    return AddKind(
        code=table.code("code"),
        name_ko=table.text("name_ko"),
        name_en=table.text("name_en"),
        group=table.choice("group", Group),
        measure=table.choice("measure", Measure),
        per=table.whole("per", 1, 1_000_000),
        payees=tuple(table.choices("payees", Part)),
        evidence=tuple(table.choices("evidence", EvidenceKind)),
        places=table.words("places", PLACE_KINDS),
        coins=table.whole("coins", 1, 100_000),
        shop_coins=table.whole("shop_coins", 0, 100_000),
        min_age=table.whole("min_age", 0, 120),
        discreet=table.flag("discreet"),
        promotion=table.flag("promotion"),
    )


def _put(tables: dict[str, Any], act: Act, edit: Edit) -> None:
    match edit:
        case SetAmount(kind, coins, shop_coins):
            row = {"coins": coins} | ({"shop_coins": shop_coins} if shop_coins else {})
            _next(_rows(tables, kind), f"kind {kind}", act.effective_on, row | _cites(act), ("min_age", "or_spouse"))
        case EndKind(kind):
            _end(_rows(tables, kind), f"kind {kind}", act.effective_on)
        case AddKind():
            tables["kind"].append(_kind_table(act, edit))
        case SetCap(scope, kind, coins):
            cap = {"scope": scope, "kind": kind, "coins": coins}
            series = _caps(tables, scope, kind)
            _next(series, f"cap {scope} {kind}", act.effective_on, cap, ())
            tables["cap"] = _in_place(tables.get("cap", []), series)
        case EndCap(scope, kind):
            _end(_caps(tables, scope, kind), f"cap {scope} {kind}", act.effective_on)
        case SetRate(won, convert):
            value = {"won": won, "convert": convert, "sources": []}
            _next(tables["unit"]["values"], "the value of a coin", act.effective_on, value, ())
        case EndProgramme():
            tables["ending"] = [_ending_table(tables, act, edit)]


def _ending_table(tables: dict[str, Any], act: Act, edit: EndProgramme) -> dict[str, date]:
    for known in tables.get("ending", []):
        if known["last_earn"] < act.effective_on:
            raise TariffError(
                f"the programme has stopped earning on {known['last_earn']}; that cannot be moved any more"
            )
    try:
        days = {name: date.fromisoformat(day) for name, day in asdict(edit).items()}
    except ValueError as error:
        raise TariffError(f"the programme's end: {error}") from error
    if days["last_earn"] < act.effective_on:
        raise TariffError("the last day of earning lies before the day on which the plan begins to hold")
    return days


def _rows(tables: dict[str, Any], code: str) -> list[dict[str, Any]]:
    for kind in tables["kind"]:
        if kind["code"] == code:
            rows: list[dict[str, Any]] = kind.setdefault("rows", [])
            return rows
    raise TariffError(f"no kind {code!r}")


def _caps(tables: dict[str, Any], scope: str, kind: str) -> list[dict[str, Any]]:
    return [each for each in tables.get("cap", []) if (each["scope"], each["kind"]) == (scope, kind)]


def _in_place(caps: list[dict[str, Any]], series: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """All caps with this series together where it first stood, or at the end: refusals name caps in file order."""
    known = {(each["scope"], each["kind"]) for each in series}
    others = [each for each in caps if (each["scope"], each["kind"]) not in known]
    first = next((index for index, each in enumerate(caps) if (each["scope"], each["kind"]) in known), len(caps))
    return [*others[:first], *series, *others[first:]]


def _cites(act: Act) -> dict[str, object]:
    return {"act": act.code, "basis": "DECIDED", "sources": []}


def _next(
    series: list[dict[str, Any]], path: str, day: date, entry: dict[str, object], inherited: Sequence[str]
) -> None:
    """Let `entry` hold from `day` until the next entry that is known already; the one before ends the day before."""
    found = _at(series, day)
    if found is None:
        if any(each["from"] >= day for each in series):
            raise TariffError(f"{path}: another entry begins later; this one cannot begin before the first")
        series.append({**entry, "from": day})
        return
    before = series[found]
    if before["from"] == day:
        raise TariffError(f"{path}: another change begins on {day} already")
    kept = {name: before[name] for name in ("until", *inherited) if name in before}
    series.insert(found + 1, {**entry, **kept, "from": day})
    before["until"] = day - timedelta(days=1)


def _end(series: list[dict[str, Any]], path: str, day: date) -> None:
    found = _at(series, day)
    if found is None or series[found]["from"] == day:
        raise TariffError(f"{path}: nothing to end on {day}")
    if found + 1 < len(series):
        raise TariffError(f"{path}: another entry begins on {series[found + 1]['from']}; withdraw that one first")
    series[found]["until"] = day - timedelta(days=1)


def _at(series: Sequence[Mapping[str, Any]], day: date) -> int | None:
    for index, each in enumerate(series):
        if each["from"] <= day and ("until" not in each or day <= each["until"]):
            return index
    return None


def _kind_table(act: Act, new: AddKind) -> dict[str, object]:
    if any(word not in PLACE_KINDS for word in new.places):
        raise TariffError(f"kind {new.code}: unknown place")
    row: dict[str, object] = {"coins": new.coins, "from": act.effective_on, **_cites(act)}
    row |= ({"shop_coins": new.shop_coins} if new.shop_coins else {}) | (
        {"min_age": new.min_age} if new.min_age else {}
    )
    fields = ("code", "name_ko", "name_en", "group", "measure", "per", "discreet", "promotion")
    lists = {name: list(getattr(new, name)) for name in ("payees", "evidence", "places")}
    return {name: getattr(new, name) for name in fields} | lists | {"rows": [row]}
