"""Issue, stop, open and end cards; print strips and take their codes.

Weak proof stops a card, strong proof opens it (decisions 34): whoever calls may have it stopped, opening it is for the
desk. Who may do what is asked by the callers.
"""

import secrets
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.cards.errors import CardFrozen, NoCard, StripCodeWrong, StripUsedUp
from pumasi.civic.cards.models import Card, End, StripCode
from pumasi.civic.cards.queries import CardFacts, facts_of
from pumasi.civic.people.queries import person
from pumasi.civic.people.sealing import blind_index
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id

NUMBER_BITS = 40
CODES, CODE_DIGITS = 20, 6
# One guess hits with 1 in 10^6; after five the card stops, so that a finder's chance is 5 in a million.
WRONG_TRIES = 5


def issue(acting: Acting, person_id: UUID) -> CardFacts:
    """A new card for a person; the one before ends. Raises PersonUnknown, PersonClosed."""
    person(person_id).must_be_open()
    with transaction.atomic():
        _end(person_id, End.REPLACED, acting)
        card = Card.objects.create(
            id=new_id(acting.at),
            person_id=person_id,
            number=secrets.randbelow(1 << NUMBER_BITS),
            issued_by=acting.actor,
            issued_at=acting.at,
        )
        record(acting, "cards.issue", person_id)
    return facts_of(card)


def freeze(acting: Acting, person_id: UUID) -> None:
    """Stop a person's card until they come to a desk; again: nothing happens. Raises NoCard."""
    with transaction.atomic():
        card = _locked(person_id)
        if card.frozen_at is None:
            card.frozen_at = acting.at
            card.save(update_fields=["frozen_at"])
            record(acting, "cards.freeze", person_id)


def unfreeze(acting: Acting, person_id: UUID) -> None:
    """Let a card work again: an officer has seen who its holder is. Again: nothing happens. Raises NoCard."""
    with transaction.atomic():
        card = _locked(person_id)
        if card.frozen_at is not None:
            card.frozen_at, card.wrong_tries = None, 0
            card.save(update_fields=["frozen_at", "wrong_tries"])
            record(acting, "cards.unfreeze", person_id)


def end(acting: Acting, person_id: UUID) -> None:
    """The card works no more, for ever. Raises NoCard."""
    with transaction.atomic():
        _locked(person_id)
        _end(person_id, End.GONE, acting)
        record(acting, "cards.end", person_id)


def print_strip(acting: Acting, person_id: UUID) -> tuple[str, ...]:
    """Twenty new codes, to be printed and kept nowhere; those of before are void. Raises NoCard, CardFrozen."""
    with transaction.atomic():
        card = _must_work(_locked(person_id))
        codes = tuple(f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}" for _ in range(CODES))
        StripCode.objects.filter(card=card).delete()
        StripCode.objects.bulk_create(
            StripCode(card=card, position=number, code_hash=_hash(card, number, code))
            for number, code in enumerate(codes, start=1)
        )
        record(acting, "cards.print_strip", person_id)
    return codes


def check_strip_code(acting: Acting, person_id: UUID, typed: str, key: UUID) -> None:
    """Whether this is the next code of the person's strip. A wrong one is counted, and the fifth stops the card.

    Never inside another transaction: a wrong try is kept although it is refused. A retry with the `key` that has spent
    a code passes. Raises NoCard, CardFrozen, StripUsedUp, StripCodeWrong.
    """
    with transaction.atomic(durable=True):
        card = _locked(person_id)
        asked = _asked(card, key)
        if asked is None or _is_right(asked, typed):
            return
        card.wrong_tries += 1
        if card.wrong_tries >= WRONG_TRIES:
            card.frozen_at = acting.at
            record(acting, "cards.freeze", person_id, "TRIES")
        card.save(update_fields=["wrong_tries", "frozen_at"])
    raise _wrong(_must_work(card), asked)


def spend_strip_code(acting: Acting, person_id: UUID, typed: str, key: UUID) -> None:
    """Use the next code up for `key`, in the transaction of what it is spent for; with the same key again: nothing.

    Raises NoCard, CardFrozen, StripUsedUp, and StripCodeWrong when another hand has used it since it was checked.
    """
    card = _locked(person_id)
    asked = _asked(card, key)
    if asked is None:
        return
    if not _is_right(asked, typed):
        raise _wrong(card, asked)
    asked.spent_at, asked.spent_key = acting.at, key
    asked.save(update_fields=["spent_at", "spent_key"])
    card.wrong_tries = 0
    card.save(update_fields=["wrong_tries"])


def _asked(card: Card, key: UUID) -> StripCode | None:
    """The next code of the strip, None once `key` has spent one; raises CardFrozen and StripUsedUp."""
    codes = StripCode.objects.filter(card=card)
    if codes.filter(spent_key=key).exists():
        return None
    _must_work(card)
    code = codes.filter(spent_at=None).order_by("position").first()
    if code is None:
        raise StripUsedUp()
    return code


def _is_right(asked: StripCode, typed: str) -> bool:
    plain = "".join(each for each in typed if each.isdecimal())
    return secrets.compare_digest(bytes(asked.code_hash), _hash(asked.card, asked.position, plain))


def _wrong(card: Card, asked: StripCode) -> StripCodeWrong:
    return StripCodeWrong(position=asked.position, left=WRONG_TRIES - card.wrong_tries)


def _must_work(card: Card) -> Card:
    if card.frozen_at is not None:
        raise CardFrozen()
    return card


def _end(person_id: UUID, why: End, acting: Acting) -> None:
    cards = Card.objects.filter(person=person_id, ended_at=None)
    StripCode.objects.filter(card__in=cards).delete()
    cards.update(ended_at=acting.at, end=why)


def _locked(person_id: UUID) -> Card:
    card = Card.objects.select_for_update().filter(person=person_id, ended_at=None).first()
    if card is None:
        raise NoCard()
    return card


def _hash(card: Card, position: int, code: str) -> bytes:
    return blind_index("card-strip", f"{card.id.hex}/{position}/{code}")
