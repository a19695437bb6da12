"""Texts on the pages: written in two languages, shown in their days, changed by one hand at a time, never lost."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.texts.models import Kind, Text, Version
from pumasi.services.texts.operations import Words, change, put_back, write
from pumasi.services.texts.queries import shown

pytestmark = [pytest.mark.django_db(databases=DATABASES), pytest.mark.postgres]
TODAY = date(2026, 10, 5)
ANSWER = Words(
    "코인은 어디서 써요?", "Where can I pay?", "가게와 시설에서 써요.", "In shops and facilities.", "가게에서 써요."
)
OUTAGE = Words("전화가 안 돼요", "No telephone", "고치고 있어요.", "We mend it.", starts=TODAY, ends=TODAY)


def written(world: World, kind: Kind = Kind.QUESTION, words: Words = ANSWER, slot: str = "") -> UUID:
    return write(acts(world.issuer), key=a_key(), kind=kind, words=words, slot=slot)


def page(person: UUID, path: str) -> str:
    return re.sub(r"\s+", " ", visitor(person).get(path).content.decode())


class TestWrite:
    def test_is_the_first_version_and_once_per_key(self, world: World) -> None:
        key = a_key()

        for _ in range(2):
            assert write(acts(world.issuer), key=key, kind=Kind.QUESTION, words=ANSWER) == key

        row = Version.objects.get()
        assert (row.number, row.title_ko, row.body_en, row.easy) == (1, ANSWER.title_ko, ANSWER.body_en, ANSWER.easy)
        assert row.by == world.issuer

    @pytest.mark.parametrize(
        ("kind", "words", "code"),
        [
            (Kind.QUESTION, replace(ANSWER, title_en=" "), "texts.incomplete"),
            (Kind.QUESTION, replace(ANSWER, body_ko="\n \n"), "texts.incomplete"),
            (Kind.OUTAGE, replace(OUTAGE, ends=None), "texts.dates"),
            (Kind.OUTAGE, replace(OUTAGE, ends=TODAY - timedelta(days=1)), "texts.dates"),
            (Kind.CLOSURE, replace(OUTAGE, ends=TODAY + timedelta(days=60)), "texts.dates"),
        ],
    )
    def test_refuses_and_nothing_is_there(self, world: World, kind: Kind, words: Words, code: str) -> None:
        with pytest.raises(Exception, match=code):
            written(world, kind, words)

        assert not Text.objects.exists()

    def test_by_an_issuer_alone(self, world: World) -> None:
        for other in (world.officers[0], world.official, world.resident):
            with pytest.raises(Exception, match=r"coin\.not_allowed"):
                write(acts(other), key=a_key(), kind=Kind.QUESTION, words=ANSWER)

        assert not Text.objects.exists()

    def test_a_place_has_one_note(self, world: World) -> None:
        written(world, Kind.NOTE, slot="earn")

        with pytest.raises(Exception, match=r"texts\.changed"):
            written(world, Kind.NOTE, slot="earn")

        assert Version.objects.count() == 1


class TestChange:
    def test_adds_a_version_and_the_same_words_none(self, world: World) -> None:
        text = written(world)
        newer = replace(ANSWER, body_ko="가게, 시설, 기부에 써요.")

        change(acts(world.issuer), text_id=text, after=1, words=newer)
        change(acts(world.issuer), text_id=text, after=1, words=newer)

        assert list(Version.objects.order_by("number").values_list("number", "body_ko")) == [
            (1, ANSWER.body_ko),
            (2, newer.body_ko),
        ]

    def test_who_comes_second_is_told(self, world: World) -> None:
        text = written(world)
        change(acts(world.issuer), text_id=text, after=1, words=replace(ANSWER, easy=""))

        with pytest.raises(Exception, match=r"texts\.changed"):
            change(acts(world.issuer), text_id=text, after=1, words=replace(ANSWER, easy="다른 글"))

        assert Version.objects.count() == 2

    def test_an_older_version_is_put_back(self, world: World) -> None:
        text = written(world)
        change(acts(world.issuer), text_id=text, after=1, words=replace(ANSWER, is_shown=False))

        put_back(acts(world.issuer), text_id=text, number=1)
        put_back(acts(world.issuer), text_id=text, number=1)

        assert list(Version.objects.order_by("number").values_list("is_shown", flat=True)) == [True, False, True]
        with pytest.raises(Exception, match=r"texts\.unknown"):
            put_back(acts(world.issuer), text_id=text, number=9)

    def test_rows_are_only_ever_added(self, world: World) -> None:
        written(world)
        for touch in (Version.objects.update, Version.objects.all().delete, Text.objects.all().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                touch(**({"easy": "다른 말"} if touch == Version.objects.update else {}))

        assert Version.objects.get().easy == ANSWER.easy


class TestDays:
    def test_an_outage_stands_on_its_days(self, world: World) -> None:
        written(world, Kind.OUTAGE, replace(OUTAGE, ends=TODAY + timedelta(days=2)))

        days = {day: len(shown(TODAY + timedelta(days=day))) for day in (-1, 0, 2, 3)}

        assert days == {-1: 0, 0: 1, 2: 1, 3: 0}

    def test_a_day_off_is_announced_three_days_before(self, world: World) -> None:
        written(world, Kind.CLOSURE, OUTAGE)

        days = {day: len(shown(TODAY + timedelta(days=day))) for day in (-4, -3, 0, 1)}

        assert days == {-4: 0, -3: 1, 0: 1, 1: 0}

    def test_what_is_hidden_stands_nowhere(self, world: World) -> None:
        written(world, Kind.OUTAGE, replace(OUTAGE, is_shown=False))

        assert shown(TODAY) == []


class TestPages:
    def test_an_outage_is_on_top_of_every_page_in_its_language(self, world: World) -> None:
        written(world, Kind.OUTAGE, OUTAGE)

        for path in ("/", "/coins/", "/help/", "/rules/"):
            assert '<section class="pm-note bad" role="alert"><h2>전화가 안 돼요</h2><p>고치고 있어요.</p>' in page(
                world.resident, path
            )
        english = visitor(world.resident, language="en").get("/coins/").content.decode()
        assert "<h2>No telephone</h2><p>We mend it.</p>" in english

    def test_a_note_stands_in_its_place_and_nothing_in_it_runs(self, world: World) -> None:
        body = "<script>1</script>\n\n자세히: https://example.org/a"
        written(world, Kind.NOTE, replace(ANSWER, body_ko=body), slot="earn")

        shown_to = page(world.resident, "/deeds/")

        assert "<p>&lt;script&gt;1&lt;/script&gt;</p>" in shown_to
        assert '<a href="https://example.org/a" rel="nofollow">https://example.org/a</a>' in shown_to
        assert "<summary>쉬운 말로</summary><p>가게에서 써요.</p>" in shown_to
        assert ANSWER.title_ko not in page(world.resident, "/pay/")

    def test_an_issuer_finds_where_a_note_can_stand(self, world: World) -> None:
        assert 'href="/texts/notes/help/"' in page(world.issuer, "/help/")
        assert "/texts/notes/" not in page(world.resident, "/help/")

    def test_questions_are_for_everybody(self, world: World) -> None:
        written(world)

        assert "<summary>코인은 어디서 써요?</summary><p>가게와 시설에서 써요.</p>" in page(world.resident, "/help/")

    def test_preview_saves_nothing_and_saving_does(self, world: World) -> None:
        issuer = visitor(world.issuer)
        html = issuer.get("/texts/new/question/").content.decode()
        found = re.search(r'name="key" value="([^"]+)"', html)
        assert found
        data: dict[str, Any] = {"key": found[1], "after": "0", "is_shown": "on"}
        data |= {name: getattr(ANSWER, name) for name in ("title_ko", "title_en", "body_ko", "body_en", "easy")}

        looked = issuer.post("/texts/new/question/", {**data, "step": "preview"}).content.decode()
        assert "<h3>Where can I pay?</h3>" in looked
        assert "아직 저장하지 않았어요." in looked
        assert not Text.objects.exists()

        answer = issuer.post("/texts/new/question/", {**data, "step": "save"})
        assert (answer.status_code, answer["Location"]) == (302, "/texts/")
        assert Version.objects.get().title_en == ANSWER.title_en

    def test_a_late_hand_keeps_its_words(self, world: World) -> None:
        text = written(world)
        change(acts(world.issuer), text_id=text, after=1, words=replace(ANSWER, easy=""))
        data: dict[str, Any] = {"key": str(text), "after": "1", "is_shown": "on", "title_ko": "내가 쓴 제목"}
        data |= {name: getattr(ANSWER, name) for name in ("title_en", "body_ko", "body_en", "easy")}

        late = visitor(world.issuer).post(f"/texts/{text}/", {**data, "step": "save"})

        assert late.status_code == 409
        assert 'value="내가 쓴 제목"' in late.content.decode()
        assert Version.objects.count() == 2

    def test_versions_are_listed_and_put_back(self, world: World, clock: FixedClock) -> None:
        text = written(world)
        change(acts(world.issuer), text_id=text, after=1, words=replace(ANSWER, title_ko="새 제목"))

        answer = visitor(world.issuer).post(f"/texts/{text}/versions/", {"number": "1"})

        assert answer.status_code == 302
        assert Version.objects.order_by("-number")[0].title_ko == ANSWER.title_ko
