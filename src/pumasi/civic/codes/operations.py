"""Use codes up. What two hands do at once is settled by unique constraints: one scan is made, the other hand hears why.

A personal code is used once by one hand; a place's code once by each person, so that a hall of 200 scans one screen.
The clock of a payment ends at the scan: it has a life of its own, in which a person types in peace (decisions 17, 33).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.cards.errors import CardUnknown
from pumasi.civic.codes.errors import (
    AddressIsNoProof,
    CodeAlreadyUsed,
    CodeKeyReused,
    CodeMistyped,
    CodeUnknown,
    ScanAlreadySpent,
    ScanExpired,
    ScanUnknown,
    TooManyMisses,
)
from pumasi.civic.codes.grammar import Kind
from pumasi.civic.codes.models import CodeUse, Miss
from pumasi.civic.codes.queries import Scanned, clock_text, read_code, same_code, step_end
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id

SCAN_LIFE = timedelta(minutes=10)
# (misses, within): five in ten minutes keep a guesser slow, twenty in a day keep him hopeless.
MISS_LIMITS = ((5, timedelta(minutes=10)), (20, timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Scan:
    """A code that was used: it stays good for the form that follows until `expires_at`."""

    id: UUID
    kind: Kind
    subject: UUID
    by_person: UUID
    used_at: datetime
    expires_at: datetime
    is_spent: bool


def scan(acting: Acting, text: str, key: UUID, kind: Kind = Kind.PLACE) -> Scan:
    """Read a code and use it, for the subject (else the actor); the same person with the same key gets the same scan.

    Never inside another transaction: a miss is kept although it is refused. Raises what `read_code` and `use_code`
    raise, and TooManyMisses.
    """
    by_person = acting.subject or acting.actor
    guesser = acting.actor or by_person
    if by_person is None or guesser is None:
        raise ValueError("a scan needs to know whose it is")
    earlier = CodeUse.objects.filter(by_person=by_person, key=key).first()
    if earlier is not None:
        if not same_code(text, kind, _scanned(earlier)):
            raise CodeKeyReused()
        return _view(earlier)
    _must_not_be_guessing(guesser, acting.at)
    try:
        scanned = read_code(text, acting.at, kind)
    except CodeMistyped:
        raise
    except (CodeUnknown, CardUnknown):
        with transaction.atomic(durable=True):
            Miss.objects.create(id=new_id(acting.at), by_person=guesser, at=acting.at)
        raise
    with transaction.atomic(durable=True):
        return use_code(scanned, by_person, key, acting.at)


def use_code(scanned: Scanned, by_person: UUID, key: UUID, at: datetime) -> Scan:
    """Use up what was read. First use, or the same person with the same key again: the scan; anyone else is refused.

    Raises CodeAlreadyUsed (which says when the next code comes), CodeKeyReused, AddressIsNoProof.
    """
    if scanned.step is None:
        raise AddressIsNoProof()
    use = CodeUse(
        id=new_id(at),
        kind=scanned.kind,
        subject=scanned.subject,
        step=scanned.step,
        by_person=by_person,
        key=key,
        used_at=at,
        expires_at=at + SCAN_LIFE,
    )
    try:
        with transaction.atomic():
            use.save(force_insert=True)
    except IntegrityError:
        first = _first_use(scanned, scanned.step, by_person, key)
        if first is None:
            raise
        return _view(first)
    return _view(use)


def open_scan(scan_id: UUID, by_person: UUID, at: datetime) -> Scan:
    """A scan that is still good, for the one who made it; raises ScanUnknown, ScanExpired."""
    return _view(_good_scan(CodeUse.objects.filter(id=scan_id, by_person=by_person), at))


def scan_of(scan_id: UUID, by_person: UUID) -> Scan:
    """A scan of this person, over or not, to see what was shown; raises ScanUnknown."""
    use = CodeUse.objects.filter(id=scan_id, by_person=by_person).first()
    if use is None:
        raise ScanUnknown()
    return _view(use)


def spend_scan(scan_id: UUID, by_person: UUID, key: UUID, at: datetime) -> Scan:
    """Let a scan count for one thing: the first `key` and its retries pass, any other key is refused.

    Call it inside the transaction of that thing. A retry passes also after the scan's life. Raises ScanUnknown,
    ScanExpired, ScanAlreadySpent.
    """
    with transaction.atomic():
        rows = CodeUse.objects.select_for_update().filter(id=scan_id, by_person=by_person)
        spent = rows.filter(spent_key=key).first()
        if spent is not None:
            return _view(spent)
        use = _good_scan(rows, at)
        if use.spent_key is not None:
            raise ScanAlreadySpent()
        use.spent_key = key
        use.save(update_fields=["spent_key"])
    return _view(use)


def forget_before(moment: datetime) -> int:
    """Delete uses and misses from before `moment`; returns how many. Keep at least a day, for the limit of misses."""
    with transaction.atomic():
        uses, _ = CodeUse.objects.filter(used_at__lt=moment).delete()
        misses, _ = Miss.objects.filter(at__lt=moment).delete()
    return uses + misses


def _first_use(scanned: Scanned, step: int, by_person: UUID, key: UUID) -> CodeUse | None:
    by_key = CodeUse.objects.filter(by_person=by_person, key=key).first()
    if by_key is not None:
        if _scanned(by_key) != scanned:
            raise CodeKeyReused()
        return by_key
    if CodeUse.objects.filter(kind=scanned.kind, subject=scanned.subject, step=step).exists():
        raise CodeAlreadyUsed(next_at=clock_text(step_end(step)))
    return None


def _must_not_be_guessing(guesser: UUID, at: datetime) -> None:
    for limit, within in MISS_LIMITS:
        misses = Miss.objects.filter(by_person=guesser, at__gt=at - within).order_by("-at")[:limit]
        times = [miss.at for miss in misses]
        if len(times) == limit:
            raise TooManyMisses(misses=limit, until=clock_text(times[-1] + within, at))


def _good_scan(rows: Iterable[CodeUse], at: datetime) -> CodeUse:
    for use in rows:
        if at >= use.expires_at:
            raise ScanExpired(until=clock_text(use.expires_at))
        return use
    raise ScanUnknown()


def _scanned(use: CodeUse) -> Scanned:
    return Scanned(Kind(use.kind), use.subject, use.step)


def _view(use: CodeUse) -> Scan:
    return Scan(
        use.id, Kind(use.kind), use.subject, use.by_person, use.used_at, use.expires_at, use.spent_key is not None
    )
