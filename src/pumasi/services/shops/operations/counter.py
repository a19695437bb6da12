"""Taking coins at a counter: the visitor's code is spent and the coins are paid in one transaction, once per key.

Paying from one's own phone, undoing and refunding are the coin's operations as they are.
"""

from dataclasses import replace
from uuid import UUID

from django.db import transaction

from pumasi.civic.cards.operations import check_strip_code, spend_strip_code
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.operations import scan_of, spend_scan
from pumasi.coin.answers import Paid
from pumasi.coin.operations import spend
from pumasi.coin.parties import check_staff, venue
from pumasi.kernel.acting import Acting, Channel


def take_at_counter(
    acting: Acting, *, scan_id: UUID, place_id: UUID, coins: int, price_won: int | None, key: UUID, strip: str = ""
) -> Paid:
    """Staff of a place take coins from the person whose rotating code they have scanned; the payer has seen the amount.

    With a card: up to the day's limit by itself, above it with `strip`, the next code of its strip. A wrong one counts
    although nothing was paid. Raises NotAllowed, what `spend_scan` raises (a scan pays once), what `spend` and
    `civic.cards` raise; then no coin has moved.
    """
    try_strip(acting, scan_id=scan_id, place_id=place_id, strip=strip, key=key)
    return take_shown(
        acting, scan_id=scan_id, place_id=place_id, coins=coins, price_won=price_won, key=key, strip=strip
    )


def try_strip(acting: Acting, *, scan_id: UUID, place_id: UUID, strip: str, key: UUID) -> None:
    """Try a code of a card's strip before anything is paid. Never inside another transaction: wrong tries are kept."""
    shown = scan_of(scan_id, check_staff(acting, venue(place_id)))
    if shown.kind is Kind.CARD and strip.strip():
        check_strip_code(acting, shown.subject, strip, key)


def take_shown(
    acting: Acting, *, scan_id: UUID, place_id: UUID, coins: int, price_won: int | None, key: UUID, strip: str
) -> Paid:
    """As `take_at_counter`, once `try_strip` has let the code pass."""
    staff = check_staff(acting, venue(place_id))
    with transaction.atomic():
        scan = spend_scan(scan_id, staff, key, acting.at)
        is_card = scan.kind is Kind.CARD
        with_strip = is_card and bool(strip.strip())
        paying = replace(acting, subject=scan.subject, channel=Channel.CARD if is_card else acting.channel)
        if with_strip:
            spend_strip_code(paying, scan.subject, strip, key)
        return spend(
            paying,
            payer_id=scan.subject,
            place_id=place_id,
            coins=coins,
            key=key,
            price_won=price_won,
            card_shown_at=scan.used_at if is_card and not with_strip else None,
        )
