"""The page with which anybody checks a receipt: one HTML file that needs no other file, no network and no district.

`assemble` puts it together from the files beside. Not here: who serves it, and how its fingerprint is made public.
"""

import json
import re
from base64 import b64encode
from collections.abc import Sequence
from hashlib import sha256
from importlib.resources import files

MODULES = ("bytes", "tlog", "entry", "check", "native", "fallback", "words", "page")
"""The modules of the page, each after those it imports. None has a top-level name of another."""
_IMPORT = re.compile(r'^import .*? from "\./[a-z]+\.mjs";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function |const |class )", re.MULTILINE)
_COMMENT = re.compile(r"^ *(?://.*|/\*\*(?:.|\n)*?\*/)\n", re.MULTILINE)
_PLACE = re.compile(r"\{\{([a-z ]+)\}\}")


def assemble(policy: str, *, promise_key: str = "", district_ko: str = "", district_en: str = "") -> str:
    """The whole page, the same text for the same arguments.

    `policy` is the text of the tlog-policy to trust, `promise_key` the vkey of `<origin>/promise` if promises are to be
    checked, the districts' names are shown. The page's own Content-Security-Policy names script and style by hash and
    allows nothing else.
    """
    style, text = _part("verify.css"), script()
    pins = {"policy": policy, "promise_key": promise_key, "ko": district_ko, "en": district_en}
    places = {
        "policy of content": content_policy(),
        "style": style,
        # `<` could end the block early; JSON has another spelling for it.
        "pins": json.dumps(pins, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"),
        "script": text,
    }
    return _PLACE.sub(lambda place: places[place[1]], _part("verify.html"))


def content_policy() -> str:
    """The Content-Security-Policy of the page: its own script and style, by hash, and nothing from anywhere."""
    return (
        f"default-src 'none'; script-src '{_hash(script())}'; style-src '{_hash(_part('verify.css'))}'; "
        "base-uri 'none'; form-action 'none'"
    )


def script(modules: Sequence[str] = MODULES) -> str:
    """The modules as one, in their order; without imports, exports and comments."""
    text = "\n".join(_part(f"{name}.mjs") for name in modules)
    return _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text)))


def _part(name: str) -> str:
    return (files(__name__) / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode()}"
