"""Giving on its pages: resident, everybody, charity, officers."""

import re
from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.people.models import RoleName
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.giving.models import Donation, DonationBack
from pumasi.coin.tests.world import DATABASES, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.services.giving import operations
from pumasi.services.giving.models import Campaign, Charity
from pumasi.services.giving.tests.square import NIGHT_AFTER, Square, everything, standing, state

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def key_in(answer: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', answer.content.decode())
    assert found is not None
    return found[1]


class TestResident:
    def test_gives_in_three_steps_and_takes_back(self, square: Square) -> None:
        campaign = square.opens_campaign()
        client = visitor(square.resident)
        url = f"/giving/{campaign}/"

        choose = client.get(f"{url}give/")
        sure = client.get(f"{url}confirm/", {"coins": "30", "key": key_in(choose)})
        done = client.post(f"{url}confirm/", {"coins": 30, "key": key_in(sure)}, follow=True)
        gift = Donation.objects.get()
        client.post(f"/giving/receipts/{gift.key}/take-back/")

        assert "기부금영수증이 나오지 않아요" in text_of(sure)
        assert "70코인" in text_of(sure)
        assert "30코인, 고맙습니다" in text_of(done)
        assert "30 / 100코인" in text_of(done)
        assert DonationBack.objects.count() == 1
        assert "되돌렸어요" in text_of(client.get("/giving/mine/"))

    def test_a_double_press_gives_once(self, square: Square) -> None:
        campaign, key = square.opens_campaign(), a_key()
        client = visitor(square.resident)

        urls = [client.post(f"/giving/{campaign}/confirm/", {"coins": 30, "key": key})["Location"] for _ in range(2)]

        assert urls[0] == urls[1]
        assert (Donation.objects.count(), standing("2400")) == (1, 3000)

    @pytest.mark.parametrize(("coins", "said"), [("15", "10코인 단위"), ("110", "100코인인데 110코인이 필요해요")])
    def test_what_cannot_be_given_is_said_and_nothing_changes(self, square: Square, coins: str, said: str) -> None:
        campaign = square.opens_campaign()
        before = everything()

        answer = visitor(square.resident).post(f"/giving/{campaign}/confirm/", {"other": coins, "key": a_key()})

        assert answer.status_code == 409
        assert said in text_of(answer)
        assert everything() == before

    def test_a_closed_campaign_leads_to_the_others(self, square: Square, clock: FixedClock) -> None:
        campaign = square.opens_campaign()
        clock.advance(NIGHT_AFTER - clock.now())

        answer = visitor(square.resident).post(f"/giving/{campaign}/confirm/", {"coins": 10, "key": a_key()})

        assert answer.status_code == 409
        assert "2026-10-20에 끝났어요" in text_of(answer)
        assert "다른 모금" in text_of(answer)

    def test_a_receipt_of_somebody_else_is_not_found(self, square: Square) -> None:
        gift = square.gives(square.opens_campaign(), 30)
        client = visitor(square.neighbour)

        codes = (
            client.get(f"/giving/receipts/{gift.key}/").status_code,
            client.post(f"/giving/receipts/{gift.key}/take-back/").status_code,
        )

        assert codes == (404, 404)
        assert DonationBack.objects.count() == 0


class TestEverybody:
    def test_reads_how_far_it_is_and_never_who_gave(self, square: Square) -> None:
        campaign = square.opens_campaign()
        square.gives(campaign, 30)
        client = visitor(None, "en")

        page = client.get(f"/giving/{campaign}/")

        assert "30 of 100 coins" in text_of(page)
        assert 'width="30"' in page.content.decode()
        assert f"2400:SC:{campaign.hex}" in text_of(page)
        assert "given 1 times" not in text_of(page)
        assert str(square.resident) not in page.content.decode()
        assert "There is no tax receipt" in text_of(page)

    def test_reads_what_the_charitys_own_manager_gave(self, square: Square) -> None:
        square.earns(square.manager, 20)
        campaign = square.opens_campaign()
        square.gives(campaign, 20, square.manager)

        assert "이 가운데 20코인은 단체 담당자가 기부했어요" in text_of(visitor(None).get(f"/giving/{campaign}/"))

    def test_finds_no_draft(self, square: Square) -> None:
        draft = square.proposes()

        listed, page = visitor(None).get("/giving/"), visitor(None).get(f"/giving/{draft}/")

        assert "겨울 이불" not in text_of(listed)
        assert page.status_code == 409

    def test_the_list_asks_as_often_for_many_as_for_one(
        self, square: Square, django_assert_max_num_queries: Any
    ) -> None:
        square.opens_campaign()
        client = visitor(None)
        with django_assert_max_num_queries(10) as asked:
            client.get("/giving/")
        for _ in range(4):
            square.opens_campaign()

        with django_assert_max_num_queries(len(asked)):
            client.get("/giving/")


class TestDesks:
    def test_from_registration_to_evidence(self, square: Square, clock: FixedClock) -> None:
        manager = square.joins("새 단체 담당 역할")
        square.grants(manager, RoleName.CHARITY_MANAGER)
        charity, first, second = visitor(manager), visitor(square.officers[0]), visitor(square.issuer)
        charity.post("/charity/", {"name_ko": "표본 밥상", "name_en": "Sample Table", "number": "SAMPLE-200"})
        mine = Charity.objects.get(number="SAMPLE-200")
        first.post(f"/giving/desk/charity/{mine.id}/verify/", {"text": "SAMPLE-PAPERS-2"})
        charity.post(
            f"/charity/{mine.id}/campaign/",
            {
                "title_ko": "따뜻한 밥", "title_en": "Warm meals", "text_ko": "가", "text_en": "a",
                "target": "50", "deadline": "2026-10-20",
            },
        )  # fmt: skip
        campaign = Campaign.objects.get(charity=mine).id
        desk = f"/giving/desk/{campaign}/"

        first.post(f"{desk}approve/", {"clause": "조례 제10조", "text": "결재-1"})
        second.post(f"{desk}approve/")
        square.gives(campaign, 50)
        clock.advance(NIGHT_AFTER - clock.now())
        operations.close_due_campaigns(acts(None, NIGHT_AFTER))
        first.post(f"{desk}release/", {"text": "결재-2"})
        second.post(f"{desk}release/")
        visitor(square.treasurer).post(f"{desk}paid/", {"text": "지급-9"})
        charity.post(
            f"/charity/campaign/{campaign}/evidence/",
            {"used_won": "5000", "used_for": "쌀 한 포", "document": "영수-1"},
        )

        page = text_of(visitor(None).get(f"/giving/{campaign}/"))
        assert state(campaign) == "EVIDENCED"
        assert "쌀 한 포" in page
        assert "5,000원" in page
        assert "지급-9" in page

    def test_one_officer_cannot_do_it_alone(self, square: Square) -> None:
        campaign = square.proposes()
        client = visitor(square.issuer)
        client.post(f"/giving/desk/{campaign}/approve/", {"clause": "조례", "text": "결재-1"})

        answer = client.post(f"/giving/desk/{campaign}/approve/")

        assert answer.status_code == 409
        assert "서로 다른 두 담당자" in text_of(answer)
        assert state(campaign) == "DRAFT"

    def test_a_cancelled_campaign_says_why_and_coins_are_back(self, square: Square) -> None:
        campaign = square.opens_campaign()
        square.gives(campaign, 30)

        visitor(square.issuer).post(f"/giving/desk/{campaign}/cancel/", {"text": "단체 요청"})

        assert standing("2400") == 0
        assert "단체 요청" in text_of(visitor(None).get(f"/giving/{campaign}/"))
        assert "코인이 돌아왔어요" in text_of(visitor(square.resident).get("/giving/mine/"))

    def test_another_charity_is_not_found(self, square: Square) -> None:
        other = square.joins("다른 단체 담당 역할")
        square.grants(other, RoleName.CHARITY_MANAGER)
        campaign = square.opens_campaign()
        client = visitor(other)

        codes = [
            client.get(url).status_code
            for url in (f"/charity/{square.charity}/campaign/", f"/charity/campaign/{campaign}/evidence/")
        ]

        assert codes == [404, 404]

    @pytest.mark.parametrize("who", ["resident", "manager", "auditor"])
    def test_acts_are_refused_to_others(self, square: Square, who: str) -> None:
        campaign = square.proposes()
        auditor = square.joins("감사 역할")
        square.grants(auditor, RoleName.AUDITOR)
        person: UUID = {"resident": square.resident, "manager": square.manager, "auditor": auditor}[who]
        before = everything()

        codes = [
            visitor(person).post(f"/giving/desk/{campaign}/{what}/", {"text": "x", "clause": "y"}).status_code
            for what in ("approve", "release", "paid", "cancel")
        ]

        assert codes == [403] * 4
        assert everything() == before

    def test_missing_fields_of_a_proposal_are_named_and_kept(self, square: Square) -> None:
        client = visitor(square.manager)

        answer = client.post(f"/charity/{square.charity}/campaign/", {"title_ko": "겨울 이불", "target": "50"})

        assert answer.status_code == 422
        assert 'value="겨울 이불"' in answer.content.decode()
