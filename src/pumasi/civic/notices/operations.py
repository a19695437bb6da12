"""Write a letter once, and note when it was read. Not here: text messages, which a district plugs in later."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from pumasi.civic.notices.errors import NoSuchNotice
from pumasi.civic.notices.models import Notice, NoticeRead
from pumasi.civic.people.queries import of_self
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text


@dataclass(frozen=True)
class Words:
    """Title and text in both languages."""

    title_ko: str
    title_en: str
    text_ko: str
    text_en: str


def write_notice(acting: Acting, *, person_id: UUID, kind: str, words: Words, key: UUID) -> bool:
    """Put a letter into a person's box, once per `key`; True when it is new."""
    with transaction.atomic():
        if Notice.objects.filter(key=key).exists():
            return False
        made = Notice.objects.bulk_create(
            [
                Notice(
                    id=new_id(acting.at),
                    key=key,
                    person_id=person_id,
                    kind=kind,
                    title_ko=clean_text(words.title_ko, 80),
                    title_en=clean_text(words.title_en, 80),
                    text_ko=clean_text(words.text_ko, 1000),
                    text_en=clean_text(words.text_en, 1000),
                    made_at=acting.at,
                )
            ],
            ignore_conflicts=True,
        )
        return Notice.objects.filter(id=made[0].id).exists()


def read_notice(acting: Acting, *, notice_id: UUID) -> None:
    """The person opens a letter; the first time counts. Raises NoSuchNotice for anybody else's."""
    with transaction.atomic():
        if acting.actor is None or not Notice.objects.filter(of_self(acting.actor), id=notice_id).exists():
            raise NoSuchNotice()
        NoticeRead.objects.bulk_create([NoticeRead(notice_id=notice_id, at=acting.at)], ignore_conflicts=True)
