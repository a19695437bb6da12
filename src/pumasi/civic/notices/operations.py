"""Write a letter once, and note when it was read or handed over. Not here: text messages, which a district plugs in."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record_look
from pumasi.civic.notices.errors import NoSuchNotice, NothingToHandOver
from pumasi.civic.notices.models import Notice, NoticeRead
from pumasi.civic.notices.queries import Letter, handed_over
from pumasi.civic.people.queries import of_self, role_of_looker
from pumasi.kernel.acting import Acting
from pumasi.kernel.ids import new_id
from pumasi.kernel.text import clean_text

AGAIN = timedelta(minutes=30)


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


def hand_over(acting: Acting, person_id: UUID) -> list[Letter]:
    """An officer gives a person everything that they have not read, on paper, oldest first; a noted look.

    What the same officer handed over within the last half hour comes once more: the printer may have failed. Raises
    NothingToHandOver.
    """
    if acting.actor is None:
        raise NothingToHandOver()
    with transaction.atomic():
        mine = Notice.objects.filter(of_self(person_id))
        new = list(mine.exclude(id__in=NoticeRead.objects.values("notice_id")).values_list("id", flat=True))
        NoticeRead.objects.bulk_create(
            [NoticeRead(notice_id=each, at=acting.at, by=acting.actor) for each in new], ignore_conflicts=True
        )
        handed = handed_over(person_id, acting.actor, acting.at - AGAIN)
        if not handed:
            raise NothingToHandOver()
        record_look(acting, "notices.hand_over", person_id, role=role_of_looker(acting, person_id))
        return handed


def read_notice(acting: Acting, *, notice_id: UUID) -> None:
    """The person opens a letter; the first time counts. Raises NoSuchNotice for anybody else's."""
    with transaction.atomic():
        if acting.actor is None or not Notice.objects.filter(of_self(acting.actor), id=notice_id).exists():
            raise NoSuchNotice()
        NoticeRead.objects.bulk_create([NoticeRead(notice_id=notice_id, at=acting.at)], ignore_conflicts=True)
