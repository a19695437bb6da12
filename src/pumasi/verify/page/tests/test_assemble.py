"""The assembled page: the same bytes for the same arguments, one file, closed to the network, and small."""

import gzip
import json
import re
import subprocess
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

from pumasi.verify import page
from pumasi.verify.page import assemble, content_policy
from pumasi.verify.page.tests.driving import node
from pumasi.verify.tests.making import make_log

POLICY = make_log(2, witnesses=4).policy_bytes.decode()
# Design goal: the JavaScript of the check and of the page, without the fallback's cryptography and without the texts
# in two languages. What all of it may weigh is held, too, so that growth is noticed.
CODE_LIMIT, PAGE_LIMIT, WHOLE_LIMIT = 12 * 1024, 20 * 1024, 23 * 1024
FORBIDDEN = {"fetch", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "import", "eval", "innerHTML"}


class Parts(HTMLParser):
    """Elements with their attributes, and what stands in style and script."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip() and self.elements[-1][0] in ("script", "style"):
            tag, attributes = self.elements[-1]
            self.inside[attributes.get("type") or tag] = data


def hash_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def weight(text: str) -> int:
    return len(gzip.compress(text.encode(), 9, mtime=0))


class TestAssemble:
    def test_gives_the_same_page_for_the_same_arguments(self) -> None:
        names = {"district_ko": "서초구", "district_en": "Seocho-gu"}

        assert assemble(POLICY, **names) == assemble(POLICY, **names)
        assert assemble(POLICY, **names) != assemble(POLICY)

    def test_its_own_policy_names_script_and_style_by_their_hashes_and_nothing_else(self) -> None:
        parts = Parts(assemble(POLICY))
        (policy,) = [a["content"] for tag, a in parts.elements if tag == "meta" and "http-equiv" in a]

        assert policy == content_policy()
        assert policy == (
            f"default-src 'none'; script-src {hash_of(parts.inside['module'])}; "
            f"style-src {hash_of(parts.inside['style'])}; base-uri 'none'; form-action 'none'"
        )

    def test_the_pins_are_what_was_given_whatever_stands_in_them(self) -> None:
        nasty = f"# </script><script>alert(1)</script> <!-- {{{{script}}}} \\1\n{POLICY}"

        parts = Parts(assemble(nasty, promise_key="k", district_ko="<b>구", district_en="{{style}}"))

        pins = json.loads(parts.inside["application/json"])
        assert pins == {"policy": nasty, "promise_key": "k", "ko": "<b>구", "en": "{{style}}"}
        assert [tag for tag, _ in parts.elements].count("script") == 2

    def test_it_is_one_file_that_loads_nothing(self) -> None:
        parts = Parts(assemble(POLICY))

        assert not {tag for tag, _ in parts.elements} & {"link", "img", "iframe", "object", "embed", "source", "base"}
        assert not [a for _, a in parts.elements if {"src", "href", "action", "style", "onclick"} & a.keys()]
        assert not re.findall(r"url\(|@import", parts.inside["style"])
        assert not FORBIDDEN & set(re.findall(r"\w+", parts.inside["module"]))

    def test_the_script_is_all_modules_without_imports_and_exports(self, tmp_path: Path) -> None:
        """Node.js reads it as one module: a name that stands in two of them would be an error."""
        whole = tmp_path / "page.mjs"
        whole.write_text(page.script(), encoding="utf-8")

        ran = subprocess.run([node(), "--check", str(whole)], capture_output=True, text=True, check=False)

        assert ran.returncode == 0, ran.stderr
        assert not re.findall(r"^(?:import|export)\b", page.script(), re.MULTILINE)
        assert not re.findall(r"^ *(?://|/\*\*)", page.script(), re.MULTILINE)

    def test_every_module_beside_is_in_it(self) -> None:
        beside = {path.stem for path in Path(page.__file__).parent.glob("*.mjs")}

        assert set(page.MODULES) == beside

    def test_every_text_is_there_in_both_languages(self) -> None:
        words = Path(page.__file__).parent / "words.mjs"
        code = f"import * as words from {json.dumps(words.as_uri())}; console.log(JSON.stringify(words))"
        ran = subprocess.run([node(), "--input-type=module", "-e", code], capture_output=True, text=True, check=True)
        tables = json.loads(ran.stdout)
        pairs = [pair for table in tables.values() for pair in pairs_in(table)]
        named = re.findall(r'data-t="(\w+)"', assemble(POLICY))

        assert len(pairs) > 120
        assert [pair for pair in pairs if pair != ["", ""] and is_korean(pair[0]) == is_korean(pair[1])] == []
        assert named
        assert [name for name in named if name not in tables["WORDS"]] == []

    def test_it_is_small(self) -> None:
        whole = assemble(POLICY)
        code = page.script([name for name in page.MODULES if name not in ("fallback", "words")])
        without_fallback = page.script([name for name in page.MODULES if name != "fallback"])

        assert weight(code) <= CODE_LIMIT
        assert weight(whole.replace(page.script(), without_fallback)) <= PAGE_LIMIT
        assert weight(whole) <= WHOLE_LIMIT


def is_korean(text: str) -> bool:
    return re.search("[가-힣]", text) is not None


def pairs_in(table: object) -> Iterator[list[str]]:
    """The pairs of texts in a table of words, however deep."""
    if isinstance(table, list) and isinstance(table[0], str):
        yield table
    elif isinstance(table, list | dict):
        for item in table.values() if isinstance(table, dict) else table:
            yield from pairs_in(item)
