"""The public rule book: every row with its price, dates, clause, document number and source, and how it came about.

It names no officer: the register shows days and steps. Not here: pages (`services.rulebook`, `services.cockpit`).
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.coin.district import district_tariff, version
from pumasi.coin.models import ChangeStep, TariffChange
from pumasi.coin.queries.rule_words import ChangeLine, cap_text, kind_name, lines_of, row_text
from pumasi.coin.registers.errors import ChangeUnknown
from pumasi.coin.tariff import GROUP_NAMES, Dated, Kind, Row, Tariff
from pumasi.coin.tariff_edit import read
from pumasi.kernel.clock import seoul_date

NOW, COMING, PAST, OFF = "NOW", "COMING", "PAST", "OFF"


@dataclass(frozen=True)
class RuleRow:
    """One price. `state` is NOW, COMING, PAST or OFF (no clause or document, so not switched on)."""

    price: str
    starts: date
    until: date | None
    state: str
    decision: str
    clause: str
    document: str
    basis: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class RuleKind:
    """One kind with its rows, newest first; `today` is the row in force, None when it earns nothing today."""

    code: str
    name: str
    group: str
    today: RuleRow | None
    coming: RuleRow | None
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True)
class RuleCap:
    """One cap with its dates."""

    what: str
    coins: str
    starts: date
    until: date | None
    state: str


@dataclass(frozen=True)
class ChangeView:
    """A change. `state`: DRAFT, LATE (its day came undecided), COMING, RECALL, IN_FORCE, REJECTED or WITHDRAWN."""

    id: UUID
    name: str
    clause: str
    document: str
    effective_on: date
    state: str
    drafted_at: datetime
    decided_at: datetime | None
    reason: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class RuleBook:
    """Everything the page shows on one day in one language."""

    name: str
    day: date
    version: int
    kinds: tuple[RuleKind, ...]
    caps: tuple[RuleCap, ...]
    won: int
    step: int
    appeal_days: int
    expiry_years: int | None


def rule_book(at: datetime, language: str) -> RuleBook:
    """The rule book of the day of `at`, with all rows past and coming."""
    tariff, day = district_tariff(), seoul_date(at)
    caps = (
        RuleCap(
            cap_text(tariff, cap.scope, cap.kind, language), f"{cap.coins:,}", cap.starts, cap.until, _state(cap, day)
        )
        for cap in tariff.caps
    )
    return RuleBook(
        name=tariff.name_ko if language == "ko" else tariff.name_en,
        day=day,
        version=version()[0],
        kinds=tuple(_kind(tariff, kind, day, language) for kind in tariff.kinds.values()),
        caps=tuple(caps),
        won=tariff.unit.won_rate(day),
        step=tariff.step(day),
        appeal_days=tariff.appeal_days,
        expiry_years=tariff.expiry_years,
    )


def rule_kind(code: str, at: datetime, language: str) -> RuleKind:
    """One kind with its history; raises UnknownDeed."""
    tariff = district_tariff()
    return _kind(tariff, tariff.kind(code), seoul_date(at), language)


def rule_stamp(at: datetime, language: str) -> str:
    """Changes whenever the rule book does: for ETags. The day counts, because rows begin and end by themselves."""
    number, digest = version()
    drafts = TariffChange.objects.count(), ChangeStep.objects.count()
    said = f"{district_tariff().name_ko}|{number}|{digest}|{drafts}|{seoul_date(at)}|{language}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def changes(at: datetime, language: str) -> list[ChangeView]:
    """All changes of the register, newest first."""
    rows = list(TariffChange.objects.order_by("-drafted_at", "-id"))
    steps = _steps([row.id for row in rows])
    return [_view(row, steps.get(row.id, {}), at, language) for row in rows]


def change(change_id: UUID, at: datetime, language: str) -> ChangeView:
    """One change; raises ChangeUnknown."""
    row = TariffChange.objects.filter(id=change_id).first()
    if row is None:
        raise ChangeUnknown()
    return _view(row, _steps([row.id]).get(row.id, {}), at, language)


def open_data(at: datetime) -> dict[str, object]:
    """The rule book as open data: both languages, ISO days, whole coins; `null` = without an end."""
    tariff = district_tariff()
    return {
        "name": {"ko": tariff.name_ko, "en": tariff.name_en},
        "day": seoul_date(at).isoformat(),
        "version": version()[0],
        "unit": {"code": tariff.unit.code, "won": [[r.starts.isoformat(), r.won] for r in tariff.unit.rates]},
        "kinds": [_kind_data(kind) for kind in tariff.kinds.values()],
        "caps": [
            {"scope": cap.scope.value, "kind": cap.kind, "coins": cap.coins, **_span_data(cap)} for cap in tariff.caps
        ],
        "changes": [_change_data(each) for each in changes(at, "ko") if each.state in ("COMING", "IN_FORCE")],
        "sources": {str(number): text for number, text in tariff.sources.items()},
    }


def _kind(tariff: Tariff, kind: Kind, day: date, language: str) -> RuleKind:
    rows = [_row(tariff, kind, row, day, language) for row in reversed(kind.rows)]
    return RuleKind(
        code=kind.code,
        name=kind_name(tariff, kind.code, language),
        group=GROUP_NAMES[kind.group][0 if language == "ko" else 1],
        today=next((row for row in rows if row.state == NOW), None),
        coming=next((row for row in reversed(rows) if row.state == COMING), None),
        rows=tuple(rows),
    )


def _row(tariff: Tariff, kind: Kind, row: Row, day: date, language: str) -> RuleRow:
    is_on = bool(row.act.clause and row.act.document)
    return RuleRow(
        price=row_text(kind, row, language),
        starts=row.starts,
        until=row.until,
        state=_state(row, day) if is_on else OFF,
        decision=row.act.name_ko if language == "ko" else row.act.name_en,
        clause=row.act.clause,
        document=row.act.document,
        basis=row.basis.value,
        sources=tuple(tariff.sources[number] for number in row.sources),
    )


def _state(entry: Dated, day: date) -> str:
    if day < entry.starts:
        return COMING
    return PAST if entry.until is not None and entry.until < day else NOW


def _steps(ids: Sequence[UUID]) -> dict[UUID, dict[str, ChangeStep]]:
    found: dict[UUID, dict[str, ChangeStep]] = {}
    for step in ChangeStep.objects.filter(change_id__in=ids):
        found.setdefault(step.change_id, {})[step.step] = step
    return found


def _view(row: TariffChange, steps: dict[str, ChangeStep], at: datetime, language: str) -> ChangeView:
    state = _change_state(row, steps, seoul_date(at))
    last = max(steps.values(), key=lambda step: step.at, default=None)
    edits = read(row.edits)
    return ChangeView(
        id=row.id,
        name=row.name_ko if language == "ko" else row.name_en,
        clause=row.clause,
        document=row.document,
        effective_on=row.effective_on,
        state=state,
        drafted_at=row.drafted_at,
        decided_at=last.at if last else None,
        reason=last.reason if last else "",
        lines=tuple(lines_of(district_tariff(), row.effective_on, edits, language)),
    )


def _change_state(row: TariffChange, steps: dict[str, ChangeStep], day: date) -> str:
    if "REJECTED" in steps or "WITHDRAWN" in steps:
        return "WITHDRAWN" if "WITHDRAWN" in steps else "REJECTED"
    begun = row.effective_on <= day
    if "APPROVED" not in steps:
        return "LATE" if begun else "DRAFT"
    return "IN_FORCE" if begun else ("RECALL" if "RECALL_ASKED" in steps else "COMING")


def _kind_data(kind: Kind) -> dict[str, object]:
    rows = [
        {
            "coins": row.coins,
            "shop_coins": row.shop_coins,
            "min_age": row.min_age,
            **_span_data(row),
            "decision": {"ko": row.act.name_ko, "en": row.act.name_en},
            "clause": row.act.clause,
            "document": row.act.document,
            "basis": row.basis.value,
            "sources": list(row.sources),
        }
        for row in kind.rows
    ]
    names = {"name": {"ko": kind.name_ko, "en": kind.name_en}, "group": kind.group.value}
    return {"code": kind.code, **names, "measure": kind.measure.value, "per": kind.per, "rows": rows}


def _span_data(entry: Dated) -> dict[str, str | None]:
    return {"from": entry.starts.isoformat(), "until": entry.until.isoformat() if entry.until else None}


def _change_data(view: ChangeView) -> dict[str, object]:
    lines = [{"what": line.what, "before": line.before, "after": line.after} for line in view.lines]
    day = view.effective_on.isoformat()
    return {"name": view.name, "from": day, "clause": view.clause, "document": view.document, "lines": lines}
