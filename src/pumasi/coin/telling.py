"""What the webhooks of a shop or facility are told: amounts and keys, and never who paid (docs/webhooks.md)."""

from datetime import datetime
from uuid import UUID

from pumasi.civic.hooks.operations import happened
from pumasi.civic.hooks.queries import PAID, REFUNDED, SETTLED, UNDONE
from pumasi.coin.models import Payment, Refund
from pumasi.kernel.amount import Unit


def tell_paid(payment: Payment, unit: Unit) -> None:
    """Coins were paid; `won` is the part of the price that is taken in won."""
    facts = {"payment": str(payment.key), "coins": _coins(payment.coins, unit), "won": payment.won}
    happened(PAID, key=payment.key, place_id=payment.place_id, at=payment.at, facts=facts)


def tell_given_back(row: Refund, unit: Unit) -> None:
    """Coins of a payment went back: undone within minutes, refunded by the shop, or after a dispute."""
    facts = {"payment": str(row.payment_id), "coins": _coins(row.coins, unit), "won": row.won, "why": row.kind}
    kind = UNDONE if row.kind == "UNDO" else REFUNDED
    happened(kind, key=row.key, place_id=row.payment.place_id, at=row.at, facts=facts)


def tell_settled(key: UUID, place_id: UUID, at: datetime, *, won: int, kept: int, batch: int) -> None:
    """The district paid won for coins; `kept` was set off for refunds that the shop owed."""
    facts = {"won": won, "set_off": kept, "batch": batch}
    happened(SETTLED, key=key, place_id=place_id, at=at, facts=facts)


def _coins(minor: int, unit: Unit) -> dict[str, object]:
    return {"unit": unit.code, "minor": minor}
