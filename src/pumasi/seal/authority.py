"""The socket for orders: the floor above tells which officers' signatures stand behind a transfer of the issue kind.

`plug` is called once, by `config`. Without anything plugged in, no transfer has an authority.
"""

from collections.abc import Callable, Mapping, Sequence

from pumasi.verify.leaf import Authority

type Lookup = Callable[[Sequence[int]], Mapping[int, Authority]]


def _nobody(transfers: Sequence[int]) -> Mapping[int, Authority]:
    return {}


_plugged: list[Lookup] = [_nobody]


def plug(lookup: Lookup) -> None:
    """From now on `lookup(transfers)` answers for orders."""
    _plugged[0] = lookup


def authorities(transfers: Sequence[int]) -> Mapping[int, Authority]:
    """Transfer -> the order and its signatures, for those that have one."""
    return _plugged[0](transfers)
