"""What this floor refuses. Each error carries a short stable `reason` in English; the program adds Korean."""


class Refused(ValueError):
    """Something is not what docs/formats.md says."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadEntry(Refused):
    """Bytes that are no entry; `rule` is the public rule they break."""

    def __init__(self, reason: str, rule: str = "grammar") -> None:
        super().__init__(reason)
        self.rule = rule


class BadReceipt(Refused):
    """A receipt that proves nothing."""


class BadPromise(Refused):
    """A note that is no promise."""


class BadLogFiles(Refused):
    """A log directory in which a file is missing, cut or contradicts another."""
