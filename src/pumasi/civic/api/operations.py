"""Make and end tokens, and let a call in: who it acts for, within which scopes, and not too often."""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.db.models import Case, F, Value, When

from pumasi.civic.api.errors import (
    ScopesUnusable,
    TokenLifeTooLong,
    TokenNameMissing,
    TokenUnknown,
    TooManyCalls,
    WorkersOnly,
)
from pumasi.civic.api.models import Token
from pumasi.civic.api.queries import scopes as known_scopes
from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import roles_of
from pumasi.civic.people.sealing import subkey
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

PREFIX = "pmsi_"  # so that scanners for leaked secrets know one
LIFE = timedelta(days=366)
CALLS_A_MINUTE = 120


@dataclass(frozen=True)
class Caller:
    """A call that was let in: `acting` is in the name of the token's person."""

    token_id: UUID
    person_id: UUID
    scopes: frozenset[str]
    acting: Acting


def make_token(acting: Acting, *, name: str, scopes: Collection[str], ends: date) -> str:
    """A token for programs of the actor, which can do what the actor may, within `scopes`; returns its secret, once.

    Raises WorkersOnly, TokenNameMissing, ScopesUnusable and TokenLifeTooLong.
    """
    person_id, today = _worker(acting), seoul_date(acting.at)
    known, wanted = known_scopes(), set(scopes)
    if not wanted or wanted - set(known):
        raise ScopesUnusable()
    if not today <= ends <= today + LIFE:
        raise TokenLifeTooLong(until=(today + LIFE).isoformat())
    label = clean_text(name.strip(), 60)
    if not label:
        raise TokenNameMissing()
    secret = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        token = Token.objects.create(
            id=new_id(acting.at),
            person_id=person_id,
            name=label,
            secret_hash=_hash(secret),
            scopes=" ".join(each for each in known if each in wanted),
            made_at=acting.at,
            ends=ends,
        )
        record(acting, "api.make_token", token.id)
    return secret


def end_token(acting: Acting, *, token_id: UUID) -> None:
    """End a token of the actor's at once and for good; again: nothing happens. Raises TokenUnknown for another's."""
    with transaction.atomic():
        token = Token.objects.select_for_update().filter(id=token_id).first()
        if token is None or token.person_id != acting.actor:
            raise TokenUnknown()
        if token.ended_at is None:
            token.ended_at = acting.at
            token.save(update_fields=["ended_at"])
            record(acting, "api.end_token", token.id)


def let_in(secret: str, at: datetime) -> Caller:
    """Who calls with this secret; the call is counted. Raises TokenUnknown and TooManyCalls (CALLS_A_MINUTE)."""
    minute, today = int(at.timestamp()) // 60, seoul_date(at)
    mine = Token.objects.filter(secret_hash=_hash(secret), ended_at=None, ends__gte=today, person__closed_at=None)
    used = Case(When(minute=minute, then=F("used") + 1), default=Value(1))
    if not mine.update(used=used, minute=minute, seen_on=today):
        raise TokenUnknown()
    token = mine.get()
    if token.used > CALLS_A_MINUTE:
        raise TooManyCalls(limit=CALLS_A_MINUTE, seconds=60 - int(at.timestamp()) % 60)
    acting = Acting(token.person_id, token.person_id, Channel.API, f"API {token.id.hex}", at)
    return Caller(token.id, token.person_id, frozenset(token.scopes.split()), acting)


def _worker(acting: Acting) -> UUID:
    held = roles_of(acting.actor, seoul_date(acting.at)) if acting.actor else []
    if acting.actor is None or not any(each.role != RoleName.RESIDENT for each in held):
        raise WorkersOnly()
    return acting.actor


def _hash(secret: str) -> bytes:
    return hmac.digest(subkey("api-token"), secret.encode("utf-8", "replace"), sha256)
