"""Taking coins at a counter: the visitor's code is spent and the coins are paid in one transaction, once per key.

Paying from one's own phone, undoing and refunding are the coin's operations as they are.
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from pumasi.civic.codes.operations import spend_scan
from pumasi.coin.answers import Paid
from pumasi.coin.operations import spend
from pumasi.coin.parties import check_staff, venue
from pumasi.kernel.acting import Acting


def take_at_counter(
    acting: Acting, *, scan_id: UUID, place_id: UUID, coins: int, price_won: int | None, key: UUID
) -> Paid:
    """Staff of a place take coins from the person whose rotating code they have scanned; the payer has seen the amount.

    Raises NotAllowed, what `spend_scan` raises (a scan pays once) and what `spend` raises; then nothing has changed.
    """
    staff = check_staff(acting, venue(place_id))
    with transaction.atomic():
        scan = spend_scan(scan_id, staff, key, acting.at)
        paying = replace(acting, subject=scan.subject)
        return spend(paying, payer_id=scan.subject, place_id=place_id, coins=coins, key=key, price_won=price_won)
