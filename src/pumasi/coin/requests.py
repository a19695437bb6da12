"""Happens once: a wish with the same key and the same body is answered again, never done again (decisions 3).

Not here: the ledger's own keys, which hold the same promise for transfers.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.coin.errors import KeyReused
from pumasi.coin.models import Request
from pumasi.kernel import canonical


def is_first(key: UUID, operation: str, body: Mapping[str, object], at: datetime) -> bool:
    """True when this key is new; False when the very same wish was done before; raises KeyReused for another body.

    Must come first in the operation's transaction: a concurrent twin waits here until the other has committed, and a
    refusal rolls the row back, so that a refused key may be tried again. `body` holds business fields, no times.
    """
    digest = _digest(body)
    try:
        with transaction.atomic():
            Request.objects.create(key=key, operation=operation, digest=digest, at=at)
    except IntegrityError:
        known = Request.objects.get(key=key)
        if known.operation != operation or bytes(known.digest) != digest:
            raise KeyReused() from None
        return False
    return True


def first_ones(
    wishes: Mapping[UUID, Mapping[str, object]], operation: str, at: datetime
) -> dict[UUID, bool | KeyReused]:
    """`is_first` for many keys in two queries: True, False, or the refusal of a key that was used for something else.

    A concurrent twin raises IntegrityError: the caller holds a lock on what the wishes come from.
    """
    known = Request.objects.in_bulk(list(wishes))
    answers: dict[UUID, bool | KeyReused] = {}
    for key, body in wishes.items():
        row = known.get(key)
        if row is None:
            answers[key] = True
        else:
            is_same = row.operation == operation and bytes(row.digest) == _digest(body)
            answers[key] = False if is_same else KeyReused()
    Request.objects.bulk_create(
        Request(key=key, operation=operation, digest=_digest(wishes[key]), at=at)
        for key, answer in answers.items()
        if answer is True
    )
    return answers


def _digest(body: Mapping[str, object]) -> bytes:
    return hashlib.sha256(canonical.dumps(dict(body))).digest()
