"""Person keys: made at joining, used to unseal, destroyed by shredding. The only user of the `keys` database.

The two databases commit apart. So a key is made before its person (a join that fails leaves an orphan key, swept later)
and destroyed before the person is marked (a shred that fails half-way is simply done again).
"""

import hmac
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from pumasi.civic.people.errors import KeyDestroyed, NodeKeyChanged
from pumasi.civic.people.models import Person, PersonKey
from pumasi.civic.people.sealing import KEY_BYTES, node_key_id, seal, subkey, unseal

_COLUMN = "person_key"


def make_key(person_id: UUID, at: datetime) -> bytes:
    """Make and keep a fresh key for a person who is about to join."""
    key = os.urandom(KEY_BYTES)
    wrapped = seal(subkey("wrap"), _COLUMN, person_id, key)
    PersonKey.objects.create(person_id=person_id, wrapped=wrapped, node_key_id=node_key_id(), made_at=at)
    return key


def make_keys(person_ids: Sequence[UUID], at: datetime) -> dict[UUID, bytes]:
    """Make and keep a fresh key for each of many people who are about to join."""
    wrapping, node = subkey("wrap"), node_key_id()
    made = {each: os.urandom(KEY_BYTES) for each in person_ids}
    PersonKey.objects.bulk_create(
        (
            PersonKey(person_id=each, wrapped=seal(wrapping, _COLUMN, each, key), node_key_id=node, made_at=at)
            for each, key in made.items()
        ),
        batch_size=500,
    )
    return made


def keys_of(person_ids: Sequence[UUID]) -> dict[UUID, bytes]:
    """The keys of many people; raises KeyDestroyed and NodeKeyChanged as `key_of` does."""
    found: dict[UUID, bytes] = {}
    for start in range(0, len(person_ids), 500):
        rows = PersonKey.objects.filter(person_id__in=person_ids[start : start + 500])
        found |= {row.person_id: _unwrapped(row) for row in rows}
    if len(found) < len(set(person_ids)):
        raise KeyDestroyed()
    return found


def key_of(person_id: UUID) -> bytes:
    """The person's key (32 bytes); raises KeyDestroyed after shredding and NodeKeyChanged under another node key."""
    row = PersonKey.objects.filter(person_id=person_id).first()
    if row is None:
        raise KeyDestroyed()
    return _unwrapped(row)


def keys_of_wallets(wallets: Iterable[UUID]) -> dict[UUID, bytes | None]:
    """Wallet -> its owner's key (32 bytes), None once that was destroyed; wallets that nobody owns are left out.

    Raises NodeKeyChanged under another node key.
    """
    owners = dict(Person.objects.filter(wallet__in=set(wallets)).values_list("id", "wallet"))
    rows = PersonKey.objects.filter(person_id__in=owners)
    found = {owners[row.person_id]: _unwrapped(row) for row in rows}
    return {wallet: found.get(wallet) for wallet in owners.values()}


def derived(key: bytes, purpose: str, data: bytes) -> bytes:
    """HMAC-SHA256 under a person's key: openings of commitments and the like, derived and never stored."""
    return hmac.digest(key, b"pumasi/person/v1/" + purpose.encode("ascii") + b"\x00" + data, sha256)


def destroy_key(person_id: UUID) -> None:
    """Destroy the key for good; destroying it twice is no harm.

    The row is overwritten in its own length before it is deleted, so that on SQLite its page holds it no more once the
    write-ahead log is checkpointed. On PostgreSQL the old version goes with the next VACUUM of the table. Copies in
    backups follow within 30 days.
    """
    with transaction.atomic(using=PersonKey.database):
        for row in PersonKey.objects.select_for_update().filter(person_id=person_id):
            row.wrapped = bytes(len(row.wrapped))
            row.save(update_fields=["wrapped"])
            row.delete()


def sweep_orphan_keys(before: datetime) -> int:
    """Destroy keys older than `before` whose join never committed; returns how many."""
    old = set(PersonKey.objects.filter(made_at__lt=before).values_list("person_id", flat=True))
    orphans = old - set(Person.objects.filter(id__in=old).values_list("id", flat=True))
    for person_id in orphans:
        destroy_key(person_id)
    return len(orphans)


def _unwrapped(row: PersonKey) -> bytes:
    if row.node_key_id != node_key_id():
        raise NodeKeyChanged(expected=row.node_key_id, found=node_key_id())
    return unseal(subkey("wrap"), _COLUMN, row.person_id, bytes(row.wrapped))
