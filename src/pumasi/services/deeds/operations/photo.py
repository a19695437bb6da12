"""Photo deeds: a one-time code that must be seen in the picture, the picture itself, and its short life.

A photo is sealed under its person's key, shown to reviewers alone, and every look is noted for the person.
"""

import secrets
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record_look
from pumasi.civic.codes.grammar import SYMBOLS
from pumasi.civic.codes.queries import clock_text
from pumasi.civic.people.keys import key_of
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import role_of_looker
from pumasi.civic.people.sealing import seal, unseal
from pumasi.coin.district import district_tariff
from pumasi.coin.errors import DeedNotHere, EvidenceNotAccepted
from pumasi.coin.parties import check_role, open_venue
from pumasi.coin.tariff import EvidenceKind
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.services.deeds.errors import ClaimUnknown, NotYoursToDecide, PhotoCodeOver, PhotoCodeUnknown, PhotoGone
from pumasi.services.deeds.models import Claim, Evidence, Photo, PhotoCode, State
from pumasi.services.deeds.operations.pictures import cleaned
from pumasi.services.deeds.operations.steps import Move, Told, step, submit, weigh
from pumasi.services.deeds.queries.claims import finished_before, state_of
from pumasi.services.deeds.queries.policy import policy
from pumasi.services.deeds.queries.reasons import TWICE

_COLUMN = "photo"


def issue_photo_code(acting: Acting, *, person_id: UUID, place_id: UUID, kind: str, key: UUID) -> PhotoCode:
    """Eight characters for one photo of one deed, good for the minutes of the policy; once per key.

    Raises EvidenceNotAccepted, DeedNotHere, PlaceClosed and what the tariff raises.
    """
    tariff, day = district_tariff(), seoul_date(acting.at)
    row = tariff.kind(kind)
    tariff.row_in_force(kind, day)
    if EvidenceKind.PHOTO not in row.evidence:
        raise EvidenceNotAccepted(given=Evidence.PHOTO.value, accepted=", ".join(row.evidence))
    if open_venue(place_id, day).kind not in row.places:
        raise DeedNotHere()
    with transaction.atomic():
        made, _ = PhotoCode.objects.get_or_create(
            id=key,
            defaults={
                "person_id": person_id,
                "place_id": place_id,
                "kind": kind,
                "code": "".join(secrets.choice(SYMBOLS) for _ in range(8)),
                "issued_at": acting.at,
                "expires_at": acting.at + timedelta(minutes=policy().photo_code_minutes),
            },
        )
    if made.person_id != person_id:
        raise PhotoCodeUnknown()
    return made


def claim_by_photo(acting: Acting, *, person_id: UUID, code_id: UUID, quantity: int, data: bytes) -> State:
    """A resident sends the photo that shows the code; a reviewer will look. The code's id is the claim's key.

    The same picture that was sent before, by anybody, makes the claim a DUPLICATE. Raises PhotoCodeUnknown,
    PhotoCodeOver, PhotoUnreadable, PhotoTooLarge and what the tariff raises; then nothing has changed.
    """
    code = PhotoCode.objects.filter(id=code_id, person_id=person_id).first()
    if code is None:
        raise PhotoCodeUnknown()
    known = state_of(code_id)
    if known is not None:
        return known
    if acting.at > code.expires_at:
        raise PhotoCodeOver(minutes=policy().photo_code_minutes, until=clock_text(code.expires_at, acting.at))
    picture = cleaned(data)
    digest = sha256(picture).digest()
    with transaction.atomic():
        PhotoCode.objects.select_for_update().get(id=code_id)
        told = Told(code.place_id, person_id, code.kind, quantity, Evidence.PHOTO, code.id, acting.at)
        claim, state = submit(acting, told, code.id)
        if state is not None:
            return state
        is_known = Photo.objects.filter(digest=digest).exists()
        sealed = seal(key_of(person_id), _COLUMN, person_id, picture)
        Photo.objects.create(id=code.id, claim=claim, digest=digest, sealed=sealed, taken_in_at=acting.at)
        if is_known:
            step(acting, claim, Move(State.DUPLICATE, None, reason=TWICE))
            return State.DUPLICATE
        return weigh(acting, claim)


def look_at_photo(acting: Acting, *, claim_id: UUID) -> bytes:
    """The picture (JPEG) for a reviewer; the look is noted before it is shown, with its purpose.

    Raises NotAllowed, PurposeMissing, ClaimUnknown, NotYoursToDecide (one's own) and PhotoGone.
    """
    actor = check_role(acting, RoleName.REVIEWER)
    claim = Claim.objects.filter(id=claim_id, evidence=Evidence.PHOTO).first()
    if claim is None:
        raise ClaimUnknown()
    if claim.person_id == actor:
        raise NotYoursToDecide()
    photo = Photo.objects.get(claim=claim)
    if photo.sealed is None:
        raise PhotoGone()
    record_look(acting, "deeds.photo", claim.person_id, role=role_of_looker(acting, claim.person_id))
    return unseal(key_of(claim.person_id), _COLUMN, claim.person_id, bytes(photo.sealed))


def forget_photos(acting: Acting) -> int:
    """The job of every night: delete photos whose claim was decided longer ago than the policy keeps them."""
    before = acting.at - timedelta(days=policy().photo_kept_days)
    with transaction.atomic():
        old = Photo.objects.filter(claim__in=finished_before(before)).exclude(sealed=None)
        return old.update(sealed=None, deleted_at=acting.at)
