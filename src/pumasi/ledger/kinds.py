"""Builders, one for each journal kind: they turn the words of the city into a Command of the ledger.

All take `key` (happens once), `at` (aware moment) and addresses from `chart.address`; amounts are minor units.
A builder touches no book; what it asks for is decided by `posting.post`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from pumasi.kernel.clock import seoul_date
from pumasi.ledger import chart
from pumasi.ledger.chart import KRW, Lots, address
from pumasi.ledger.commands import Command, Move, Pick, Terms


class Common(TypedDict, total=False):
    """What every builder passes on to its Command."""

    not_after: datetime | None
    link: str | None
    memo: str


def _programme(fund: str) -> str:
    return fund.rpartition("/")[0]


def _expired(near: str, at: datetime) -> str:
    return _year_account("3100", near, at)


def _year_account(code: str, near: str, at: datetime) -> str:
    return address(code, chart.parts(near)[1], str(seoul_date(at).year))


def _won(programme: str, code: str, owner: str, amount: int | None, *, back: bool = False) -> Move:
    control, account = address("K000", KRW, programme), address(code, KRW, owner)
    return Move(account, control, amount, Pick.PLAIN) if back else Move(control, account, amount, Pick.PLAIN)


def _payable(programme: str, owner: str, won: int | None) -> list[Move]:
    """What is payable to a shop is paid or falls away: the value of the coins moved, or `won` of it."""
    return [] if won == 0 else [_won(programme, "K200", owner, won, back=True)]


def _back(source: str, target: str, amount: int | None, origin: UUID, at: datetime) -> Move:
    """The same lots come back; what has lapsed meanwhile goes to Expired."""
    return Move(source, target, amount, Pick.ORIGIN, origin=origin, lapsed_to=_expired(source, at))


# Budget


def budget_order(
    *,
    key: UUID,
    at: datetime,
    unit: str,
    fund: str,
    coins: int,
    won: int,
    deposit: bool = False,
    **common: Unpack[Common],
) -> Command:
    """Authorise `coins` (minor) and appropriate `won` for `fund`; with `deposit` the money is at the bank already."""
    moves = [Move(address("B000", KRW, fund), address("B100", KRW, fund), won, Pick.PLAIN)]
    if deposit:
        moves.append(_won(_programme(fund), "K100", _programme(fund), won))
    return Command(key, "BUDGET_ORDER", at, tuple(moves), floors=((address("1100", unit, fund), -coins),), **common)


def appropriation_cut(
    *, key: UUID, at: datetime, unit: str, fund: str, coins: int, won: int, **common: Unpack[Common]
) -> Command:
    """Take `won` and the right to issue `coins` away; refused below what is encumbered, executed or issued."""
    move = Move(address("B100", KRW, fund), address("B000", KRW, fund), won, Pick.PLAIN)
    return Command(key, "APPROPRIATION_CUT", at, (move,), floors=((address("1100", unit, fund), coins),), **common)


def reserve(
    *, key: UUID, at: datetime, fund: str, claim: str, won: int, until: datetime, **common: Unpack[Common]
) -> Command:
    """Set the most an outcome deed may cost aside until `until` (decisions 5)."""
    move = Move(address("B100", KRW, fund), address("B210", KRW, claim), won, Pick.PLAIN)
    return Command(key, "RESERVE", at, (move,), due_at=until, **common)


def unreserve(
    *, key: UUID, at: datetime, fund: str, claim: str, reservation: UUID, **common: Unpack[Common]
) -> Command:
    """Free a reservation (the key of its RESERVE), before the real amount is posted or when it has timed out."""
    move = Move(address("B210", KRW, claim), address("B100", KRW, fund), None, Pick.ALL, origin=reservation)
    return Command(key, "UNRESERVE", at, (move,), **common)


def carry_over(*, key: UUID, at: datetime, fund: str, **common: Unpack[Common]) -> Command:
    """What is still encumbered at the year's end goes on as carried over 이월; the lots keep their year."""
    move = Move(address("B200", KRW, fund), address("B110", KRW, fund), None, Pick.ALL)
    return Command(key, "CARRY_OVER", at, (move,), mirrored=False, **common)


# Coming in


def earn(
    *,
    key: UUID,
    at: datetime,
    wallet: str,
    amount: int,
    terms: Terms,
    vest_at: datetime | None = None,
    **common: Unpack[Common],
) -> Command:
    """A new lot for a deed; with `vest_at` it waits in 2120 until then."""
    _, unit, owner = chart.parts(wallet)
    target = wallet if vest_at is None else address("2120", unit, owner)
    move = Move(address("1100", unit, terms.fund), target, amount, Pick.BORN, terms=terms)
    return Command(key, "EARN", at, (move,), due_at=vest_at, **common)


def opening(*, key: UUID, at: datetime, target: str, amount: int, terms: Terms, **common: Unpack[Common]) -> Command:
    """A balance brought from an existing system (decisions 7); its budget order comes first."""
    source = address("1100", chart.parts(target)[1], terms.fund)
    return Command(key, "OPENING", at, (Move(source, target, amount, Pick.BORN, terms=terms),), **common)


def opening_undone(
    *, key: UUID, at: datetime, source: str, case: str, amount: int, lot: int, opened: UUID, **common: Unpack[Common]
) -> Command:
    """One OPENING (its key `opened`, its lot) goes back, whole, before anything else has touched it (ADR 0071)."""
    row, unit, _ = chart.parts(source)
    target = address("3200", unit, case)
    if row.lots is Lots.BY_ORIGIN:
        move = Move(source, target, amount, Pick.ORIGIN, origin=opened)
    else:
        move = Move(source, target, amount, Pick.NAMED, lots=((lot, amount),))
    return Command(key, "OPENING_UNDONE", at, (move,), **common)


def vest(*, key: UUID, at: datetime, wallet: str, amount: int, earned: UUID, **common: Unpack[Common]) -> Command:
    """Coins of one EARN leave the waiting time."""
    _, unit, owner = chart.parts(wallet)
    return Command(key, "VEST", at, (_back(address("2120", unit, owner), wallet, amount, earned, at),), **common)


# Wallets


def gift(*, key: UUID, at: datetime, wallet: str, to: str, amount: int, **common: Unpack[Common]) -> Command:
    """From wallet to wallet; lots keep their expiry and year."""
    return Command(key, "GIFT", at, (Move(wallet, to, amount, Pick.FIFO),), **common)


def pay(
    *,
    key: UUID,
    at: datetime,
    wallet: str,
    till: str,
    amount: int,
    programme: str = "",
    won: int = 0,
    **common: Unpack[Common],
) -> Command:
    """Pay a shop (2200) or facility (2300); `won` is the part of the price taken in won beside the coins."""
    moves = [Move(wallet, till, amount, Pick.FIFO)]
    if won:
        moves.append(_won(programme, "K500", chart.parts(till)[2], won))
    return Command(key, "PAY", at, tuple(moves), **common)


def hold(*, key: UUID, at: datetime, wallet: str, amount: int, until: datetime, **common: Unpack[Common]) -> Command:
    """Set coins aside for a payment to come, at the latest until `until`."""
    _, unit, owner = chart.parts(wallet)
    return Command(
        key, "HOLD", at, (Move(wallet, address("2110", unit, owner), amount, Pick.FIFO),), due_at=until, **common
    )


def capture(
    *, key: UUID, at: datetime, held_by: str, till: str, amount: int, hold: UUID, **common: Unpack[Common]
) -> Command:
    """Take held coins; `held_by` is the wallet. The receipt is this transfer."""
    _, unit, owner = chart.parts(held_by)
    move = Move(address("2110", unit, owner), till, amount, Pick.ORIGIN, origin=hold)
    return Command(key, "CAPTURE", at, (move,), **common)


def release(*, key: UUID, at: datetime, wallet: str, amount: int, hold: UUID, **common: Unpack[Common]) -> Command:
    """Held coins go back; what has lapsed meanwhile expires."""
    _, unit, owner = chart.parts(wallet)
    return Command(key, "RELEASE", at, (_back(address("2110", unit, owner), wallet, amount, hold, at),), **common)


def refund(
    *, key: UUID, at: datetime, till: str, wallet: str, amount: int, payment: UUID, programme: str = "", won: int = 0,
    **common: Unpack[Common],
) -> Command:  # fmt: skip
    """Before settlement: the same lots come back to the payer, the last taken first; a lapsed part expires."""
    moves = [_back(till, wallet, amount, payment, at)]
    if won:
        moves.append(_won(programme, "K500", chart.parts(till)[2], won, back=True))
    return Command(key, "REFUND", at, tuple(moves), **common)


def refund_late(
    *, key: UUID, at: datetime, redeemed: str, till_owner: str, wallet: str, amount: int, payment: UUID, programme: str,
    won: int = 0, **common: Unpack[Common],
) -> Command:  # fmt: skip
    """After settlement: the payer is whole at once, and the shop owes the won value (K210) until it is set off.

    `won` is the part of the refund that the shop gives back in won, as it took it beside the coins.
    """
    moves = [_back(redeemed, wallet, amount, payment, at), _won(programme, "K210", till_owner, None)]
    if won:
        moves.append(_won(programme, "K500", till_owner, won, back=True))
    return Command(key, "REFUND_LATE", at, tuple(moves), **common)


def expire(
    *, key: UUID, at: datetime, wallet: str, lots: Sequence[tuple[int, int]], **common: Unpack[Common]
) -> Command:
    """Lapsed lots (id, amount) leave a wallet."""
    total = sum(amount for _, amount in lots)
    return Command(
        key, "EXPIRE", at, (Move(wallet, _expired(wallet, at), total, Pick.NAMED, lots=tuple(lots)),), **common
    )


def clawback(
    *, key: UUID, at: datetime, wallet: str, case: str, amount: int, lots: Sequence[tuple[int, int]], programme: str,
    **common: Unpack[Common],
) -> Command:  # fmt: skip
    """Take `amount` back: the named lots first, then any; what is not there is owed in won (K220), never below zero."""
    _, unit, owner = chart.parts(wallet)
    short = (address("K000", KRW, programme), address("K220", KRW, owner))
    move = Move(wallet, address("3200", unit, case), amount, Pick.NAMED, lots=tuple(lots), short=short)
    return Command(key, "CLAWBACK", at, (move,), **common)


def clawback_pending(
    *, key: UUID, at: datetime, wallet: str, case: str, amount: int, earned: UUID, **common: Unpack[Common]
) -> Command:
    """Take coins of one EARN back while they still wait for vesting."""
    _, unit, owner = chart.parts(wallet)
    move = Move(address("2120", unit, owner), address("3200", unit, case), amount, Pick.ORIGIN, origin=earned)
    return Command(key, "CLAWBACK", at, (move,), **common)


# Giving


def donate(*, key: UUID, at: datetime, wallet: str, campaign: str, amount: int, **common: Unpack[Common]) -> Command:
    """Into the escrow of a campaign; `campaign` is its 2400 address."""
    return Command(key, "DONATE", at, (Move(wallet, campaign, amount, Pick.FIFO),), **common)


def donation_release(*, key: UUID, at: datetime, campaign: str, programme: str, **common: Unpack[Common]) -> Command:
    """The campaign reached its target: all escrow is donated out and its won value owed to the charity."""
    owner = chart.parts(campaign)[2]
    moves = (
        Move(campaign, _year_account("3400", campaign, at), None, Pick.ALL, keep_origin=True),
        _won(programme, "K300", owner, None),
    )
    return Command(key, "DONATION_RELEASE", at, moves, **common)


def donation_paid(*, key: UUID, at: datetime, campaign_owner: str, programme: str, **common: Unpack[Common]) -> Command:
    """The charity has been paid."""
    move = Move(address("K300", KRW, campaign_owner), address("K000", KRW, programme), None, Pick.ALL)
    return Command(key, "DONATION_PAID", at, (move,), **common)


def donation_return(
    *, key: UUID, at: datetime, campaign: str, wallet: str, amount: int, donation: UUID, **common: Unpack[Common]
) -> Command:
    """The campaign failed: the same lots go back to the giver."""
    return Command(key, "DONATION_RETURN", at, (_back(campaign, wallet, amount, donation, at),), **common)


# Disputes


def dispute(
    *, key: UUID, at: datetime, till: str, case: str, amount: int, payment: UUID, **common: Unpack[Common]
) -> Command:
    """금액이 달라요: the sum of one payment waits in suspense (decisions 33)."""
    suspense = address("2500", chart.parts(till)[1], case)
    move = Move(till, suspense, amount, Pick.ORIGIN, origin=payment, keep_origin=True)
    return Command(key, "DISPUTE", at, (move,), **common)


def dispute_upheld(*, key: UUID, at: datetime, suspense: str, till: str, **common: Unpack[Common]) -> Command:
    """The shop was right: back to its till, still tied to the payment."""
    return Command(key, "DISPUTE_UPHELD", at, (Move(suspense, till, None, Pick.ALL, keep_origin=True),), **common)


def dispute_returned(
    *, key: UUID, at: datetime, suspense: str, wallet: str, amount: int, payment: UUID, **common: Unpack[Common]
) -> Command:
    """The payer was right, or the shop was silent for three working days."""
    return Command(key, "DISPUTE_RETURNED", at, (_back(suspense, wallet, amount, payment, at),), **common)


# Settlement


def batch(
    *, key: UUID, at: datetime, till: str, batch: str, receipts: Sequence[tuple[UUID, int]], programme: str,
    **common: Unpack[Common],
) -> Command:  # fmt: skip
    """Receipts (payment key, amount) of one shop go into a settlement batch; their won value is payable to the shop."""
    _, unit, owner = chart.parts(till)
    payable = address("2700", unit, batch)
    moves = [Move(till, payable, amount, Pick.ORIGIN, origin=key_, keep_origin=True) for key_, amount in receipts]
    return Command(key, "BATCH", at, (*moves, _won(programme, "K200", owner, None)), **common)


def bounced(
    *, key: UUID, at: datetime, batch: str, till: str, programme: str, won: int | None = None, set_off: int = 0,
    **common: Unpack[Common],
) -> Command:  # fmt: skip
    """The bank sent the money back: the receipts return to the till and wait for the next batch.

    Where a debt was set off, `won` is what had been left to pay, and `set_off` is owed again.
    """
    owner = chart.parts(till)[2]
    moves = [Move(batch, till, None, Pick.ALL, keep_origin=True), *_payable(programme, owner, won)]
    if set_off:
        moves.append(_won(programme, "K210", owner, set_off))
    return Command(key, "BOUNCED", at, tuple(moves), **common)


def paid(
    *, key: UUID, at: datetime, batch: str, till_owner: str, programme: str, won: int | None = None,
    **common: Unpack[Common],
) -> Command:  # fmt: skip
    """The shop has the won: the coins are redeemed and the budget is executed.

    Where a debt was set off, `won` is what was left to pay.
    """
    coins = Move(batch, _year_account("3300", batch, at), None, Pick.ALL, keep_origin=True)
    return Command(key, "PAID", at, (coins, *_payable(programme, till_owner, won)), **common)


def set_off(*, key: UUID, at: datetime, till_owner: str, programme: str, won: int, **common: Unpack[Common]) -> Command:
    """A late refund's debt is taken off what the shop is owed; PAID and BOUNCED then name the `won` that is left."""
    moves = (_won(programme, "K210", till_owner, won, back=True), _won(programme, "K200", till_owner, won, back=True))
    return Command(key, "SET_OFF", at, moves, **common)


def facility_close(*, key: UUID, at: datetime, till: str, **common: Unpack[Common]) -> Command:
    """A facility's takings become fee income; no cash moves."""
    target = _year_account("3310", till, at)
    return Command(key, "FACILITY_CLOSE", at, (Move(till, target, None, Pick.ALL, keep_origin=True),), **common)


def custody(*, key: UUID, at: datetime, till: str, **common: Unpack[Common]) -> Command:
    """Takings of a shop that cannot be reached."""
    _, unit, owner = chart.parts(till)
    move = Move(till, address("2220", unit, owner), None, Pick.ALL, keep_origin=True)
    return Command(key, "CUSTODY", at, (move,), **common)


def custody_end(*, key: UUID, at: datetime, till: str, **common: Unpack[Common]) -> Command:
    """The shop was found: its takings are back, still tied to their payments, and wait for the next batch."""
    _, unit, owner = chart.parts(till)
    return Command(
        key, "CUSTODY_END", at, (Move(address("2220", unit, owner), till, None, Pick.ALL, keep_origin=True),), **common
    )


def write_off(*, key: UUID, at: datetime, source: str, **common: Unpack[Common]) -> Command:
    """Unreachable coins, by two officers: custody (2220), an estate (2140) or a left wallet (2150)."""
    return Command(key, "WRITE_OFF", at, (Move(source, _year_account("3500", source, at), None, Pick.ALL),), **common)


# Life events


def rate_change(
    *,
    key: UUID,
    at: datetime,
    wallet: str,
    lot: int,
    amount: int,
    new_amount: int,
    terms: Terms,
    **common: Unpack[Common],
) -> Command:
    """One lot at the old rate becomes a lot at the new rate of the same won value, year and expiry (decisions 28)."""
    control = address("1900", chart.parts(wallet)[1], terms.fund)
    moves = (
        Move(wallet, control, amount, Pick.NAMED, lots=((lot, amount),)),
        Move(control, wallet, new_amount, Pick.BORN, terms=terms),
    )
    return Command(key, "RATE_CHANGE", at, moves, **common)


def merge(
    *, key: UUID, at: datetime, unit: str, source_owner: str, target_owner: str, **common: Unpack[Common]
) -> Command:
    """Two wallets of one person become one; lots, holds and waiting coins keep their terms."""
    moves = tuple(
        Move(address(code, unit, source_owner), address(code, unit, target_owner), None, Pick.ALL, keep_origin=True)
        for code in ("2100", "2120", "2110")
    )
    return Command(key, "MERGE", at, moves, **common)


def leave(*, key: UUID, at: datetime, wallet: str, **common: Unpack[Common]) -> Command:
    """A person moves away: spend and give only, from 2150 (decisions 32)."""
    _, unit, owner = chart.parts(wallet)
    return Command(key, "LEAVE", at, (Move(wallet, address("2150", unit, owner), None, Pick.ALL),), **common)


def come_back(*, key: UUID, at: datetime, source: str, wallet: str, **common: Unpack[Common]) -> Command:
    """A person moved back (2150), or was reported dead by mistake (2140): the same lots in the person's own wallet."""
    return Command(key, "COME_BACK", at, (Move(source, wallet, None, Pick.ALL),), **common)


def death(*, key: UUID, at: datetime, wallet: str, **common: Unpack[Common]) -> Command:
    """The coins of a deceased wait for the family in 2140."""
    _, unit, owner = chart.parts(wallet)
    return Command(key, "DEATH", at, (Move(wallet, address("2140", unit, owner), None, Pick.ALL),), **common)


def inherit(*, key: UUID, at: datetime, estate: str, wallet: str, **common: Unpack[Common]) -> Command:
    """The family takes the coins over."""
    return Command(key, "INHERIT", at, (Move(estate, wallet, None, Pick.ALL),), **common)


def wind_down(*, key: UUID, at: datetime, wallet: str, **common: Unpack[Common]) -> Command:
    """Programme end: what was not used until the last day lapses."""
    return Command(key, "WIND_DOWN", at, (Move(wallet, _expired(wallet, at), None, Pick.ALL),), **common)


def close_book(
    *, key: UUID, at: datetime, moves: Sequence[tuple[str, str, int | None]], **common: Unpack[Common]
) -> Command:
    """Programme end, last step: (source, target, amount or None for all) that bring every account to zero."""
    made = tuple(Move(s, t, amount, Pick.ALL if amount is None else Pick.PLAIN) for s, t, amount in moves)
    return Command(key, "CLOSE_BOOK", at, made, mirrored=False, **common)
