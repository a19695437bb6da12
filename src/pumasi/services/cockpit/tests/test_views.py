"""Budget, books and orders on the issuer's pages."""

import json
import re
from typing import Any

import pytest

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import BudgetOrder
from pumasi.coin.tests.world import DATABASES, World, books
from pumasi.kernel.clock import FixedClock
from pumasi.services.cockpit.queries.order import read_file, write_file

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


class TestBudget:
    def test_shows_what_is_left_and_what_was_issued(self, world: World) -> None:
        world.earns(world.resident, 40)

        page = text_of(visitor(world.issuer).get("/budget/"))

        assert "더 발행할 수 있는 코인 49,960 코인" in page
        assert "발행한 코인 40코인" in page
        assert "기다리는 사람이 없어요" in page

    def test_lists_who_waits_without_a_name(self, db: None, clock: FixedClock) -> None:
        world = World()
        world.brings_hangers(20)

        page = visitor(world.issuer).get("/budget/")

        assert "깨끗한 옷걸이" in text_of(page)
        assert "올해 예산 지시가 아직 없어서" in text_of(page)
        assert str(world.resident) not in page.content.decode()


class TestBooks:
    def test_the_books_balance_on_the_page(self, world: World) -> None:
        world.earns(world.resident, 40)

        page = text_of(visitor(world.officers[0]).get("/books/"))

        assert "장부의 합이 0으로 맞아요" in page
        assert re.search(r"1100 발행통제 −40 ", page)


class TestOrder:
    def test_a_file_reads_back_as_it_was_written(self, world: World) -> None:
        signed = world.signed(world.order(1000))

        assert read_file(write_file(signed)) == signed

    def test_looks_before_it_books(self, world: World) -> None:
        text, client = write_file(world.signed(world.order(1000))), visitor(world.issuer)

        look = client.post("/budget/order/", {"order": text, "step": "look"})
        before = BudgetOrder.objects.count()
        done = client.post("/budget/order/", {"order": text, "step": "book"}, follow=True)

        assert "1,000" in text_of(look)
        assert "2개 중 2개" in text_of(look)
        assert (before, BudgetOrder.objects.count()) == (1, 2)
        assert "예산 지시를 올렸어요" in text_of(done)

    def test_refuses_a_changed_order_and_keeps_the_text(self, world: World) -> None:
        file = json.loads(write_file(world.signed(world.order(1000))))
        file["order"] = file["order"].replace("100000", "900000")
        before = books()

        answer = visitor(world.issuer).post("/budget/order/", {"order": json.dumps(file), "step": "book"})

        assert answer.status_code == 409
        assert "서명이 이 예산 지시와 맞지 않아요" in text_of(answer)
        assert "900000" in answer.content.decode()
        assert books() == before

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"order": 1, "signatures": []}', "1" * 9000])
    def test_refuses_what_is_no_order_file(self, world: World, text: str) -> None:
        answer = visitor(world.issuer).post("/budget/order/", {"order": text, "step": "book"})

        assert answer.status_code in {409, 422}
        assert BudgetOrder.objects.count() == 1
