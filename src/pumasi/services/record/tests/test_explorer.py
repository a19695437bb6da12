"""The explorer says what the record is, whether it lives, what it adds up to, and whether the books agree."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World
from pumasi.kernel.clock import FixedClock
from pumasi.seal.models import Sealer
from pumasi.seal.queries import record_view
from pumasi.services.record.queries.explorer import chain_page
from pumasi.services.record.queries.profile import profile
from pumasi.services.record.tests.policies import witnessed

pytestmark = pytest.mark.django_db(databases=DATABASES)


def text_of(answer: Any) -> str:
    """The words of a page without its tags."""
    html = answer.content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


class TestChain:
    def test_is_there_for_everybody_before_the_first_block(self, db: None, clock: FixedClock) -> None:
        page = visitor(None).get("/chain/")

        assert page.status_code == 200
        assert "아직 공개한 기록이 없어요" in text_of(page)
        assert "아직 공개를 시작하지 않았어요" in text_of(page)
        assert "아직 블록이 없어요" in text_of(page)

    def test_adds_the_published_entries_up(self, world: World, seal: Callable[[], None], settings: Settings) -> None:
        settings.LOG_HOURLY = False
        world.earns(world.resident, 40)
        world.pays(10)
        seal()

        page = text_of(visitor(None).get("/chain/"))

        assert "주민 지갑에 있는 코인 30 " in page
        assert "가게와 공공시설이 받은 코인 10 " in page
        assert "합계 40 발행한 코인 40 " in page
        assert "✓ 발행 = 합계, 딱 맞아요" in page
        assert "✓ 장부와 같아요" in page
        assert "기다리는 거래가 없어요" in page

    def test_compares_with_the_books_without_what_waits(
        self, world: World, seal: Callable[[], None], settings: Settings
    ) -> None:
        settings.LOG_HOURLY = False
        world.earns(world.resident, 20)
        seal()
        world.earns(world.resident, 20)

        page = text_of(visitor(None).get("/chain/"))

        assert "✓ 장부와 같아요" in page
        assert "기다리는 거래가 1건 있어요" in page

    def test_does_not_move_between_blocks_where_they_come_by_the_hour(
        self, world: World, seal: Callable[[], None], settings: Settings
    ) -> None:
        settings.LOG_HOURLY = True
        world.earns(world.resident, 20)
        seal()
        before = text_of(visitor(None).get("/chain/"))
        world.earns(world.resident, 20)

        after = text_of(visitor(None).get("/chain/"))

        assert after == before
        assert "✓ 장부와 같아요" in after
        assert "기다리는 거래" not in after

    def test_compares_again_once_a_block_on_its_way_is_published(
        self, world: World, seal: Callable[[], None], settings: Settings
    ) -> None:
        world.earns(world.resident, 20)
        seal()
        path = Path(settings.LOG_DIR) / "solvency.json"
        old = path.read_bytes()
        world.earns(world.resident, 20)
        seal()
        path.write_bytes(old)

        assert "비교는 잠시 뒤에 해요" in text_of(visitor(None).get("/chain/"))

    @pytest.mark.parametrize("data", [b"", b"{", b"[]", b'{"size":3,"supply":[]}'])
    def test_shows_no_totals_where_their_file_cannot_be_read(
        self, world: World, seal: Callable[[], None], settings: Settings, data: bytes
    ) -> None:
        world.earns(world.resident, 20)
        seal()
        (Path(settings.LOG_DIR) / "solvency.json").write_bytes(data)

        page = visitor(None).get("/chain/")

        assert page.status_code == 200
        assert "발행한 코인" not in text_of(page)

    def test_shows_a_difference_from_the_books(
        self, world: World, seal: Callable[[], None], settings: Settings
    ) -> None:
        world.earns(world.resident, 20)
        seal()
        path = Path(settings.LOG_DIR) / "solvency.json"
        said = json.loads(path.read_bytes())
        said["supply"]["SC"]["wallets"] -= 500
        path.write_text(json.dumps(said), encoding="utf-8")

        page = text_of(visitor(None).get("/chain/"))

        assert "✗ 발행과 합계가 달라요" in page
        assert "장부와 달라요" in page
        assert "주민 지갑에 있는 코인: 장부가 기록보다 +5" in page

    @pytest.mark.parametrize("language", ["ko", "en"])
    def test_a_record_without_validators_is_never_called_a_blockchain(
        self, world: World, seal: Callable[[], None], language: str
    ) -> None:
        world.earns(world.resident, 20)
        seal()

        pages = [visitor(None, language).get(url) for url in ("/chain/", "/chain/blocks/1/", "/chain/how/", "/")]

        said = " ".join(page.content.decode() for page in pages).casefold()
        assert "블록체인" not in said
        assert "blockchain" not in said
        assert ("독립 검증자 없음" if language == "ko" else "no independent validator") in said

    def test_names_the_profile_that_the_policy_earns(self, world: World, seal: Callable[[], None]) -> None:
        seal()
        view = record_view()

        with override("ko"):
            witness = profile(replace(view, profile="W"))
            chain = profile(replace(view, profile="C", policy=witnessed(view.policy, 4, 3)))

        assert witness.label == "외부 증인이 확인한 기록"
        assert chain.label == "허가형 블록체인 (검증자 4곳 중 3곳 확정)"

    def test_is_well_while_the_sealer_looks(self, world: World, seal: Callable[[], None], clock: FixedClock) -> None:
        seal()

        fresh = chain_page(None, clock.now() + timedelta(minutes=5)).health
        silent = chain_page(None, clock.now() + timedelta(minutes=5, seconds=1)).health

        assert (fresh.tone, silent.tone) == ("good", "warn")

    @pytest.mark.parametrize(
        ("code", "said"),
        [
            ("seal_rules_broken", "공개 규칙에 어긋나요"),
            ("seal_guard_lost", "보호 파일이 없거나"),
            ("seal_record_lost", "공개한 파일이 없어졌거나"),
            ("seal_journal_ahead", "데이터베이스가 되돌려졌어요"),
            ("a_new_code", "서명하면 안 되는 것을 만났어요"),
        ],
    )
    def test_says_why_publishing_stopped_and_that_paying_goes_on(
        self, world: World, seal: Callable[[], None], clock: FixedClock, code: str, said: str
    ) -> None:
        seal()
        Sealer.objects.update(stopped=code, stopped_at=clock.now())

        page = visitor(None).get("/chain/")

        assert '<section class="pm-note bad"' in page.content.decode()
        assert said in text_of(page)
        assert "문제없이" not in text_of(page)
        assert "모으고 쓰는 일은 그대로" in text_of(page)
        assert "운영 담당자" in text_of(page)

    def test_lists_blocks_newest_first_and_page_by_page(self, world: World, seal: Callable[[], None]) -> None:
        for _ in range(21):
            world.earns(world.resident, 2)
            seal()

        first = visitor(None).get("/chain/").content.decode()
        second = visitor(None).get("/chain/?before=2").content.decode()

        assert re.findall(r"/chain/blocks/(\d+)/", first)[1:3] == ["21", "20"]
        assert re.findall(r"/chain/blocks/(\d+)/", second)[1:] == ["1", "0"]

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 15, "9" * 40, "٣"])
    def test_takes_any_text_in_the_address_calmly(self, world: World, seal: Callable[[], None], before: str) -> None:
        seal()

        assert visitor(None).get("/chain/", {"before": before}).status_code == 200

    def test_asks_the_database_few_times(
        self,
        world: World,
        seal: Callable[[], None],
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        world.earns(world.resident, 40)
        seal()
        client = visitor(None)

        with django_assert_num_queries(6):
            client.get("/chain/")


class TestBlock:
    def test_says_what_it_is_about_and_hides_small_numbers(self, world: World, seal: Callable[[], None]) -> None:
        for _ in range(5):
            world.earns(world.resident, 10)
        world.pays(10)
        seal()

        page = text_of(visitor(None).get("/chain/blocks/1/"))

        assert "코인 적립 5 " in page
        assert "코인 사용 5 미만" in page
        assert "2026-10-05 7 " in page
        assert "기록 번호 1 – 7" in page
        assert visitor(None, "en").get("/chain/blocks/1/").content.decode().count("fewer than 5") == 2

    @pytest.mark.parametrize(
        ("language", "said"),
        [("ko", "기록 자체는 누구나 볼 수 있어서"), ("en", "whoever reads them can count every kind and day")],
    )
    def test_does_not_claim_that_small_numbers_are_secret(
        self, world: World, seal: Callable[[], None], language: str, said: str
    ) -> None:
        world.earns(world.resident, 10)
        seal()

        assert said in text_of(visitor(None, language).get("/chain/blocks/1/"))

    def test_shows_the_checkpoint_that_was_signed(
        self, world: World, seal: Callable[[], None], settings: Settings
    ) -> None:
        seal()

        page = visitor(None).get("/chain/blocks/1/").content.decode()

        assert (Path(settings.LOG_DIR) / "checkpoint").read_text(encoding="utf-8") in page.replace("&#x2B;", "+")

    @pytest.mark.parametrize("number", ["2", "99999999999999999999999999"])
    def test_a_block_that_is_not_there_is_not_found(self, world: World, seal: Callable[[], None], number: str) -> None:
        seal()

        assert visitor(None).get(f"/chain/blocks/{number}/").status_code == 404


class TestHow:
    def test_gives_commands_addresses_and_fingerprints(self, world: World, seal: Callable[[], None]) -> None:
        seal()

        page = text_of(visitor(None).get("/chain/how/"))

        assert "pumasi-verify log log --policy log/policy" in page
        assert "/log/checkpoint" in page
        assert len(re.findall(r"\b[0-9a-f]{64}\b", page)) == 2

    def test_has_no_fingerprint_before_the_record_begins(self, db: None, clock: FixedClock) -> None:
        page = text_of(visitor(None).get("/chain/how/"))

        assert "아직 기록을 시작하지 않아서 지문이 없어요" in page
        assert not re.findall(r"\b[0-9a-f]{64}\b", page)


class TestDoors:
    def test_everybody_finds_it_in_the_footer_and_members_among_their_tiles(self, world: World) -> None:
        footer = visitor(None).get("/").content.decode()
        tiles = visitor(world.resident).get("/").content.decode()

        assert '<a href="/chain/">공개 기록</a>' in footer
        assert '<a class="pm-tile" href="/chain/">' in tiles
