"""Letters in the language of the page."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.notices.queries import Letter, letter, letters
from pumasi.civic.shell.language import page_language

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class LetterPage:
    """One letter; `sentences` are its text, one by one."""

    id: UUID
    title: str
    sentences: tuple[str, ...]
    when: datetime
    is_new: bool


def box_page(person_id: UUID) -> list[LetterPage]:
    """All letters of a person, newest first."""
    return [_page(each) for each in letters(person_id)]


def letter_page(notice_id: UUID, person_id: UUID) -> LetterPage:
    """One letter of this person; raises NoSuchNotice."""
    return _page(letter(notice_id, person_id))


def _page(found: Letter) -> LetterPage:
    english = page_language() == "en"
    text = found.text_en if english else found.text_ko
    return LetterPage(
        id=found.id,
        title=found.title_en if english else found.title_ko,
        sentences=tuple(_SENTENCE.split(text)),
        when=found.made_at,
        is_new=found.read_at is None,
    )
