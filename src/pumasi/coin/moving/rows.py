"""Rows of the other system as values of ours: who, which lot, which shop, which takings. Pure; nothing is looked up."""

from dataclasses import dataclass
from datetime import date

from pumasi.civic.people.models import Relation
from pumasi.kernel import canonical


@dataclass(frozen=True, slots=True)
class Member:
    """One member; `phone` in E.164, `dong` is counted and not kept (people have no dong here)."""

    line: int
    old_id: str
    name: str
    phone: str | None
    birth_year: int | None
    relation: Relation
    valid_until: date | None
    dong: str


@dataclass(frozen=True, slots=True)
class Lot:
    """Coins with one birth: `coins` in minor units, `rate` in won per minor unit; `owner` is the member's old id."""

    line: int
    owner: str
    coins: int
    earned_on: date
    expires: date | None
    fund: str
    rate: int

    @property
    def won(self) -> int:
        """What it is worth."""
        return self.coins * self.rate

    @property
    def terms(self) -> tuple[str, str, int]:
        """Fund, expiry ("" for never) and rate: what a coin carries for life."""
        return self.fund, self.expires.isoformat() if self.expires else "", self.rate


@dataclass(frozen=True, slots=True)
class Balance:
    """What the other system says a member has, for the reconciliation."""

    line: int
    owner: str
    coins: int


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop that takes coins; `owner` is the old id of a member, `items` are codes of `coin.items`.

    unpaid: what the other system says it is still to be paid for, for the reconciliation; None: it does not say.
    """

    line: int
    old_id: str
    name_ko: str
    name_en: str
    dong: str
    business_number: str
    owner: str
    items: tuple[str, ...]
    unpaid: int | None


def canonical_line(row: Member | Lot | Balance | Shop) -> bytes:
    """The row without its line number, as the digest of an import takes it: the same row, the same bytes."""
    said = {
        name: _plain(getattr(row, name)) for name in row.__slots__ if name != "line" and getattr(row, name) is not None
    }
    return canonical.dumps({"row": type(row).__name__, **said})


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
