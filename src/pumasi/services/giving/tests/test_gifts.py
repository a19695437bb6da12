"""Giving to a person: whoever shows their code gets the coins, once; a refusal moves nothing."""

from typing import Any
from uuid import UUID

import pytest

from pumasi.civic.codes.operations import scan
from pumasi.civic.codes.queries import personal_code, place_code
from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.models import Gift
from pumasi.coin.tests.world import DATABASES, MORNING, a_key, acts, books
from pumasi.services.giving.tests.square import Square
from pumasi.services.giving.tests.test_views import key_in, text_of

pytestmark = pytest.mark.django_db(databases=DATABASES)


def opened(square: Square, whose: UUID) -> tuple[Any, str]:
    """The giver has typed a person's code: the client and the page on which the amount is chosen."""
    client = visitor(square.resident)
    answer = client.post("/giving/person/", {"code": personal_code(whose, MORNING).text.lower()})
    return client, answer["Location"]


class TestGift:
    def test_goes_to_whoever_showed_the_code_once(self, square: Square) -> None:
        client, page = opened(square, square.neighbour)
        form = {"key": key_in(client.get(page)), "coins": "7"}

        look = client.post(page, form)
        before = Gift.objects.count()
        first = client.post(page, form | {"step": "give"})
        again = client.post(page, form | {"step": "give"})

        assert (look.status_code, before) == (200, 0)
        assert "93코인" in text_of(look)
        assert first["Location"] == again["Location"]
        assert list(Gift.objects.values_list("giver_id", "receiver_id", "coins")) == [
            (square.resident, square.neighbour, 700)
        ]

    def test_both_can_read_it_and_nobody_else(self, square: Square) -> None:
        client, page = opened(square, square.neighbour)
        at = client.post(page, {"key": key_in(client.get(page)), "coins": "7", "step": "give"})["Location"]

        assert "7코인을 선물했어요" in text_of(client.get(at))
        assert "7코인을 선물받았어요" in text_of(visitor(square.neighbour).get(at))
        assert visitor(square.cashier).get(at).status_code == 404

    @pytest.mark.parametrize(("coins", "status"), [("101", 409), ("0", 422), ("", 422), ("1.5", 422)])
    def test_refuses_what_is_not_there(self, square: Square, coins: str, status: int) -> None:
        client, page = opened(square, square.neighbour)
        key, before = key_in(client.get(page)), books()

        answers = [client.post(page, {"key": key, "coins": coins, "step": step}) for step in ("", "give")]

        assert [answer.status_code for answer in answers] == [status, status]
        assert books() == before

    def test_refuses_oneself(self, square: Square) -> None:
        client, page = opened(square, square.resident)
        before = books()

        answer = client.post(page, {"key": key_in(client.get(page)), "coins": "7", "step": "give"})

        assert answer.status_code == 409
        assert books() == before

    def test_a_code_is_good_for_one_gift_and_a_places_code_for_none(self, square: Square) -> None:
        client, page = opened(square, square.neighbour)
        client.post(page, {"key": key_in(client.get(page)), "coins": "7", "step": "give"})
        place = scan(acts(square.resident), place_code(square.laundry, MORNING).text, a_key()).id
        before = books()

        answers = [
            client.post(page, {"key": str(a_key()), "coins": "7", "step": "give"}),
            client.post(f"/giving/person/{place}/", {"key": str(a_key()), "coins": "7", "step": "give"}),
            client.post("/giving/person/", {"code": "ABCD-1234"}),
        ]

        assert [answer.status_code for answer in answers] == [409, 409, 409]
        assert books() == before
