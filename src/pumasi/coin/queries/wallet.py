"""My coins: what can be spent, what waits, what lapses next, and every movement in plain words with its receipt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from pumasi.civic.people.queries import selves
from pumasi.coin.accounts import balance_or_zero, wallet
from pumasi.coin.answers import Awarded
from pumasi.coin.district import district_tariff
from pumasi.coin.issuing import recalled
from pumasi.coin.models import ClaimShare, Waiting
from pumasi.coin.parties import Holder, holder, own_wallet
from pumasi.coin.queries.wording import worded
from pumasi.kernel.amount import Amount, Unit
from pumasi.kernel.clock import seoul_date
from pumasi.ledger import reads
from pumasi.ledger.chart import address

PAGE = 20


@dataclass(frozen=True)
class Movement:
    """One line of the statement: signed `coins`, the `balance` after it, and what happened in plain words.

    key: the ledger's key of the transfer, under which its proof is found.
    receipt: the key of the payment, claim or gift that `kind` names; None where there is nothing more to show.
    """

    transfer: int
    key: UUID
    at: datetime
    kind: str
    text_ko: str
    text_en: str
    coins: Amount
    balance: Amount
    receipt: UUID | None

    def text(self, language: str) -> str:
        """What happened, in "ko" or "en"."""
        return self.text_en if language == "en" else self.text_ko


@dataclass(frozen=True)
class WalletView:
    """`balance` can be spent today; `vesting` becomes spendable later; `next_expiry` None = nothing lapses."""

    person_id: UUID
    balance: Amount
    vesting: Amount
    next_expiry: date | None
    next_expiry_coins: Amount
    movements: tuple[Movement, ...]
    waiting: tuple[Awarded, ...]


def wallet_view(person_id: UUID, at: datetime, *, before: int | None = None, limit: int = PAGE) -> WalletView:
    """The wallet on the day of `at` with one page of movements, newest first (`before`: the last transfer seen).

    Raises PersonUnknown and PersonClosed. A wallet that was never used is empty, not an error.
    """
    unit = district_tariff().unit
    owner = holder(person_id)
    day = seoul_date(at)
    lots = _lots(wallet(owner, unit.code), day)
    next_expiry = min((lot.expires for lot in lots if lot.expires is not None), default=None)
    return WalletView(
        person_id=person_id,
        balance=Amount(unit, sum(lot.amount for lot in lots)),
        vesting=Amount(unit, balance_or_zero(address("2120", unit.code, owner.wallet))),
        next_expiry=next_expiry,
        next_expiry_coins=Amount(unit, sum(lot.amount for lot in lots if next_expiry and lot.expires == next_expiry)),
        movements=_movements(owner, unit, before, limit),
        waiting=tuple(recalled(key) for key in _waiting_of(owner)),
    )


def _lots(at: str, day: date) -> Sequence[reads.HeldLot]:
    return [lot for lot in reads.lots(at) if lot.expires is None or lot.expires >= day]


def _movements(owner: Holder, unit: Unit, before: int | None, limit: int) -> tuple[Movement, ...]:
    lines = _lines(owner, unit, before, limit)
    words = worded(lines)
    return tuple(
        Movement(
            transfer=line.transfer,
            key=line.key,
            at=line.at,
            kind=line.kind,
            text_ko=words[line.transfer].ko,
            text_en=words[line.transfer].en,
            coins=Amount(unit, line.amount),
            balance=Amount(unit, line.balance),
            receipt=words[line.transfer].receipt,
        )
        for line in lines
    )


def _lines(owner: Holder, unit: Unit, before: int | None, limit: int) -> list[reads.StatementLine]:
    """The statement of the wallet, with that of the months away and of memberships that were merged into this one."""
    lines = reads.statement(wallet(owner, unit.code), before=before, limit=limit)
    others = _other_accounts(owner, unit.code, {line.kind for line in lines})
    if not others:
        return lines
    for other in others:
        # One owner's coins that only change their account would be told twice: the side that takes them tells it.
        more = reads.statement(other, before=before, limit=limit)
        lines += [line for line in more if line.amount > 0 or line.kind not in _WITHIN]
    lines = [line for line in lines if line.amount > 0 or line.kind not in _WITHIN]
    return sorted(lines, key=lambda line: line.transfer, reverse=True)[:limit]


_WITHIN = frozenset({"LEAVE", "COME_BACK", "MERGE"})


def _other_accounts(owner: Holder, unit: str, kinds: set[str]) -> list[str]:
    found = []
    if owner.left_on is not None:
        found.append(address("2100", unit, owner.wallet))
    elif kinds & {"LEAVE", "COME_BACK"}:
        found.append(address("2150", unit, owner.wallet))
    if owner.has_earlier:
        earlier = [own_wallet(each) for each in selves(owner.person_id)[1:]]
        found += [address(code, unit, each) for each in earlier for code in ("2100", "2150")]
    return found


def _waiting_of(owner: Holder) -> list[UUID]:
    mine = selves(owner.person_id) if owner.has_earlier else [owner.person_id]
    shares = ClaimShare.objects.filter(person_id__in=mine).values("claim_id")
    return list(
        Waiting.objects.filter(issued_at=None, claim_id__in=shares).order_by("id").values_list("claim_id", flat=True)
    )
