"""What somebody can hold in hand of a transfer: the receipt of the public record, or the promise of one.

Only for accounts of one's own: one's wallet, and the tills of places where one works.
"""

from collections.abc import Sequence
from uuid import UUID

from pumasi.coin.parties import own_wallets, venue
from pumasi.seal.receipts import Promise, Receipt, in_hand


def proof_of(key: UUID, person_id: UUID, places: Sequence[UUID]) -> Receipt | Promise | None:
    """The proof of the transfer under the ledger's `key`, for this person or for places of theirs; else None."""
    owners = {*own_wallets(person_id), *(venue(place).till for place in places)}
    return in_hand(key, owners)
