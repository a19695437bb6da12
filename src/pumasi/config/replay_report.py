"""The outcome of a replay in plain text, Korean or English."""

from pumasi.config.replay import Report
from pumasi.ledger.chart import CHART

_HEADS = {
    "ko": ("처리", "거절", "줄", "시산표 (최소 단위 증감)"),
    "en": ("Carried out", "Refused", "line", "Trial balance (change in minor units)"),
}


def printed(report: Report, language: str) -> str:
    """Counts of what was carried out, every refusal with line, code and reason, and the trial balance."""
    done, refused, line, trial = _HEADS[language]
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
