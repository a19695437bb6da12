"""The language of the page that is being made."""

from django.utils.translation import get_language


def page_language() -> str:
    """ "ko" or "en"; Korean where nobody has said."""
    return "en" if (get_language() or "ko").startswith("en") else "ko"
