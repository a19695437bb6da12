"""The press: a typst template and its data become a tagged PDF, the same bytes for the same data.

Fonts come from the front-end packages and never from the machine. Not here: what stands on a paper (`papers`).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from pumasi.civic.printing.errors import PressUnavailable
from pumasi.kernel.clock import in_utc

TEMPLATES = Path(__file__).parent / "typst"
FONTS = "pretendard/dist/public/static/alternative"
STANDARD = "ua-1"


def press(template: str, data: Mapping[str, object], made_at: datetime) -> bytes:
    """The PDF of `template` (its name without ending) with `data`; `made_at` is the moment that stands in the file.

    Raises PressUnavailable where typst or the fonts are not installed, and ValueError when the paper cannot be made
    accessible (typst then says why): a bug of the template.
    """
    fonts = Path(settings.FRONT_END) / FONTS
    if not (fonts / "Pretendard-Regular.ttf").is_file():
        raise PressUnavailable(what="Pretendard")
    compiler, failure = _compiler(fonts)
    try:
        made = compiler.compile(
            input=str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards=[STANDARD],
            timestamp=int(in_utc(made_at).timestamp()),
        )
    except failure as error:
        raise ValueError(f"{template}: {error}") from error
    if not isinstance(made, bytes):
        raise TypeError(f"{template}: typst gave no single file")
    return made


@lru_cache(maxsize=2)
def _compiler(fonts: Path) -> tuple[Any, type[Exception]]:
    """One compiler per process; importing typst takes a while and is done on the first paper only."""
    try:
        import typst
    except ImportError as error:
        raise PressUnavailable(what="typst") from error
    made = typst.Compiler(root=str(TEMPLATES), font_paths=[str(fonts)], ignore_system_fonts=True)
    return made, typst.TypstError
