"""One table of a tariff file, read field by field: wrong, unknown and missing fields are named, not guessed.

Not here: what the fields mean (`tariff_file`).
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,39}", re.ASCII)


class TariffError(ValueError):
    """The tariff file cannot be used; the message names place and reason. An operator's mistake, not a refusal."""


class Table:
    """A TOML table at `path`; every field read is ticked off, and `close` refuses what was never read."""

    def __init__(self, content: object, path: str) -> None:
        if not isinstance(content, Mapping):
            raise TariffError(f"{path}: must be a table")
        self._content: Mapping[str, object] = content
        self._read: set[str] = set()
        self.path = path

    def close(self) -> None:
        """Refuse fields that nobody read: a misspelt field must not be ignored."""
        unknown = sorted(set(self._content) - self._read)
        if unknown:
            raise TariffError(f"{self.path}: unknown field {unknown[0]!r}")

    def names(self) -> Sequence[str]:
        return list(self._content)

    def text(self, name: str, default: str | None = None) -> str:
        value = self._get(name, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise TariffError(f"{self.path}.{name}: must be text")
        return value

    def code(self, name: str) -> str:
        value = self.text(name)
        if not _CODE.fullmatch(value):
            raise TariffError(f"{self.path}.{name}: a code is capital letters, digits and _, not {value!r}")
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        value = self._get(name, default)
        if type(value) is not int:
            raise TariffError(f"{self.path}.{name}: must be a whole number, not {value!r}")
        if not low <= value <= high:
            raise TariffError(f"{self.path}.{name}: {value} is not between {low} and {high}")
        return value

    def flag(self, name: str) -> bool:
        value = self._get(name, default=False)
        if not isinstance(value, bool):
            raise TariffError(f"{self.path}.{name}: must be true or false")
        return value

    def day(self, name: str) -> date:
        value = self._get(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise TariffError(f"{self.path}.{name}: must be a day such as 2024-04-10")
        return value

    def day_or_none(self, name: str) -> date | None:
        return self.day(name) if name in self._content else None

    def choice(self, name: str, choices: type[StrEnum]) -> str:
        return self.words(name, [choice.value for choice in choices], single=True)[0]

    def choices[E: StrEnum](self, name: str, choices: type[E]) -> tuple[E, ...]:
        return tuple(choices(word) for word in self.words(name, [choice.value for choice in choices]))

    def words(self, name: str, allowed: Sequence[str], *, single: bool = False) -> tuple[str, ...]:
        """A list of known words without repeats (or one bare word when `single`)."""
        value = self._get(name)
        words = [value] if single else value
        if not isinstance(words, list) or not words or any(not isinstance(word, str) for word in words):
            raise TariffError(f"{self.path}.{name}: must be {'a word' if single else 'a list of words'}")
        for word in words:
            if word not in allowed:
                raise TariffError(f"{self.path}.{name}: {word!r} is not one of {', '.join(allowed)}")
        if len(set(words)) != len(words):
            raise TariffError(f"{self.path}.{name}: a word stands twice")
        return tuple(words)

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self._get(name)
        if not isinstance(value, list) or any(type(number) is not int for number in value):
            raise TariffError(f"{self.path}.{name}: must be a list of whole numbers")
        return tuple(value)

    def table(self, name: str) -> "Table":
        return Table(self._get(name), f"{self.path}.{name}")

    def tables(self, name: str, *, required: bool = True) -> Sequence["Table"]:
        value = self._get(name, None if required else [])
        if not isinstance(value, list) or (required and not value):
            raise TariffError(f"{self.path}.{name}: must be a list of tables")
        return [Table(entry, f"{self.path}.{name}[{index}]") for index, entry in enumerate(value, start=1)]

    def _get(self, name: str, default: object = None) -> object:
        self._read.add(name)
        if name not in self._content:
            if default is None:
                raise TariffError(f"{self.path}.{name}: is missing")
            return default
        return self._content[name]
