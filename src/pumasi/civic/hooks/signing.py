"""Secrets and signatures as of Standard Webhooks 1.0 (symmetric, v1): HMAC-SHA256 over "id.timestamp.body".

A secret is derived from the node key, the endpoint's id and a version: the database alone signs nothing.
"""

import hmac
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from pumasi.civic.people.sealing import subkey

PREFIX = "whsec_"


def secret(endpoint_id: UUID, version: int) -> str:
    """The secret as the receiver keeps it."""
    return PREFIX + b64encode(_key(endpoint_id, version)).decode("ascii")


def headers(endpoint_id: UUID, versions: Iterable[int], *, message: UUID, at: datetime, body: bytes) -> dict[str, str]:
    """The headers of one try at `at`: a signature for each version of the secret that still counts."""
    stamp = str(int(at.timestamp()))
    signed = b".".join([message.hex.encode("ascii"), stamp.encode("ascii"), body])
    found = (hmac.digest(_key(endpoint_id, version), signed, sha256) for version in versions)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Pumasi-Webhooks/1",
        "webhook-id": message.hex,
        "webhook-timestamp": stamp,
        "webhook-signature": " ".join(f"v1,{b64encode(each).decode('ascii')}" for each in found),
    }


def _key(endpoint_id: UUID, version: int) -> bytes:
    return hmac.digest(subkey("webhook"), endpoint_id.bytes + version.to_bytes(4, "big"), sha256)
