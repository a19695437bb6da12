"""One replay as a person or a program sees it: progress on a terminal, the outcome in plain text or JSON."""

import json
import sys
from collections.abc import Sequence

from django.core.management import call_command

from pumasi.config.databases import KEYS
from pumasi.config.replay import Report, differences, replay
from pumasi.ledger.chart import CHART

DONE, DIFFERS = 0, 1
_HEADS = {
    "ko": ("처리", "거절", "줄", "시산표 (최소 단위 증감)", "기대한 대로입니다"),
    "en": ("Carried out", "Refused", "line", "Trial balance (change in minor units)", "as expected"),
}


def play(lines: Sequence[bytes], expected: object, *, fresh: bool, as_json: bool, language: str) -> int:
    """Replay and print; `fresh` databases are migrated first. Exit code 1 when the outcome is not the expected one."""
    if fresh:
        for alias in ("default", KEYS):
            call_command("migrate", database=alias, verbosity=0)
    report = replay(lines, on_line=_Progress(len(lines), sys.stderr.isatty()).show)
    found = [] if expected is None else differences(expected, report)
    if as_json:
        print(json.dumps({**report.as_expected(), "differences": found}, ensure_ascii=False, indent=1))
        return DIFFERS if found else DONE
    print(printed(report, language))
    for difference in found:
        print(difference, file=sys.stderr)
    if expected is not None and not found:
        print(_HEADS[language][4])
    return DIFFERS if found else DONE


def printed(report: Report, language: str) -> str:
    """Counts of what was carried out, every refusal with line, code and reason, and the trial balance."""
    done, refused, line, trial, _ = _HEADS[language]
    text = [f"{done}: {report.accepted.total()}"]
    text += [f"  {do:<14}{count:>7,}" for do, count in sorted(report.accepted.items())]
    text.append(f"{refused}: {len(report.refused)}")
    text += [f"  {line} {one.line}: {one.refusal.code}: {one.refusal.text(language)}" for one in report.refused]
    text.append(trial)
    for at, moved in report.balances.items():
        row = CHART[at.partition(":")[0]]
        text.append(f"  {at:<10}{moved:>16,}  {row.ko if language == 'ko' else row.en}")
    for unit, total in _sums(report).items():
        text.append(f"  {'Σ ' + unit:<10}{total:>16,}")
    return "\n".join(text)


def _sums(report: Report) -> dict[str, int]:
    sums: dict[str, int] = {}
    for at, moved in report.balances.items():
        unit = at.rpartition(":")[2]
        sums[unit] = sums.get(unit, 0) + moved
    return sums


class _Progress:
    """A line count on a terminal, nothing elsewhere."""

    def __init__(self, total: int, shown: bool) -> None:
        self._total, self._shown = total, shown

    def show(self, number: int) -> None:
        is_last = number >= self._total - 1
        if self._shown and (number % 10 == 0 or is_last):
            print(f"\r{number}/{self._total}", end="\n" if is_last else "", file=sys.stderr, flush=True)
