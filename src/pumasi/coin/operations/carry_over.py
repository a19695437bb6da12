"""Carry over: what is still encumbered when the year has ended goes on for one year, by two budget officers.

Allowed where the tariff covers coins that way (decisions 29), and only in the year after. Lots keep their year.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from pumasi.civic.audit.operations import record
from pumasi.civic.people.models import RoleName
from pumasi.civic.people.queries import has_role
from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.errors import CarryOverNeedsTwo, CarryOverNotTheMode, CarryOverOutOfTime, NothingToCarryOver
from pumasi.coin.parties import check_role
from pumasi.coin.tariff import FundingMode
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.errors import UnknownAccount
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import balance, transfer_of


def carry_over(acting: Acting, *, year: int, asked_by: UUID, document: str) -> int:
    """Carry the encumbered won of a year over, once; the actor agrees to what `asked_by` asked. Returns the transfer.

    Raises NotAllowed, CarryOverNeedsTwo, and what `check_carry_over` raises; then nothing has changed.
    """
    actor, today = check_role(acting, RoleName.BUDGET_OFFICER), seoul_date(acting.at)
    if actor == asked_by or not has_role(asked_by, RoleName.BUDGET_OFFICER, today):
        raise CarryOverNeedsTwo()
    with transaction.atomic():
        check_carry_over(year, today)
        fund = f"{PROGRAMME}/{year}"
        command = kinds.carry_over(key=_key(fund), at=acting.at, fund=fund, memo=document)
        transfer = post_one(command)
        record(acting, "coin.carry_over", None, str(year))
    return transfer


def check_carry_over(year: int, today: date) -> int:
    """The won that can be carried over today; raises CarryOverOutOfTime, CarryOverNotTheMode, NothingToCarryOver."""
    first, last = date(year + 1, 1, 1), date(year + 1, 12, 31)
    if not first <= today <= last:
        raise CarryOverOutOfTime(year=year, first=first.isoformat(), last=last.isoformat())
    mode = district_tariff().funding(date(year, 12, 31))
    if mode is not FundingMode.CARRY_OVER_ONCE:
        raise CarryOverNotTheMode(year=year, mode=mode.value)
    fund = f"{PROGRAMME}/{year}"
    won = _encumbered(fund)
    if not won or transfer_of(_key(fund)) is not None:
        raise NothingToCarryOver(fund=fund)
    return won


def _encumbered(fund: str) -> int:
    try:
        return balance(address("B200", KRW, fund))
    except UnknownAccount:
        return 0


def _key(fund: str) -> UUID:
    return derived_id("coin.carry_over", fund)
