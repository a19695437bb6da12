"""A guest joins: a member at level L0 with a number for a name, and nothing that says who it is."""

from uuid import UUID

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from pumasi.civic.people.models import Level
from pumasi.civic.people.operations import join
from pumasi.civic.people.queries import exists
from pumasi.civic.shell.acting import SESSION_PERSON
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.booth.queries import guests


def join_guest(acting: Acting, *, session_key: str) -> UUID:
    """The person of this stored session; a new guest where it knows nobody.

    The session's row is locked, so that two presses at once find one wallet. Its key stays for the same reason: a guest
    has nothing that whoever planted a session could take over.
    """
    with transaction.atomic():
        Session.objects.select_for_update().get(session_key=session_key)
        session = SessionStore(session_key)
        known = session.get(SESSION_PERSON)
        if known and exists(UUID(known)):
            return UUID(known)
        number = guests(seoul_date(acting.at)) + 1
        person = join(acting, f"손님 {number} / Guest {number}", level=Level.L0).id
        session[SESSION_PERSON] = str(person)
        session.save()
    return person
