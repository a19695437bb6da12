"""One inbox 할 일 for whoever is at work: what waits in every service, by deadline, then by age (decisions 36).

A service names a function in its manifest (`inbox`) that answers what this worker may act on, and nothing else.
Not here: what has to be done and how (each line leads to the service's own page).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, Viewer
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import manifests
from pumasi.civic.shell.sockets import load
from pumasi.kernel.clock import seoul_date

SHOWN = 200


@dataclass(frozen=True)
class Worker:
    """Whose inbox it is: the person, what they are today, and when that is."""

    person_id: UUID
    viewer: Viewer
    at: datetime

    def has(self, *codes: str) -> bool:
        """Whether one of these roles is held today."""
        return bool(self.viewer.roles & set(codes))


@dataclass(frozen=True)
class Task:
    """Something that waits. `due`: the last day by law or by policy, None: none is set; `since`: how long it waits."""

    title: str
    say: str
    url: str
    since: datetime
    due: date | None = None


@dataclass(frozen=True)
class Line:
    """A task with what is read off the calendar."""

    task: Task
    service: str
    is_late: bool
    days: int


type Source = Callable[[Worker], Iterable[Task]]


@for_roles(*sorted(set(vars(roles)[name] for name in vars(roles) if name.isupper()) - {roles.RESIDENT}))
@require_safe
def inbox(request: ShellRequest) -> HttpResponse:
    """Everything that waits for the person at work."""
    return render(request, "shell/inbox.html", {"lines": lines_for(request)})


def lines_for(request: ShellRequest) -> list[Line]:
    """The inbox of who looks, at most 200 lines; nobody and mere residents have none."""
    person = request.viewer.person_id
    if person is None or not request.viewer.roles - {roles.RESIDENT}:
        return []
    worker, today = Worker(person, request.viewer, request.acting.at), seoul_date(request.acting.at)
    found = [
        Line(
            task=task,
            service=manifest.name(page_language()),
            is_late=task.due is not None and task.due < today,
            days=max(0, (today - seoul_date(task.since)).days),
        )
        for manifest in manifests()
        if manifest.inbox and manifest.roles & request.viewer.roles
        for task in _source(manifest.inbox)(worker)
    ]
    return sorted(found, key=lambda each: (each.task.due or date.max, each.task.since, each.task.url))[:SHOWN]


def _source(name: str) -> Source:
    found: Source = load(name)
    return found
