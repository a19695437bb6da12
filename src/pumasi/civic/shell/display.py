"""How a visitor wants to read: language, text size, contrast. Kept in plain cookies, changed without any script."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _

from pumasi.civic.shell.personas import Persona

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

TEXT_COOKIE, CONTRAST_COOKIE = "pumasi_text", "pumasi_contrast"
TEXT_SIZES: dict[str, "_StrOrPromise"] = {"normal": _("Normal"), "large": _("Large"), "xlarge": _("Very large")}
CONTRASTS = ("normal", "high")
_YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Display:
    """The chosen text size (a key of TEXT_SIZES) and contrast (one of CONTRASTS)."""

    text: str
    contrast: str


def display_of(request: HttpRequest, persona: Persona | None) -> Display:
    """What the cookies say; a persona may start with larger text; unknown values count as not chosen."""
    text = request.COOKIES.get(TEXT_COOKIE, "")
    contrast = request.COOKIES.get(CONTRAST_COOKIE, "")
    return Display(
        text=text if text in TEXT_SIZES else (persona.text if persona else "normal"),
        contrast=contrast if contrast in CONTRASTS else "normal",
    )


def keep_choice(answer: HttpResponse, chosen: dict[str, str]) -> None:
    """Set the cookies for what was chosen; values that do not exist are ignored."""
    wanted = (
        (TEXT_COOKIE, chosen.get("text", ""), chosen.get("text") in TEXT_SIZES),
        (CONTRAST_COOKIE, chosen.get("contrast", ""), chosen.get("contrast") in CONTRASTS),
        (settings.LANGUAGE_COOKIE_NAME, chosen.get("language", ""), _known_language(chosen.get("language", ""))),
    )
    for name, value, known in wanted:
        if known:
            answer.set_cookie(
                name, value, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )


def _known_language(code: str) -> bool:
    return code in dict(settings.LANGUAGES) and check_for_language(code)
