"""Which tariff this district runs by: the setting `PUMASI_TARIFF`, a sample's name or the path of a TOML file.

Not here: reading and checking the file (`tariff_file`).
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pumasi.coin.tariff import Tariff
from pumasi.coin.tariff_file import DATA, load

DEFAULT = "seocho"


def district_tariff() -> Tariff:
    """The tariff in use, read once per process; raises TariffError when the file is wrong."""
    name = getattr(settings, "PUMASI_TARIFF", DEFAULT)
    path = Path(name)
    return _loaded(path if path.suffix == ".toml" else DATA / f"{name}.toml")


@lru_cache(maxsize=8)
def _loaded(path: Path) -> Tariff:
    return load(path)
