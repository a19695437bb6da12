"""The end of the programme: each night what is due after a last day, until every account is at zero.

After the last day of spending what is left in wallets lapses; after the last day of settlement takings that nobody
could be paid for are written off, as the two officers of the plan decided; after the archive day the books close. The
record stays. Not here: the plan (a change of the tariff) and the refusals after each day (`tariff`).
"""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from pumasi.coin.district import PROGRAMME, district_tariff
from pumasi.coin.life_errors import NotYetWoundDown
from pumasi.kernel.acting import Acting
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger import kinds
from pumasi.ledger.chart import KRW, address
from pumasi.ledger.commands import Command
from pumasi.ledger.posting import post_one
from pumasi.ledger.reads import accounts_of, receipts_in, statement

WALLETS = ("2100", "2140", "2150", "2210", "2800", "4000")
FINALS = ("1900", "3100", "3200", "3300", "3310", "3400", "3500", "3900")
OPEN = (*WALLETS, "2110", "2120", "2200", "2220", "2300", "2400", "2500", "2600", "2700", "B210", "K200")
BUDGET = ("B100", "B110", "B200", "B300", "B400")
CASH = ("K100", "K210", "K220", "K300", "K500")
MOVES = 60  # a command of the ledger holds 64


def wind_down(acting: Acting) -> int:
    """Post what is due; returns how many transfers that made. Safe to run again and to kill at any point.

    Raises NotYetWoundDown from the archive day on while something is still open: the desks have to finish it.
    """
    ending, today = district_tariff().ending, seoul_date(acting.at)
    if ending is None or today <= ending.last_spend:
        return 0
    done = _posted(_waiting(acting)) + _posted(_left(acting))
    if today > ending.last_settle:
        done += _posted(_unsettled(acting)) + _posted(_kept(acting))
    if today > ending.archive:
        done += close_books(acting)
    return done


def still_open() -> dict[str, int]:
    """Code -> sum of what keeps the books from closing."""
    found = {code: sum(abs(row[4]) for row in accounts_of(code)) for code in OPEN}
    return {code: amount for code, amount in found.items() if amount}


def close_books(acting: Acting) -> int:
    """Bring every account to zero; returns how many transfers that took. Raises NotYetWoundDown."""
    if still_open():
        raise NotYetWoundDown(codes=", ".join(still_open()))
    done = 0
    with transaction.atomic():
        for step in (_finals, _funds, _won):
            moves = list(step())
            for start in range(0, len(moves), MOVES):
                part = moves[start : start + MOVES]
                key = derived_id("coin.close_book", acting.at.isoformat(), step.__name__, start)
                post_one(kinds.close_book(key=key, at=acting.at, moves=part))
                done += 1
    return done


def _posted(commands: Iterator[Command]) -> int:
    done = 0
    for command in list(commands):
        with transaction.atomic():
            post_one(command)
        done += 1
    return done


def _waiting(acting: Acting) -> Iterator[Command]:
    """Coins that wait to vest, or are held, go to their wallet first."""
    unit = district_tariff().unit.code
    for code in ("2110", "2120"):
        for each in receipts_in(code, unit):
            name = derived_id("coin.wind_down", code, each.owner, each.key.hex, each.amount)
            wallet, much = address("2100", unit, each.owner), each.amount
            if code == "2110":
                yield kinds.release(key=name, at=acting.at, wallet=wallet, amount=much, hold=each.key)
            else:
                yield kinds.vest(key=name, at=acting.at, wallet=wallet, amount=much, earned=each.key)


def _left(acting: Acting) -> Iterator[Command]:
    for code in WALLETS:
        for at, _, _, _, balance in accounts_of(code):
            if balance:
                yield kinds.wind_down(key=_key(at), at=acting.at, wallet=at)


def _unsettled(acting: Acting) -> Iterator[Command]:
    """Takings that no bank account was named for, and those of the district's own facilities."""
    for at, _, _, _, balance in accounts_of("2200"):
        if balance:
            yield kinds.custody(key=_key(at), at=acting.at, till=at, memo="PROGRAMME_END")
    for at, _, _, _, balance in accounts_of("2300"):
        if balance:
            yield kinds.facility_close(key=_key(at), at=acting.at, till=at, memo="PROGRAMME_END")


def _kept(acting: Acting) -> Iterator[Command]:
    for at, _, _, _, balance in accounts_of("2220"):
        if balance:
            yield kinds.write_off(key=_key(at), at=acting.at, source=at, memo="PROGRAMME_END")


def _key(at: str) -> UUID:
    """More may come to an account after it was emptied, by a late refund: its newest transfer tells the times apart."""
    return derived_id("coin.wind_down", at, statement(at, limit=1)[0].transfer)


type _Move = tuple[str, str, int | None]


def _finals() -> Iterator[_Move]:
    """Where coins have ended goes back to where they were issued: the first fund takes all of it."""
    first = _issuers()[0][0] if _issuers() else ""
    for code in FINALS:
        for at, _, _, _, balance in accounts_of(code):
            if balance:
                yield (at, first, None)


def _funds() -> Iterator[_Move]:
    """The first fund passes to each other one what was issued there, by way of the conversion control."""
    issuers = _issuers()
    if not issuers:
        return
    first, unit = issuers[0][0], district_tariff().unit.code
    control = address("1900", unit, first.rpartition(":")[2])
    for at, balance in issuers[1:]:
        if balance:
            yield (first, control, -balance)
            yield (control, at, -balance)


def _won() -> Iterator[_Move]:
    for code, control in ((BUDGET, "B000"), (CASH, "K000")):
        for each in code:
            for at, _, owner, _, balance in accounts_of(each):
                if balance:
                    yield (at, address(control, KRW, owner if control == "B000" else PROGRAMME), None)


def _issuers() -> list[tuple[str, int]]:
    return [(at, balance) for at, _, _, _, balance in accounts_of("1100")]
