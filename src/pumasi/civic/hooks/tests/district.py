"""A shop with its keeper, and a program that hears it: what the tests of this room start from."""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID

from pumasi.civic.hooks.models import Delivery, Endpoint, Problem
from pumasi.civic.hooks.operations import add_endpoint, happened
from pumasi.civic.hooks.queries import PAID, TYPES
from pumasi.civic.hooks.sending import Answer
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.operations import grant_role, join
from pumasi.civic.places.models import PlaceKind
from pumasi.civic.places.operations import open_place
from pumasi.kernel.acting import Acting, Channel
from pumasi.kernel.ids import derived_id

# Monday 5 October 2026, 10:00 in Seoul.
NOW = datetime(2026, 10, 5, 1, 0, tzinfo=UTC)
ADDRESS = "https://till.example/hooks"
_KEYS = count(1)


def acts(person: UUID | None, at: datetime = NOW) -> Acting:
    return Acting(person, person, Channel.PHONE, "test", at)


@dataclass
class Shop:
    """A shop, its keeper and somebody else's shop."""

    keeper: UUID = field(init=False)
    place: UUID = field(init=False)
    other: UUID = field(init=False)

    def __post_init__(self) -> None:
        self.keeper = join(acts(None), "가게 주인 역할").id
        self.place, self.other = (
            open_place(
                acts(None),
                kind=PlaceKind.SHOP,
                name_ko=name,
                name_en="Sample",
                dong="표본동",
                opened_on=date(2026, 10, 1),
            ).id
            for name in ("표본 세탁소", "표본 빵집")
        )
        grant_role(
            acts(None),
            self.keeper,
            RoleName.SHOP_KEEPER,
            self.place,
            starts=date(2026, 10, 1),
            ends=date(2026, 12, 31),
        )

    def hears(self, url: str = ADDRESS, at: datetime = NOW) -> str:
        return add_endpoint(acts(self.keeper, at), place_id=self.place, url=url, events=TYPES)

    def is_paid(self, at: datetime = NOW, kind: str = PAID) -> UUID:
        key = derived_id("hooks.tests", next(_KEYS))
        happened(kind, key=key, place_id=self.place, at=at, facts={"won": 0})
        return key


@dataclass
class Net:
    """Stands for the internet: notes what is sent and answers with the next of `answers`, then with 200."""

    answers: list[Answer] = field(default_factory=list)
    got: list[tuple[str, Mapping[str, str], bytes]] = field(default_factory=list)

    def __call__(self, url: str, headers: Mapping[str, str], body: bytes, *, demo: bool) -> Answer:
        self.got.append((url, headers, body))
        return self.answers.pop(0) if self.answers else Answer(Problem.NONE, 200)


BAD = Answer(Problem.STATUS, 500)


def is_signed(secret: str, headers: Mapping[str, str], body: bytes) -> bool:
    """As docs/webhooks.md tells a receiver to look."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    good = b64encode(hmac.digest(b64decode(secret.removeprefix("whsec_")), signed, sha256)).decode()
    return any(hmac.compare_digest(each, f"v1,{good}") for each in headers["webhook-signature"].split())


def rows() -> tuple[list[tuple[str, int, timedelta, int | None, str]], int]:
    """Each delivery: state, tries, when due after NOW, status and problem; and how many endpoints are on."""
    found = Delivery.objects.order_by("id")
    lines = [(each.state, each.tries, each.due_at - NOW, each.status, each.problem) for each in found]
    return lines, Endpoint.objects.filter(ended_at=None).count()
