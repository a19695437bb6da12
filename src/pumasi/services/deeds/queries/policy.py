"""The district's policy on evidence, read from `data/evidence.toml`: what suffices, who looks, and how soon."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pumasi.coin.tariff import EvidenceKind, Measure
from pumasi.coin.working_days import working_day
from pumasi.services.deeds.models import State

FILE = Path(__file__).parents[1] / "data" / "evidence.toml"
ROLES = ("STAFF", "REVIEWER", "DONG_OFFICIAL")
_THEN = (State.AUTO_OK, State.REVIEW, State.RISK_HOLD)


@dataclass(frozen=True)
class Rule:
    """What to do with a claim whose evidence, measure, coins and number of the day fit; None fits everything."""

    evidence: EvidenceKind
    measure: Measure | None
    up_to_coins: int | None
    a_day: int | None
    then: State
    by: str

    def fits(self, evidence: str, measure: Measure, coins: int, earlier_today: int) -> bool:
        return (
            evidence == self.evidence.value
            and self.measure in (None, measure)
            and (self.up_to_coins is None or coins <= self.up_to_coins)
            and (self.a_day is None or earlier_today < self.a_day)
        )


@dataclass(frozen=True)
class Policy:
    """The whole file. `days` are working days by the role that looks, and `APPEAL`."""

    rules: tuple[Rule, ...]
    days: Mapping[str, int]
    photo_code_minutes: int
    photo_kept_days: int
    machine_skew_seconds: int
    machine_life_minutes: int
    linked: str
    granted: str
    reserved_days: int
    open_at_once: int
    fewest: int

    def rule_for(self, evidence: str, measure: Measure, coins: int, earlier_today: int) -> Rule:
        """The first rule that fits; a file without one for an evidence kind is refused when it is read."""
        return next(rule for rule in self.rules if rule.fits(evidence, measure, coins, earlier_today))

    def due(self, what: str, day: date) -> date:
        """The working day by which `what` (a role or APPEAL) must be decided."""
        return working_day(day, self.days[what])


@lru_cache(maxsize=1)
def policy() -> Policy:
    """The policy in force, read once per process."""
    return parse(tomllib.loads(FILE.read_text(encoding="utf-8")))


def parse(content: Mapping[str, Any]) -> Policy:
    """The policy in parsed TOML; ValueError names what is missing or unknown."""
    rules = tuple(_rule(each) for each in content["rule"])
    for evidence in EvidenceKind:
        if not any(each.fits(evidence.value, Measure.ITEM, 10**9, 10**9) for each in rules):
            raise ValueError(f"evidence {evidence.value}: no rule without a limit")
    photo, machine, outcome = content["photo"], content["machine"], content["outcome"]
    return Policy(
        rules=rules,
        days=MappingProxyType({word: int(content["days"][word]) for word in (*ROLES, "APPEAL")}),
        photo_code_minutes=photo["code_minutes"],
        photo_kept_days=photo["kept_days"],
        machine_skew_seconds=machine["skew_seconds"],
        machine_life_minutes=machine["life_minutes"],
        linked=outcome["linked"],
        granted=outcome["granted"],
        reserved_days=outcome["reserved_days"],
        open_at_once=outcome["open_at_once"],
        fewest=outcome["fewest"],
    )


def _rule(table: Mapping[str, Any]) -> Rule:
    unknown = set(table) - {"evidence", "measure", "up_to_coins", "a_day", "then", "by"}
    then, by = State(table["then"]), table.get("by", "")
    if unknown or then not in _THEN or (then is not State.AUTO_OK) != (by in ROLES):
        raise ValueError(f"rule for {table['evidence']}: {', '.join(sorted(unknown)) or 'then and by do not fit'}")
    return Rule(
        evidence=EvidenceKind(table["evidence"]),
        measure=Measure(table["measure"]) if "measure" in table else None,
        up_to_coins=table.get("up_to_coins"),
        a_day=table.get("a_day"),
        then=then,
        by=by,
    )
