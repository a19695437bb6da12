"""The pages say what is there: named paths, commands and variables exist; decisions and words have their form."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from house import links
from house.sources import Source, committed
from pumasi.config import reference, variables
from pumasi.config.program import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = committed(ROOT)
PAGES = [source for source in SOURCES if source.path.suffix == ".md"]
ADRS = [page for page in PAGES if re.match(r"docs/adr/\d", str(page.path))]
CODE = re.compile(r"`([^`\n]+)`|^```.*?^(.*?)^```", re.DOTALL | re.MULTILINE)


def code(page: Source) -> str:
    """All that the page sets as code, one piece per line."""
    return "\n".join(inline or block for inline, block in CODE.findall(page.text))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.path))
class TestEachPage:
    def test_names_paths_that_exist(self, page: Source) -> None:
        named = re.findall(
            r"(?<![\w/.-])((?:src|tests|house|docs|requirements|examples|\.ci)/[\w./-]*[\w/])", code(page)
        )

        assert [path for path in named if not (ROOT / path).exists()] == []

    def test_names_commands_that_exist(self, page: Source) -> None:
        named = re.findall(r"(?:^|\./|`)pumasi ([a-z][a-z-]*)", code(page), re.MULTILINE)

        assert sorted(set(named) - set(COMMANDS)) == []

    def test_names_variables_that_the_code_reads(self, page: Source) -> None:
        said = "\n".join(
            source.text for source in SOURCES if source.path.suffix == ".py" or source.path.name == "pumasi"
        )
        named = set(re.findall(r"PUMASI_[A-Z_]*[A-Z]", page.text))

        assert sorted(name for name in named if name not in said) == []


class TestSettings:
    def test_lists_every_variable_that_the_code_reads_and_no_other(self) -> None:
        places = [source for source in SOURCES if source.within("src", "house", "pumasi", "conftest.py")]
        code = [source.text for source in places if not source.within("src/pumasi/config/variables.py")]
        read = set(re.findall(r"PUMASI_[A-Z_]*[A-Z]", "\n".join(code)))

        assert {variable.name for variable in (*variables.NODE, *variables.TOOLS)} == read


class TestReference:
    def test_commands_has_a_row_for_each(self) -> None:
        rows = re.findall(r"^\| `\./pumasi (\w+)` \|", reference.commands(), re.MULTILINE)

        assert rows == list(COMMANDS)

    def test_refusals_gives_both_languages_for_each_code_of_ours(self) -> None:
        text = reference.refusals()

        codes = re.findall(r"^\| `([a-z_.0-9]+)` \| .*[\uac00-\ud7a3].* \| [^\uac00-\ud7a3]+ \|$", text, re.MULTILINE)
        assert len(codes) == text.count("\n| `")
        assert codes == sorted(set(codes))
        assert "account_closed" in codes

    def test_a_table_has_a_head_a_rule_and_its_rows(self) -> None:
        assert reference.table(("a", "b"), [("1", "2"), ("3", "4")]) == "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |"


class TestLinks:
    def test_every_link_meets_a_committed_file(self) -> None:
        assert links.faults(SOURCES) == []


class TestReadme:
    README = (ROOT / "README.md").read_text(encoding="utf-8")

    def test_is_one_screen_with_one_picture_and_two_commands(self) -> None:
        assert self.README.count("\n") <= 45
        assert re.findall(r"!\[[^\]]+\]\(([^)]+)\)", self.README) == ["docs/img/loop.svg"]
        assert re.findall(r"^\./pumasi (\w+)", self.README, re.MULTILINE) == ["demo", "test"]

    def test_its_picture_says_in_words_what_it_shows(self) -> None:
        picture = ElementTree.parse(ROOT / "docs" / "img" / "loop.svg").getroot()

        texts = {child.tag.rpartition("}")[2]: (child.text or "").strip() for child in picture}
        assert picture.get("aria-labelledby") == "loop-title loop-text"
        assert texts["title"] == "The loop of Pumasi 품앗이"
        assert texts["desc"]


class TestDecisions:
    def test_are_numbered_without_a_twin(self) -> None:
        numbers = [int(page.path.name[:4]) for page in ADRS]

        assert numbers == sorted(set(numbers))

    @pytest.mark.parametrize("page", ADRS, ids=lambda page: page.path.name)
    def test_have_the_decision_as_title_and_stand_in_the_index(self, page: Source) -> None:
        number = int(page.path.name[:4])
        title = page.text.splitlines()[0]
        index = (ROOT / "docs" / "adr" / "README.md").read_text(encoding="utf-8")

        assert title.startswith(f"# {number}. ")
        assert f"- {number}: [{title.partition('. ')[2]}]({page.path.name})\n" in index
        assert page.text.count("\n") <= 40


class TestGlossary:
    def test_gives_the_korean_word_beside_each_term_in_order(self) -> None:
        text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
        rows = [
            [cell.strip() for cell in row.strip("|").split("|")] for row in text.splitlines() if row.startswith("|")
        ][2:]

        assert all(re.search("[\uac00-\ud7a3]", korean) for _, korean, _ in rows)
        assert [term for term, _, _ in rows] == sorted(term for term, _, _ in rows)


class TestCatalogueEntry:
    def test_says_the_same_as_the_package(self) -> None:
        entry = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
        package = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

        version = re.search(r'^version = "(.+)"$', package, re.MULTILINE)
        assert version
        assert f"\nsoftwareVersion: {version[1]}\n" in entry
        assert 'license = "EUPL-1.2"' in package
        assert "\n  license: EUPL-1.2\n" in entry
        assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
