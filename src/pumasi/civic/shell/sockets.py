"""How the shell finds a function that a manifest names: `config` plugs the loader in, once all models are there."""

from collections.abc import Callable
from typing import Any

_LOADERS: list[Callable[[str], Any]] = []


def plug(loader: Callable[[str], Any]) -> None:
    """`config` says how a dotted name is loaded."""
    _LOADERS[:] = [loader]


def load(name: str) -> Any:
    """The function with this dotted name."""
    return _LOADERS[0](name)
