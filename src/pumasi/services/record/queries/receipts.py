"""A proof of one transfer for whoever took part: the receipt and what it says, or the promise of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pumasi.civic.shell.language import page_language
from pumasi.coin.district import district_tariff
from pumasi.coin.queries import proof_of
from pumasi.kernel.amount import Amount
from pumasi.ledger.journals import JOURNALS
from pumasi.seal.receipts import Promise, Receipt
from pumasi.tlog.proof import parse_proof
from pumasi.verify.commitment import parse_payload
from pumasi.verify.leaf import parse
from pumasi.verify.receipt import unpack_extra


@dataclass(frozen=True)
class Told:
    """What a reader of the receipt sees: `coins` with their sign, `won` taken beside them, empty when none."""

    what: str
    when: datetime
    coins: str
    won: str


@dataclass(frozen=True)
class ProofFile:
    """A file to keep: no name in it says whose it is."""

    name: str
    data: bytes


def proof_for(key: UUID, person_id: UUID, places: Sequence[UUID]) -> Receipt | Promise | None:
    """The proof of a transfer of one's own, or of places where one works; None for anybody else's."""
    return proof_of(key, person_id, places)


def file_of(proof: Receipt | Promise) -> ProofFile:
    """The proof as a file."""
    if isinstance(proof, Receipt):
        return ProofFile(f"pumasi-{proof.index}.tlog-proof", proof.proof)
    return ProofFile("pumasi.promise", proof.note)


def told_by(receipt: Receipt) -> Told:
    """Read from the receipt's own bytes, so that the page cannot say anything else."""
    extra = unpack_extra(parse_proof(receipt.proof).extra or b"")
    payload, posting = parse_payload(extra.payload), parse(extra.entry).postings[extra.position]
    journal = JOURNALS[payload.kind]
    minor = sum(posting.amounts.values())
    unit = district_tariff().unit
    coins = Amount(unit, abs(minor)).text() if posting.unit == unit.code else f"{abs(minor):,}"
    return Told(
        what=journal.en if page_language() == "en" else journal.ko,
        when=datetime.fromtimestamp(payload.seconds, UTC),
        coins=f"{'−' if minor < 0 else '+'}{coins}",
        won=f"{abs(payload.won):,}" if payload.won else "",
    )
