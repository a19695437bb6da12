"""The key that signs sessions and forms: from `PUMASI_SECRET_KEY`, else made once and kept in the node's home.

There is no default value, so no two nodes share one. Losing it only signs everybody out.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

BYTES = 48


def secret_key(environ: Mapping[str, str], kept: Path) -> str:
    """The key of this node; made and stored in `kept` (readable by its owner alone) the first time it is asked for."""
    if given := environ.get("PUMASI_SECRET_KEY"):
        return given
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        beside = kept.with_name(f"{kept.name}.{os.getpid()}")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(BYTES))
        try:
            os.link(beside, kept)  # two workers that start at once agree on the first one's key
        except FileExistsError:
            pass
        finally:
            beside.unlink()
    return kept.read_text("ascii")
