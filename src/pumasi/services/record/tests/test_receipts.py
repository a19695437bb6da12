"""Proofs of transfers: for those who took part, first a promise, then a receipt that verifies."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import segno
from pytest_django import DjangoAssertNumQueries, Settings

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin import operations
from pumasi.coin.models import Award
from pumasi.coin.tests.world import DATABASES, MORNING, World, a_key, acts
from pumasi.kernel.clock import FixedClock
from pumasi.seal.keys import promise_signer
from pumasi.services.record.tests.policies import witnessed
from pumasi.tlog.policy import parse_policy
from pumasi.verify.promise import parse_promise
from pumasi.verify.receipt import check_receipt, from_fragment

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def url(key: UUID, part: str = "") -> str:
    return f"/chain/receipts/{key}/{part}"


@pytest.fixture
def paid(world: World) -> UUID:
    """The resident has earned 40 coins and paid 10 of them at the laundry, with 500 won beside."""
    world.earns(world.resident, 40)
    return world.pays(10, price=1500).key


class TestReceipt:
    def test_opens_the_payers_side_and_verifies(
        self, world: World, paid: UUID, seal: Callable[[], None], settings: Settings
    ) -> None:
        seal()

        page = visitor(world.resident).get(url(paid))
        file = visitor(world.resident).get(url(paid, "file/"))

        checked = check_receipt(file.content, parse_policy((Path(settings.LOG_DIR) / "policy").read_bytes()))
        assert (checked.posting.pool, sum(checked.posting.amounts.values())) == ("wallets", -1000)
        assert checked.payload.seconds == int(MORNING.timestamp())
        assert "코인 −10 " in text_of(page)
        assert "함께 낸 돈 500원" in text_of(page)
        assert "2026-10-05 10:00:00" in text_of(page)

    def test_link_and_qr_hold_the_same_receipt_as_the_file(
        self, world: World, paid: UUID, seal: Callable[[], None]
    ) -> None:
        seal()
        client = visitor(world.resident)

        page = client.get(url(paid)).content.decode()
        file = client.get(url(paid, "file/")).content

        link = re.findall(r'href="/verify#([^"]+)"', page)[0].replace("&#x27;", "'").replace("&amp;", "&")
        drawn = segno.make(f"http://testserver/verify#{link}", error="L", boost_error=False, micro=False)
        assert from_fragment(link) == file
        assert f'viewBox="0 0 {drawn.symbol_size(border=4)[0]} ' in page
        assert drawn.svg_inline(omitsize=True, border=4).split(' d="')[1].split('"')[0] in page

    def test_the_file_has_a_name_that_tells_of_nobody(self, world: World, paid: UUID, seal: Callable[[], None]) -> None:
        seal()

        answer = visitor(world.resident).get(url(paid, "file/"))

        found = re.fullmatch(r'attachment; filename="pumasi-(\d+)\.tlog-proof"', answer["Content-Disposition"])
        assert found
        assert answer.content.decode().splitlines()[2] == f"index {found[1]}"
        assert "no-store" in answer["Cache-Control"]

    def test_the_shop_opens_its_own_side(
        self, world: World, paid: UUID, seal: Callable[[], None], settings: Settings
    ) -> None:
        seal()

        file = visitor(world.keeper).get(url(paid, "file/"))

        checked = check_receipt(file.content, parse_policy((Path(settings.LOG_DIR) / "policy").read_bytes()))
        assert (checked.posting.pool, sum(checked.posting.amounts.values())) == ("takings", 1000)

    @pytest.mark.parametrize("who", ["neighbour", "cashier", "issuer"])
    @pytest.mark.parametrize("part", ["", "part/", "file/"])
    @pytest.mark.parametrize("published", [False, True])
    def test_is_not_there_for_anybody_else(
        self, world: World, paid: UUID, seal: Callable[[], None], who: str, part: str, published: bool
    ) -> None:
        if published:
            seal()

        assert visitor(getattr(world, who)).get(url(paid, part)).status_code == 404

    def test_of_a_transfer_that_is_not_there_is_not_found(self, world: World) -> None:
        assert visitor(world.resident).get(url(a_key())).status_code == 404

    @pytest.mark.parametrize("part", ["", "part/", "file/"])
    @pytest.mark.parametrize(
        ("name", "spoil"),
        [
            ("checkpoint", lambda _: None),
            ("checkpoint", lambda data: data[:40]),
            ("checkpoint", lambda data: data.replace(b"\n5\n", b"\n6\n")),
            ("policy", lambda _: None),
            ("tile/0/000.p/5", lambda _: None),
            ("tile/0/000.p/5", lambda data: data[:-1]),
            ("tile/0/000.p/5", lambda data: bytes(32) + data[32:]),  # the hash of entry 0, never its own
        ],
    )
    def test_gives_none_that_would_not_verify(
        self,
        world: World,
        paid: UUID,
        seal: Callable[[], None],
        settings: Settings,
        name: str,
        spoil: Callable[[bytes], bytes | None],
        part: str,
    ) -> None:
        seal()
        path = Path(settings.LOG_DIR) / name
        spoilt = spoil(path.read_bytes())
        path.unlink() if spoilt is None else path.write_bytes(spoilt)

        answer = visitor(world.resident).get(url(paid, part))

        assert answer.status_code == 409
        assert "지금은 공개 기록을 읽을 수 없어서" in text_of(answer)

    def test_asks_the_database_few_times(
        self, world: World, paid: UUID, seal: Callable[[], None], django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        seal()
        client = visitor(world.resident)

        with django_assert_num_queries(12):
            client.get(url(paid))


class TestPromise:
    def test_is_given_at_once_and_can_be_kept(self, world: World, paid: UUID) -> None:
        client = visitor(world.resident)

        page = client.get(url(paid))
        file = client.get(url(paid, "file/"))

        promise = parse_promise(file.content, promise_signer().verifier)
        assert promise.before == MORNING + timedelta(hours=25)
        assert "2026-10-06 11:00까지" in text_of(page)
        assert file["Content-Disposition"] == 'attachment; filename="pumasi.promise"'

    def test_says_when_its_moment_has_passed(self, world: World, paid: UUID, clock: FixedClock) -> None:
        client = visitor(world.resident)
        clock.advance(timedelta(hours=25))
        in_time = text_of(client.get(url(paid)))
        clock.advance(timedelta(seconds=1))

        late = text_of(client.get(url(paid)))

        assert "약속한 때까지 공개 기록에 올리지 못했어요" not in in_time
        assert "약속한 때까지 공개 기록에 올리지 못했어요" in late

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_claims_a_proof_of_a_broken_promise_only_where_witnesses_date_the_record(
        self,
        world: World,
        paid: UUID,
        seal: Callable[[], None],
        clock: FixedClock,
        settings: Settings,
        language: str,
    ) -> None:
        seal()
        later = world.pays(10).key
        clock.advance(timedelta(hours=26))
        policy = Path(settings.LOG_DIR) / "policy"
        client = visitor(world.resident, language)

        alone = text_of(client.get(url(later)))
        policy.write_text(witnessed(policy.read_text(encoding="utf-8"), 3, 2), encoding="utf-8")
        with_witnesses = text_of(client.get(url(later)))

        proves, does_not = {
            "ko": ("어긴 약속의 증거가 돼요", "증명되지는 않아요"),
            "en": ("prove the broken promise", "does not prove"),
        }[language]
        assert (proves in alone, does_not in alone) == (False, True)
        assert (proves in with_witnesses, does_not in with_witnesses) == (True, False)

    def test_the_part_answers_304_until_the_receipt_is_there(
        self, world: World, paid: UUID, seal: Callable[[], None]
    ) -> None:
        client = visitor(world.resident)

        first = client.get(url(paid, "part/"))
        same = client.get(url(paid, "part/"), headers={"if-none-match": first["ETag"]})
        seal()
        later = client.get(url(paid, "part/"), headers={"if-none-match": first["ETag"]})

        assert (first.status_code, same.status_code, later.status_code) == (200, 304, 200)
        assert "곧 공개 기록에 올라가요" in text_of(first)
        assert "증명이 준비되었어요" in text_of(later)


class TestLinks:
    def test_the_receipt_of_a_payment_leads_to_its_proof_and_to_those_of_refunds(
        self, world: World, paid: UUID, clock: FixedClock
    ) -> None:
        back = a_key()
        operations.refund(acts(world.keeper), payment_id=paid, key=back, coins=10)

        payer = visitor(world.resident).get(f"/receipts/{paid}/").content.decode()
        shop = visitor(world.keeper).get(f"/payments/{paid}/").content.decode()

        for page in (payer, shop):
            assert f'href="{url(paid)}">증명 보기</a>' in page
            assert f'href="{url(back)}">증명 보기: 돌아온 10코인</a>' in page

    def test_every_line_of_the_statement_leads_to_a_proof_of_ones_own(
        self, world: World, paid: UUID, seal: Callable[[], None]
    ) -> None:
        seal()
        client = visitor(world.resident)

        found = re.findall(r'href="(/chain/receipts/[^"]+)"', client.get("/coins/history/").content.decode())

        assert len(found) == 3
        assert [client.get(each).status_code for each in found] == [200, 200, 200]

    def test_the_slip_of_a_deed_leads_to_ones_own_share(self, world: World, clock: FixedClock) -> None:
        claim = world.brings_hangers(20).key
        mine = Award.objects.get(share__claim_id=claim, share__person_id=world.resident).ledger_key

        page = visitor(world.resident).get(f"/deeds/claims/{claim}/").content.decode()

        assert re.findall(r"/chain/receipts/([^/]+)/", page) == [str(mine)]
