"""Moving on its pages: two officers, the reconciliation, the old id, the order of an export."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pumasi.civic.audit.models import AuditRow
from pumasi.civic.people.models import RoleName
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.moving import operations
from pumasi.coin.moving.models import ExportOrder, ExportStep, Proposal, Step
from pumasi.coin.moving.tests.books import made
from pumasi.coin.moving.tests.district import District
from pumasi.coin.tests.world import DATABASES, a_key, acts

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def proposed(moving: District, tmp_path: Path) -> Proposal:
    """A proposal that the budget covers, of the files in `tmp_path`."""
    moving.covers()
    return Proposal.objects.get(id=moving.proposes(moving.book(made(20).write(tmp_path))))


class TestProposal:
    def test_two_officers_approve_it_and_the_box_is_told_what_to_run(
        self, moving: District, proposed: Proposal
    ) -> None:
        url = f"/moving/{proposed.id}/"
        first, second = visitor(moving.issuer), visitor(moving.officers[0])

        before = text_of(first.get(url))
        halfway = text_of(first.post(f"{url}act/", {"step": "approve", "digest": proposed.digest[:8]}, follow=True))
        after = text_of(second.post(f"{url}act/", {"step": "approve", "digest": proposed.digest[:8]}, follow=True))

        assert "담당자 두 명을 기다려요" in before
        assert "비교했고 승인해요" in before
        assert "두 번째 담당자를 기다려요" in halfway
        assert "비교했고 승인해요" not in halfway
        assert "승인됨, 옮기기를 기다려요" in after
        assert "./pumasi import run FOLDER" in after
        assert Step.objects.count() == 2

    def test_a_wrong_digest_is_refused_and_nothing_changes(self, moving: District, proposed: Proposal) -> None:
        answer = visitor(moving.issuer).post(f"/moving/{proposed.id}/act/", {"step": "approve", "digest": "00000000"})

        assert answer.status_code == 409
        assert "이 제안의 지문 앞 8자와 달라요" in text_of(answer)
        assert Step.objects.count() == 0

    def test_does_not_show_what_has_to_be_typed(self, moving: District, proposed: Proposal) -> None:
        page = visitor(moving.issuer).get(f"/moving/{proposed.id}/").content.decode()

        assert proposed.digest[:8] not in page
        assert proposed.digest[8:] in page

    def test_an_auditor_reads_and_decides_nothing(self, moving: District, proposed: Proposal) -> None:
        auditor = moving.joins("감사 역할")
        moving.grants(auditor, RoleName.AUDITOR)
        client = visitor(auditor)

        page = client.get(f"/moving/{proposed.id}/")
        answer = client.post(f"/moving/{proposed.id}/act/", {"step": "approve", "digest": proposed.digest[:8]})

        assert page.status_code == 200
        assert "<form" not in page.content.decode().partition("<main")[2].partition("</main")[0]
        assert answer.status_code == 403
        assert Step.objects.count() == 0

    def test_is_rejected_with_a_reason(self, moving: District, proposed: Proposal) -> None:
        client, url = visitor(moving.issuer), f"/moving/{proposed.id}/act/"

        without = client.post(url, {"step": "reject", "reason": ""})
        done = client.post(url, {"step": "reject", "reason": "자료가 낡았어요"}, follow=True)

        assert without.status_code == 409
        assert "거절됨" in text_of(done)
        assert "자료가 낡았어요" in text_of(done)

    def test_shows_the_reconciliation_and_gives_it_as_csv(
        self, moving: District, tmp_path: Path, proposed: Proposal
    ) -> None:
        moving.approves(proposed.id)
        operations.load(moving.box(), moving.book(tmp_path))
        client = visitor(moving.issuer)

        page = text_of(client.get(f"/moving/{proposed.id}/"))
        report = client.get(f"/moving/{proposed.id}/report.csv")

        assert "예전 합계와 지금 합계가 끝자리까지 같아요" in page
        lines = report.content.decode("utf-8-sig").splitlines()
        assert lines[0] == "part,name,fund,expires,won,old_lots,new_lots,old_coins,new_coins,equal"
        assert len([line for line in lines if line.startswith("member,")]) == 20
        assert lines[-1].endswith(",yes")
        assert "시연 회원" not in report.content.decode()
        assert "A-000" not in report.content.decode()

    def test_the_way_back_takes_two_and_a_box(self, moving: District, tmp_path: Path, proposed: Proposal) -> None:
        moving.approves(proposed.id)
        operations.load(moving.box(), moving.book(tmp_path))
        url = f"/moving/{proposed.id}/act/"

        asked = visitor(moving.issuer).post(url, {"step": "ask_back", "reason": "예전 제도로"}, follow=True)
        same = visitor(moving.issuer).post(url, {"step": "agree_back"})
        agreed = visitor(moving.officers[1]).post(url, {"step": "agree_back"}, follow=True)

        assert "되돌리기 요청됨" in text_of(asked)
        assert same.status_code == 409
        assert "./pumasi import undo" in text_of(agreed)

    def test_an_unknown_one_is_not_found(self, moving: District) -> None:
        assert visitor(moving.issuer).get(f"/moving/{a_key()}/").status_code == 404


class TestDesk:
    def test_asks_the_database_as_often_for_many_proposals_as_for_one(self, moving: District, tmp_path: Path) -> None:
        counts = []
        for n in (4, 5, 6):
            asked = moving.proposes(moving.book(made(n).write(tmp_path / str(n))))
            operations.reject(acts(moving.issuer), proposal_id=asked, reason="시험")
            client = visitor(moving.issuer)
            client.get("/moving/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/moving/").status_code == 200
            counts.append(len(queries))

        assert counts == [counts[0]] * 3

    def test_two_officers_agree_on_an_export(self, moving: District) -> None:
        first, second = visitor(moving.issuer), visitor(moving.officers[0])

        first.post("/moving/export/", {"key": a_key(), "purpose": "다음 업체로 이관"})
        order = ExportOrder.objects.get()
        own = first.post(f"/moving/export/{order.id}/")
        done = second.post(f"/moving/export/{order.id}/", follow=True)

        assert own.status_code == 409
        assert f"./pumasi export FOLDER --order {order.id}" in text_of(done)
        assert ExportStep.objects.count() == 1

    def test_without_a_purpose_nothing_is_asked(self, moving: District) -> None:
        answer = visitor(moving.issuer).post("/moving/export/", {"key": a_key(), "purpose": ""})

        assert answer.status_code == 422
        assert ExportOrder.objects.count() == 0


class TestFind:
    def test_the_old_id_leads_to_the_member_and_the_look_is_noted(self, moving: District, tmp_path: Path) -> None:
        moving.covers()
        moving.moves_in(made(4).write(tmp_path))
        before = AuditRow.objects.filter(action="people.person_card").count()

        page = visitor(moving.official).post("/moving/find/", {"old_id": " A-00002 ", "purpose": "창구 문의"})

        assert "시연 회원 2" in text_of(page)
        looks = AuditRow.objects.filter(action="people.person_card", purpose="창구 문의", actor=moving.official)
        assert looks.count() == before + 1

    def test_an_unknown_id_finds_nobody(self, moving: District) -> None:
        page = visitor(moving.official).post("/moving/find/", {"old_id": "X", "purpose": "창구 문의"})

        assert "이 번호로 옮겨 온 회원이 없어요" in text_of(page)

    def test_without_a_purpose_nobody_looks(self, moving: District) -> None:
        answer = visitor(moving.official).post("/moving/find/", {"old_id": "X", "purpose": ""})

        assert answer.status_code == 422
