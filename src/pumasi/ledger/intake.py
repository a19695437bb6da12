"""Posting a file of commands: read in batches, each in a transaction of its own; what is refused is said line by line.

Run again after a crash, a file does no harm: what was posted is replayed by its keys. The size of a batch never changes
what is posted. Not here: reading a line (`jsonl.py`), deciding it (`planner.py`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction

from pumasi.ledger import chart
from pumasi.ledger.commands import Command
from pumasi.ledger.errors import LedgerRefusal, LinkedRefused
from pumasi.ledger.jsonl import Line, Opening
from pumasi.ledger.posting import BATCH_LIMIT, open_account, post
from pumasi.ledger.store.contract import POSTED


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one line: `posted`, `replayed`, `opened`, or the refusal's code."""

    line: int
    code: str
    transfer: int | None = None
    refusal: LedgerRefusal | None = None


@dataclass(slots=True)
class _Batch:
    """Lines that are posted together; what they open comes first."""

    commands: list[tuple[Line, Command]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    openings: list[tuple[int, Opening]] = field(default_factory=list)
    named: set[str] = field(default_factory=set)  # addresses that the commands so far touch


def post_lines(lines: Iterable[Line], size: int = 1000, using: str = "default") -> Iterator[Answer]:
    """Post lines in order, `size` (1 to 5,000) commands to a transaction; one answer for each line, in line order.

    Neighbours with one `link` are posted together or not at all, also when one of them cannot be read.
    """
    if not 0 < size <= BATCH_LIMIT:
        raise ValueError(f"a batch holds 1 to {BATCH_LIMIT} commands")
    batch = _Batch()
    for group in _linked(lines):
        opens_named = any(isinstance(line.said, Opening) and line.said.address in batch.named for line in group)
        if len(batch.commands) + len(group) > size or opens_named:
            yield from _post(batch, using)
            batch = _Batch()
        _add(batch, group)
    yield from _post(batch, using)


def _linked(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Neighbours with one link together, every other line alone. An unreadable line between two is one of them."""
    group: list[Line] = []
    for line in lines:
        lost = line.link is None and isinstance(line.said, LedgerRefusal)
        together = bool(group) and group[0].link is not None and (lost or line.link == group[0].link)
        if group and (not together or len(group) >= BATCH_LIMIT):
            yield from _split(group)
            group = []
        group.append(line)
    yield from _split(group)


def _split(group: list[Line]) -> Iterator[list[Line]]:
    """Unreadable lines after the last one with the link stand alone."""
    end = len(group)
    while end > 1 and group[end - 1].link is None:
        end -= 1
    if group:
        yield group[:end]
    for line in group[end:]:
        yield [line]


def _add(batch: _Batch, group: list[Line]) -> None:
    broken = any(isinstance(line.said, LedgerRefusal) for line in group)
    for line in group:
        said = line.said
        if isinstance(said, Opening):
            batch.openings.append((line.number, said))
        elif isinstance(said, LedgerRefusal):
            batch.answers.append(Answer(line.number, said.code, None, said))
        elif broken:
            refusal = LinkedRefused()
            batch.answers.append(Answer(line.number, refusal.code, None, refusal))
        else:
            batch.commands.append((line, said))
            batch.named |= said.addresses()


def _post(batch: _Batch, using: str) -> list[Answer]:
    """Open, post, and answer in line order."""
    answers = list(batch.answers)
    with transaction.atomic(using=using):
        for number, opening in batch.openings:
            row, unit, owner = chart.parts(opening.address)
            open_account(row.code, unit, owner, at=opening.at, using=using)
            answers.append(Answer(number, "opened"))
        commands = batch.commands
        verdicts = post([command for _, command in commands], using) if commands else []
    for (line, _), verdict in zip(commands, verdicts, strict=True):
        answers.append(Answer(line.number, verdict.code, verdict.transfer, verdict.refusal))
    return sorted(answers, key=lambda answer: answer.line)


@dataclass(slots=True)
class Tally:
    """How many lines had which end."""

    posted: int = 0
    replayed: int = 0
    opened: int = 0
    refused: int = 0

    def add(self, answer: Answer) -> None:
        """Count one answer."""
        if answer.refusal is not None:
            self.refused += 1
        elif answer.code == POSTED:
            self.posted += 1
        elif answer.code == "opened":
            self.opened += 1
        else:
            self.replayed += 1
