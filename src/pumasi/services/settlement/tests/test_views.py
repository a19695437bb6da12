"""Settlement on its pages: maker, checker, treasury, shop; what each may see and do."""

import io
import re
import zipfile
from hashlib import sha256
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from pumasi.civic.people.models import RoleName
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.settlement.models import AccountSeen, Batch, Hold, HoldEnd, Line, PayoutAccount, SealOverrideVote
from pumasi.coin.settlement.tests.street import Street, everything, lines_of, publish, standing
from pumasi.coin.tests.world import DATABASES, a_key

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


class TestDesk:
    def test_from_draft_to_paid_by_two_persons(self, street: Street) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        publish()
        maker, checker = visitor(street.maker), visitor(street.checker)

        desk = text_of(maker.get("/settlement/"))
        made = maker.post("/settlement/draft/", {"key": a_key()}, follow=True)
        batch = Batch.objects.get()
        url = f"/settlement/{batch.id}/"
        seen = re.search(r'name="sheet" value="([0-9a-f]{64})"', checker.get(url).content.decode())
        assert seen is not None
        checker.post(f"{url}check/", {"sheet": seen[1]})
        files = maker.post(f"{url}export/")
        maker.post(f"{url}numbers/", {"document": "결재-1", "payment_number": "지급-1"})
        done = maker.post(f"{url}paid/", follow=True)

        assert "지금 지급할 수 있는 금액 4,000원" in desk
        assert "만든 사람은 확인할 수 없으니" in text_of(made) or "다른 사람이 확인해야 해요" in text_of(made)
        assert files["X-Content-SHA256"] == sha256(files.content).hexdigest()
        assert zipfile.ZipFile(io.BytesIO(files.content)).namelist() == ["payees.csv", "evidence.csv", "total.txt"]
        assert lines_of(batch) == [("표본 빵집", 1000, 0, "PAID"), ("표본 세탁소", 3000, 0, "PAID")]
        assert "끝났어요" in text_of(done)

    def test_the_maker_finds_no_button_and_is_refused_all_the_same(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        client = visitor(street.maker)
        before = everything()

        page = client.get(f"/settlement/{batch.id}/").content.decode()
        answer = client.post(f"/settlement/{batch.id}/check/", {"sheet": "0" * 64})

        assert f"/settlement/{batch.id}/check/" not in page
        assert answer.status_code == 409
        assert "만든 사람은 확인할 수 없어요" in text_of(answer)
        assert everything() == before

    def test_one_line_comes_back_and_the_others_are_paid(self, street: Street) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        publish()
        batch = street.drafts()
        street.checks(batch)
        street.exports(batch)
        laundry = Line.objects.get(batch=batch, shop="표본 세탁소")
        client = visitor(street.maker)

        client.post(f"/settlement/{batch.id}/bounced/", {"line": laundry.id, "reason": "예금주 불일치"})
        client.post(f"/settlement/{batch.id}/paid/")

        assert lines_of(batch) == [("표본 빵집", 1000, 0, "PAID"), ("표본 세탁소", 3000, 0, "BOUNCED")]
        assert "예금주 불일치" in text_of(visitor(street.keeper).get(f"/payouts/{laundry.id}/"))

    def test_a_reason_is_asked_for(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()

        answer = visitor(street.maker).post(f"/settlement/{batch.id}/give-up/", {"reason": ""})

        assert answer.status_code == 409
        assert "이유를 적어 주세요" in text_of(answer)

    def test_the_auditor_reads_everything_and_changes_nothing(self, street: Street) -> None:
        auditor = street.joins("감사 역할")
        street.grants(auditor, RoleName.AUDITOR)
        street.pays(30)
        publish()
        batch = street.drafts()
        client = visitor(auditor)
        before = everything()

        urls = ("/settlement/", f"/settlement/{batch.id}/", "/settlement/around/")
        pages = [client.get(url).status_code for url in urls]
        acts_ = [
            client.post(f"/settlement/{batch.id}/{what}/").status_code
            for what in ("check", "give-up", "export", "numbers", "paid", "bounced")
        ]

        assert pages == [200, 200, 200]
        assert acts_ == [403] * 6
        assert everything() == before

    def test_the_desk_asks_as_often_for_many_shops_as_for_two(
        self, street: Street, django_assert_max_num_queries: Any
    ) -> None:
        street.pays(30)
        street.pays(10, street.bakery)
        publish()
        client = visitor(street.maker)

        with django_assert_max_num_queries(40) as asked:
            client.get("/settlement/")
        for n in range(3):
            shop = street.opens(PlaceKind.SHOP, f"표본 가게 {n}")
            keeper = street.joins("가게 주인 역할")
            street.grants(keeper, RoleName.SHOP_KEEPER, shop)
            street.has_account(keeper, shop, f"1000000{n}")
            street.pays(10, shop)
        publish()

        assert isinstance(asked, CaptureQueriesContext)
        with django_assert_max_num_queries(len(asked)):
            client.get("/settlement/")


class TestAround:
    def test_an_account_is_confirmed_once(self, street: Street) -> None:
        visitor(street.keeper).post(
            f"/payouts/account/{street.laundry}/", {"bank": "표본은행", "number": "222-333-44444", "holder": "표본"}
        )
        account = PayoutAccount.objects.get(tail="4444")
        client = visitor(street.maker)
        form = {"account": account.id, "document": "SAMPLE-3"}

        first = client.post("/settlement/around/account/", form)
        second = client.post("/settlement/around/account/", form)

        assert (first.status_code, second.status_code) == (302, 409)
        assert AccountSeen.objects.filter(account=account).count() == 1

    def test_holds_and_overrides(self, street: Street) -> None:
        street.pays(30)
        maker, officer = visitor(street.maker), visitor(street.officers[0])

        maker.post("/settlement/around/hold/", {"place": street.bakery, "reason": "확인 중"})
        maker.post("/settlement/around/hold/end/", {"place": street.bakery, "reason": "확인 끝"})
        maker.post("/settlement/around/override/", {"reason": "기록 장애"})
        page = officer.get("/settlement/around/").content.decode()
        asked = re.search(r'name="override" value="([^"]+)"', page)
        assert asked is not None
        officer.post("/settlement/around/override/agree/", {"override": asked[1]})

        assert (Hold.objects.count(), HoldEnd.objects.count(), SealOverrideVote.objects.count()) == (1, 1, 1)

    def test_a_facility_is_closed_once_by_a_double_press(self, street: Street) -> None:
        street.pays(30, street.gym)
        client = visitor(street.maker)
        form = {"place": street.gym, "document": "결재-9", "key": a_key()}

        codes = [client.post("/settlement/around/facility/", form).status_code for _ in range(2)]

        assert codes == [302, 302]
        assert (standing("2300"), standing("3310")) == (0, 3000)

    def test_what_is_missing_is_said(self, street: Street) -> None:
        answer = visitor(street.maker).post("/settlement/around/hold/", {"place": "", "reason": ""})

        assert answer.status_code == 422
        assert "빠진 것이 있어요" in text_of(answer)


class TestShop:
    def test_reads_its_payout_with_every_receipt_and_never_who_paid(self, street: Street) -> None:
        street.pays(30)
        street.pays(20)
        publish()
        batch = street.settles()
        line = Line.objects.get(batch=batch)
        client = visitor(street.keeper)

        mine, payout = text_of(client.get("/payouts/")), client.get(f"/payouts/{line.id}/")

        assert "5,000원" in mine
        assert "지급-1" in text_of(payout)
        assert len(re.findall(r"1005-\d+", text_of(payout))) == 2
        assert str(street.resident) not in payout.content.decode()
        assert "110123456789" not in payout.content.decode()
        assert "주민 역할" not in text_of(payout)

    def test_does_not_see_the_payouts_of_another_shop_or_a_draft(self, street: Street) -> None:
        street.pays(30)
        publish()
        batch = street.drafts()
        line = Line.objects.get(batch=batch)

        before = visitor(street.keeper).get(f"/payouts/{line.id}/").status_code
        street.checks(batch)
        other = visitor(street.baker).get(f"/payouts/{line.id}/").status_code
        mine = visitor(street.keeper).get(f"/payouts/{line.id}/").status_code

        assert (before, other, mine) == (404, 404, 200)

    def test_an_account_of_another_shop_is_not_found(self, street: Street) -> None:
        answer = visitor(street.baker).post(
            f"/payouts/account/{street.laundry}/", {"bank": "표본은행", "number": "22233344444", "holder": "표본"}
        )

        assert answer.status_code == 404
        assert PayoutAccount.objects.count() == 2

    def test_an_unreadable_number_is_refused_and_kept(self, street: Street) -> None:
        answer = visitor(street.keeper).post(
            f"/payouts/account/{street.laundry}/", {"bank": "표본은행", "number": "12-34", "holder": "표본"}
        )

        assert answer.status_code == 409
        assert 'value="12-34"' in answer.content.decode()

    def test_names_shops_in_the_language_of_the_page(self, street: Street) -> None:
        street.pays(30)
        publish()
        maker, keeper = visitor(street.maker, "en"), visitor(street.keeper, "en")

        pages = [
            text_of(maker.get("/settlement/")),
            text_of(maker.get("/settlement/around/")),
            text_of(keeper.get("/payouts/")),
            text_of(keeper.get(f"/payouts/account/{street.laundry}/")),
        ]

        assert [("Sample SHOP" in page, "표본 세탁소" in page) for page in pages] == [(True, False)] * 4

    def test_the_pages_are_complete_in_english(self, street: Street) -> None:
        street.pays(30)
        publish()
        line = Line.objects.get(batch=street.settles())

        page = text_of(visitor(street.keeper, "en").get(f"/payouts/{line.id}/"))

        assert "Set off" not in page
        assert "Payments up to 2026-10-19" in page
        assert "3,000 won" in page
