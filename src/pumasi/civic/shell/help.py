"""What a desk reads to somebody who asks "what became of it?": every claim and case with its reason (decisions 36).

A service names two functions in its manifest: `help_lines` tells, `help_words` takes the person's objection or opinion
down for them. Not here: who may look at whom (the desk of the members, with a visit and its purpose).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.sockets import load
from pumasi.kernel.acting import Acting

SHOWN = 30


@dataclass(frozen=True)
class HelpLine:
    """One thing: what, when, where it stands, why. `words_until`: the person may say something to it until then."""

    id: UUID
    what: str
    when: datetime
    state: str
    tone: str
    why: str
    words_until: date | None = None


@dataclass(frozen=True)
class Told:
    """A line with the service that takes words about it."""

    service: str
    line: HelpLine


type Lines = Callable[[UUID, datetime], Iterable[HelpLine]]
type Words = Callable[[Acting, UUID, str], None]


def help_lines(person_id: UUID, at: datetime) -> list[Told]:
    """Everything that every service has to tell about this person, the latest first, at most 30."""
    found = [
        Told(manifest.key, line)
        for manifest in manifests()
        if manifest.help_lines
        for line in _lines(manifest.help_lines)(person_id, at)
    ]
    return sorted(found, key=lambda each: each.line.when, reverse=True)[:SHOWN]


def take_words(acting: Acting, service: str, line_id: UUID, note: str) -> None:
    """Take down what the person (`acting.subject`) says about a line; raises the service's refusals."""
    names = [each.help_words for each in manifests() if each.key == service and each.help_words]
    for name in names:
        words: Words = load(name)
        words(acting, line_id, note)


def _lines(name: str) -> Lines:
    found: Lines = load(name)
    return found
