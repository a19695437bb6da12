"""The verify page and the record's files: the same for all, without cookies, and nothing else of the disk."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from pumasi.civic.shell.tests.visiting import visitor
from pumasi.coin.tests.world import DATABASES, World
from pumasi.kernel.clock import FixedClock
from pumasi.tlog.policy import parse_policy
from pumasi.verify.audit import audit

pytestmark = pytest.mark.django_db(databases=DATABASES)


class TestVerify:
    def test_says_that_the_record_has_not_begun(self, db: None, clock: FixedClock) -> None:
        answer = visitor(None).get("/verify")

        assert answer.status_code == 503
        assert "아직 기록을 시작하지 않았어요" in answer.content.decode()
        assert not answer.cookies

    def test_is_the_page_whose_fingerprint_is_shown_with_its_own_policy(
        self, world: World, seal: Callable[[], None], settings: Settings
    ) -> None:
        seal()
        client = visitor(None)

        answer = client.get("/verify")

        page = answer.content.decode()
        key = (Path(settings.LOG_DIR) / "policy").read_text(encoding="utf-8").split()[1]
        assert hashlib.sha256(answer.content).hexdigest() in client.get("/chain/how/").content.decode()
        assert key in page
        assert answer["Content-Security-Policy"].startswith("default-src 'none'")
        assert f'content="{answer["Content-Security-Policy"]}"' in page.replace("&#x27;", "'")
        assert answer["Referrer-Policy"] == "no-referrer"

    def test_a_304_carries_the_same_policies(self, world: World, seal: Callable[[], None]) -> None:
        seal()
        client = visitor(None)
        first = client.get("/verify")

        same = client.get("/verify", headers={"if-none-match": first["ETag"]})

        names = ("Content-Security-Policy", "Referrer-Policy", "Cache-Control", "ETag")
        assert (same.status_code, [same[name] for name in names]) == (304, [first[name] for name in names])

    @pytest.mark.parametrize("path", ["/verify", "/log/checkpoint", "/chain/files.txt"])
    def test_looks_nobody_up(
        self,
        world: World,
        seal: Callable[[], None],
        path: str,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        seal()
        client = visitor(world.resident)

        with django_assert_num_queries(0):
            answer = client.get(path)

        assert answer.status_code == 200
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")


class TestLogFile:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [("checkpoint", "text/plain"), ("policy", "text/plain"), ("solvency.json", "application/json")],
    )
    def test_gives_what_changes_fresh(
        self, world: World, seal: Callable[[], None], settings: Settings, name: str, kind: str
    ) -> None:
        seal()

        answer = visitor(None).get(f"/log/{name}")

        assert answer.content == (Path(settings.LOG_DIR) / name).read_bytes()
        assert answer["Content-Type"] == f"{kind}; charset=utf-8"
        assert answer["Cache-Control"] == "no-cache"
        assert answer["Access-Control-Allow-Origin"] == "*"

    def test_gives_tiles_for_ever(self, world: World, seal: Callable[[], None], settings: Settings) -> None:
        seal()

        answer = visitor(None).get("/log/tile/entries/000.p/1")

        assert answer.content == (Path(settings.LOG_DIR) / "tile/entries/000.p/1").read_bytes()
        assert answer["Content-Type"] == "application/octet-stream"
        assert "immutable" in answer["Cache-Control"]
        assert answer["Access-Control-Allow-Origin"] == "*"

    @pytest.mark.parametrize(
        "name",
        [
            "tile/0/007",
            "tile/0/000.p/01",
            "tile/0/000/",
            "tile",
            "tile/../checkpoint",
            "../log.key",
            "%2e%2e/log.key",
            "tile/0/%2e%2e/%2e%2e/%2e%2e/log.key",
            "/log.key",
            "checkpoint\x00",
            ".checkpoint.new",
            "log.key",
        ],
    )
    def test_gives_nothing_else(self, world: World, seal: Callable[[], None], settings: Settings, name: str) -> None:
        seal()
        secret = Path(settings.LOG_KEY_FILE).read_bytes()

        answer = visitor(None).get(f"/log/{name}")

        assert answer.status_code == 404
        assert secret not in answer.content

    @pytest.mark.parametrize("checkpoint", [b"", b"seocho.example/coin\n4\n"])
    def test_a_checkpoint_that_was_cut_lists_no_tiles(
        self, world: World, seal: Callable[[], None], settings: Settings, checkpoint: bytes
    ) -> None:
        seal()
        (Path(settings.LOG_DIR) / "checkpoint").write_bytes(checkpoint)

        answer = visitor(None).get("/chain/files.txt")

        assert answer.status_code == 200
        assert b"tile" not in answer.content

    def test_writes_nothing(self, db: None, clock: FixedClock) -> None:
        assert visitor(None).post("/log/checkpoint").status_code == 405

    def test_a_stranger_who_fetches_every_listed_file_can_audit_the_record(
        self, world: World, seal: Callable[[], None], tmp_path: Path
    ) -> None:
        world.earns(world.resident, 40)
        world.pays(10)
        seal()
        client = visitor(None)

        for line in client.get("/chain/files.txt").content.decode().splitlines():
            name = line.removeprefix("http://testserver/log/")
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(client.get(f"/log/{name}").content)

        found = audit(tmp_path, parse_policy((tmp_path / "policy").read_bytes()))
        assert found.problems == ()
        assert (found.replay.size, found.tiles, found.tiles_absent) == (5, 1, 0)
        assert found.replay.supply()["SC"] == {"issued": 4000, "wallets": 3000, "takings": 1000}
