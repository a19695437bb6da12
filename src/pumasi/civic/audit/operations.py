"""Add a row to the audit, in the transaction of what it speaks of: no act without its row, no row without its act."""

from collections.abc import Iterable
from uuid import UUID

from pumasi.civic.audit.errors import PurposeMissing
from pumasi.civic.audit.models import AuditRow, Kind
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text


def record(acting: Acting, action: str, whom: UUID | None, detail_code: str = "") -> None:
    """Note an act: `action` is a dotted code ("people.join"), `detail_code` a short code and never personal data."""
    _add(Kind.ACT, acting, action, whom, detail_code)


def record_acts(acting: Acting, action: str, whoms: Iterable[UUID], detail_code: str = "") -> None:
    """Note the same act on many people, a row for each."""
    AuditRow.objects.bulk_create((_row(Kind.ACT, acting, action, each, detail_code) for each in whoms), batch_size=500)


def record_look(acting: Acting, action: str, whom: UUID | None, *, role: str, detail_code: str = "") -> None:
    """Note a look at personal data before it is shown; `role` is what the actor is, for the person's own log.

    Raises PurposeMissing when `acting.purpose` is blank (facts 21: who, when, from where, whose data, what, why).
    """
    if not acting.purpose.strip():
        raise PurposeMissing()
    _add(Kind.LOOK, acting, action, whom, detail_code, role=role)


def record_looks(acting: Acting, action: str, whoms: Iterable[UUID], *, role: str) -> None:
    """Note a look at many people at once, a row for each; raises PurposeMissing."""
    if not acting.purpose.strip():
        raise PurposeMissing()
    AuditRow.objects.bulk_create((_row(Kind.LOOK, acting, action, each, role=role) for each in whoms), batch_size=500)


def _add(kind: Kind, acting: Acting, action: str, whom: UUID | None, *details: str, role: str = "") -> None:
    _row(kind, acting, action, whom, *details, role=role).save(force_insert=True)


def _row(kind: Kind, acting: Acting, action: str, whom: UUID | None, *details: str, role: str = "") -> AuditRow:
    return AuditRow(
        id=new_id(acting.at),
        kind=kind,
        at=acting.at,
        actor=acting.actor,
        actor_role=role,
        subject=acting.subject,
        channel=acting.channel,
        purpose=clean_text(acting.purpose.strip(), 100),
        action=action,
        whom=whom,
        detail_code="".join(details),
    )
