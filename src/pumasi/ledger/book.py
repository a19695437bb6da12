"""The books in memory while a batch is decided: every change can be undone, so that a refused command leaves nothing.

Not here: the rules (`planner.py`) and the database (`store/`).
"""

from typing import Any

from pumasi.ledger.chart import Lots
from pumasi.ledger.store.contract import Account, Lot, PositionChange, Snapshot

_MISSING = object()
NEVER = 99_999_999  # an expiry later than any day
FAR_AWAY = 1 << 62  # a moment later than any other


class Book:
    """Balances, floors, lots and positions of one batch, with an undo log."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.accounts = snapshot.accounts
        self.lots = snapshot.lots
        self.balances = {a.id: a.balance for a in snapshot.accounts.values()}
        self.floors = {a.id: a.floor for a in snapshot.accounts.values()}
        self._loaded = snapshot.positions
        self._whole = snapshot.whole
        self._first_transfer = snapshot.transfer_ids[0]
        self._due = snapshot.due
        self._changes: dict[tuple[int, int, int], int] = {}
        self._undo: list[tuple[dict[Any, Any], Any, Any]] = []
        self._before = (dict(self.balances), dict(self.floors))

    def mark(self) -> int:
        """A point to come back to."""
        return len(self._undo)

    def undo(self, mark: int) -> None:
        """Everything since `mark` has not happened."""
        while len(self._undo) > mark:
            mapping, key, old = self._undo.pop()
            if old is _MISSING:
                del mapping[key]
            else:
                mapping[key] = old

    def _set(self, mapping: dict[Any, Any], key: Any, value: Any) -> None:
        self._undo.append((mapping, key, mapping.get(key, _MISSING)))
        mapping[key] = value

    def add(self, account: int, amount: int) -> None:
        """Add to a balance."""
        self._set(self.balances, account, self.balances[account] + amount)

    def lower_floor(self, account: int, change: int) -> None:
        """Move a control's limit by `change`."""
        self._set(self.floors, account, (self.floors[account] or 0) + change)

    def born(self, lot: Lot) -> None:
        """A new lot."""
        self._set(self.lots, lot.id, lot)

    def waits(self, transfer: int, due_at: int) -> None:
        """What a transfer set aside times out at `due_at`."""
        self._set(self._due, transfer, due_at)

    def due(self, transfer: int) -> int:
        """When what a transfer set aside times out (microseconds); far away when it never does."""
        return self._due.get(transfer, FAR_AWAY)

    def held(self, account: int, origin: int) -> dict[int, int]:
        """Lots (id -> amount) that lie in an account under an origin; read only."""
        return self._loaded.get((account, origin), {})

    def held_anywhere(self, account: int) -> list[tuple[int, int, int]]:
        """(origin, lot, amount) of everything in an account, in order."""
        return sorted(
            (origin, lot, amount)
            for (holder, origin), lots in self._loaded.items()
            if holder == account
            for lot, amount in lots.items()
            if amount
        )

    def fifo(self, account: int, day: int) -> list[tuple[int, int]]:
        """(lot, amount) that may still be spent on `day`, earliest expiry first, then oldest."""
        lots = self.lots
        spendable = [
            (lots[lot].expires or NEVER, lot, amount) for lot, amount in self.held(account, 0).items() if amount
        ]
        spendable.sort()
        return [(lot, amount) for expires, lot, amount in spendable if expires >= day]

    def newest_first(self, account: int, origin: int) -> list[tuple[int, int]]:
        """(lot, amount) of one receipt, the last taken (latest expiry) first."""
        lots = self.lots
        held = [
            (lots[lot].expires or NEVER, lot, amount) for lot, amount in self.held(account, origin).items() if amount
        ]
        held.sort(reverse=True)
        return [(lot, amount) for _, lot, amount in held]

    def shift(self, account: Account, origin: int, lot: int, amount: int) -> None:
        """Add `amount` (may be negative) of a lot to a position; controls keep none."""
        if account.row.lots is Lots.NONE:
            return
        key = (account.id, origin, lot)
        self._set(self._changes, key, self._changes.get(key, 0) + amount)
        loaded = self._loaded.get((account.id, origin))
        if loaded is None and (origin >= self._first_transfer or account.id in self._whole):
            loaded = self._loaded[(account.id, origin)] = {}  # nothing lay there before this batch
        if loaded is not None:
            self._set(loaded, lot, loaded.get(lot, 0) + amount)

    def remaining(self, account: int, origin: int) -> int:
        """What is left of one receipt in an account."""
        return sum(self.held(account, origin).values())

    def position_changes(self) -> list[PositionChange]:
        """What the batch did to positions, in key order (one lock order for every writer)."""
        found = []
        for (account, origin, lot), change in sorted(self._changes.items()):
            loaded = self._loaded.get((account, origin))
            if change:
                final = change if loaded is None else loaded[lot]
                found.append(PositionChange(account, origin, lot, final, loaded is None))
        return found

    def account_changes(self) -> list[tuple[int, int, int | None]]:
        """(id, balance, floor) of every account that differs from the snapshot, in id order."""
        balances, floors = self._before
        return [
            (id_, balance, self.floors[id_])
            for id_, balance in sorted(self.balances.items())
            if balance != balances[id_] or self.floors[id_] != floors[id_]
        ]
