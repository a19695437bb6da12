"""The demo's collecting machine, simulated: a place, a signing key in a file, and a counter that grows.

A real machine keeps its key inside and never shows it; this one lies in `machine.json` of the demo's folder.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.config.history.spots import spot
from pumasi.kernel.acting import Acting
from pumasi.kernel.secret_file import kept
from pumasi.services.deeds.operations import register_machine_key
from pumasi.services.deeds.queries.receipt import write_receipt

MACHINE_SPOT = 491


@dataclass(frozen=True)
class Counted:
    """What the simulated machine says it has counted."""

    kind: str
    quantity: int
    grams: bool


def machine_path(home: Path) -> Path:
    """Where the simulated machine keeps its number, its key and its counter."""
    return home / "machine.json"


def make_machine(acting: Acting) -> None:
    """Open the machine's place and let the issuer (the actor) register its key; once per folder."""
    path = machine_path(Path(settings.HOME))
    if path.exists():
        return
    place = open_place(
        acting,
        kind=PlaceKind.MACHINE,
        name_ko="본보기 페트병 수거기 (모의)",
        name_en="Sample PET machine (simulated)",
        dong="서초3동",
        position=spot("서초3동", MACHINE_SPOT),
    )
    key = Ed25519PrivateKey.generate()
    register_machine_key(acting, place_id=place.id, public_key=key.public_key().public_bytes_raw())
    kept(path, lambda: json.dumps({"machine": place.number, "key": key.private_bytes_raw().hex(), "counter": 0}))


def next_receipt(home: Path, counted: Counted, at: datetime) -> str:
    """The machine's next receipt; raises FileNotFoundError in a folder without a simulated machine."""
    path = machine_path(home)
    told = json.loads(path.read_text(encoding="utf-8"))
    told["counter"] += 1
    path.write_text(json.dumps(told), encoding="utf-8")
    return write_receipt(
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(told["key"])),
        kind=counted.kind,
        machine=told["machine"],
        counter=told["counter"],
        quantity=counted.quantity,
        at=at,
        nonce=secrets.token_hex(8),
        grams=counted.grams,
    )
