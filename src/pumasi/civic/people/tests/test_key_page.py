"""The page of keys for the security review names every secret that the code derives."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[5]
DERIVED = re.compile(r"(?:subkey|blind_index)\(\s*f?\"([a-z-]+)")


class TestKeyPage:
    def test_names_every_derived_key_and_no_other(self) -> None:
        sources = [path for path in (ROOT / "src/pumasi").rglob("*.py") if "tests" not in path.parts]
        derived = {name for path in sources for name in DERIVED.findall(path.read_text(encoding="utf-8"))}
        page = (ROOT / "docs/keys.md").read_text(encoding="utf-8")

        known = {
            "wrap",
            "phone",
            "phone-tail",
            "twin",
            "sign-in",
            "personal-code",
            "place-code",
            "log-account",
            "log-opening",
            "log-shuffle",
            "counter-device",
            "payout-account",
            "check-words",
            "api-token",
            "webhook",
            "card-strip",
            "moving-member",
            "moving-shop",
        }
        assert derived == known
        named = {
            name for row in re.findall(r"^\| (`[^|]+)", page, re.MULTILINE) for name in re.findall(r"`([a-z-]+)", row)
        }
        assert named == derived
