"""The parallel run: the other system's newest extract beside this node, member by member and lot by lot.

Members are met by the blind index of their old id, so that only who has the extract can name them.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pumasi.coin.district import district_tariff
from pumasi.coin.moving.book import Book
from pumasi.coin.moving.looking import member_index
from pumasi.coin.moving.models import MovedMember, Step, StepName
from pumasi.coin.moving.rows import Lot
from pumasi.ledger import reads

# What a member holds here: wallet, held, waiting to vest, after moving away.
WALLETS = ("2100", "2110", "2120", "2150")
Terms = tuple[str, str, int]


class What(StrEnum):
    """A member who is only in the extract, only here, or in both with other coins."""

    JOINED = "JOINED"
    GONE = "GONE"
    CHANGED = "CHANGED"


@dataclass(frozen=True)
class Change:
    """Coins of one fund, expiry and rate that differ: `there` in the extract, `here` on this node (minor units)."""

    terms: Terms
    there: int
    here: int


@dataclass(frozen=True)
class Difference:
    """One member who differs; `line` of members.csv (0: only here), `who` is their old id or the pseudonym here."""

    what: What
    who: str
    line: int
    there: int
    here: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """All differences, and the totals in minor units."""

    differences: tuple[Difference, ...]
    same: int
    there: int
    here: int

    def count(self, what: What) -> int:
        return sum(each.what is what for each in self.differences)


def compare(book: Book) -> Comparison:
    """The extract beside this node: what imports brought and was not undone."""
    undone = Step.objects.filter(step=StepName.UNDONE).values("proposal_id")
    rows = MovedMember.objects.exclude(proposal_id__in=undone).values_list("old_index", "owner")
    owners = {bytes(index): owner for index, owner in rows}
    held = _held(set(owners.values()))
    lots = book.lots_of()
    found: list[Difference] = []
    same = 0
    for member in sorted(book.members, key=lambda each: each.line):
        owner = owners.pop(member_index(member.old_id), None)
        there = _terms(lots.get(member.old_id, []))
        here: Mapping[Terms, int] = held.get(owner, {}) if owner is not None else {}
        if owner is None:
            found.append(_difference(What.JOINED, member.old_id, member.line, there, {}))
        elif dict(here) != there:
            found.append(_difference(What.CHANGED, member.old_id, member.line, there, here))
        else:
            same += 1
    for index, owner in sorted(owners.items()):
        found.append(_difference(What.GONE, f"M-{index.hex()[:12]}", 0, {}, held.get(owner, {})))
    return Comparison(
        tuple(found), same, sum(lot.coins for lot in book.lots), sum(sum(each.values()) for each in held.values())
    )


def _held(owners: set[str]) -> dict[str, dict[Terms, int]]:
    """Owner -> terms -> minor units, of what these owners hold now."""
    found: dict[str, Counter[Terms]] = {}
    unit = district_tariff().unit.code
    for code in WALLETS:
        for born in reads.lots_in(code, unit):
            if born.owner in owners:
                lot = born.lot
                terms = lot.fund, lot.expires.isoformat() if lot.expires else "", lot.rate
                found.setdefault(born.owner, Counter())[terms] += lot.amount
    return {owner: dict(counted) for owner, counted in found.items()}


def _terms(lots: list[Lot]) -> dict[Terms, int]:
    counted: Counter[Terms] = Counter()
    for lot in lots:
        counted[lot.terms] += lot.coins
    return dict(counted)


def _difference(what: What, who: str, line: int, there: Mapping[Terms, int], here: Mapping[Terms, int]) -> Difference:
    changes = tuple(
        Change(terms, there.get(terms, 0), here.get(terms, 0))
        for terms in sorted(there.keys() | here.keys())
        if there.get(terms, 0) != here.get(terms, 0)
    )
    return Difference(what, who, line, sum(there.values()), sum(here.values()), changes)
