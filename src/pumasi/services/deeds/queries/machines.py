"""A machine's receipt as a page shows it before it is turned in."""

from dataclasses import dataclass
from datetime import datetime

from pumasi.civic.places.errors import PlaceUnknown
from pumasi.civic.places.queries import place_by_number
from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.services.deeds.errors import MachineUnknown
from pumasi.services.deeds.queries.kinds import printed_name, quantity_text
from pumasi.services.deeds.queries.receipt import read_receipt


@dataclass(frozen=True)
class ShownReceipt:
    """What the machine says it counted. Nothing here has been checked but the form."""

    what: str
    quantity: str
    place: str
    when: datetime


def shown_receipt(text: str) -> ShownReceipt:
    """The words of a receipt; raises ReceiptUnreadable, MachineUnknown, UnknownDeed."""
    receipt = read_receipt(text)
    district_tariff().kind(receipt.kind)
    try:
        where = place_by_number(receipt.machine)
    except PlaceUnknown as unknown:
        raise MachineUnknown() from unknown
    return ShownReceipt(
        what=printed_name(receipt.kind),
        quantity=quantity_text(receipt.kind, receipt.quantity),
        place=where.name(page_language()),
        when=receipt.made_at,
    )
