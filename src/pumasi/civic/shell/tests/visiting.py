"""Visitors for tests of pages: a Django client that is signed in as somebody, at a clock that stands still."""

from uuid import UUID

import pytest
from django.test import Client

from pumasi.civic.shell.acting import SESSION_PERSON
from pumasi.kernel.clock import FixedClock

CLOCK_SEAM = "pumasi.civic.shell.acting.current_clock"


def stand_still(monkeypatch: pytest.MonkeyPatch, clock: FixedClock) -> None:
    """Let the pages read this clock."""
    monkeypatch.setattr(CLOCK_SEAM, lambda: clock)


def visitor(person: UUID | None, language: str = "ko") -> Client:
    """A browser signed in as this person (None: nobody), asking for this language, on plain HTTP."""
    client = Client(headers={"accept-language": language})
    if person is not None:
        session = client.session
        session[SESSION_PERSON] = str(person)
        session.save()
    return client
