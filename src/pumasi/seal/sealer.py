"""The sealer gives transfers their place in the log and publishes it, block by block. One process, killable any time.

Order of a block: journal -> commit entries, indexes, root -> check -> tiles -> guard -> signature -> checkpoint. What a
kill interrupts is finished at the next start, with the same bytes. It signs nothing that its own replay of the public
rules refuses. Not here: when a block is due (`cadence`), what an entry says (`leaves`).
"""

import fcntl
import hmac
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import IO, Self

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections, transaction

from pumasi.civic.people.sealing import subkey
from pumasi.kernel import canonical
from pumasi.kernel.clock import KST, Clock, SystemClock, seoul_date
from pumasi.kernel.result import Refusal
from pumasi.ledger.reads import without_leaf
from pumasi.ledger.whole import assign_leaf_indexes, whole_transfers
from pumasi.seal.cadence import Cadence, top_of_hour
from pumasi.seal.errors import (
    AnotherSealer,
    DatabaseAway,
    EntriesChanged,
    FilesUnusable,
    JournalAhead,
    NothingSigned,
    RecordLost,
    RulesBroken,
    SignedAnotherRoot,
    SignedMoreThanKnown,
)
from pumasi.seal.files import CHECKPOINT, POLICY, SOLVENCY, LogFiles, grown
from pumasi.seal.guard import Guard, Head
from pumasi.seal.journal import Journal
from pumasi.seal.keys import log_signer, origin, recovery_key
from pumasi.seal.leaves import Prepared, prepare
from pumasi.seal.models import Block, Entry, Journalled, Sealer
from pumasi.seal.store.lock import give_back, take
from pumasi.tlog.checkpoint import Checkpoint, parse_checkpoint
from pumasi.tlog.errors import BadLog
from pumasi.tlog.note import Signer, open_note, sign
from pumasi.tlog.tile import WIDTH
from pumasi.tlog.tree import Read, root
from pumasi.verify.errors import BadEntry
from pumasi.verify.leaf import Genesis, Leaf, encode
from pumasi.verify.replay import Replay, RuleBroken

BLOCK_LIMIT = 16_384
HEARTBEAT = timedelta(seconds=30)
_SOLVENCY_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one look did: how many transfers went into the journal, and the block that was published (None: none)."""

    journalled: int
    block: int | None


class SealerAtWork:
    """The one sealer of this node, as a context: it holds the lock and the replayed state of the published log."""

    def __init__(self, cadence: Cadence, clock: Clock | None = None) -> None:
        self._cadence = cadence
        self._clock = clock or SystemClock()  # real time, also where a demo's clock is ahead (decisions 20)
        self._files = LogFiles(Path(settings.LOG_DIR))
        self._guard = Guard(Path(settings.LOG_GUARD_FILE))
        self._journal = Journal(Path(settings.JOURNAL_DIR), recovery_key())
        self._signer: Signer = log_signer()
        self._replay = Replay()
        self._journalled: set[int] = set()
        self._last_file = 0
        self._lock: IO[str] | None = None
        self._started = False

    def __enter__(self) -> Self:
        self._lock = _locked(Path(settings.LOG_GUARD_FILE).with_suffix(".lock"))
        return self

    def __exit__(self, *_: object) -> None:
        if self._lock is not None:
            with suppress(DatabaseError, InterfaceError):  # a lost connection has given it back already
                give_back(connection)
            self._lock.close()

    def turn(self, show: Callable[[str], None] = lambda _: None) -> Refusal | None:
        """Start if need be, and look once; a reason to stop is noted for all to see, and looked at again next time.

        Raises AnotherSealer, and notes nothing then: the row is the other's.
        """
        now = self._clock.now()
        try:
            refusal = self._turn(show, now)
            if refusal is not None:
                self._started = False
                Sealer.objects.get_or_create(pk=1)
                Sealer.objects.filter(pk=1).exclude(stopped=refusal.code).update(stopped=refusal.code, stopped_at=now)
        except (DatabaseError, InterfaceError) as error:
            self._started = False
            for each in connections.all(initialized_only=True):
                if not each.in_atomic_block:  # a test's own transaction stays
                    each.close()  # the next question opens it again
            return DatabaseAway(reason=str(error).strip().partition("\n")[0])
        return refusal

    def _turn(self, show: Callable[[str], None], now: datetime) -> Refusal | None:
        try:
            if not self._started:
                self.start(now)
            outcome = self.look(now)
        except AnotherSealer:
            self._started = False
            raise
        except Refusal as refusal:
            return refusal
        except OSError as error:
            return FilesUnusable(reason=str(error))
        if outcome.block is not None:
            show(f"블록 {outcome.block} / block {outcome.block}")
        return None

    def start(self, now: datetime) -> None:
        """Found the log where there is none, finish what was interrupted, and check and replay all that is published.

        Raises SealingStopped, as `look` does, and AnotherSealer: after each reconnect the lock has to be taken again.
        """
        if not take(connection):
            raise AnotherSealer()
        published = Entry.objects.exclude(block__note=None)
        Journalled.objects.filter(transfer__in=published.values("transfer")).delete()
        self._journalled = set(Journalled.objects.values_list("transfer", flat=True))
        self._last_file = self._journal.last()
        self._check_journal(Sealer.objects.get_or_create(pk=1)[0].journal)
        self._check_published()
        self._guard.covers(_signed())
        self._files.write(POLICY, f"log {self._signer.verifier.vkey}\nquorum none\n".encode())
        if not Block.objects.exists():
            self._found(now)
        self._replay = Replay()
        for block in Block.objects.order_by("number"):
            self._publish(block, now)
        self._guard.check(_signed(), block.size, self._files.read(block.size))
        _no_commitment_twice(self._replay)  # once for all that was published: it looks at every commitment
        self._show(block.note or "")
        self._started = True

    def _check_journal(self, known: int) -> None:
        """No file has a number that the database did not give out: else it was rolled back (decisions 12)."""
        if self._last_file <= known:
            return
        # Their times: none when somebody has moved the files away since the last look.
        times = [f"{each.written.astimezone(KST):%Y-%m-%d %H:%M}" for each in self._journal.after(known)] or ["?"]
        entries = max(Block.objects.values_list("size", flat=True), default=0)
        guarded = self._guard.head()
        raise JournalAhead(
            first=known + 1,
            last=self._last_file,
            since=times[0],
            until=times[-1],
            signed=max(entries, guarded.size if guarded else 0),
            known=entries,
        )

    def _check_published(self) -> None:
        """A second guard: what stands signed in the folder must be one of the blocks."""
        try:
            text = open_note(self._files.checkpoint() or b"", [self._signer.verifier]).text
            published = parse_checkpoint(text)
        except BadLog:
            return  # lost or cut, or another log's: not a head that this key signed
        _check_known(Head(published.size, published.root))

    def adopt_guard(self) -> int:
        """Make the guard anew from the newest signed note; up to which size. Somebody has to want it: see the runbook.

        A guard or a checkpoint that knows more than the database is never written over. Raises NothingSigned,
        SealingStopped.
        """
        if not take(connection):
            raise AnotherSealer()
        self._last_file = self._journal.last()
        self._check_journal(Sealer.objects.get_or_create(pk=1)[0].journal)
        self._check_published()
        signed = Block.objects.exclude(note=None).order_by("-number").first()
        if signed is None:
            raise NothingSigned()
        try:
            said = parse_checkpoint(open_note((signed.note or "").encode(), [self._signer.verifier]).text)
        except BadLog:
            raise EntriesChanged(block=signed.number) from None
        if (said.size, said.root) != (signed.size, bytes(signed.root)):
            raise EntriesChanged(block=signed.number)
        known = self._guard.head()
        if known is not None and known.size >= signed.size:
            _check_known(known)
            return known.size
        self._guard.note(Head(said.size, said.root))
        return said.size

    def look(self, now: datetime) -> Outcome:
        """Journal what is new, and form and publish a block when one is due."""
        sealer, _ = Sealer.objects.get_or_create(pk=1)
        if not _is_fresh(sealer, now):
            self._check_shown()
        journalled = self._ship(now)
        waiting = [each.transfer for each in without_leaf(BLOCK_LIMIT) if each.transfer in self._journalled]
        block = None
        if self._cadence.is_due(len(waiting), sealer.considered, Block.objects.latest("number").sealed_at, now):
            block = self._seal(waiting, now)
            self._publish(block, now)
        self._remember(sealer, now)
        return Outcome(journalled, block.number if block else None)

    def _ship(self, now: datetime) -> int:
        """Put what no file holds yet into the next file of the journal; how many."""
        known = Sealer.objects.get_or_create(pk=1)[0].journal
        self._check_journal(known)
        new = [each.transfer for each in without_leaf(BLOCK_LIMIT) if each.transfer not in self._journalled]
        if not new:
            return 0
        number = known + 1
        # Committed before the file is there: a kill in between skips a number, and no number is ever written over.
        Sealer.objects.filter(pk=1).update(journal=number)
        self._journal.write(number, list(whole_transfers(new)))
        self._last_file = number
        Journalled.objects.bulk_create(Journalled(transfer=transfer) for transfer in new)
        self._journalled.update(new)
        self._journal.prune(now)
        return len(new)

    def _found(self, now: datetime) -> None:
        """Block 0: one entry that names the log and its rules."""
        genesis = Genesis(origin(), str(settings.DISTRICT_CODE))
        first = Leaf(index=0, block=0, day=seoul_date(now), type="rules", genesis=genesis)
        with transaction.atomic():
            self._commit(0, 0, [encode(first)], [None], now)

    def _seal(self, waiting: Sequence[int], now: datetime) -> Block:
        """Commit the waiting transfers as the next block, in an order that says nothing about time (ADR 17)."""
        prepared = _shuffled(prepare(waiting))
        last = Block.objects.latest("number")
        leaves = [_encoded(one, last.size + n, last.number + 1) for n, one in enumerate(prepared)]
        trial = self._replay.copy()
        _take(trial, leaves)
        _no_commitment_twice(trial)
        transfers = [one.transfer for one in prepared]
        with transaction.atomic():
            _sealer_for_update()
            assign_leaf_indexes([(last.size + n, transfer) for n, transfer in enumerate(transfers)])
            return self._commit(last.number + 1, last.size, leaves, transfers, now)

    def _commit(
        self, number: int, first: int, leaves: Sequence[bytes], transfers: Sequence[int | None], now: datetime
    ) -> Block:
        size = first + len(leaves)
        found = root(size, grown(first, self._files.read(first), leaves))
        block = Block.objects.create(number=number, first=first, size=size, root=found, sealed_at=now)
        Entry.objects.bulk_create(
            Entry(index=first + n, transfer=transfer, block=block, leaf=leaf)
            for n, (leaf, transfer) in enumerate(zip(leaves, transfers, strict=True))
        )
        return block

    def _publish(self, block: Block, now: datetime) -> None:
        """Check the block against its root, the guard and the rules; then write, sign and announce it. Repeatable."""
        start = block.first - block.first % WIDTH
        entries = _entries(start, block.size)
        new = entries[block.first - start :]
        read = grown(block.first, self._files.read(block.first), new)
        if len(entries) != block.size - start or root(block.size, read) != bytes(block.root):
            raise EntriesChanged(block=block.number)
        _take(self._replay, new)
        self._files.write_tiles(block.first, block.size, entries, read)
        if block.note is None:
            _no_commitment_twice(self._replay)
            self._announce(block, read, now)

    def _announce(self, block: Block, read: Read, now: datetime) -> None:
        head = Head(block.size, bytes(block.root))
        self._guard.check(_signed(), block.size, read)
        self._guard.note(head)
        text = Checkpoint(origin(), head.size, head.root).text
        note = f"{text}\n{sign(text, self._signer)}"
        self._show(note)
        block.note = note
        Block.objects.filter(pk=block.number, note=None).update(note=note, published_at=now)
        told = Entry.objects.filter(block=block).values_list("transfer", flat=True)
        gone = {transfer for transfer in told if transfer is not None}
        Journalled.objects.filter(transfer__in=list(gone)).delete()
        self._journalled -= gone

    def _show(self, note: str) -> None:
        """The files that change, the checkpoint last."""
        self._files.write(SOLVENCY, canonical.dumps(self._replay.solvency(origin()), _SOLVENCY_LIMIT))
        self._files.write(CHECKPOINT, note.encode())

    def _check_shown(self) -> None:
        """With each heartbeat: what everybody fetches is still what was signed last."""
        note = Block.objects.exclude(note=None).latest("number").note or ""
        if self._files.checkpoint() != note.encode():
            raise RecordLost()

    def _remember(self, sealer: Sealer, now: datetime) -> None:
        """Note what was decided, and now and then that the sealer lives."""
        hour = top_of_hour(now)
        if sealer.stopped or not _is_fresh(sealer, now) or sealer.considered != hour:
            Sealer.objects.filter(pk=1).update(considered=hour, looked_at=now, stopped="", stopped_at=None)


def _is_fresh(sealer: Sealer, now: datetime) -> bool:
    return sealer.looked_at is not None and now - sealer.looked_at < HEARTBEAT


def _signed() -> int:
    """The size of the newest block that has a signed note, 0 before the first."""
    newest = Block.objects.exclude(note=None).order_by("-number").first()
    return 0 if newest is None else newest.size


def _check_known(head: Head) -> None:
    """A signed head has to be that of one of the blocks."""
    known = max(Block.objects.values_list("size", flat=True), default=0)
    if head.size > known:
        raise SignedMoreThanKnown(signed=head.size, known=known)
    if not Block.objects.filter(size=head.size, root=head.root).exists():
        raise SignedAnotherRoot(size=head.size)


def _take(replay: Replay, entries: Sequence[bytes]) -> None:
    try:
        for entry in entries:
            replay.add(entry)
    except RuleBroken as broken:
        raise RulesBroken(rule=broken.problem.rule, reason=broken.problem.text) from broken


def _no_commitment_twice(replay: Replay) -> None:
    """Also holds the rules of the last block's end."""
    try:
        twice = replay.end()
    except RuleBroken as broken:
        raise RulesBroken(rule=broken.problem.rule, reason=broken.problem.text) from broken
    if twice:
        raise RulesBroken(rule="twice", reason="a commitment stands twice")


def _entries(first: int, size: int) -> list[bytes]:
    rows = Entry.objects.filter(index__gte=first, index__lt=size).order_by("index").values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in rows]


def _sealer_for_update() -> Sealer:
    Sealer.objects.get_or_create(pk=1)
    return Sealer.objects.select_for_update().get(pk=1)


def _encoded(prepared: Prepared, index: int, block: int) -> bytes:
    if prepared.limits and prepared.authority is None:
        raise RulesBroken(rule="order", reason=f"transfer {prepared.transfer} has no signed order")
    try:
        return encode(prepared.leaf(index, block))
    except BadEntry as error:
        raise RulesBroken(rule=error.rule, reason=f"transfer {prepared.transfer}: {error.reason}") from error


def _shuffled(prepared: Iterable[Prepared]) -> list[Prepared]:
    secret = subkey("log-shuffle")
    return sorted(prepared, key=lambda each: hmac.digest(secret, each.key.bytes, sha256))


def _locked(path: Path) -> IO[str]:
    """The lock file, held until it is closed; raises AnotherSealer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = path.open("w", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise AnotherSealer() from None
    return file
