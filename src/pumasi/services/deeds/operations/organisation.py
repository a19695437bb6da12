"""Organisations: an officer registers them and binds them, with dates, to a coin centre and a named admin (facts 1)."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from pumasi.civic.audit.operations import record
from pumasi.civic.people.errors import RoleUnknown
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import end_role, grant_role
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.queries import place
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.text import clean_text
from pumasi.services.deeds.errors import BindingUnusable
from pumasi.services.deeds.models import Binding, Organisation

OFFICERS = (RoleName.ISSUER, RoleName.DONG_OFFICIAL)
CENTRES = (PlaceKind.CENTRE, PlaceKind.FACILITY)


def register_organisation(acting: Acting, *, name_ko: str, name_en: str, key: UUID) -> UUID:
    """Note an organisation; it earns nothing until it is bound. Once per key. Raises NotAllowed, BindingUnusable."""
    actor = check_role(acting, *OFFICERS)
    names = [clean_text(name.strip(), 60) for name in (name_ko, name_en)]
    if not all(names):
        raise BindingUnusable(what="name")
    with transaction.atomic():
        made, is_new = Organisation.objects.get_or_create(
            id=key,
            defaults={"name_ko": names[0], "name_en": names[1], "registered_by": actor, "registered_at": acting.at},
        )
        if is_new:
            record(acting, "deeds.register_organisation", made.id)
    return made.id


def bind_organisation(
    acting: Acting, *, organisation_id: UUID, centre_id: UUID, admin_id: UUID, starts: date, ends: date
) -> int:
    """Let an organisation earn through a coin centre from `starts` to `ends`; `admin_id` gets the role there.

    Raises NotAllowed, BindingUnusable (a place that is no centre, dates, bound already, oneself as admin) and what
    `grant_role` raises.
    """
    actor = check_role(acting, *OFFICERS)
    if place(centre_id).kind not in CENTRES:
        raise BindingUnusable(what="place")
    if ends < starts or ends < seoul_date(acting.at):
        raise BindingUnusable(what="dates")
    if admin_id == actor:
        raise BindingUnusable(what="admin")
    with transaction.atomic():
        organisation = Organisation.objects.select_for_update().filter(id=organisation_id).first()
        if organisation is None or _overlapping(organisation_id, starts, ends):
            raise BindingUnusable(what="organisation")
        grant_role(acting, admin_id, RoleName.ORGANISATION_ADMIN, centre_id, starts=starts, ends=ends)
        made = Binding.objects.create(
            organisation=organisation, centre_id=centre_id, admin_id=admin_id, starts=starts, ends=ends, bound_by=actor
        )
        record(acting, "deeds.bind_organisation", organisation_id)
    return int(made.pk)


def end_binding(acting: Acting, *, binding_id: int) -> None:
    """End a binding today, and the admin's role with it. Again: no harm. Raises NotAllowed."""
    check_role(acting, *OFFICERS)
    with transaction.atomic():
        row = Binding.objects.select_for_update().get(pk=binding_id)
        if row.ended_on is not None:
            return
        row.ended_on = seoul_date(acting.at)
        row.save(update_fields=["ended_on"])
        with suppress(RoleUnknown):  # its own end may have come already
            end_role(acting, row.admin_id, RoleName.ORGANISATION_ADMIN, row.centre_id)
        record(acting, "deeds.end_binding", row.organisation_id)


def _overlapping(organisation_id: UUID, starts: date, ends: date) -> bool:
    lasting = Q(ended_on=None) | Q(ended_on__gt=starts)
    return Binding.objects.filter(lasting, organisation_id=organisation_id, starts__lte=ends, ends__gte=starts).exists()
