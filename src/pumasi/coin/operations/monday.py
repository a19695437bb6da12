"""What people do with a finding: look at the person behind it with a purpose, and close it with a note that is kept."""

import json
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import PersonCard, person_card
from pumasi.coin.models import FindingClosed
from pumasi.coin.parties import check_role
from pumasi.coin.queries.monday import finding_of
from pumasi.coin.registers.errors import FindingClosedAlready, FindingUnknown, ReasonMissing
from pumasi.kernel.acting import Acting
from pumasi.kernel.text import clean_text

OUTCOMES = ("HONEST", "ASKED", "ACTED")
_LOOKERS = (RoleName.ISSUER, RoleName.AUDITOR)


def look_behind(acting: Acting, *, monday: date, finding_id: UUID) -> PersonCard:
    """The person behind a finding; noted in the person's own log before it is shown, with `acting.purpose`.

    Raises NotAllowed (ISSUER or AUDITOR), PurposeMissing, and FindingUnknown when no person is behind it.
    """
    check_role(acting, *_LOOKERS)
    found = finding_of(monday, finding_id)
    if found.person is None:
        raise FindingUnknown()
    with transaction.atomic():
        return person_card(acting, found.person)


def close_finding(acting: Acting, *, monday: date, finding_id: UUID, outcome: str, note: str) -> None:
    """Close a finding with what came out (one of OUTCOMES) and a note; the same again is once.

    Raises NotAllowed, FindingUnknown, ReasonMissing and FindingClosedAlready.
    """
    actor = check_role(acting, *_LOOKERS)
    said = clean_text(note.strip(), 400)
    if not said or outcome not in OUTCOMES:
        raise ReasonMissing()
    found = finding_of(monday, finding_id)
    try:
        with transaction.atomic():
            FindingClosed.objects.create(
                finding=found.id,
                monday=monday,
                rule=found.rule,
                numbers=json.dumps(found.numbers),
                person_id=found.person,
                place_id=found.place,
                outcome=outcome,
                note=said,
                by=actor,
                at=acting.at,
            )
            record(acting, "coin.close_finding", None, found.rule)
    except IntegrityError:
        if not FindingClosed.objects.filter(finding=found.id, by=actor, outcome=outcome, note=said).exists():
            raise FindingClosedAlready() from None
