"""A signed order file: reading it, and saying in words what it would do.

The file is JSON: `order`, the exact canonical text that was signed, and `signatures`, a list of objects with `key` and
`signature` in hex.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from pumasi.coin.district import district_tariff, fund_of
from pumasi.coin.errors import CutBelowCommitted
from pumasi.coin.orders import OfficerSignature, Order, OrderKind, SignedOrder, is_signed_by, read_order
from pumasi.coin.queries.forecast import lowest
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.services.cockpit.errors import OrderFileUnreadable

MOST_SIGNATURES = 4


@dataclass(frozen=True)
class Said:
    """One line of the preview."""

    name: str
    value: str


def read_file(text: str) -> SignedOrder:
    """The order and its signatures; raises OrderFileUnreadable and BadOrder. Nothing is verified yet."""
    try:
        found = json.loads(text)
        order, signatures = found["order"], found["signatures"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise OrderFileUnreadable(what="JSON") from error
    if not isinstance(order, str) or not isinstance(signatures, list) or len(signatures) > MOST_SIGNATURES:
        raise OrderFileUnreadable(what="order, signatures")
    return SignedOrder(read_order(order.encode("utf-8", "replace")), tuple(_signature(each) for each in signatures))


def write_file(signed: SignedOrder) -> str:
    """The file of a signed order, as an officer's device hands it over."""
    signatures = [{"key": each.public_key.hex(), "signature": each.signature.hex()} for each in signed.signatures]
    text = {"order": signed.order.signed_bytes().decode("utf-8"), "signatures": signatures}
    return json.dumps(text, ensure_ascii=False, indent=1)


def to_sign(kind: OrderKind, coins: int, document: str, at: datetime) -> str:
    """The file of an order over so many whole coins and their won, ready for two signatures; raises CutBelowCommitted.

    The order gets its id here, so that the same file is booked once however often it is pasted.
    """
    unit, day = district_tariff().unit, seoul_date(at)
    amount = Amount.whole(coins, unit)
    won = amount.minor * unit.won_per_minor(day)
    if kind is OrderKind.CUT:
        low = lowest(at)
        if amount > low.most_coins or won > low.most_won:
            raise CutBelowCommitted(lowest_won=f"{low.lowest_won:,}", lowest_coins=low.lowest_coins.text())
    order = Order(new_id(at), kind, fund_of(day), unit.code, amount.minor, won, document, day)
    return write_file(SignedOrder(order, ()))


def in_words(signed: SignedOrder) -> list[Said]:
    """What the order says and whose hands signed it, for the preview."""
    order = signed.order
    good = sum(is_signed_by(order, each) for each in signed.signatures)
    kind = _("Raise the budget") if order.kind is OrderKind.ORDER else _("Cut the budget")
    return [
        Said(_("What"), kind),
        Said(_("Year"), str(order.fiscal_year)),
        Said(_("Coins"), Amount(district_tariff().unit, order.coins).text()),
        Said(_("Won"), f"{order.won:,}"),
        Said(_("Document number"), order.document),
        Said(_("Date"), order.issued_on.isoformat()),
        Said(_("Signatures that fit"), _("%(good)s of %(all)s") % {"good": good, "all": len(signed.signatures)}),
    ]


def _signature(found: Any) -> OfficerSignature:
    try:
        return OfficerSignature(bytes.fromhex(found["key"]), bytes.fromhex(found["signature"]))
    except (ValueError, TypeError, KeyError) as error:
        raise OrderFileUnreadable(what="signatures") from error
