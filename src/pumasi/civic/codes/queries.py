"""Show codes and read them. Reading proves where a code comes from; it does not use it up (operations)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from pumasi.civic.cards.queries import holder_of
from pumasi.civic.codes import grammar
from pumasi.civic.codes.errors import CodeExpired, CodeMistyped, CodeUnknown
from pumasi.civic.codes.grammar import STEP_SECONDS, TOLERANCE, Body, Kind
from pumasi.civic.people.models import Person
from pumasi.civic.people.queries import person
from pumasi.civic.people.sealing import subkey
from pumasi.civic.places.errors import PlaceUnknown
from pumasi.civic.places.queries import PlaceFacts, check_sticker, place, place_by_number
from pumasi.kernel.clock import KST, in_utc, seoul_date

# So far back a code that is over is told apart from one that never was, to say kindly what happened.
REMEMBERED_STEPS = 20


@dataclass(frozen=True, slots=True)
class Code:
    """A rotating code: `text` for the QR, `grouped` to read out; the screen changes it at `expires_at`."""

    text: str
    grouped: str
    expires_at: datetime
    step: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a code proves: `subject` (a person or a place) showed it in `step`. An address has no step, no proof."""

    kind: Kind
    subject: UUID
    step: int | None


def personal_code(person_id: UUID, at: datetime) -> Code:
    """The code that a person shows now; raises PersonUnknown, PersonClosed."""
    person(person_id).must_be_open()
    number = Person.objects.values_list("code_number", flat=True).get(id=person_id)
    step = _step(at)
    return _code(grammar.write(Kind.PERSON, grammar.person_value(number, _person_secret(), step)), step)


def place_code(place_id: UUID, at: datetime) -> Code:
    """The code that a place's screen shows now; raises PlaceUnknown, PlaceClosed, PlaceNotOpenYet."""
    shown = place(place_id)
    shown.must_be_open(seoul_date(at))
    step = _step(at)
    return _code(grammar.write(Kind.PLACE, _place_value(shown, step)), step)


def place_address(place_id: UUID) -> str:
    """The URL path of a place's sticker ("/Q/A..."): an address for ever, never a proof of being there."""
    return f"/Q/{grammar.write(Kind.ADDRESS, place(place_id).number)}"


def sticker_address(place_id: UUID, serial: int) -> str:
    """The URL path of one printed sticker ("/Q/S..."): an address like the place's, until this sticker is revoked."""
    return f"/Q/{grammar.write(Kind.STICKER, grammar.sticker_value(place(place_id).number, serial))}"


def card_address(number: int) -> str:
    """The URL path of a card's QR ("/Q/C...")."""
    return f"/Q/{grammar.write(Kind.CARD, number)}"


def card_text(number: int) -> str:
    """A card's code as it is typed ("CXN0N-JYX4G"): its letter is part of it, because counters expect a telephone's."""
    code = grammar.write(Kind.CARD, number)
    return f"{code[:5]}-{code[5:]}"


def read_code(text: str, at: datetime, kind: Kind = Kind.PLACE) -> Scanned:
    """Who or what showed this code, within one step of `at`; `kind` is what a code without its letter is taken for.

    Raises CodeMistyped (a CodeUnknown: the check symbol does not fit), CodeUnknown, CodeExpired, StickerRevoked, and
    PlaceClosed, PlaceSuspended or PlaceNotOpenYet for a place that takes no part on that day. A sticker reads as the
    address of its place. A card raises CardUnknown, CardEnded, CardFrozen; it is read in the step of `at`.
    """
    body = grammar.read(text, kind)
    if body is None:
        raise CodeMistyped()
    if body.kind is Kind.PERSON:
        return _read_person(body, _step(at))
    if body.kind is Kind.CARD:
        return Scanned(Kind.CARD, holder_of(body.value), _step(at))
    number, serial = _number_and_serial(body)
    try:
        shown = place_by_number(number)
    except PlaceUnknown as unknown:
        raise CodeUnknown() from unknown
    if serial is not None:
        check_sticker(shown.id, serial)
    shown.must_be_open(seoul_date(at))
    if body.kind is not Kind.PLACE:
        return Scanned(Kind.ADDRESS, shown.id, None)
    for step in _steps_around(_step(at)):
        if body.value == _place_value(shown, step):
            return _in_time(Scanned(Kind.PLACE, shown.id, step), _step(at))
    raise CodeUnknown()


def same_code(text: str, kind: Kind, scanned: Scanned) -> bool:
    """Whether the text is the code that was scanned, whatever the time is now (for an answer that got lost).

    A card that has been stopped since raises what `read_code` raises.
    """
    body = grammar.read(text, kind)
    if body is None or body.kind is not scanned.kind or scanned.step is None:
        return False
    if body.kind is Kind.CARD:
        return holder_of(body.value) == scanned.subject
    if body.kind is Kind.PERSON:
        number = Person.objects.values_list("code_number", flat=True).filter(id=scanned.subject).first()
        return number is not None and body.value == grammar.person_value(number, _person_secret(), scanned.step)
    return body.value == _place_value(place(scanned.subject), scanned.step)


def step_end(step: int) -> datetime:
    """When a step is over and the screen shows the next code."""
    return datetime.fromtimestamp((step + 1) * STEP_SECONDS, UTC)


def clock_text(moment: datetime, now: datetime | None = None) -> str:
    """A moment as people in Seoul read it from a clock, with its day when that is not the day of `now`."""
    other_day = now is not None and seoul_date(moment) != seoul_date(now)
    return moment.astimezone(KST).strftime("%Y-%m-%d %H:%M:%S" if other_day else "%H:%M:%S")


def _number_and_serial(body: Body) -> tuple[int, int | None]:
    if body.kind is Kind.STICKER:
        return grammar.sticker_parts(body.value)
    return (body.value if body.kind is Kind.ADDRESS else grammar.place_number(body.value)), None


def _read_person(body: Body, now: int) -> Scanned:
    secret = _person_secret()
    numbers = {
        step: number
        for step in _steps_around(now)
        if (number := grammar.person_number(body.value, secret, step)) is not None
    }
    known = Person.objects.filter(code_number__in=numbers.values(), closed_at=None).values_list("code_number", "id")
    owners = dict(known)
    for step, number in numbers.items():
        if number in owners:
            return _in_time(Scanned(Kind.PERSON, owners[number], step), now)
    raise CodeUnknown()


def _in_time(scanned: Scanned, now: int) -> Scanned:
    if scanned.step is not None and abs(scanned.step - now) > TOLERANCE:
        raise CodeExpired(until=clock_text(step_end(scanned.step + TOLERANCE)))
    return scanned


def _steps_around(now: int) -> list[int]:
    """The valid steps first, then those that are over; a step further ahead was never shown to anybody."""
    return [*range(now + TOLERANCE, now - TOLERANCE - 1, -1), *range(now - TOLERANCE - 1, now - REMEMBERED_STEPS, -1)]


def _place_value(shown: PlaceFacts, step: int) -> int:
    secret = subkey(f"place-code/{shown.id.hex}/{shown.code_version}")
    return grammar.place_value(shown.number, secret, step)


def _person_secret() -> bytes:
    return subkey("personal-code")


def _code(text: str, step: int) -> Code:
    return Code(text, grammar.grouped(text), step_end(step), step)


def _step(at: datetime) -> int:
    return grammar.step_of(in_utc(at).timestamp())
