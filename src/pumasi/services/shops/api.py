"""Shops and facilities for programs: a cash register takes coins, gives them back, and says what the shop needs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.api.routes import ABSENT, OWN, write
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.shell.scanning import take
from pumasi.coin import operations as coin
from pumasi.kernel.acting import Acting
from pumasi.services.shops.operations import counter, devices, lifecycle, place, prices, suspension


@dataclass(frozen=True)
class Scanned:
    """A visitor's code that was used: `scan_id` stays good for one payment until `expires_at`. Never who it is."""

    scan_id: UUID
    expires_at: datetime


def scan_visitor(acting: Acting, *, text: str) -> Scanned:
    """Use the code that a visitor shows at the counter, as scanned or typed; the visitor has seen the amount.

    Raises CodeUnknown, CodeMistyped, CodeAlreadyUsed and TooManyMisses.
    """
    scan = take(acting, text, Kind.PERSON)
    return Scanned(scan.id, scan.expires_at)


ROUTES = (
    write("/scans", scan_visitor),
    write("/payments", counter.take_at_counter),
    write("/payments/own", coin.spend, payer_id=OWN, card_shown_at=ABSENT),
    write("/payments/{payment_id}/undo", coin.undo),
    write("/payments/{payment_id}/refunds", coin.refund),
    write("/payments/{payment_id}/disputes", coin.dispute),
    write("/disputes/{dispute_id}/acceptance", coin.accept_dispute),
    write("/disputes/{dispute_id}/explanation", coin.explain_dispute),
    write("/disputes/{dispute_id}/decision", coin.decide_dispute),
    write("/places/{place_id}/needs", place.set_need),
    write("/places/{place_id}/state", place.set_state),
    write("/places/{place_id}/hours", place.set_hours),
    write("/places/{place_id}/closures", place.close_for),
    write("/places/{place_id}/closures/{closure_id}/end", place.take_closure_back),
    write("/places/{place_id}/stickers", place.print_sticker, answer="serial"),
    write("/places/{place_id}/stickers/{serial}/end", place.revoke_sticker),
    write("/places/{place_id}/prices", prices.set_price),
    write("/places/{place_id}/prices/{price_id}/end", prices.end_price),
    write("/devices/{device_id}/end", devices.revoke_device),
    write("/applications", lifecycle.apply, answer="shop_id", owner_id=OWN),
    write("/applications/{shop_id}/again", lifecycle.send_again),
    write("/applications/{shop_id}/question", lifecycle.ask_for_more),
    write("/applications/{shop_id}/refusal", lifecycle.refuse),
    write("/applications/{shop_id}/verification", lifecycle.verify),
    write("/applications/{shop_id}/activation", lifecycle.activate, answer="place_id"),
    write("/{shop_id}/closing", lifecycle.close),
    write("/{shop_id}/suspension", suspension.suspend),
    write("/{shop_id}/suspension/approval", suspension.approve_suspension),
    write("/{shop_id}/suspension/lifting", suspension.lift),
    write("/{shop_id}/suspension/objection-refused", suspension.keep_suspended),
)
