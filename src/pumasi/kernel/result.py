"""Expected refusals: one class per rule, with a stable code and a sentence in Korean and in English.

Not for broken programs: a bug raises an ordinary exception and is logged at the edge.
"""

import re
from collections.abc import Mapping
from string import Formatter
from typing import ClassVar, Self

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_REGISTRY: "dict[str, type[Refusal]]" = {}


class Refusal(Exception):
    """A rule says no. Subclasses set `code`, `ko` and `en`; the texts say which rule, until when and what to do.

    `Refusal(**facts)` carries what the texts name as `{placeholders}`; more facts are welcome, a missing one is a
    TypeError.
    A class between (`class LedgerRefusal(Refusal, abstract=True)`) has no code and cannot be raised.
    """

    code: ClassVar[str]
    ko: ClassVar[str]
    en: ClassVar[str]
    abstract: ClassVar[bool] = True
    facts: Mapping[str, str | int]

    def __init_subclass__(cls, *, abstract: bool = False) -> None:
        super().__init_subclass__()
        cls.abstract = abstract
        if not abstract:
            _register(cls)

    def __init__(self, **facts: str | int) -> None:
        if self.abstract:
            raise TypeError(f"{type(self).__name__} is abstract: raise the refusal that names the rule")
        missing = _placeholders(self.en) - facts.keys()
        if missing:
            raise TypeError(f"{type(self).__name__} needs the facts {', '.join(sorted(missing))}")
        super().__init__(self.code)
        self.facts = facts

    def text(self, language: str) -> str:
        """The sentence for a person: Korean for `ko`, English for any other language."""
        template = self.ko if language.startswith("ko") else self.en
        return template.format(**self.facts)

    def __str__(self) -> str:
        return f"{self.code}: {self.text('en')}"

    def __reduce__(self) -> "tuple[object, tuple[type[Self], dict[str, str | int]]]":
        return _rebuilt, (type(self), dict(self.facts))


def all_refusals() -> Mapping[str, type[Refusal]]:
    """Every concrete refusal that has been imported, by code."""
    return dict(sorted(_REGISTRY.items()))


def _register(cls: type[Refusal]) -> None:
    name = f"{cls.__module__}.{cls.__qualname__}"
    for attribute in ("code", "ko", "en"):
        if not isinstance(getattr(cls, attribute, None), str) or not getattr(cls, attribute).strip():
            raise TypeError(f"{name} needs a `{attribute}`")
    if not _CODE.fullmatch(cls.code) or len(cls.code) > 64:
        raise TypeError(f"{name}: code {cls.code!r} must be lower_snake words, at most 64 characters")
    if _placeholders(cls.ko) != _placeholders(cls.en):
        raise TypeError(f"{name}: ko and en must name the same placeholders")
    other = _REGISTRY.get(cls.code)
    if other is not None and f"{other.__module__}.{other.__qualname__}" != name:
        raise TypeError(f"{name}: code {cls.code!r} already belongs to {other.__module__}.{other.__qualname__}")
    _REGISTRY[cls.code] = cls


def _placeholders(template: str) -> set[str]:
    names = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    unusable = sorted(name for name in names if not name.isidentifier())
    if unusable:
        raise TypeError(f"placeholders must be plain names, not {unusable}")
    return names


def _rebuilt(cls: type[Refusal], facts: dict[str, str | int]) -> Refusal:
    return cls(**facts)
