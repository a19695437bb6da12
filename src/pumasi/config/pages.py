"""The generated pages of `docs/`: which file is written by which function. A page is never edited by hand."""

from collections.abc import Iterable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

GENERATED = (
    ("docs/accounts.md", "pumasi.ledger.accounts_page:render"),
    ("docs/commands.md", "pumasi.config.reference:commands"),
    ("docs/openapi.json", "pumasi.civic.api.building:document"),
    ("docs/refusals.md", "pumasi.config.reference:refusals"),
    ("docs/settings.md", "pumasi.config.reference:settings"),
)


def stale(root: Path, generated: Iterable[tuple[str, str]]) -> dict[Path, str]:
    """Path -> the text that the code gives, for each page whose file says something else or is absent."""
    texts = {root / page: render(source) for page, source in generated}
    return {
        path: text for path, text in texts.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def render(source: str) -> str:
    """The text of `module:function`."""
    module, function = source.split(":")
    if find_spec(module) is None:
        raise LookupError(f"no module {module} writes a page: mend GENERATED in pumasi/config/pages.py")
    return str(getattr(import_module(module), function)())
