"""Routes that services offer to the API. The signature of the operation or query behind a route is its contract.

A service lists its `ROUTES` in `api.py` and names them in its manifest. Not here: how they become HTTP (`building`).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from http import HTTPMethod


class Set(Enum):
    """What an argument is that the caller does not choose."""

    OWN = "the person of the token"
    MOMENT = "the moment of the call"
    TODAY = "the day of the call, in Seoul"
    LANGUAGE = "ko or en, by Accept-Language"
    ABSENT = "None: a program has nothing of the kind"


OWN, MOMENT, TODAY, LANGUAGE, ABSENT = Set


@dataclass(frozen=True)
class Route:
    """`method` `path` calls `call`, whose name says what it does and whose docstring is shown.

    Operations (POST) take the `Acting` first; an argument called `key` comes as the header Idempotency-Key, those of
    the path from there, the others from the JSON body. Queries (GET) take theirs from path and query.
    set: arguments that the caller does not choose, by name.
    roles: who may ask (any of these); none: operations judge for themselves, queries are about the caller or public.
    answer: under which name an answer that is no record stands ("state", "id").
    """

    method: HTTPMethod
    path: str
    call: Callable[..., object]
    set: Mapping[str, Set] = field(default_factory=dict)
    answer: str = "result"
    roles: frozenset[str] = frozenset()

    @property
    def is_write(self) -> bool:
        return self.method is not HTTPMethod.GET


def read(
    path: str, call: Callable[..., object], *, answer: str = "result", roles: Collection[str] = (), **fixed: Set
) -> Route:
    """GET: what a query answers."""
    return Route(HTTPMethod.GET, path, call, fixed, answer, frozenset(roles))


def write(path: str, call: Callable[..., object], *, answer: str = "result", **fixed: Set) -> Route:
    """POST: an operation."""
    return Route(HTTPMethod.POST, path, call, fixed, answer)
