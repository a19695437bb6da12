"""Who may carry everything out: one officer asks with a purpose, a second agrees, and the box writes it once or more.

Not here: the files themselves (`pumasi.config.leaving`).
"""

from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.coin.moving.errors import ExportPurposeMissing, ExportUnknown, ImportSecondOfficerNeeded
from pumasi.coin.moving.models import ExportOrder, ExportStep
from pumasi.coin.moving.operations.deciding import OFFICERS
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.text import clean_text


def ask_export(acting: Acting, *, purpose: str, key: UUID) -> UUID:
    """Ask for the exit export, once per `key`, which becomes its id. Raises NotAllowed and ExportPurposeMissing."""
    actor = check_role(acting, *OFFICERS)
    why = clean_text(purpose.strip(), 100)
    if not why:
        raise ExportPurposeMissing()
    with transaction.atomic():
        made = {"purpose": why, "asked_by": actor, "asked_at": acting.at}
        _, is_new = ExportOrder.objects.get_or_create(id=key, defaults=made)
        if is_new:
            record(acting, "moving.ask_export", None)
    return key


def agree_export(acting: Acting, *, order_id: UUID) -> None:
    """A second officer agrees; again: nothing happens. Raises ExportUnknown and ImportSecondOfficerNeeded."""
    actor = check_role(acting, *OFFICERS)
    with transaction.atomic():
        order = ExportOrder.objects.select_for_update().filter(id=order_id).first()
        if order is None:
            raise ExportUnknown()
        if order.asked_by == actor:
            raise ImportSecondOfficerNeeded()
        if not ExportStep.objects.filter(order=order, step="AGREED").exists():
            ExportStep.objects.create(order=order, step="AGREED", by=actor, at=acting.at)
            record(acting, "moving.agree_export", None)


def written(acting: Acting, *, order_id: UUID | None) -> str:
    """The box is about to write an export: note it, and return its purpose.

    With `order_id` the purpose is the order's (raises ExportUnknown unless two agreed), else the operator's own, which
    is `acting.purpose` (raises ExportPurposeMissing when that is blank).
    """
    with transaction.atomic():
        if order_id is None:
            if not acting.purpose.strip():
                raise ExportPurposeMissing()
            record(acting, "moving.export", None, "OPERATOR")
            return acting.purpose
        agreed = ExportStep.objects.filter(order_id=order_id, step="AGREED").select_related("order").first()
        if agreed is None:
            raise ExportUnknown()
        ExportStep.objects.create(order=agreed.order, step="WRITTEN", by=None, at=acting.at)
        record(acting, "moving.export", None, "ORDER")
        return agreed.order.purpose
