"""Budget orders as signed bytes: what two officers sign with keys that the server never sees (decisions 4).

Pure: an officer's own device signs without any server. Not here: who may sign and whether the money is there
(`operations.budget`).
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pumasi.coin.errors import BadOrder
from pumasi.kernel import canonical
from pumasi.kernel.amount import MAX_MINOR
from pumasi.kernel.errors import NotCanonical

# The type stands inside the signed bytes, so that a signature over an order is never one over something else.
TYPE = "pumasi/budget-order/v1"
_FUND = re.compile(r"[a-z][a-z0-9-]{0,39}/[0-9]{4}", re.ASCII)
PUBLIC_KEY_BYTES, SIGNATURE_BYTES = 32, 64


class OrderKind(StrEnum):
    """Raise the authorisation, or cut it."""

    ORDER = "ORDER"
    CUT = "CUT"


@dataclass(frozen=True)
class Order:
    """One order: `coins` minor units of `unit` may be issued from `fund`, `won` are appropriated for them (or cut)."""

    order_id: UUID
    kind: OrderKind
    fund: str
    unit: str
    coins: int
    won: int
    document: str
    issued_on: date

    def __post_init__(self) -> None:
        if not _FUND.fullmatch(self.fund):
            raise BadOrder(what="fund")
        if not self.document.strip() or len(self.document) > 80:
            raise BadOrder(what="document")
        for name, amount in (("coins", self.coins), ("won", self.won)):
            if type(amount) is not int or not 0 < amount <= MAX_MINOR:
                raise BadOrder(what=name)

    @property
    def fiscal_year(self) -> int:
        """The budget year that `fund` ends with."""
        return int(self.fund.rpartition("/")[2])

    def signed_bytes(self) -> bytes:
        """The canonical bytes that both officers sign (kernel.canonical: one value, one byte string)."""
        return canonical.dumps(
            {
                "type": TYPE,
                "order": str(self.order_id),
                "kind": self.kind.value,
                "fund": self.fund,
                "unit": self.unit,
                "coins": self.coins,
                "won": self.won,
                "document": self.document,
                "issued_on": self.issued_on.isoformat(),
            }
        )


@dataclass(frozen=True)
class OfficerSignature:
    """Raw Ed25519 public key (32 bytes) and signature (64 bytes, RFC 8032) of one officer."""

    public_key: bytes
    signature: bytes


@dataclass(frozen=True)
class SignedOrder:
    """An order with the signatures it arrived with."""

    order: Order
    signatures: tuple[OfficerSignature, ...]


def read_order(encoded: bytes) -> Order:
    """The order in canonical bytes, as an officer's device sends it; raises BadOrder."""
    try:
        value = canonical.loads(encoded)
        if not isinstance(value, dict) or value.pop("type", None) != TYPE:
            raise BadOrder(what="type")
        order = Order(
            order_id=UUID(_text(value, "order")),
            kind=OrderKind(_text(value, "kind")),
            fund=_text(value, "fund"),
            unit=_text(value, "unit"),
            coins=_number(value, "coins"),
            won=_number(value, "won"),
            document=_text(value, "document"),
            issued_on=date.fromisoformat(_text(value, "issued_on")),
        )
    except (NotCanonical, ValueError) as error:
        raise BadOrder(what="form") from error
    if order.signed_bytes() != encoded:
        raise BadOrder(what="form")
    return order


def sign(order: Order, key: Ed25519PrivateKey) -> OfficerSignature:
    """Sign an order offline with an officer's own key."""
    return OfficerSignature(key.public_key().public_bytes_raw(), key.sign(order.signed_bytes()))


def is_signed_by(order: Order, signature: OfficerSignature) -> bool:
    """Whether the signature is a good one over exactly this order."""
    if len(signature.public_key) != PUBLIC_KEY_BYTES or len(signature.signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(signature.public_key).verify(signature.signature, order.signed_bytes())
    except (InvalidSignature, ValueError):
        return False
    return True


def _text(value: dict[str, canonical.Value], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise BadOrder(what=name)
    return found


def _number(value: dict[str, canonical.Value], name: str) -> int:
    found = value.get(name)
    if type(found) is not int:
        raise BadOrder(what=name)
    return found
