"""The district's rules of campaigns, from a TOML file."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pumasi.coin.tariff_file import DATA
from pumasi.coin.tariff_table import Table, TariffError


@dataclass(frozen=True)
class GivingRules:
    """`stops_at_target`: a full campaign takes no more. `no_receipt_...` stands beside the button that gives."""

    no_receipt_ko: str
    no_receipt_en: str
    stops_at_target: bool
    max_days: int
    clause: str
    document: str


def giving_rules() -> GivingRules:
    """The rules in use; raises TariffError when the file is wrong."""
    return _loaded(Path(str(getattr(settings, "PUMASI_GIVING", "") or DATA / "giving.toml")))


@lru_cache(maxsize=8)
def _loaded(path: Path) -> GivingRules:
    try:
        top = Table(tomllib.loads(path.read_text(encoding="utf-8")), "giving")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TariffError(f"{path.name}: not TOML: {error}") from error
    found = GivingRules(
        no_receipt_ko=top.text("no_receipt_ko"),
        no_receipt_en=top.text("no_receipt_en"),
        stops_at_target=top.words("after_target", ("ACCEPT", "STOP"), single=True)[0] == "STOP",
        max_days=top.whole("max_days", 1, 3650),
        clause=top.text("clause"),
        document=top.text("document"),
    )
    top.close()
    return found
