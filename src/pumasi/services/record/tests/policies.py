"""Policies with witnesses, for pages that say what a record may be called."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pumasi.tlog.note import Signer


def witnessed(policy: str, count: int, needed: int) -> str:
    """The policy with witnesses of which some must cosign."""
    names = [f"w{n}" for n in range(count)]
    keys = [Signer(f"{name}.example", Ed25519PrivateKey.generate()).cosigner.vkey for name in names]
    lines = [f"witness {name} {key}" for name, key in zip(names, keys, strict=True)]
    return "\n".join([policy.splitlines()[0], *lines, f"group q {needed} {' '.join(names)}", "quorum q", ""])
