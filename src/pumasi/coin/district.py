"""What this district runs by: its tariff (a file as the first version, then the approved changes) and its programme.

The file is named by the setting `PUMASI_TARIFF` (a sample's name or a path). Not here: reading and checking the file
(`tariff_file`), drafting and approving changes (`operations.tariff`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pumasi.coin.models import TariffChange, TariffVersion
from pumasi.coin.tariff import Tariff
from pumasi.coin.tariff_edit import Act, Content, changed, read, tariff_of
from pumasi.coin.tariff_file import DATA, content_of
from pumasi.kernel.clock import fiscal_year

DEFAULT = "seocho"
PROGRAMME = "good-deed"


@dataclass
class _Seen:
    """What one operation has read of the tariff."""

    tariff: Tariff | None = None


_SEEN: ContextVar[_Seen | None] = ContextVar("tariff_seen", default=None)


def district_tariff() -> Tariff:
    """The tariff in use with all approved changes, past and coming; raises TariffError when the file is wrong.

    One small look-up tells whether another process has approved something since; inside `one_tariff` only the first
    call asks. A change begins tomorrow at the earliest (ADR 30), so what was read once holds for the day.
    """
    seen = _SEEN.get()
    if seen is None:
        return _built(_path(), *version())
    if seen.tariff is None:
        seen.tariff = _built(_path(), *version())
    return seen.tariff


@contextmanager
def one_tariff() -> Iterator[None]:
    """Within it the database is asked once which version of the tariff holds. May be nested; also a decorator."""
    if _SEEN.get() is not None:
        yield
        return
    token = _SEEN.set(_Seen())
    try:
        yield
    finally:
        _SEEN.reset(token)


def version() -> tuple[int, str]:
    """Number and digest of the approved changes that count; (0, "") while only the file does."""
    latest = TariffVersion.objects.order_by("-number").values_list("number", "digest").first()
    return latest or (0, "")


def forget() -> None:
    """After a step in the register: what was read in this operation is old."""
    seen = _SEEN.get()
    if seen is not None:
        seen.tariff = None


def content_with(changes: Sequence[TariffChange]) -> Content:
    """The file's tables with these changes in this order; raises TariffError when one does not fit."""
    content: Content = _content(_path())
    for change in changes:
        content = changed(content, act_of(change), read(change.edits))
    return content


def tariff_with(changes: Sequence[TariffChange]) -> Tariff:
    """The tariff that these changes make of the file; raises TariffError."""
    return tariff_of(content_with(changes))


def approved(up_to: int | None = None) -> list[TariffChange]:
    """The changes that count (at version `up_to`, None: now), in the order in which they were approved."""
    rows = TariffVersion.objects.order_by("number").select_related("step__change")
    if up_to is not None:
        rows = rows.filter(number__lte=up_to)
    found: dict[object, TariffChange] = {}
    for row in rows:
        change = row.step.change
        if row.step.step == "APPROVED":
            found[change.id] = change
        else:
            found.pop(change.id, None)
    return list(found.values())


def act_of(change: TariffChange) -> Act:
    """The act that the rows of a change cite."""
    code = f"change-{change.id.hex[-12:]}"
    return Act(code, change.name_ko, change.name_en, change.clause, change.document, change.effective_on)


def fund_of(day: date) -> str:
    """The fund that pays what is issued on `day`: the budget line of its fiscal year."""
    return f"{PROGRAMME}/{fiscal_year(day)}"


def _path() -> Path:
    name = str(getattr(settings, "PUMASI_TARIFF", DEFAULT))
    path = Path(name)
    return path if path.suffix == ".toml" else DATA / f"{name}.toml"


@lru_cache(maxsize=8)
def _content(path: Path) -> Content:
    return content_of(path)


@lru_cache(maxsize=8)
def _built(path: Path, number: int, digest: str) -> Tariff:
    """File, number and digest name the content, so that what is cached is never another tariff."""
    assert _path() == path
    assert bool(number) == bool(digest)
    return tariff_with(approved(number))
