"""Identifiers: time-ordered ones for what happens (UUIDv7) and derived ones for what must not happen twice (UUIDv8).

Not for secrets: an id may be guessed in part (its time is readable), so it never opens anything.
"""

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from pumasi.kernel.clock import in_utc

_RAND_A_BITS, _RAND_B_BITS = 12, 62
_TAIL_BITS = _RAND_A_BITS + _RAND_B_BITS
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_LIMIT_MS = 1 << 48
_ENTROPY_BYTES = 14


class _Tail:
    """The 74 bits after the time: fresh in each millisecond, then growing (RFC 9562 section 6.2, method 2)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._milliseconds = -1
        self._tail = 0

    def after(self, milliseconds: int, entropy: Callable[[int], bytes]) -> int:
        with self._lock:
            if milliseconds != self._milliseconds:
                self._milliseconds, self._tail = milliseconds, _fresh_tail(entropy)
            else:
                self._tail += 1 + int.from_bytes(entropy(4), "big")
            return self._tail


_SHARED = _Tail()


def new_id(at: datetime, entropy: Callable[[int], bytes] = os.urandom) -> UUID:
    """A UUIDv7 (RFC 9562 section 5.7) whose order is the order of `at`, to the millisecond.

    With the machine's entropy, ids of one process grow within one millisecond too. With another `entropy` (tests,
    replays) the id depends on `at` and `entropy(14)` alone. ValueError for a naive moment or one before 1970.
    """
    milliseconds = (in_utc(at) - _EPOCH) // timedelta(milliseconds=1)
    if not 0 <= milliseconds < _EPOCH_LIMIT_MS:
        raise ValueError("an id needs a moment after 1970")
    tail = _SHARED.after(milliseconds, entropy) if entropy is os.urandom else _fresh_tail(entropy)
    rand_a, rand_b = tail >> _RAND_B_BITS, tail & ((1 << _RAND_B_BITS) - 1)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)


def derived_id(*parts: str | int) -> UUID:
    """The same UUIDv8 (RFC 9562 section 5.8) for the same parts, for idempotency keys of sweeps and imports.

    Hashed (SHA-256) with type and length before each part: ("ab", "c") differs from ("a", "bc"), (1,) from ("1",).
    """
    if not parts:
        raise ValueError("an id must be derived from something")
    digest = sha256(b"pumasi/derived-id/v1")
    for part in parts:
        if isinstance(part, bool) or not isinstance(part, str | int):
            raise TypeError("an id is derived from text and whole numbers")
        body = str(part).encode("utf-8")
        digest.update(b"%c%08d" % (b"s" if isinstance(part, str) else b"i", len(body)) + body)
    value = int.from_bytes(digest.digest()[:16], "big")
    value = value & ~(0xF << 76) | 0x8 << 76
    return UUID(int=value & ~(0b11 << 62) | 0b10 << 62)


def _fresh_tail(entropy: Callable[[int], bytes]) -> int:
    # The top bit stays clear: 2^73 of room, so that growing by at most 2^32 never overflows within a millisecond.
    return int.from_bytes(entropy(_ENTROPY_BYTES), "big") & ((1 << (_TAIL_BITS - 1)) - 1)
