"""From a transfer to its entry: what is public of it, and for each account's side the commitment and what opens it.

Not here: which index and block an entry gets (`sealer`), the grammar (`verify.leaf`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.ledger.chart import KRW, parts
from pumasi.ledger.journals import JOURNALS
from pumasi.ledger.whole import WON, WholeTransfer, whole_transfers
from pumasi.seal.authority import authorities
from pumasi.seal.openings import Openings, openings_for
from pumasi.verify.classes import CLASSES, PUBLIC
from pumasi.verify.commitment import Payload, commit
from pumasi.verify.leaf import Authority, Leaf, Posting, committed, in_order, public

_BESIDE, _CASH = "K500", "K000"
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Side:
    """One account's side of a transfer: what its owner may open. `payload` and `opening` give `commitment`."""

    address: str
    payload: bytes
    opening: bytes
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transfer as it will stand in the log, but for its index and block."""

    transfer: int
    key: UUID
    at: datetime
    day: date
    kind: str
    postings: tuple[Posting, ...]
    limits: Mapping[str, int]
    authority: Authority | None
    sides: tuple[Side, ...]

    def leaf(self, index: int, block: int) -> Leaf:
        """The entry at its place."""
        return Leaf(
            index=index,
            block=block,
            day=self.day,
            type=JOURNALS[self.kind].leaf,
            postings=self.postings,
            limits=self.limits,
            authority=self.authority,
        )


def prepare(transfers: Sequence[int]) -> Iterator[Prepared]:
    """The transfers with these ids, in the order of their ids."""
    for start in range(0, len(transfers), _CHUNK):
        chunk = list(whole_transfers(sorted(transfers)[start : start + _CHUNK]))
        secrets = openings_for(address for whole in chunk for address, _ in whole.postings)
        signed = authorities([whole.transfer for whole in chunk if whole.floors])
        for whole in chunk:
            yield _prepared(whole, secrets, signed.get(whole.transfer))


def _prepared(whole: WholeTransfer, secrets: Openings, authority: Authority | None) -> Prepared:
    amounts, won = _without_prices(whole.by_vintage())
    postings, sides = [], []
    for address, vintages in amounts.items():
        row, unit, _ = parts(address)
        if row.code in PUBLIC:
            postings.append(public(address, vintages))
            continue
        side = _side(whole, address, secrets, won if row.coin else 0)
        sides.append(side)
        postings.append(committed(CLASSES[row.code], unit, side.commitment, vintages))
    return Prepared(
        transfer=whole.transfer,
        key=whole.key,
        at=whole.at,
        day=whole.day,
        kind=whole.kind,
        postings=in_order(postings),
        limits={address: -change for address, change in whole.floors},
        authority=authority,
        sides=tuple(sides),
    )


def _side(whole: WholeTransfer, address: str, secrets: Openings, won: int) -> Side:
    payload = Payload(
        account=secrets.account_id(address),
        key=whole.key.hex,
        kind=whole.kind,
        seconds=int(whole.at.timestamp()),
        won=won,
    ).encode()
    opening = secrets.opening(address, whole.key)
    return Side(address, payload, opening, commit(opening, payload))


def _without_prices(amounts: dict[str, dict[str, int]]) -> tuple[dict[str, dict[str, int]], int]:
    """The amounts without won taken beside coins, and how much that was: a price belongs to buyer and shop alone."""
    beside = sum(amounts[address][WON] for address in amounts if address.startswith(_BESIDE))
    kept = {address: dict(vintages) for address, vintages in amounts.items() if not address.startswith(_BESIDE)}
    if beside:
        cash = next(address for address in kept if address.startswith(f"{_CASH}:{KRW}:"))
        kept[cash][WON] += beside
        if not kept[cash][WON]:
            del kept[cash]
    return kept, beside
