"""The text of a proof that needs no network (C2SP tlog-proof, `c2sp.org/tlog-proof@v1`): a receipt's outer form.

Not here: whether it proves anything. The path is checked by `proof_check`, the checkpoint by a policy.
"""

from dataclasses import dataclass

from pumasi.tlog.encoding import LIMIT, base64, decimal, unbase64
from pumasi.tlog.errors import BadProof
from pumasi.tlog.proof_check import MAX_PATH
from pumasi.tlog.tree import HASH_BYTES

HEADER = "c2sp.org/tlog-proof@v1"
MAX_BYTES = 131_072


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry's index, its inclusion path from the leaf upwards, the signed checkpoint as it was, and extra data.

    The extra data is authenticated by nobody. BadProof for what no proof can say.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index < LIMIT:
            raise BadProof("index out of range")
        if len(self.path) > MAX_PATH:
            raise BadProof("path is too long")
        if any(len(step) != HASH_BYTES for step in self.path):
            raise BadProof("hash is not 32 bytes")
        if not self.checkpoint.endswith(b"\n"):
            raise BadProof("no checkpoint")
        if self.extra == b"":
            raise BadProof("extra data is empty")


def encode_proof(proof: Proof) -> bytes:
    """The file; BadProof when it would be too long."""
    extra = [] if proof.extra is None else [f"extra {base64(proof.extra)}"]
    lines = [HEADER, *extra, f"index {proof.index}", *map(base64, proof.path), "", ""]
    data = "\n".join(lines).encode("ascii") + proof.checkpoint
    if len(data) > MAX_BYTES:
        raise BadProof("proof is too long")
    return data


def parse_proof(data: bytes) -> Proof:
    """The proof of a file; BadProof with the reason for every file that `encode_proof` would not write."""
    if len(data) > MAX_BYTES:
        raise BadProof("proof is too long")
    head, separator, checkpoint = data.partition(b"\n\n")
    if not separator or not head.isascii():
        raise BadProof("no empty line before the checkpoint")
    header, *lines = head.decode("ascii").split("\n")
    if header != HEADER:
        raise BadProof("not a tlog-proof")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = unbase64(lines.pop(0).removeprefix("extra "), error=BadProof)
    if not lines or not lines[0].startswith("index "):
        raise BadProof("no index")
    index = decimal(lines.pop(0).removeprefix("index "), BadProof)
    return Proof(index, tuple(unbase64(line, HASH_BYTES, BadProof) for line in lines), checkpoint, extra)
