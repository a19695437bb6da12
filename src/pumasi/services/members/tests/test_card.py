"""The card at the desk and on one's own page: made, printed, stopped, opened, ended; never for oneself."""

import pytest

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.cards import operations as cards
from pumasi.civic.cards.models import Card, StripCode
from pumasi.civic.cards.queries import card_of
from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.notices.queries import unread
from pumasi.civic.people.reading import reading_of
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.errors import NotAllowed
from pumasi.coin.tests.world import DATABASES, World, a_key, acts
from pumasi.kernel.acting import Acting, Channel
from pumasi.services.members.errors import OwnDesk
from pumasi.services.members.operations import visiting
from pumasi.services.members.queries.balance import balance_sheet
from pumasi.services.members.tests.test_desk import does, finds, text_of

pytestmark = pytest.mark.django_db(databases=DATABASES)


class TestDesk:
    def test_makes_prints_stops_opens_and_ends_a_card(self, world: World) -> None:
        page = finds(world)
        states = []
        for what in ("card", "freeze", "unfreeze", "card", "lost"):
            assert does(world, page, what).status_code == 302
            states.append(card_of(world.resident))

        assert [each and each.is_frozen for each in states] == [False, True, False, False, None]
        assert Card.objects.count() == 2

    def test_the_card_is_a_paper_while_it_works(self, world: World) -> None:
        page, officer = finds(world), visitor(world.official)
        before = officer.get(f"{page}card.pdf")
        does(world, page, "card")
        printed = officer.get(f"{page}card.pdf")
        does(world, page, "freeze")
        stopped = officer.get(f"{page}card.pdf")

        assert (before.status_code, printed.status_code, stopped.status_code) == (404, 200, 404)
        assert printed.content.startswith(b"%PDF-")

    def test_a_strip_is_printed_once_and_kept_nowhere(self, world: World) -> None:
        page, officer = finds(world), visitor(world.official)
        refused = officer.post(f"{page}strip.pdf")
        does(world, page, "card")

        printed = officer.post(f"{page}strip.pdf")

        assert refused.status_code == 409
        assert "쓰고 있는 카드가 없어요" in text_of(refused)
        assert printed.content.startswith(b"%PDF-")
        assert "no-store" in printed["Cache-Control"]
        assert StripCode.objects.count() == 20
        assert officer.get(f"{page}strip.pdf").status_code == 405
        assert "쪽지는 1번부터 쓰면 돼요." in text_of(officer.get(page))

    def test_the_coins_are_printed_in_large_type_and_the_member_sees_that(self, world: World) -> None:
        page = finds(world)

        printed = visitor(world.official).get(f"{page}balance.pdf")
        another = visitor(world.reviewer).get(f"{page}balance.pdf")

        assert (printed.status_code, printed.content[:5], another.status_code) == (200, b"%PDF-", 409)
        looks = AuditRow.objects.filter(action="members.balance_sheet")
        assert [(each.whom, each.purpose, each.actor) for each in looks] == [
            (world.resident, "DESK_BALANCE", world.official)
        ]
        assert "코인을 인쇄해 드렸어요" in text_of(visitor(world.resident).get("/membership/"))

    def test_letters_are_printed_handed_over_and_printed_again_when_the_printer_fails(self, world: World) -> None:
        words = Words("옛 편지", "Old letter", "글", "Text")
        write_notice(acts(None), person_id=world.resident, kind="EXPIRY", words=words, key=a_key())
        page, officer = finds(world), visitor(world.official)
        before = text_of(officer.get(page))

        answers = [officer.post(f"{page}letters.pdf") for _ in range(2)]
        nothing = visitor(world.reviewer).post(f"{finds(world, officer=world.reviewer)}letters.pdf")

        assert [(each.status_code, each.content[:5]) for each in answers] == [(200, b"%PDF-")] * 2
        assert "읽지 않은 편지가 1통 있어요." in before
        assert "기다리는 편지가 없어요. 모두 읽었거나 받아 가셨어요." in text_of(officer.get(page))
        assert (nothing.status_code, "드릴 편지가 없어요" in text_of(nothing)) == (409, True)
        assert unread(world.resident) == 0

    def test_papers_are_in_the_language_that_the_desk_has_chosen_with_the_member(self, world: World) -> None:
        page, officer = finds(world), visitor(world.official, "ko")
        does(world, page, "card")
        papers = ("slip.pdf", "balance.pdf", "card.pdf")
        korean = [officer.get(f"{page}{each}").content for each in papers]

        chosen = does(world, page, "language", language="en")
        english = [officer.get(f"{page}{each}").content for each in papers]
        unknown = does(world, page, "language", language="xx")

        assert (chosen.status_code, unknown.status_code) == (302, 422)
        assert all(b"/Lang(ko" in each for each in korean)
        assert all(b"/Lang(en" in each for each in english)
        assert b"/Lang(en" in officer.post(f"{page}strip.pdf").content
        assert '<html lang="ko"' in officer.get(page).content.decode()
        assert reading_of(world.resident).language == "en"

    def test_the_sheet_says_what_is_there_and_what_happened(self, world: World) -> None:
        sheet = balance_sheet(acts(world.official), world.resident)

        assert (sheet.coins, sheet.lines[0][0], sheet.lines[0][2]) == ("40코인", "10-05", "+20")
        assert sheet.facts == (("인쇄한 때", "2026-10-05 10:00"),)

    def test_nobody_serves_themselves_and_nobody_else_serves(self, world: World) -> None:
        own = Acting(world.official, world.official, Channel.DESK, "DESK", acts(None).at)
        stranger = Acting(world.keeper, world.resident, Channel.DESK, "DESK", acts(None).at)
        for act in (visiting.issue_card, visiting.freeze_card, visiting.end_card, visiting.strip_for):
            with pytest.raises(OwnDesk):
                act(own)
            with pytest.raises(NotAllowed):
                act(stranger)

        assert not Card.objects.exists()


class TestMine:
    def test_i_stop_my_card_at_once_and_cannot_open_it(self, world: World) -> None:
        cards.issue(acts(world.official), world.resident)
        me = visitor(world.resident)
        shown = text_of(me.get("/membership/"))

        assert me.post("/membership/card/").status_code == 302

        assert "카드를 잃어버렸어요: 멈추기" in shown
        assert "카드를 멈춰 두었어요" in text_of(me.get("/membership/"))
        found = card_of(world.resident)
        assert found is not None
        assert found.is_frozen
        row = AuditRow.objects.get(action="cards.freeze")
        assert (row.actor, row.whom) == (world.resident, world.resident)

    def test_without_a_card_there_is_nothing_to_stop(self, world: World) -> None:
        answer = visitor(world.resident).post("/membership/card/")

        assert answer.status_code == 409
        assert "쓰고 있는 카드가 없어요" in text_of(answer)
