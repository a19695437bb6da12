"""Makes whole logs for tests and measurements: entries of all types that keep every rule, real keys, real receipts.

Everything follows from a seed, so that a log of a size is the same bytes everywhere. Not a model of the ledger: the
stories below are only plausible. `make_log(100).receipt(7)` is a good receipt under `make_log(100).policy`.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.kernel import canonical
from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.cosignature import cosign
from pumasi.tlog.note import Signer, sign
from pumasi.tlog.policy import Policy, parse_policy
from pumasi.tlog.proof import Proof, encode_proof
from pumasi.tlog.tile import WIDTH, bundle_path, bundles_of, encode_bundle, tile_bytes, tile_path, tiles_of
from pumasi.tlog.tree import Read, consistency_path, inclusion_path, leaf_hash, memory, root
from pumasi.verify.commitment import Payload, commit
from pumasi.verify.leaf import (
    ENTRY_LIMIT,
    ORDER_TYPE,
    Authority,
    Genesis,
    Leaf,
    Posting,
    committed,
    encode,
    in_order,
    public,
)
from pumasi.verify.receipt import pack_extra

ORIGIN = "seocho.example/coin"
DISTRICT = "11650"
UNIT = "SC"
FUND = "carbon/2026"
YEAR = "carbon/2026"
DAY = date(2026, 11, 22)
SECONDS = 1_795_312_800
SEED = b"pumasi making"
BLOCK = 20
OLD, NEW = "2026Q4", "2029Q4"  # the older may lapse on DAY

type Amounts = Mapping[str, int]
type Move = tuple[str, Amounts]
"""Class or public account, and its change."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What opens the posting at `position` of an entry."""

    position: int
    opening: bytes
    payload: bytes


@dataclass(frozen=True)
class Made:
    """A log in memory. `openings[n]` open the committed postings of entry n, in their order."""

    entries: Sequence[bytes]
    openings: Sequence[tuple[Opening, ...]]
    witnesses: int = 0
    seed: bytes = SEED
    origin: str = ORIGIN

    @cached_property
    def read(self) -> Read:
        """The tree of all entries."""
        return memory(leaf_hash(entry) for entry in self.entries)

    @cached_property
    def signer(self) -> Signer:
        """The log's key."""
        return Signer(self.origin, private_key("log", self.seed))

    @cached_property
    def cosigners(self) -> tuple[Signer, ...]:
        """The witnesses' keys."""
        return tuple(
            Signer(f"witness{number}.example", private_key(f"witness {number}", self.seed))
            for number in range(self.witnesses)
        )

    @property
    def policy_bytes(self) -> bytes:
        """The policy file: this log, and most of its witnesses (more than half of them)."""
        lines = [f"log {self.signer.verifier.vkey}"]
        lines += [f"witness w{number} {key.cosigner.vkey}" for number, key in enumerate(self.cosigners)]
        if self.cosigners:
            names = " ".join(f"w{number}" for number in range(self.witnesses))
            lines.append(f"group most {self.witnesses // 2 + 1} {names}")
        lines.append("quorum most" if self.cosigners else "quorum none")
        return "".join(f"{line}\n" for line in lines).encode()

    @property
    def policy(self) -> Policy:
        """The policy that accepts this log."""
        return parse_policy(self.policy_bytes)

    def checkpoint(self, size: int | None = None) -> bytes:
        """The signed checkpoint of the first `size` entries, cosigned by every witness."""
        size = len(self.entries) if size is None else size
        return self.signed(Checkpoint(self.origin, size, root(size, self.read)))

    def signed(self, checkpoint: Checkpoint) -> bytes:
        """Any checkpoint signed and cosigned: logs that lie need their signatures, too."""
        text = checkpoint.text
        lines = [sign(text, self.signer), *(cosign(text, witness, SECONDS) for witness in self.cosigners)]
        return f"{text}\n{''.join(lines)}".encode()

    def proof(self, index: int, extra: bytes | None = None, size: int | None = None) -> bytes:
        """A tlog-proof of an entry's inclusion, with any extra data."""
        size = len(self.entries) if size is None else size
        path = tuple(inclusion_path(index, size, self.read))
        return encode_proof(Proof(index, path, self.checkpoint(size), extra))

    def receipt(self, index: int, number: int = 0, size: int | None = None) -> bytes:
        """The receipt for the committed posting `number` of an entry."""
        opening = self.openings[index][number]
        extra = pack_extra(opening.position, opening.opening, opening.payload, self.entries[index])
        return self.proof(index, extra, size)

    def consistency(self, old: int, new: int | None = None) -> list[bytes]:
        """The proof that the log of `old` entries is the beginning of the one of `new`."""
        return consistency_path(old, len(self.entries) if new is None else new, self.read)

    def write(self, folder: Path, size: int | None = None) -> Path:
        """The log as files, with its policy."""
        size = len(self.entries) if size is None else size
        files = {
            bundle_path(bundle.number, bundle.width): encode_bundle(
                self.entries[bundle.number * WIDTH : bundle.number * WIDTH + bundle.width]
            )
            for bundle in bundles_of(0, size)
        }
        files |= {tile_path(tile): tile_bytes(tile, self.read) for tile in tiles_of(0, size)}
        files |= {"policy": self.policy_bytes, "checkpoint": self.checkpoint(size)}
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        return folder


def make_log(count: int, witnesses: int = 0, seed: bytes = SEED, origin: str = ORIGIN) -> Made:
    """A log of `count` entries (entry 0 among them) that keeps every rule."""
    made = list(zip(range(count), make_entries(seed, origin), strict=False))
    return Made([entry for _, (entry, _) in made], [openings for _, (_, openings) in made], witnesses, seed, origin)


def longest_log(witnesses: int = 0, longer: int = 0) -> Made:
    """A log whose entry 2 has 250 postings and is as long as an entry may be, or longer by some bytes."""
    vintages = [f"{2000 + n // 4}Q{n % 4 + 1}" for n in range(16)]
    last: list[Move] = [("wallets", {"none": -1}), ("3100:SC:x", {"none": 1})]

    def filled(pairs: int) -> tuple[Leaf, tuple[Opening, ...]]:
        """124 pairs of wallets move 15 vintages, the first of them 16."""
        moves: list[Move] = [
            ("wallets", {each: sign for each in vintages[: 16 if pair < pairs else 15]})
            for pair in range(124)
            for sign in (1, -1)
        ]
        return leaf_of(2, "give", [*moves, *last])

    more = len(encode(filled(1)[0])) - len(encode(filled(0)[0]))
    leaf, openings = filled((ENTRY_LIMIT - len(encode(filled(0)[0]))) // more)
    missing = ENTRY_LIMIT - len(encode(leaf))
    account = f"3100:SC:{'x' * (1 + missing + longer)}"
    value = json.loads(encode(leaf))
    value["p"][0]["a"] = account
    made = make_log(2, witnesses)
    return Made([*made.entries, canonical.dumps(value, 1 << 17)], [*made.openings, openings], witnesses)


def make_entries(seed: bytes = SEED, origin: str = ORIGIN) -> Iterator[tuple[bytes, tuple[Opening, ...]]]:
    """Entries without end, each with what opens it."""
    yield encode(genesis(origin)), ()
    yield encode(order_leaf(1, seed=seed)), ()
    for index, (kind, moves) in enumerate(_stories(), 2):
        leaf, openings = leaf_of(index, kind, moves, seed=seed)
        yield encode(leaf), openings


def genesis(origin: str = ORIGIN) -> Leaf:
    """Entry 0."""
    return Leaf(0, 0, DAY, "rules", genesis=Genesis(origin, DISTRICT))


def leaf_of(
    index: int, kind: str, moves: Sequence[Move], *, block: int | None = None, day: date = DAY, seed: bytes = SEED
) -> tuple[Leaf, tuple[Opening, ...]]:
    """An entry of moves (their classes and public accounts), with what opens each committed posting."""
    payloads: dict[bytes, tuple[bytes, bytes]] = {}
    postings = []
    for number, (where, amounts) in enumerate(moves):
        if ":" in where:
            postings.append(public(where, amounts))
            continue
        posting, opened = _somebody(seed + b"%d.%d" % (index, number), where, amounts, kind)
        payloads[posting.commitment or b""] = opened
        postings.append(posting)
    block = block_of(index) if block is None else block
    leaf = Leaf(index, block, day, kind, in_order(postings))
    openings = (
        Opening(position, *payloads[posting.commitment])
        for position, posting in enumerate(leaf.postings)
        if posting.commitment is not None
    )
    return leaf, tuple(openings)


def block_of(index: int) -> int:
    """Entry 0 is alone in block 0, then each block has BLOCK entries."""
    return -(-index // BLOCK)


def order_leaf(
    index: int,
    *,
    kind: str = "ORDER",
    coins: int = 10**14,
    won: int = 10**14,
    name: str = "first order",
    block: int | None = None,
    seed: bytes = SEED,
    deposit: bool = False,
) -> Leaf:
    """An entry that an order of two officers commands."""
    order: dict[str, str | int] = {
        "coins": coins,
        "document": "서초구 탄소중립과-1234",
        "fund": FUND,
        "issued_on": DAY.isoformat(),
        "kind": kind,
        "order": str(UUID(bytes=digest(seed, name)[:16])),
        "type": ORDER_TYPE,
        "unit": UNIT,
        "won": won,
    }
    keys = [private_key(officer, seed) for officer in ("finance officer", "head of department")]
    message = canonical.dumps(order)
    first, second = keys
    authority = Authority(
        (first.public_key().public_bytes_raw(), second.public_key().public_bytes_raw()),
        (first.sign(message), second.sign(message)),
        order,
    )
    sign_ = 1 if kind == "ORDER" else -1
    changes = {f"B000:KRW:{FUND}": -sign_ * won, f"B100:KRW:{FUND}": sign_ * won}
    if deposit:
        changes |= {"K000:KRW:carbon": -won, "K100:KRW:carbon": won}
    return Leaf(
        index,
        block_of(index) if block is None else block,
        DAY,
        "issue",
        in_order(public(account, {"won": amount}) for account, amount in changes.items()),
        {f"1100:{UNIT}:{FUND}": sign_ * coins},
        authority,
    )


def private_key(owner: str, seed: bytes = SEED) -> Ed25519PrivateKey:
    """A key that only tests may know."""
    return Ed25519PrivateKey.from_private_bytes(digest(seed, f"key of {owner}"))


def digest(seed: bytes, word: str) -> bytes:
    """32 bytes that follow from the seed."""
    return hashlib.sha256(seed + b"\0" + word.encode()).digest()


def _somebody(seed: bytes, pool: str, amounts: Amounts, kind: str) -> tuple[Posting, tuple[bytes, bytes]]:
    raw = hashlib.sha512(seed).digest()
    opening = raw[:32]
    payload = Payload(raw[32:48].hex(), raw[48:64].hex(), kind.upper(), SECONDS).encode()
    return committed(pool, UNIT, commit(opening, payload), amounts), (opening, payload)


def _stories() -> Iterator[tuple[str, Sequence[Move]]]:
    """Entries by type that, in this order, never take what is not there. One won is one minor unit."""
    issue, free, spent = f"1100:{UNIT}:{FUND}", f"B100:KRW:{FUND}", f"B200:KRW:{FUND}"
    executed, expired = f"B300:KRW:{YEAR}", f"3100:{UNIT}:2026"
    redeemed, donated, campaign = f"3300:{UNIT}:2026", f"3400:{UNIT}:2026", f"2400:{UNIT}:camp-1"
    cash, charity = "K000:KRW:carbon", "K300:KRW:camp-1"

    def of(amount: int, vintage: str = NEW) -> Amounts:
        return {vintage: amount}

    while True:
        both = {OLD: 3000, NEW: 20_000}
        less = {vintage: -amount for vintage, amount in both.items()}
        yield "earn", [(issue, less), ("wallets", both), (free, of(-23_000, "won")), (spent, of(23_000, "won"))]
        yield "give", [("wallets", of(-2000)), ("wallets", of(2000))]
        yield "hold", [("wallets", of(-4000)), ("wallets", of(4000))]
        for _ in range(6):
            yield "spend", [("wallets", of(-1000)), ("takings", of(1000))]
        yield "reverse", [("takings", of(-500)), ("wallets", of(500))]
        yield "hold", [("takings", of(-500)), ("dispute", of(500))]
        yield "reverse", [("dispute", of(-500)), ("wallets", of(500))]
        yield "donate", [("wallets", of(-700)), (campaign, of(700))]
        yield "donate", [
            (campaign, of(-700)), (donated, of(700)), (spent, of(-700, "won")), (executed, of(700, "won")),
            (cash, of(-700, "won")), (charity, of(700, "won")),
        ]  # fmt: skip
        yield "budget", [(charity, of(-700, "won")), (cash, of(700, "won"))]
        yield "clear", [("takings", of(-5000)), ("takings", of(5000))]
        yield "clear", [
            ("takings", of(-5000)), (redeemed, of(5000)), (spent, of(-5000, "won")), (executed, of(5000, "won")),
        ]  # fmt: skip
        yield "expire", [("wallets", of(-2000, OLD)), (expired, of(2000, OLD)), (spent, of(-2000, "won")),
                         (free, of(2000, "won"))]  # fmt: skip
        yield "close", [("wallets", of(-1000, OLD)), (expired, of(1000, OLD)), (spent, of(-1000, "won")),
                        (free, of(1000, "won"))]  # fmt: skip
        yield "issue", [(issue, of(-100)), ("wallets", of(100)), (free, of(-100, "won")), (spent, of(100, "won"))]
