"""How a visitor wants to read: language, text size, contrast. Kept in plain cookies, changed without any script.

Whoever is signed in finds it again on another device (`civic.people.reading`).
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import check_for_language
from django.utils.translation import gettext_lazy as _

from pumasi.civic.people.reading import Reading, keep_reading
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


def known_choice(chosen: Reading) -> Reading:
    """The same without values that do not exist."""
    return Reading(
        text=chosen.text if chosen.text in TEXT_SIZES else "",
        contrast=chosen.contrast if chosen.contrast in CONTRASTS else "",
        language=chosen.language if _known_language(chosen.language) else "",
    )


def keep_choice(answer: HttpResponse, chosen: Reading, person_id: UUID | None) -> None:
    """Set the cookies for what was chosen, and keep it for the person; both for known values."""
    if person_id is not None:
        keep_reading(person_id, **asdict(chosen))
    show_choice(answer, chosen)


def show_choice(answer: HttpResponse, chosen: Reading) -> None:
    """Set the cookies of this browser; what was never chosen leaves them as they are."""
    for name, value in (
        (TEXT_COOKIE, chosen.text),
        (CONTRAST_COOKIE, chosen.contrast),
        (settings.LANGUAGE_COOKIE_NAME, chosen.language),
    ):
        if value:
            answer.set_cookie(
                name, value, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )


def _known_language(code: str) -> bool:
    return code in dict(settings.LANGUAGES) and check_for_language(code)
