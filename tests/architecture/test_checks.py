"""The other steps of `./pumasi check`: each one fires when its rule is broken on purpose, and says what to do."""

import shutil
from pathlib import Path

import pytest

from house import checks, links
from house.sources import committed
from pumasi.config import catalogues, pages, program

ROOT = Path(__file__).resolve().parents[2]
BY_NAME = {check.name: check for check in checks.CHECKS}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class TestCheck:
    def test_a_failure_prints_its_faults_and_its_lesson(self, capsys: pytest.CaptureFixture[str]) -> None:
        broken = checks.Check("bread", lambda root: "line one\nline two", "Knead it.")

        assert not checks.passes(broken, ROOT)

        printed = capsys.readouterr().out.splitlines()
        assert printed[0].startswith("FAIL bread ")
        assert printed[1:] == ["     line one", "     line two", "     Knead it."]

    def test_an_unknown_name_is_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert checks.run(["bread"]) == 2

        assert capsys.readouterr().err == "pumasi check: no such check: bread\n"

    def test_ruff_names_a_breach_of_style(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        write(tmp_path / "src" / "pumasi" / "oven.py", "import os\n")

        assert "src/pumasi/oven.py:1:8: F401" in BY_NAME["ruff"].find(tmp_path)

    def test_format_names_a_file_of_another_look(self, tmp_path: Path) -> None:
        shutil.copy(ROOT / "pyproject.toml", tmp_path)
        write(tmp_path / "src" / "pumasi" / "oven.py", "x  =  1\n")

        assert "src/pumasi/oven.py:1:3" in BY_NAME["format"].find(tmp_path)

    def test_types_names_a_wrong_one(self, tmp_path: Path) -> None:
        settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        write(tmp_path / "pyproject.toml", settings.replace('plugins = ["mypy_django_plugin.main"]', ""))
        for package in ("house", "tests", "bench"):
            write(tmp_path / package / "__init__.py", "")
        write(tmp_path / "src" / "pumasi" / "__init__.py", "coins: int = 'fifty'\n")

        assert "src/pumasi/__init__.py:1: error: Incompatible types in assignment" in BY_NAME["types"].find(tmp_path)

    def test_migrations_names_a_model_that_moved_on(self, tmp_path: Path) -> None:
        package = tmp_path / "src" / "pumasi"
        write(package / "__init__.py", "")
        write(package / "config" / "__init__.py", "")
        write(
            package / "config" / "settings.py",
            'INSTALLED_APPS = ["pumasi.coin"]\n'
            'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}\n',
        )
        write(package / "coin" / "__init__.py", "")
        write(package / "coin" / "migrations" / "__init__.py", "")
        write(
            package / "coin" / "models.py", "from django.db import models\n\n\nclass Award(models.Model):\n    pass\n"
        )

        assert "+ Create model Award" in BY_NAME["migrations"].find(tmp_path)


class TestMessages:
    @pytest.fixture
    def source(self, tmp_path: Path) -> Path:
        """A room with one template and one module, collected; no Korean written yet."""
        write(
            tmp_path / "coin" / "templates" / "wallet.html",
            "{% load i18n %}<h1 title=\"{% translate 'Wallet' %}\">"
            "{% blocktranslate %}{{ coins }} coins{% endblocktranslate %}</h1>",
        )
        write(tmp_path / "coin" / "views.py", "title = gettext('My coins')\n")
        catalogues.update(tmp_path)
        return tmp_path

    def korean(self, source: Path, **changes: str) -> None:
        path = source / "locale" / "ko" / "LC_MESSAGES" / "django.po"
        text = path.read_text(encoding="utf-8")
        for msgid, msgstr in changes.items():
            text = text.replace(f'msgid "{msgid}"\nmsgstr ""', f'msgid "{msgid}"\nmsgstr "{msgstr}"')
        path.write_text(text, encoding="utf-8")

    def all_korean(self, source: Path) -> None:
        self.korean(source, **{"Wallet": "지갑", "%(coins)s coins": "%(coins)s코인", "My coins": "내 코인"})

    def test_a_text_without_korean_is_named(self, source: Path) -> None:
        self.korean(source, **{"Wallet": "지갑", "%(coins)s coins": "%(coins)s코인"})

        assert catalogues.faults(source) == ["coin/views.py: no Korean translation: 'My coins'"]

    def test_a_complete_catalogue_passes(self, source: Path) -> None:
        self.all_korean(source)

        assert catalogues.faults(source) == []

    def test_a_fuzzy_text_is_named(self, source: Path) -> None:
        self.all_korean(source)
        path = source / "locale" / "ko" / "LC_MESSAGES" / "django.po"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('msgid "Wallet"', '#, fuzzy\nmsgid "Wallet"'), encoding="utf-8")

        assert catalogues.faults(source) == [
            "coin/templates/wallet.html: the Korean translation is marked fuzzy: 'Wallet'"
        ]

    def test_another_placeholder_is_named(self, source: Path) -> None:
        self.korean(source, **{"Wallet": "지갑", "%(coins)s coins": "%(coin)s코인", "My coins": "내 코인"})

        assert catalogues.faults(source) == [
            "coin/templates/wallet.html: the Korean translation has other placeholders ('%(coin)s코인'): "
            "'%(coins)s coins'"
        ]

    def test_two_catalogues_say_one_text_alike(self, source: Path) -> None:
        self.all_korean(source)
        (source / "desk" / "locale").mkdir(parents=True)
        write(source / "desk" / "views.py", "title = gettext('My coins')\n")
        catalogues.update(source)
        path = source / "desk" / "locale" / "ko" / "LC_MESSAGES" / "django.po"
        path.write_text(path.read_text(encoding="utf-8").replace('msgstr ""\n', 'msgstr "코인"\n'), encoding="utf-8")

        assert catalogues.faults(source) == ["desk/views.py: another catalogue says it otherwise in Korean: 'My coins'"]

    def test_a_korean_source_text_is_named(self, source: Path) -> None:
        self.all_korean(source)
        write(source / "coin" / "forms.py", "label = gettext_lazy('받는 곳')\n")

        assert catalogues.faults(source) == [
            "coin/forms.py: the source text is Korean, write it in English and translate it: '받는 곳'"
        ]

    def test_collecting_again_keeps_what_was_translated_and_drops_what_nobody_says(self, source: Path) -> None:
        self.all_korean(source)
        write(source / "coin" / "views.py", "title = gettext('Your coins')\n")

        changes = catalogues.update(source)

        assert [(added, gone) for _, added, gone in changes] == [(1, 1), (1, 1)]
        assert catalogues.faults(source) == ["coin/views.py: no Korean translation: 'Your coins'"]

    def test_compiling_needs_no_program_of_gettext(self, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.all_korean(source)
        monkeypatch.setenv("PATH", "")

        counts = {path.parts[-3]: count for path, count in catalogues.compile_all(source)}

        assert counts == {"en": 0, "ko": 3}
        assert (source / "locale" / "ko" / "LC_MESSAGES" / "django.mo").read_bytes()[:4] == b"\xde\x12\x04\x95"


class TestDocs:
    @pytest.mark.parametrize("before", [None, "old words"])
    def test_an_absent_or_old_page_is_named_with_its_new_text(self, before: str | None, tmp_path: Path) -> None:
        if before:
            write(tmp_path / "docs" / "words.md", before)

        assert pages.stale(tmp_path, [("docs/words.md", "pumasi.config.program:usage")]) == {
            tmp_path / "docs" / "words.md": program.usage()
        }

    def test_a_current_page_passes(self, tmp_path: Path) -> None:
        write(tmp_path / "docs" / "words.md", program.usage())

        assert pages.stale(tmp_path, [("docs/words.md", "pumasi.config.program:usage")]) == {}


class TestLinks:
    def test_a_link_to_nothing_and_a_wrong_heading_are_named(self, tmp_path: Path) -> None:
        write(tmp_path / "README.md", "[a](docs/a.md) [b](docs/b.md) [c](docs/a.md#the-end) [d](docs/a.md#the-start)")
        write(tmp_path / "docs" / "a.md", "# The start\n\n[home](../README.md)")

        assert links.faults(committed(tmp_path)) == [
            "README.md: the link docs/b.md meets no committed file. Mend the path, or commit the file it means.",
            "README.md: the link docs/a.md#the-end meets the file but no heading. Mend the part after #.",
        ]

    def test_code_is_no_link(self, tmp_path: Path) -> None:
        write(tmp_path / "README.md", "`[a](nowhere.md)`\n\n```\n[b](nowhere.md)\n```\n")

        assert links.faults(committed(tmp_path)) == []
