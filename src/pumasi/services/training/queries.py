"""Exercises of a person's roles, with the day on which they were last done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from pumasi.civic.audit.queries import last_done
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.manifest import manifests
from pumasi.kernel.clock import seoul_date


@dataclass(frozen=True)
class ExerciseLine:
    """One exercise; `done`: the last day on which this person has done it."""

    service: str
    title: str
    say: str
    url: str
    done: date | None


def exercises(person_id: UUID, roles: Iterable[str], until: datetime) -> list[ExerciseLine]:
    """What people of these roles practise, in the order of the services; one query."""
    mine = frozenset(roles)
    found = [(each, exercise) for each in manifests() for exercise in each.exercises if exercise.roles & mine]
    done = last_done(person_id, {exercise.action for _, exercise in found}, until)
    return [
        ExerciseLine(
            service=manifest.name(page_language()),
            title=str(exercise.title),
            say=str(exercise.say),
            url=reverse(exercise.url_name),
            done=seoul_date(done[exercise.action]) if exercise.action in done else None,
        )
        for manifest, exercise in found
    ]
