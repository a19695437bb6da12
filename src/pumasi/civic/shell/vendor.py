"""Which files of `node_modules` are served, and under what name; nothing else of these packages is.

KRDS: `output.css` only, because `component.css` and `krds.min.css` have broken or remote addresses.
Not here: our own static files.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX = "front"
_PRETENDARD = r"pretendardvariable-dynamic-subset\.css|woff2-dynamic-subset/.+\.woff2"
FOLDERS = {
    "krds/css/component": ("krds-uiux/resources/css/component", r"output\.css"),
    "krds/css/token": ("krds-uiux/resources/css/token", r"krds_tokens\.css"),
    "krds/img": ("krds-uiux/resources/img", r".+\.svg"),
    "leaflet": ("leaflet/dist", r"leaflet\.(?:js|css)"),
    "pretendard": ("pretendard/dist/web/variable", _PRETENDARD),
    "zxing/es": ("zxing-wasm/dist/es", r"share\.js|reader/index\.js"),
    "zxing/reader": ("zxing-wasm/dist/reader", r"zxing_reader\.wasm"),
}


class FrontEndFinder(BaseFinder):
    """Finds the front-end files that `npm ci` has put into `settings.FRONT_END`."""

    def find(self, path: str, find_all: bool = False) -> Any:
        """The file behind `front/...`, or nothing ([] when not found, as Django's finders answer)."""
        found = self._resolve(path)
        if found is None:
            return []
        return [str(found)] if find_all else str(found)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Every served file with the storage that holds it."""
        for served, (folder, pattern) in FOLDERS.items():
            root = Path(settings.FRONT_END) / folder
            storage = FileSystemStorage(location=str(root))
            storage.prefix = f"{PREFIX}/{served}"  # type: ignore[attr-defined]  # read by collectstatic
            for file in sorted(root.rglob("*")) if root.is_dir() else ():
                name = file.relative_to(root).as_posix()
                if file.is_file() and re.fullmatch(pattern, name):
                    yield name, storage

    def _resolve(self, path: str) -> Path | None:
        for served, (folder, pattern) in FOLDERS.items():
            start = f"{PREFIX}/{served}/"
            name = path.removeprefix(start)
            if path.startswith(start) and ".." not in name and re.fullmatch(pattern, name):
                file = Path(settings.FRONT_END) / folder / name
                return file if file.is_file() else None
        return None
