"""Counter mode: a device on the counter takes coins and undoes its own within ten minutes, without anybody's login.

The owner's phone shows a number once; typed on the device it binds it. The device then holds a token and acts in the
name of whoever bound it: it dies with that role, when it is revoked, and when the shop closes (ADR 35). It sees no
past, gives nothing back and knows no person.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.codes.grammar import SYMBOLS
from pumasi.civic.people.sealing import subkey
from pumasi.civic.places.queries import place
from pumasi.coin.answers import Paid, Refunded
from pumasi.coin.operations import undo
from pumasi.coin.parties import check_staff, is_staff, venue
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text
from pumasi.services.shops.errors import DeviceCodeWrong, DeviceNotBound, NotTakenHere
from pumasi.services.shops.models import Device, DeviceCode, DeviceTaking
from pumasi.services.shops.operations.counter import take_shown, try_strip

LIFE = timedelta(minutes=10)
DIGITS = 8
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Counter:
    """A bound device as its requests see it; `acting` is in the name of whoever bound it."""

    device_id: UUID
    place_id: UUID
    name: str
    acting: Acting


def make_device_code(acting: Acting, *, place_id: UUID) -> str:
    """A number of eight symbols that binds one device to the place within ten minutes; earlier ones of the place die.

    Raises NotAllowed for who does not work there, and PlaceClosed and its kin.
    """
    maker = check_staff(acting, venue(place_id))
    place(place_id).must_be_open(seoul_date(acting.at))
    code = "".join(secrets.choice(SYMBOLS) for _ in range(DIGITS))
    with transaction.atomic():
        DeviceCode.objects.filter(place_id=place_id, used_at=None).update(used_at=acting.at)
        DeviceCode.objects.create(
            code_hash=_hash(code), place_id=place_id, made_by=maker, made_at=acting.at, expires_at=acting.at + LIFE
        )
        record(acting, "shops.make_device_code", place_id)
    return code


def bind_device(acting: Acting, *, code: str, name: str) -> str:
    """Bind this device with a number from the owner's phone; returns its token. Raises DeviceCodeWrong.

    The number has 40 random bits and lives ten minutes, so that guessing needs no counter of its own.
    """
    typed = code.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        found = DeviceCode.objects.select_for_update().filter(
            code_hash=_hash(typed), used_at=None, expires_at__gt=acting.at
        )
        row = found.first()
        if row is None:
            raise DeviceCodeWrong(minutes=int(LIFE.total_seconds()) // 60)
        row.used_at = acting.at
        row.save(update_fields=["used_at"])
        device = Device.objects.create(
            id=new_id(acting.at),
            place_id=row.place_id,
            name=clean_text(name.strip(), 40),
            token_hash=_hash(token),
            bound_by=row.made_by,
            bound_at=acting.at,
            seen_at=acting.at,
        )
        record(replace(acting, actor=row.made_by), "shops.bind_device", device.id)
    return token


def counter_of(acting: Acting, token: str) -> Counter:
    """The counter that this token is for, seen now; raises DeviceNotBound for any other token."""
    device = Device.objects.filter(token_hash=_hash(token), revoked_at=None).first() if token else None
    if device is None or not is_staff(device.bound_by, venue(device.place_id), seoul_date(acting.at)):
        raise DeviceNotBound()
    if acting.at - device.seen_at >= SEEN_EVERY:
        Device.objects.filter(id=device.id).update(seen_at=acting.at)
    by_device = Acting(device.bound_by, None, Channel.KIOSK, f"COUNTER {device.id.hex}", acting.at)
    return Counter(device.id, device.place_id, device.name, by_device)


def take_by_device(
    counter: Counter, *, scan_id: UUID, coins: int, price_won: int | None, key: UUID, strip: str = ""
) -> Paid:
    """Take coins at this counter; raises what `take_at_counter` raises."""
    try_strip(counter.acting, scan_id=scan_id, place_id=counter.place_id, strip=strip, key=key)
    with transaction.atomic():
        paid = take_shown(
            counter.acting,
            scan_id=scan_id,
            place_id=counter.place_id,
            coins=coins,
            price_won=price_won,
            key=key,
            strip=strip,
        )
        DeviceTaking.objects.get_or_create(
            payment=paid.key, defaults={"device_id": counter.device_id, "at": counter.acting.at}
        )
    return paid


def undo_by_device(counter: Counter, *, payment_id: UUID, key: UUID) -> Refunded:
    """Undo a payment that this device took; raises NotTakenHere and what `undo` raises (ten minutes)."""
    if not DeviceTaking.objects.filter(payment=payment_id, device_id=counter.device_id).exists():
        raise NotTakenHere()
    return undo(counter.acting, payment_id=payment_id, key=key)


def revoke_device(acting: Acting, *, device_id: UUID) -> None:
    """Staff of the place send a device away for good; again: nothing happens. Raises DeviceNotBound, NotAllowed."""
    with transaction.atomic():
        device = Device.objects.select_for_update().filter(id=device_id).first()
        if device is None:
            raise DeviceNotBound()
        check_staff(acting, venue(device.place_id))
        if device.revoked_at is None:
            device.revoked_at = acting.at
            device.save(update_fields=["revoked_at"])
            record(acting, "shops.revoke_device", device.id)


def _hash(secret: str) -> bytes:
    return hmac.digest(subkey("counter-device"), secret.encode("utf-8", "replace"), sha256)
