"""Write a text, change it, put an older version back. Who writes is an issuer; every version stays."""

from dataclasses import dataclass, fields, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.coin.parties import check_role
from pumasi.kernel.acting import Acting
from pumasi.kernel.text import clean_text
from pumasi.services.texts.errors import TextChanged, TextDates, TextIncomplete, TextUnknown
from pumasi.services.texts.models import DATED, Kind, Text, Version

MOST_DAYS = 60


@dataclass(frozen=True)
class Words:
    """What a text says. `starts`, `ends`: both inclusive, for outages and days off only."""

    title_ko: str
    title_en: str
    body_ko: str
    body_en: str
    easy: str = ""
    starts: date | None = None
    ends: date | None = None
    is_shown: bool = True


def write(acting: Acting, *, key: UUID, kind: Kind, words: Words, slot: str = "") -> UUID:
    """A new text; once per `key`, which is its id. Raises NotAllowed, TextIncomplete, TextDates, TextChanged."""
    actor, said = check_role(acting, RoleName.ISSUER), _checked(kind, words)
    try:
        with transaction.atomic():
            text, is_new = Text.objects.get_or_create(id=key, defaults={"kind": kind, "slot": slot})
            if is_new:
                _add(acting, text, 1, said, actor)
    except IntegrityError as taken:  # somebody else has written the note of this slot
        raise TextChanged(number=1) from taken
    return text.id


def change(acting: Acting, *, text_id: UUID, after: int, words: Words) -> None:
    """The next version, written on top of version `after`; the same words again are none.

    Raises NotAllowed, TextUnknown, TextChanged (another version came meanwhile), TextIncomplete, TextDates.
    """
    actor = check_role(acting, RoleName.ISSUER)
    with transaction.atomic():
        text = Text.objects.select_for_update().filter(id=text_id).first()
        if text is None:
            raise TextUnknown()
        said = _checked(Kind(text.kind), words)
        latest = Version.objects.filter(text=text).order_by("-number")[0]
        if _words(latest) == said:
            return
        if latest.number != after:
            raise TextChanged(number=latest.number)
        _add(acting, text, after + 1, said, actor)


def put_back(acting: Acting, *, text_id: UUID, number: int) -> None:
    """An older version is the newest again, hidden or shown as it was. Raises NotAllowed, TextUnknown."""
    actor = check_role(acting, RoleName.ISSUER)
    with transaction.atomic():
        text = Text.objects.select_for_update().filter(id=text_id).first()
        row = Version.objects.filter(text=text, number=number).first() if text else None
        if text is None or row is None:
            raise TextUnknown()
        latest = Version.objects.filter(text=text).order_by("-number")[0]
        if _words(latest) != _words(row):
            _add(acting, text, latest.number + 1, _words(row), actor)


def _add(acting: Acting, text: Text, number: int, words: Words, actor: UUID) -> None:
    said = {each.name: getattr(words, each.name) for each in fields(words)}
    Version.objects.create(text=text, number=number, by=actor, at=acting.at, **said)
    record(acting, "texts.write", None, f"{text.kind} {text.slot} {number}".strip())


def _checked(kind: Kind, words: Words) -> Words:
    said = replace(
        words,
        title_ko=clean_text(words.title_ko.strip(), 80),
        title_en=clean_text(words.title_en.strip(), 80),
        body_ko=_lines(words.body_ko, 1500),
        body_en=_lines(words.body_en, 1500),
        easy=_lines(words.easy, 800),
    )
    if not all((said.title_ko, said.title_en, said.body_ko, said.body_en)):
        raise TextIncomplete()
    if kind not in DATED:
        return replace(said, starts=None, ends=None)
    if said.starts is None or said.ends is None or not 0 <= (said.ends - said.starts).days < MOST_DAYS:
        raise TextDates(days=MOST_DAYS)
    return said


def _lines(text: str, limit: int) -> str:
    """The text with its lines kept, without anything that cannot be seen."""
    return "\n".join(clean_text(line, limit) for line in text.strip().splitlines())[:limit]


def _words(row: Version) -> Words:
    return Words(**{each.name: getattr(row, each.name) for each in fields(Words)})
