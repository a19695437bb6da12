"""What became of imports: the state of each, the reconciliation to the minor unit, and who an old id is."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.people.queries import PersonCard, person_card
from pumasi.coin.moving.looking import member_index
from pumasi.coin.moving.models import ExportOrder, ExportStep, MovedMember, MovedShop, Proposal, ProposalSum, Step
from pumasi.coin.moving.states import State, state_of
from pumasi.kernel.acting import Acting
from pumasi.ledger import reads

# So many characters of a digest are shown and typed.
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What was proposed or the files said, and what the ledger has."""

    old_lots: int
    new_lots: int
    old_coins: int
    new_coins: int

    @property
    def is_equal(self) -> bool:
        return (self.old_lots, self.old_coins) == (self.new_lots, self.new_coins)


@dataclass(frozen=True)
class SumLine(Compared):
    """The sums of one fund, expiry and rate."""

    where: str
    fund: str
    expires: str
    rate: int


@dataclass(frozen=True)
class OwnerLine(Compared):
    """One member (`member`) or shop (`shop`) under a pseudonym."""

    where: str
    pseudonym: str


@dataclass(frozen=True)
class Reconciled:
    """Old totals against new ones, to the minor unit, as the import brought them; spending changes nothing."""

    sums: tuple[SumLine, ...]
    owners: tuple[OwnerLine, ...]
    members: int
    shops: int
    old_coins: int
    new_coins: int
    is_equal: bool


@dataclass(frozen=True)
class ProposalView:
    """A proposal for its page; `steps` are (name, moment, reason), `asked_by` whoever made the latest step."""

    id: UUID
    digest: str
    origin: str
    extract_on: date
    members: int
    without_phone: int
    shops: int
    coins: int
    won: int
    at: datetime
    state: State
    steps: tuple[tuple[str, datetime, str], ...]
    latest_by: UUID | None


@dataclass(frozen=True)
class ExportView:
    """An order of an exit export."""

    id: UUID
    purpose: str
    asked_by: UUID
    asked_at: datetime
    is_agreed: bool
    written_at: datetime | None


def memo(proposal: Proposal) -> str:
    """The origin tag of every OPENING of an import; the day on which the coins were earned stands behind it."""
    return f"import {proposal.digest[:16]} {proposal.id.hex[-12:]} "


def touched(proposal: Proposal) -> set[str]:
    """Owners of wallets and tills of an import that something else has touched since."""
    opened = reads.openings(memo(proposal))
    if not opened:
        return set()
    mine = set(MovedMember.objects.filter(proposal=proposal).values_list("owner", flat=True))
    mine |= set(MovedShop.objects.filter(proposal=proposal).values_list("owner", flat=True))
    return mine & reads.touched_owners(opened[0].transfer)


def proposals() -> list[ProposalView]:
    """All proposals, newest first."""
    rows = list(Proposal.objects.order_by("-id"))
    steps: dict[UUID, list[Step]] = {row.id: [] for row in rows}
    for step in Step.objects.order_by("id"):
        steps[step.proposal_id].append(step)
    return [_view(row, steps[row.id]) for row in rows]


def proposal(proposal_id: UUID) -> ProposalView | None:
    """One proposal, or None."""
    row = Proposal.objects.filter(id=proposal_id).first()
    return None if row is None else _view(row, list(Step.objects.filter(proposal=row).order_by("id")))


def reconciliation(proposal_id: UUID) -> Reconciled:
    """The reconciliation of one proposal, as far as it is loaded."""
    return reconciled(Proposal.objects.get(id=proposal_id))


def reconciled(proposal: Proposal) -> Reconciled:
    """Compare what was proposed with what the OPENING journals of this import brought."""
    terms: Counter[tuple[str, str, str, int]] = Counter()
    lots: Counter[tuple[str, str, str, int]] = Counter()
    coins_of: Counter[str] = Counter()
    lots_of: Counter[str] = Counter()
    for opened in reads.openings(memo(proposal)):
        lot, where = opened.lot, "takings" if opened.address.startswith("2200:") else "lots"
        key = where, lot.fund, lot.expires.isoformat() if lot.expires else "", lot.rate
        owner = opened.address.rpartition(":")[2]
        terms[key] += lot.amount
        lots[key] += 1
        coins_of[owner] += lot.amount
        lots_of[owner] += 1
    sums = _sums(proposal, lots, terms)
    owners = tuple(
        OwnerLine(
            where,
            f"{where[0].upper()}-{bytes(row.old_index).hex()[:12]}",
            old_lots=row.lots,
            new_lots=lots_of[row.owner],
            old_coins=row.coins,
            new_coins=coins_of[row.owner],
        )
        for where, rows in (("member", MovedMember), ("shop", MovedShop))
        for row in rows.objects.filter(proposal=proposal).order_by("old_index")
    )
    members, shops = (sum(each.where == where for each in owners) for where in ("member", "shop"))
    new = sum(terms.values())
    is_equal = (
        (members, shops, new) == (proposal.members, proposal.shops, proposal.coins)
        and all(line.is_equal for line in sums)
        and all(line.is_equal for line in owners)
    )
    return Reconciled(sums, owners, members, shops, proposal.coins, new, is_equal)


def find_old_id(acting: Acting, old_id: str) -> PersonCard | None:
    """The member whom another system called `old_id`: a noted look with its purpose, or None."""
    index = member_index(old_id.strip())
    found = MovedMember.objects.filter(old_index=index).order_by("-id").values_list("person_id", flat=True).first()
    return None if found is None else person_card(acting, found)


def exports() -> list[ExportView]:
    """Orders of exit exports, newest first."""
    steps: dict[UUID, dict[str, ExportStep]] = {}
    for step in ExportStep.objects.order_by("id"):
        steps.setdefault(step.order_id, {})[step.step] = step
    return [
        ExportView(
            row.id,
            row.purpose,
            row.asked_by,
            row.asked_at,
            "AGREED" in steps.get(row.id, {}),
            steps[row.id]["WRITTEN"].at if "WRITTEN" in steps.get(row.id, {}) else None,
        )
        for row in ExportOrder.objects.order_by("-asked_at")
    ]


def _sums(
    proposal: Proposal, lots: Counter[tuple[str, str, str, int]], coins: Counter[tuple[str, str, str, int]]
) -> tuple[SumLine, ...]:
    rows = {(s.where, s.fund, s.expires, s.rate): s for s in ProposalSum.objects.filter(proposal=proposal)}
    return tuple(
        SumLine(
            *key,
            old_lots=rows[key].lots if key in rows else 0,
            new_lots=lots[key],
            old_coins=rows[key].coins if key in rows else 0,
            new_coins=coins[key],
        )
        for key in sorted(rows.keys() | coins.keys())
    )


def _view(row: Proposal, steps: list[Step]) -> ProposalView:
    return ProposalView(
        id=row.id,
        digest=row.digest,
        origin=row.origin,
        extract_on=row.extract_on,
        members=row.members,
        without_phone=row.without_phone,
        shops=row.shops,
        coins=row.coins,
        won=row.won,
        at=row.at,
        state=state_of({each.step for each in steps}),
        steps=tuple((each.step, each.at, each.reason) for each in steps),
        latest_by=steps[-1].by if steps else None,
    )
