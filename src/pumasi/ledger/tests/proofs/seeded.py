"""Fifteen bugs on purpose: each bends one small piece of the real code, and the proofs must notice.

The first nine are those of the accounting design. The other six are ours, and here is why they matter:

- a refused command leaves its coins moved: a batch would pay a shop with coins of a payment that was refused;
- half of a linked group stays: coins go out while the journal that had to go with them does not;
- the same key takes another body for a retry: a shop that asks for more is told "done" and gets nothing;
- a hold that was released in part is forgotten: the rest of somebody's coins would be held for ever;
- the won rate of a lot is not looked at: after the change of June 2023 the budget would count half of what it owes;
- a late refund reopens a closed year's execution: figures that the council has approved would change afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from pumasi.ledger import kinds, needs, planner, posting, sweep
from pumasi.ledger.book import Book
from pumasi.ledger.chart import KRW, BudgetState, ChartRow, address
from pumasi.ledger.commands import Command, Move, Terms
from pumasi.ledger.mirror import Mirror
from pumasi.ledger.planner import Planner, _Posting
from pumasi.ledger.store.contract import Account, Lot, Need, Verdict

Patch = pytest.MonkeyPatch
Seed = Callable[[Patch], None]


def unbalanced_expiry(patch: Patch) -> None:
    take = _Posting._take

    def lossy(self: _Posting, source: Account, target: Account, *rest: Any, keep: bool) -> None:
        take(self, source, target, *rest, keep=keep)
        if target.row.code == "3100":
            self._add(target.id, -rest[2])

    patch.setattr(_Posting, "_take", lossy)


def lapsed_lot_is_spendable(patch: Patch) -> None:
    fifo = Book.fifo
    patch.setattr(Book, "fifo", lambda self, account, day: fifo(self, account, 0))


def no_budget_check(patch: Patch) -> None:
    first_floor = ChartRow.first_floor
    patch.setattr(
        ChartRow, "first_floor", property(lambda row: None if row.code == "B100" else first_floor.__get__(row))
    )


def no_idempotency(patch: Patch) -> None:
    one = Planner._one

    def forgetful(self: Planner, command: Command) -> Verdict:
        known = self._known.pop(command.key, None)
        try:
            return one(self, command)
        finally:
            self._known.update({} if known is None else {command.key: known})

    patch.setattr(Planner, "_one", forgetful)


def last_in_first_out(patch: Patch) -> None:
    fifo = Book.fifo
    patch.setattr(Book, "fifo", lambda self, account, day: fifo(self, account, day)[::-1])


def more_refunded_than_taken(patch: Patch) -> None:
    take_from = planner._take_from

    def generous(lots: Any, needed: int) -> tuple[list[tuple[int, int]], int]:
        taken, missing = take_from(lots, needed)
        if taken and missing:
            lot, amount = taken.pop()
            taken.append((lot, amount + missing))
        return taken, 0 if taken else missing

    patch.setattr(planner, "_take_from", generous)


def refund_is_a_new_lot(patch: Patch) -> None:
    take, need_of = _Posting._take, needs.need_of

    def renewing(self: _Posting, source: Account, target: Account, *what: int, keep: bool) -> None:
        take(self, source, target, *what, keep=keep)
        _, lot, amount = what
        if self._command.kind == "REFUND" and target.row.code == "2100":
            old = self._book.lots[lot]
            new = self._planner.new_lot(old.unit, Terms(old.fund, None, old.rate), amount, self._transfer)
            self._book.shift(target, 0, lot, -amount)
            self._book.shift(target, 0, new.id, amount)

    def with_room(commands: Sequence[Command]) -> Need:
        return replace(need_of(commands), births=100)

    patch.setattr(posting, "need_of", with_room)
    patch.setattr(_Posting, "_take", renewing)


def receipt_is_settled_twice(patch: Patch) -> None:
    take = _Posting._take

    def stays(self: _Posting, source: Account, target: Account, *what: int, keep: bool) -> None:
        """What goes into a batch stays at the till as well."""
        take(self, source, target, *what, keep=keep)
        if self._command.kind == "BATCH":
            self._book.shift(source, *what)

    patch.setattr(_Posting, "_take", stays)


def sweep_expires_before_it_releases(patch: Patch) -> None:
    due, expired = sweep._due, sweep._expired

    def back(source: str, target: str, amount: int | None, origin: UUID, at: datetime) -> Move:
        return replace(whole(source, target, amount, origin, at), lapsed_to=None)

    whole = kinds._back
    patch.setattr(kinds, "_back", back)
    patch.setattr(sweep, "_due", expired)
    patch.setattr(sweep, "_expired", due)


def refused_command_leaves_its_coins(patch: Patch) -> None:
    def undo(self: Book, mark: int) -> None:
        while len(self._undo) > mark:
            mapping, key, old = self._undo.pop()
            if mapping is not self._changes and not any(mapping is held for held in self._loaded.values()):
                mapping[key] = old

    patch.setattr(Book, "undo", undo)


def half_of_a_linked_group_stays(patch: Patch) -> None:
    group = Planner._group

    def alone(self: Planner, commands: Any) -> None:
        for command in commands:
            group(self, [command])

    patch.setattr(Planner, "_group", alone)


def key_takes_another_body(patch: Patch) -> None:
    patch.setattr(Command, "digest", lambda self: bytes(32))


def half_released_hold_is_forgotten(patch: Patch) -> None:
    patch.setattr(Book, "remaining", lambda self, account, origin: 0)


def rate_is_not_looked_at(patch: Patch) -> None:
    moved = Mirror.moved

    def flat(self: Mirror, lot: Lot, source: Account, target: Account, value: int) -> None:
        moved(self, lot, source, target, value // lot.rate)

    patch.setattr(Mirror, "moved", flat)


def late_refund_reopens_a_closed_year(patch: Patch) -> None:
    account = Mirror._account

    def reopened(self: Mirror, state: BudgetState, lot: Lot, owner: str) -> str:
        if state is BudgetState.EXECUTED:
            return address("B300", KRW, f"{lot.fund.rpartition('/')[0]}/{owner}")
        return account(self, state, lot, owner)

    addresses = Mirror.addresses

    def all_years(funds: Any, years: Any) -> list[str]:
        return addresses(funds, {*years, 2024, 2025, 2026})

    patch.setattr(Mirror, "addresses", staticmethod(all_years))
    patch.setattr(Mirror, "_account", reopened)


TIME = ("time_passes", "night_comes")
GIVE = (*TIME, "deed_is_done_and_paid_out", "gift_is_given", "shop_is_paid", "coins_are_donated", "budget_is_cut")
HOLDS = (*TIME, "coins_are_held", "hold_is_released", "hold_is_captured", "deed_is_done", "waiting_coins_vest")
REFUNDS = ("shop_is_paid_from_what_is_there", "payment_is_refunded", "payment_is_disputed", "payer_was_right")
SHOPS = ("time_passes", *REFUNDS, "shop_is_paid_and_settled", "settled_payment_is_refunded", "receipts_are_batched")
TOGETHER = ("next_ones_go_together", "gift_is_given", "shop_is_paid", "coins_are_donated", "coins_are_held")
AGAIN = ("command_is_sent_again", "key_is_used_for_something_else", "shop_is_paid", "deed_is_done_and_paid_out")
FOCUSES = {"give": GIVE, "holds": HOLDS, "shops": SHOPS, "together": TOGETHER, "again": AGAIN}

OF_THE_DESIGN: dict[Seed, str] = {
    unbalanced_expiry: "give",
    lapsed_lot_is_spendable: "give",
    no_budget_check: "give",
    no_idempotency: "again",
    last_in_first_out: "give",
    more_refunded_than_taken: "shops",
    refund_is_a_new_lot: "shops",
    receipt_is_settled_twice: "shops",
    sweep_expires_before_it_releases: "holds",
}
OURS: dict[Seed, str] = {
    refused_command_leaves_its_coins: "together",
    half_of_a_linked_group_stays: "together",
    key_takes_another_body: "again",
    half_released_hold_is_forgotten: "holds",
    rate_is_not_looked_at: "give",
    late_refund_reopens_a_closed_year: "shops",
}
