"""A shop's bank account at rest: number and holder are sealed under a key of the node; only the tail stands in clear.

Not here: who may enter or read one (`operations`).
"""

from dataclasses import dataclass
from uuid import UUID

from pumasi.civic.people.sealing import seal, subkey, unseal
from pumasi.coin.settlement.models import PayoutAccount

_NUMBER, _HOLDER = "payout_number", "payout_holder"


@dataclass(frozen=True)
class BankAccount:
    """Where money goes: digits of the account, and the name that the bank has."""

    bank: str
    number: str
    holder: str


def sealed(account_id: UUID, account: BankAccount) -> tuple[bytes, bytes]:
    """Number and holder, sealed for the row `account_id`: moved to another row they do not open."""
    key = subkey("payout-account")
    return (
        seal(key, _NUMBER, account_id, account.number.encode("ascii")),
        seal(key, _HOLDER, account_id, account.holder.encode("utf-8")),
    )


def opened(row: PayoutAccount) -> BankAccount:
    """The account again; raises SealBroken."""
    key = subkey("payout-account")
    return BankAccount(
        bank=row.bank,
        number=unseal(key, _NUMBER, row.id, bytes(row.number_sealed)).decode("ascii"),
        holder=unseal(key, _HOLDER, row.id, bytes(row.holder_sealed)).decode("utf-8"),
    )
