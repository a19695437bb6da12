"""The papers: for each its plain data and one function that prints it. Words arrive ready; labels are added here.

Every function takes `language` ("ko" or "en") and `made_at`, the moment printed on the paper and kept in the file, and
raises PressUnavailable. Amounts are words ("1,250"), days and moments are words as they shall stand there.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from pumasi.civic.codes.qr import qr_svg
from pumasi.civic.printing.press import press
from pumasi.kernel.clock import KST


@dataclass(frozen=True)
class Sticker:
    """The sticker at a counter: `address` stands in the QR, `serial` and `words` unmask a sticker put over it."""

    district: str
    name: str
    dong: str
    address: str
    serial: str
    words: str


@dataclass(frozen=True)
class Poster:
    """A poster for a place: what can be done here, in short lines, and the QR of `address`."""

    district: str
    name: str
    title: str
    lines: tuple[str, ...]
    address: str
    serial: str


@dataclass(frozen=True)
class Slip:
    """A slip as wide as a till's paper: headline, the coins large ("30 coins"), facts (label, value), closing."""

    district: str
    headline: str
    coins: str
    facts: tuple[tuple[str, str], ...]
    closing: str


@dataclass(frozen=True)
class Statement:
    """Rows of movements. `rows` have as many cells as `columns`; those of `numeric` (positions) stand at the right.

    facts: (label, value) above the table; closing: what stands below it.
    """

    district: str
    title: str
    to: str
    facts: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    numeric: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    closing: str


@dataclass(frozen=True)
class Card:
    """A member's card: the QR of `address`, the same code to be typed. No name: who finds it learns nothing."""

    district: str
    address: str
    code: str


@dataclass(frozen=True)
class Strip:
    """One-time codes by their numbers, from 1; they stand on this paper and nowhere else."""

    district: str
    codes: tuple[str, ...]
    limit: str


@dataclass(frozen=True)
class Form:
    """A form for a pen: `fields` with a line each, a text that is agreed to, and who signs: `signing` in pairs."""

    district: str
    title: str
    fields: tuple[str, ...]
    text_title: str
    text: tuple[str, ...]
    signing: tuple[str, ...]
    helper: str
    closing: str


@dataclass(frozen=True)
class Balance:
    """What somebody has, for eyes that read large type: `lines` are (day, what, signed coins), newest first."""

    district: str
    title: str
    coins: str
    facts: tuple[tuple[str, str], ...]
    lines_title: str
    lines: tuple[tuple[str, str, str], ...]
    closing: str


@dataclass(frozen=True)
class Letter:
    """A letter on one page: paragraphs, and lines that stand out (label, value)."""

    district: str
    title: str
    to: str
    paragraphs: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    closing: str


def shop_sticker(data: Sticker, *, language: str, made_at: datetime) -> bytes:
    """The sticker of a shop or facility, A5: the name very large, QR, serial, check words."""
    with override(language):
        labels = {
            "title": _("Pay here with coins"),
            "alt": _("QR code with the address of %(place)s") % {"place": data.name},
            "how": _("Scan, check the name, choose the amount."),
            "serial_label": _("Sticker number"),
            "words_label": _("Check words"),
            "check": _("Your phone must show the same name and the same check words. If not, tell the district."),
        }
    return press("sticker", {**asdict(data), **labels, "lang": language, "qr": _qr(data.address)}, made_at)


def place_poster(data: Poster, *, language: str, made_at: datetime) -> bytes:
    """A poster for the wall, A4."""
    with override(language):
        labels = {
            "alt": _("QR code with the address of %(place)s") % {"place": data.name},
            "serial_label": _("Sticker number"),
        }
    return press("poster", {**asdict(data), **labels, "lang": language, "qr": _qr(data.address)}, made_at)


def card(data: Card, *, language: str, made_at: datetime) -> bytes:
    """A card in the size of ISO/IEC 7810 ID-1 (85.6 by 54 mm), with its cutting line, on a small sheet."""
    with override(language):
        labels = {
            "title": _("Pumasi card"),
            "alt": _("QR code of this card"),
            "how": _("Show it when you do a good deed or pay."),
            "lost": _("Found or lost: please tell a community centre."),
        }
    return press("card", {**asdict(data), **labels, "lang": language, "qr": _qr(data.address)}, made_at)


def strip(data: Strip, *, language: str, made_at: datetime) -> bytes:
    """The strip of one-time codes for a card, 80 mm wide, in large digits."""
    with override(language):
        labels = {
            "title": _("Numbers for your card"),
            "how": _("Above %(limit)s coins a day the counter asks for one of these. Cross it out when it is used.")
            % {"limit": data.limit},
            "keep": _("Keep this apart from the card. Nobody may ask for it by telephone."),
        }
    return press("strip", {**asdict(data), **labels, "lang": language}, made_at)


def form(data: Form, *, language: str, made_at: datetime) -> bytes:
    """A form to fill in, A4, in large type."""
    return press("form", {**asdict(data), "lang": language}, made_at)


def balance(data: Balance, *, language: str, made_at: datetime) -> bytes:
    """The balance sheet, A4, in type of 20 points and more."""
    with override(language):
        labels = {"nothing": _("Nothing in this time.")}
    return press("balance", {**asdict(data), **labels, "lang": language}, made_at)


def slip(data: Slip, *, language: str, made_at: datetime) -> bytes:
    """The slip of a payment, an earning or a donation, 80 mm wide."""
    return press("slip", {**asdict(data), "lang": language}, made_at)


def statement(data: Statement, *, language: str, made_at: datetime) -> bytes:
    """The statement of a wallet's month or of a shop's payout, A4, as many pages as it needs."""
    with override(language):
        labels = {"page_of": _("Page"), "nothing": _("Nothing in this time.")}
    return press("statement", {**asdict(data), **labels, "lang": language}, made_at)


def letter(*data: Letter, language: str, made_at: datetime) -> bytes:
    """Letters, A4, each on a page of its own: coins that lapse, and others of its kind."""
    written = {"letters": [asdict(each) for each in data], "district": data[0].district, "lang": language}
    return press("letter", written, made_at)


def moment(at: datetime) -> str:
    """A moment as it stands on papers: "2026-10-05 10:00" in Seoul."""
    return at.astimezone(KST).strftime("%Y-%m-%d %H:%M")


def _qr(address: str) -> str:
    """The QR as SVG text; what it says is told by the alternative text on the paper."""
    return qr_svg(address, title="")
