"""The wallets and tills of the coin room, opened on first use inside the operation that needs them.

All other accounts open by themselves (`ledger.chart`). Not here: what may move between them (`ledger.journals`).
"""

from datetime import datetime
from uuid import UUID

from pumasi.civic.people.queries import one_self
from pumasi.coin.models import Death, DeathStep
from pumasi.coin.parties import Holder, Venue, holder, is_closed, wallet_owner
from pumasi.ledger.chart import address
from pumasi.ledger.errors import UnknownAccount
from pumasi.ledger.posting import open_account
from pumasi.ledger.reads import balance


def wallet(owner: Holder, unit: str) -> str:
    """The address a holder spends from: 2100, or 2150 after moving away."""
    return address("2100" if owner.left_on is None else "2150", unit, owner.wallet)


def open_wallet(owner: Holder, unit: str, at: datetime) -> str:
    """The holder's wallet, open; returns the address it spends from."""
    open_account("2100", unit, owner.wallet, at=at)
    return wallet(owner, unit)


def arrival(owner: Holder, unit: str, at: datetime) -> str:
    """Where new coins of a holder arrive: 2100, open. From there they follow to where the holder's coins lie."""
    return open_account("2100", unit, owner.wallet, at=at)


def estate(person_id: UUID, unit: str) -> str:
    """Where the coins of a deceased wait for the family: 2140, opened when the death is reported."""
    return address("2140", unit, wallet_owner(person_id))


def refund_target(person_id: UUID, paid_from: str, unit: str) -> str:
    """Where a refund goes: the payer's wallet as it is now, or the estate when the payer has died since."""
    if not is_closed(person_id):
        return wallet(holder(person_id), unit)
    if is_dead(one_self(person_id).id):
        return estate(person_id, unit)
    # Closed after moving away: the night sends it on to the programme.
    return address("2150", unit, wallet_owner(person_id)) if paid_from.startswith(("2100:", "2150:")) else paid_from


def is_dead(person_id: UUID) -> bool:
    """Whether a desk has reported this person's death, and nobody has undone the report."""
    undone = DeathStep.objects.filter(how="UNDONE").values("death_id")
    return Death.objects.filter(person=person_id).exclude(id__in=undone).exists()


def balance_or_zero(at: str) -> int:
    """Minor units in an account; 0 where it was never used."""
    try:
        return balance(at)
    except UnknownAccount:
        return 0


def is_open(at: str) -> bool:
    """Whether the ledger has this account."""
    try:
        balance(at)
    except UnknownAccount:
        return False
    return True


def till(place: Venue, unit: str) -> str:
    """The address that takes coins: 2200 where they are settled in won, 2300 for the district's own facilities."""
    return address("2200" if place.is_paid_in_won else "2300", unit, place.till)


def open_till(place: Venue, unit: str, at: datetime) -> str:
    """The place's till, open; returns its address."""
    return open_account("2200" if place.is_paid_in_won else "2300", unit, place.till, at=at)
