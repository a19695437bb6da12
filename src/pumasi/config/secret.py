"""The key that signs sessions and forms: from `PUMASI_SECRET_KEY`, else made once and kept in the node's home.

There is no default value, so no two nodes share one. Losing it only signs everybody out.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path

from pumasi.kernel.secret_file import kept

BYTES = 48


def secret_key(environ: Mapping[str, str], path: Path) -> str:
    """The key of this node; made and stored in `path` (readable by its owner alone) the first time it is asked for."""
    return environ.get("PUMASI_SECRET_KEY") or kept(path, lambda: secrets.token_urlsafe(BYTES))
