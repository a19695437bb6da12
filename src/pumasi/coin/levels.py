"""What a person may hold whose identity nobody has checked yet (assurance level L0, decisions 31).

How much such a person earns a month is a cap like the others (`caps`). Not here: raising the level (`civic.people`).
"""

from datetime import date

from pumasi.civic.people.models import Level
from pumasi.coin.accounts import balance_or_zero, wallet
from pumasi.coin.errors import HoldLimitReached
from pumasi.coin.parties import Holder
from pumasi.coin.tariff import Tariff
from pumasi.kernel.amount import Amount
from pumasi.ledger.chart import address


def is_unchecked(level: Level) -> bool:
    """Whether the limits of L0 hold."""
    return level is Level.L0


def check_room(tariff: Tariff, owner: Holder, amount: Amount, day: date) -> None:
    """Raises HoldLimitReached when `amount` more would be too much for this person; coins that wait to vest count."""
    limit = tariff.hold_limit(day) if is_unchecked(owner.level) else None
    if limit is None:
        return
    unit = tariff.unit.code
    held = balance_or_zero(wallet(owner, unit)) + balance_or_zero(address("2120", unit, owner.wallet))
    most = Amount.whole(limit, tariff.unit)
    if held + amount.minor > most.minor:
        room = Amount(tariff.unit, max(0, most.minor - held))
        raise HoldLimitReached(limit=limit, room=room.text())
