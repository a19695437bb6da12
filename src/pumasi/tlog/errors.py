"""What a strict reader of the log refuses: one class per format, and a short stable reason."""


class BadLog(ValueError):
    """Bytes or numbers that are not what the log's standards say; `reason` is stable text for programs and tests."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadNote(BadLog):
    """Not a signed note, or not signed by whom it must be (C2SP signed-note, tlog-cosignature)."""


class BadCheckpoint(BadLog):
    """Not the text of a checkpoint (C2SP tlog-checkpoint)."""


class BadProof(BadLog):
    """Not a proof, or a proof of something else (RFC 9162 2.1.3 and 2.1.4, C2SP tlog-proof)."""


class BadTile(BadLog):
    """Not a tile, an entry bundle or the path of one (C2SP tlog-tiles)."""


class BadPolicy(BadLog):
    """Not a policy, or a checkpoint that the policy does not accept (C2SP tlog-policy)."""
