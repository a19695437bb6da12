"""How large a receipt is, for a real payment's entry in trees of many sizes.

`PYTHONPATH=src .venv/bin/python bench/receipt.py` from the project's root.
"""

import os
from datetime import date
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.cosignature import cosign
from pumasi.tlog.note import Signer, sign
from pumasi.tlog.policy import parse_policy
from pumasi.tlog.proof import Proof, encode_proof
from pumasi.tlog.tree import inclusion_path, leaf_hash, memory, root
from pumasi.verify.commitment import Payload, commit
from pumasi.verify.leaf import Leaf, committed, encode, in_order
from pumasi.verify.receipt import check_receipt, pack_extra, to_fragment

ORIGIN = "seocho.example/coin"


def main() -> None:
    """Print bytes of the file and of the fragment."""
    log = Signer(ORIGIN, Ed25519PrivateKey.generate())
    witnesses = [Signer(f"validator-{n}.example", Ed25519PrivateKey.generate()) for n in range(3)]
    for size in (10**3, 10**5, 10**6):
        index = size // 2
        opening, payload = (
            os.urandom(32),
            Payload(os.urandom(16).hex(), os.urandom(16).hex(), "PAY", 1_795_000_000, 12_340),
        )
        mine = commit(opening, payload.encode())
        postings = in_order(
            [
                committed("wallets", "SC", mine, {"2029Q4": -2000}),
                committed("takings", "SC", os.urandom(32), {"2029Q4": 2000}),
            ]
        )
        entry = encode(Leaf(index, size // 60, date(2026, 11, 25), "spend", postings))
        hashes = [sha256(n.to_bytes(8, "big")).digest() for n in range(size)]
        hashes[index] = leaf_hash(entry)
        read = memory(hashes)
        text = Checkpoint(ORIGIN, size, root(size, read)).text
        extra = pack_extra([p.commitment for p in postings].index(mine), opening, payload.encode(), entry)
        for cosigners in ([], witnesses):
            note = f"{text}\n{sign(text, log)}" + "".join(cosign(text, each, 1_795_000_100) for each in cosigners)
            proof = encode_proof(Proof(index, tuple(inclusion_path(index, size, read)), note.encode(), extra))
            check_receipt(proof, parse_policy(f"log {log.verifier.vkey}\nquorum none\n".encode()))
            print(
                f"{size:>9,} entries, {len(cosigners)} cosignatures: file {len(proof):,} bytes, "
                f"fragment {len(to_fragment(proof)):,} characters"
            )


if __name__ == "__main__":
    main()
