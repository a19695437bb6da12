"""Two officers for tests: they sign whatever budget orders and cuts a book has."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.kernel import canonical
from pumasi.ledger.whole import WON, WholeTransfer, whole_transfers
from pumasi.seal import authority
from pumasi.verify.leaf import ORDER_TYPE, Authority

OFFICERS = (Ed25519PrivateKey.from_private_bytes(b"a" * 32), Ed25519PrivateKey.from_private_bytes(b"b" * 32))


@contextmanager
def signing_officers() -> Iterator[None]:
    """While this lasts, every order in the books was signed by both."""
    before = authority._plugged[0]
    authority.plug(_signed)
    try:
        yield
    finally:
        authority.plug(before)


def _signed(transfers: Sequence[int]) -> Mapping[int, Authority]:
    return {whole.transfer: _authority(whole) for whole in whole_transfers(transfers)}


def _authority(whole: WholeTransfer) -> Authority:
    ((limited, change),) = whole.floors
    _, unit, fund = limited.split(":")
    order: dict[str, str | int] = {
        "coins": abs(change),
        "document": "SAMPLE-1",
        "fund": fund,
        "issued_on": whole.day.isoformat(),
        "kind": "ORDER" if change < 0 else "CUT",
        "order": str(UUID(whole.key.hex)),
        "type": ORDER_TYPE,
        "unit": unit,
        "won": abs(whole.by_vintage()[f"B000:KRW:{fund}"][WON]),
    }
    message = canonical.dumps(dict(order))
    keys = tuple(key.public_key().public_bytes_raw() for key in OFFICERS)
    signatures = tuple(key.sign(message) for key in OFFICERS)
    return Authority((keys[0], keys[1]), (signatures[0], signatures[1]), order)
