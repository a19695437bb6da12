"""What opens a commitment: pseudonymous account ids and openings, derived from keys and never stored (decisions 10).

A wallet's secrets hang on its owner's key, so that shredding the person shreds them; those of tills, batches and cases
hang on the node key. An owner whose key is destroyed gets openings that nobody can ever derive again.
"""

import hmac
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from pumasi.civic.people.keys import derived, keys_of_wallets
from pumasi.civic.people.sealing import subkey
from pumasi.ledger.chart import parts

_ACCOUNT_BYTES = 16


@dataclass(frozen=True, slots=True)
class Openings:
    """The secrets of some accounts, loaded together: `keys` of wallets' owners, and two subkeys of the node."""

    keys: Mapping[UUID, bytes | None]
    node_account: bytes
    node_opening: bytes

    def account_id(self, address: str) -> str:
        """The 32 hex digits by which an opened entry names the account: always the same, not the ledger's name."""
        return self._secret(address, "log-account", self.node_account, b"")[:_ACCOUNT_BYTES].hex()

    def opening(self, address: str, command: UUID) -> bytes:
        """32 bytes for this account's side of this command."""
        return self._secret(address, "log-opening", self.node_opening, command.bytes)

    def _secret(self, address: str, purpose: str, node: bytes, data: bytes) -> bytes:
        wallet = wallet_of(address)
        message = data + address.encode("ascii")
        if wallet is None or wallet not in self.keys:
            return hmac.digest(node, message, sha256)
        key = self.keys[wallet]
        return os.urandom(32) if key is None else derived(key, purpose, message)


def openings_for(addresses: Iterable[str]) -> Openings:
    """The secrets for these addresses; two look-ups for all of them."""
    wallets = {wallet for wallet in map(wallet_of, addresses) if wallet is not None}
    return Openings(keys_of_wallets(wallets), subkey("log-account"), subkey("log-opening"))


def wallet_of(address: str) -> UUID | None:
    """The wallet that owns an address, where it is a wallet's and named as this node names them."""
    row, _, owner = parts(address)
    if row.owner != "wallet":
        return None
    try:
        return UUID(hex=owner)
    except ValueError:
        return None
