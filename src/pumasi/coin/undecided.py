"""The socket for claims that nobody has decided yet: they belong to a service, and the year end asks for them.

`plug` is called once, by `config`. Without anything plugged in, nothing waits.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

type Lookup = Callable[[datetime], Mapping[str, int]]


def _nothing(before: datetime) -> Mapping[str, int]:
    return {}


_plugged: list[Lookup] = [_nothing]


def plug(lookup: Lookup) -> None:
    """From now on `lookup(before)` answers."""
    _plugged[0] = lookup


def undecided_by_role(before: datetime) -> Mapping[str, int]:
    """Role that has to act next -> how many deeds done before this moment it has not decided."""
    return _plugged[0](before)
