"""A record for tests: seal at once, read what was published, check it as a stranger would."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from pumasi.kernel.clock import FixedClock
from pumasi.seal.cadence import AT_ONCE, Cadence
from pumasi.seal.files import LogFiles
from pumasi.seal.models import Block, Sealer
from pumasi.seal.sealer import SealerAtWork
from pumasi.seal.tests.orders import signing_officers
from pumasi.tlog.policy import Policy, Verified, parse_policy
from pumasi.verify.leaf import Leaf, parse
from pumasi.verify.replay import Replay

# Wednesday 25 November 2026, 14:30 in Seoul: the record's own time.
NOW = datetime(2026, 11, 25, 5, 30, tzinfo=UTC)


@contextmanager
def sealing(cadence: Cadence = AT_ONCE, clock: FixedClock | None = None) -> Iterator[SealerAtWork]:
    """A sealer whose books were all ordered by two officers."""
    with signing_officers(), SealerAtWork(cadence, clock or FixedClock(NOW)) as sealer:
        yield sealer


def seal_all() -> None:
    """Publish everything that waits."""
    with sealing() as sealer:
        assert sealer.turn() is None


def refused(kind: type[Exception]) -> None:
    """The sealer stops for this reason, tells it, and signs nothing."""
    before = files().checkpoint(), Block.objects.exclude(note=None).count()
    with sealing() as sealer:
        found = sealer.turn()

    assert type(found) is kind
    assert Sealer.objects.get().stopped == getattr(found, "code", "")
    assert (files().checkpoint(), Block.objects.exclude(note=None).count()) == before


def adopt_guard() -> int:
    """What `pumasi seal --adopt-guard` does."""
    with SealerAtWork(AT_ONCE, FixedClock(NOW)) as sealer:
        return sealer.adopt_guard()


def files() -> LogFiles:
    """The published files."""
    return LogFiles(Path(settings.LOG_DIR))


def policy() -> Policy:
    """The published policy."""
    return parse_policy(files().policy() or b"")


def checkpoint() -> Verified:
    """The newest checkpoint, checked against the policy."""
    return policy().verify_checkpoint(files().checkpoint() or b"")


def entries() -> list[bytes]:
    """The entries of the published bundles, in order."""
    found: list[bytes] = []
    size = checkpoint().checkpoint.size
    for start in range(0, size, 256):
        width = min(256, size - start)
        name = f"{start // 256:03d}" + ("" if width == 256 else f".p/{width}")
        data = (Path(settings.LOG_DIR) / "tile" / "entries" / name).read_bytes()
        at = 0
        while at < len(data):
            length = int.from_bytes(data[at : at + 2], "big")
            found.append(data[at + 2 : at + 2 + length])
            at += 2 + length
    return found


def leaves() -> list[Leaf]:
    """The same, parsed."""
    return [parse(entry) for entry in entries()]


def replayed() -> Replay:
    """The published entries, held to every public rule and to the signed root."""
    replay = Replay()
    for entry in entries():
        replay.add(entry)
    assert replay.end() == frozenset()
    assert replay.root() == checkpoint().checkpoint.root
    return replay
