"""Letters in the language of the page."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pumasi.civic.notices.queries import Letter, letter, letters
from pumasi.civic.shell.language import page_language


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
    return LetterPage(
        id=found.id,
        title=found.title(page_language()),
        sentences=found.sentences(page_language()),
        when=found.made_at,
        is_new=found.read_at is None,
    )
