"""`./pumasi test`: tiers, stores, sums, and what happens when something is unavailable."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from house import trial
from house.cluster import ClusterFailed, find_binaries, throwaway
from house.provision import Need, provide
from house.trial import Tally, Words

ROOT = trial.ROOT


class TestWords:
    def test_no_words_are_the_quick_tier_with_all_that_the_machine_can_get(self) -> None:
        assert trial.read_words([]) == Words("quick", install=True, rest=[])

    def test_a_tier_is_ours(self) -> None:
        assert trial.read_words(["--full"]) == Words("full", install=True, rest=[])
        assert trial.read_words(["--soak"]) == Words("soak", install=True, rest=[])

    def test_all_other_words_are_pytests_and_leave_the_machine_alone(self) -> None:
        words = trial.read_words(["src/pumasi/kernel", "-k", "amount", "--full"])

        assert words == Words("full", install=False, rest=["src/pumasi/kernel", "-k", "amount"])


class TestClosing:
    def test_the_last_line_is_the_sum_alone(self, capsys: pytest.CaptureFixture[str]) -> None:
        tally = Tally()
        tally.add({"passed": 5, "failed": 0, "skipped": 1})
        tally.add({"passed": 2, "failed": 0, "skipped": 0})

        assert trial.close(tally, in_ci=True) == 0
        assert capsys.readouterr().out.splitlines()[-1] == "7 passed, 0 failed, 1 skipped"

    def test_a_failure_in_either_run_fails(self) -> None:
        assert trial.close(Tally(passed=5, failed=1), in_ci=False) == 1

    def test_pytest_that_died_fails_even_when_its_counts_look_good(self) -> None:
        assert trial.close(Tally(passed=5, wrong=True), in_ci=False) == 1

    def test_nothing_selected_fails(self) -> None:
        assert trial.close(Tally(), in_ci=False) == 1

    @pytest.mark.parametrize(("in_ci", "code"), [(False, 0), (True, 1)])
    def test_what_is_unavailable_is_said_loudly_and_fails_in_ci(
        self, in_ci: bool, code: int, capsys: pytest.CaptureFixture[str]
    ) -> None:
        tally = Tally(passed=5, unavailable=["Chromium: not tested: all pages in a browser"])

        assert trial.close(tally, in_ci=in_ci) == code

        printed = capsys.readouterr().out
        assert "!! UNAVAILABLE Chromium: not tested: all pages in a browser\n" in printed
        assert printed.endswith("\n5 passed, 0 failed, 0 skipped\n")


class TestEnvironment:
    def test_the_callers_own_databases_are_out_of_reach(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("PUMASI_DATABASE_URL", "PUMASI_KEYS_DATABASE_URL", "PUMASI_HOME"):
            monkeypatch.setenv(name, "postgresql://city/real")

        environ = trial.environment("quick", "postgresql://u:p@127.0.0.1:5433/postgres", store="sqlite")

        assert "postgresql://city/real" not in environ.values()

    def test_the_second_run_stands_on_two_databases_of_the_cluster(self) -> None:
        environ = trial.environment("full", "postgresql://u:p@127.0.0.1:5433/postgres", store="postgres")

        assert environ["PUMASI_DATABASE_URL"] == "postgresql://u:p@127.0.0.1:5433/pumasi"
        assert environ["PUMASI_KEYS_DATABASE_URL"] == "postgresql://u:p@127.0.0.1:5433/pumasi_keys"
        assert environ["PUMASI_TIER"] == "full"


class TestProvide:
    def test_what_is_here_is_not_asked_for(self) -> None:
        assert provide([Need("bread", lambda: True, ("bread",), "toast")]) == []

    def test_without_root_or_apt_the_absent_is_given_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        bread = Need("bread", lambda: False, ("bread",), "toast")
        monkeypatch.setattr(os, "geteuid", lambda: 1000)

        assert provide([bread]) == [bread]

    def test_a_machine_without_package_lists_gets_them_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[tuple[str, ...]] = []

        def apt(*words: str) -> bool:
            calls.append(words)
            return len(calls) != 1

        monkeypatch.setattr(os, "geteuid", lambda: 0)
        monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr("house.provision._apt", apt)

        provide([Need("bread", lambda: len(calls) == 3, ("bread", "salt"), "toast")])

        assert calls == [("install", "bread", "salt"), ("update",), ("install", "bread", "salt")]


class TestTiers:
    """The frame in conftest.py, run by a pytest of its own on four small tests."""

    TESTS = """
import pytest

def test_always(): pass

@pytest.mark.full
def test_full(): pass

@pytest.mark.soak
def test_soak(): pass

@pytest.mark.postgres
def test_both(): pass

@pytest.mark.postgres_only
def test_one(): pass

@pytest.mark.browser
def test_page(): pass
"""

    def run(self, folder: Path, *words: str, **environ: str) -> tuple[dict[str, int], list[str]]:
        """Counts, and the lines that say what was left out."""
        (folder / "conftest.py").write_text((ROOT / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
        (folder / "test_small.py").write_text(self.TESTS, encoding="utf-8")
        markers = "\n".join(f"  {name}" for name in ("full", "soak", "postgres", "postgres_only", "browser"))
        (folder / "pytest.ini").write_text(f"[pytest]\nmarkers =\n{markers}\n", encoding="utf-8")
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("PUMASI", "PYTEST", "DJANGO"))
        }
        paths = {"PYTHONPATH": f"{ROOT}:{ROOT / 'src'}", "DJANGO_SETTINGS_MODULE": "pumasi.config.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words],
            cwd=folder,
            env={**kept, **paths, "PUMASI_TALLY": str(folder / "counts.json"), **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        left_out = [line for line in done.stdout.splitlines() if line.startswith("not run here")]
        return json.loads((folder / "counts.json").read_text(encoding="utf-8")), left_out

    def test_quick_leaves_the_rest_out_and_says_so(self, tmp_path: Path) -> None:
        counts, left_out = self.run(tmp_path)

        assert counts == {"passed": 2, "failed": 0, "skipped": 1}
        assert left_out == [
            "not run here (quick tier, sqlite): 1 tests, only in ./pumasi test --full",
            "not run here (quick tier, sqlite): 1 tests, only in ./pumasi test --soak",
            "not run here (quick tier, sqlite): 1 tests, only on PostgreSQL",
        ]

    def test_two_workers_say_it_once(self, tmp_path: Path) -> None:
        counts, left_out = self.run(tmp_path, "-n", "2")

        assert counts == {"passed": 2, "failed": 0, "skipped": 1}
        assert len(left_out) == 3

    def test_full_leaves_only_the_soak_out(self, tmp_path: Path) -> None:
        counts, left_out = self.run(tmp_path, PUMASI_TIER="full", PUMASI_CHROMIUM="/usr/bin/true")

        assert counts == {"passed": 4, "failed": 0, "skipped": 0}
        assert len(left_out) == 2

    def test_postgres_runs_what_must_hold_there(self, tmp_path: Path) -> None:
        counts, left_out = self.run(tmp_path, PUMASI_STORE="postgres")

        assert counts == {"passed": 2, "failed": 0, "skipped": 0}
        assert "not run here (quick tier, postgres): 2 tests, already run on SQLite" in left_out


@pytest.mark.skipif(find_binaries() is None, reason="no PostgreSQL on this machine: apt install postgresql")
class TestCluster:
    @pytest.mark.full
    def test_answers_keeps_fsync_on_and_leaves_nothing_behind(self) -> None:
        psycopg = pytest.importorskip("psycopg")
        binaries = find_binaries()
        assert binaries

        with throwaway(binaries) as url:
            with psycopg.connect(url) as connection:
                fsync, folder = connection.execute(
                    "select current_setting('fsync'), current_setting('data_directory')"
                ).fetchone()
            assert fsync == "on"
            assert Path(folder).exists()

        assert not Path(folder).parent.exists()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)

    def test_a_server_that_cannot_start_says_why(self) -> None:
        with tempfile.TemporaryDirectory() as name:  # pytest's own folders are closed to the user postgres
            initdb = Path(name) / "initdb"
            initdb.write_text("#!/bin/sh\necho 'no room' >&2\nexit 1\n", encoding="utf-8")
            initdb.chmod(0o755)
            initdb.parent.chmod(0o755)

            with pytest.raises(ClusterFailed, match="initdb: no room"), throwaway(initdb.parent):
                pass
