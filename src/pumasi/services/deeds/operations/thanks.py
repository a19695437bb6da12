"""One tap of thanks by the person who was helped: no words, no coins, nothing that others see (decisions 35)."""

from uuid import UUID

from django.db import transaction

from pumasi.civic.codes.operations import spend_scan
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.errors import ThanksToYourself
from pumasi.services.deeds.models import Thanks


def thank(acting: Acting, *, person_id: UUID, scan_id: UUID, key: UUID) -> bool:
    """Thank whoever showed the personal code; False when this person has thanked them today already.

    Raises ThanksToYourself and what `spend_scan` raises.
    """
    with transaction.atomic():
        scan = spend_scan(scan_id, person_id, key, acting.at)
        if scan.subject == person_id:
            raise ThanksToYourself()
        _, is_new = Thanks.objects.get_or_create(helper_id=scan.subject, giver_id=person_id, day=seoul_date(acting.at))
    return is_new
