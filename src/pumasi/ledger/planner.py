"""Decides a batch: walks the commands in order over the books in memory and says, for each, what is to be written.

Pure: no database, no clock. The rules: one key, one effect; lots move whole; the budget book mirrors the coins
(ADR 0010); nothing but a control is ever below zero; a refused command, and its linked neighbours, leave nothing.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

from pumasi.kernel.amount import MAX_MINOR
from pumasi.ledger.book import NEVER, Book
from pumasi.ledger.chart import BudgetState, Lots
from pumasi.ledger.commands import Command, Move, Pick, Terms, problem
from pumasi.ledger.errors import (
    AccountClosed,
    AmountTooLarge,
    BadLotTerms,
    FiscalYearClosed,
    HoldTimedOut,
    JournalNotAllowed,
    KeyReused,
    LedgerRefusal,
    LinkedRefused,
    LotNotLapsed,
    NothingToMove,
    TooLate,
    UnknownAccount,
    UnknownLot,
    UnknownOrigin,
)
from pumasi.ledger.journals import allows
from pumasi.ledger.limits import shortage
from pumasi.ledger.mirror import Mirror
from pumasi.ledger.moments import day_number, micros
from pumasi.ledger.store.contract import POSTED, REPLAYED, Account, Known, Lot, Pending, Plan, Snapshot, Verdict

_WAITING = frozenset({"2110", "2120"})


class Planner:
    """One batch over one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._book = Book(snapshot)
        self._accounts = snapshot.accounts
        self._known = dict(snapshot.known)
        self._closed_years = snapshot.closed_years
        self._transfer_ids, self._lot_ids = snapshot.transfer_ids, snapshot.lot_ids
        self._posted = self._born = 0
        self.plan = Plan()

    def decide(self, commands: Sequence[Command]) -> Plan:
        """The plan for `commands`, with one verdict for each, in order."""
        start = 0
        while start < len(commands):
            end = start + 1
            link = commands[start].link
            while link is not None and end < len(commands) and commands[end].link == link:
                end += 1
            self._group(commands[start:end])
            start = end
        self.plan.positions = self._book.position_changes()
        self.plan.accounts = self._book.account_changes()
        self.plan.opened = self._opened()
        return self.plan

    def _opened(self) -> list[Account]:
        """New accounts that a posted transfer uses; the others are never written."""
        new = {account.id: account for account in self._accounts.values() if account.new}
        if not new:
            return []
        plan = self.plan
        used = {p[0] for p in plan.postings}.union(f[1] for f in plan.floors)
        used.update(id_ for m in plan.moves for id_ in m[3:5])
        return [new[id_] for id_ in sorted(new.keys() & used)]

    def _group(self, commands: Sequence[Command]) -> None:
        """Commands that are linked, or one alone: all or nothing."""
        before = self._save()
        verdicts: list[Verdict] = []
        refused = False
        for command in commands:
            verdict = Verdict("linked_refused", None, LinkedRefused()) if refused else self._one(command)
            refused = refused or verdict.refusal is not None
            verdicts.append(verdict)
        if refused:
            self._restore(before)
            verdicts = [v if v.refusal else Verdict("linked_refused", None, LinkedRefused()) for v in verdicts]
        self.plan.verdicts += verdicts

    def _one(self, command: Command) -> Verdict:
        before = self._save()
        try:
            found = problem(command)
            if found is not None:
                raise found
            digest = command.digest()
            known = self._known.get(command.key)
            if known is None:
                return Verdict(POSTED, self._post(command, digest))
            if known.digest != digest:
                raise KeyReused()
            return Verdict(REPLAYED, known.transfer)
        except LedgerRefusal as refusal:
            self._restore(before)
            return Verdict(refusal.code, None, refusal)

    def _save(self) -> tuple[int, int, int, tuple[int, ...]]:
        return self._book.mark(), self._posted, self._born, self.plan.mark()

    def _restore(self, saved: tuple[int, int, int, tuple[int, ...]]) -> None:
        mark, self._posted, self._born, rows = saved
        self._book.undo(mark)
        for transfer in self.plan.transfers[rows[0] :]:
            del self._known[transfer[1]]
        self.plan.cut(rows)

    def _post(self, command: Command, digest: bytes) -> int:
        """Apply one command to the book and note its rows; raises the refusal."""
        if command.not_after is not None and command.at > command.not_after:
            raise TooLate(not_after=command.not_after.isoformat(timespec="seconds"))
        if command.day.year in self._closed_years:
            raise FiscalYearClosed(year=command.day.year)
        if not allows(command):
            raise JournalNotAllowed(kind=command.kind)
        transfer = self._transfer_ids[self._posted]
        work = _Posting(self, command, transfer)
        for move in command.moves:
            work.move(move)
        work.finish()
        self._posted += 1
        at, day = micros(command.at), day_number(command.day)
        due_at = None if command.due_at is None else micros(command.due_at)
        self.plan.transfers.append(
            (transfer, command.key, digest, command.kind, at, day, command.link, command.memo, due_at)
        )
        self._known[command.key] = Known(transfer, digest)
        return transfer

    def account(self, at: str) -> Account:
        """The account at an address, open; raises UnknownAccount, AccountClosed."""
        found = self._accounts.get(at)
        if found is None:
            raise UnknownAccount(address=at)
        if found.closed:
            raise AccountClosed(address=at)
        return found

    def account_or_none(self, at: str) -> Account | None:
        """The account at an address, if there is one."""
        return self._accounts.get(at)

    def origin(self, key: UUID | None) -> int:
        """The transfer id behind a key; raises UnknownOrigin."""
        known = self._known.get(key) if key is not None else None
        if known is None:
            raise UnknownOrigin(origin=str(key))
        return known.transfer

    def code(self, account: int) -> str:
        """The chart code of an account id."""
        return next(a.row.code for a in self._accounts.values() if a.id == account)

    def new_lot(self, unit: str, terms: Terms, amount: int, born: int) -> Lot:
        """Note a new lot."""
        expires = None if terms.expires is None else day_number(terms.expires)
        lot = Lot(self._lot_ids[self._born], unit, terms.fund, terms.fiscal_year, expires, terms.rate, amount, born)
        self._born += 1
        self._book.born(lot)
        self.plan.lots.append(lot)
        return lot

    @property
    def book(self) -> Book:
        """The books in memory."""
        return self._book


class _Posting:
    """One command at work: picks lots, moves them, sums the postings and the budget's mirror."""

    def __init__(self, planner: Planner, command: Command, transfer: int) -> None:
        self._planner = planner
        self._book = planner.book
        self._command = command
        self._transfer = transfer
        self._day = day_number(command.day)
        self._deltas: dict[int, int] = {}
        self._mirror = Mirror(command.day.year)
        self._value = 0
        self._converted: set[tuple[str, int | None]] = set()  # (fund, expires) of lots in conversion
        self._n = 0

    def move(self, move: Move) -> None:
        """Apply one move."""
        source, target = self._planner.account(move.source), self._planner.account(move.target)
        if move.pick is Pick.PLAIN or source.row.lots is target.row.lots is Lots.NONE:
            self._plain(source, target, move)
            return
        if move.pick is Pick.BORN:
            assert move.terms is not None
            assert move.amount is not None
            self._born(source, target, move.terms, move.amount)
            return
        for origin, lot, amount in self._picked(source, move):
            goes_to = target
            if move.lapsed_to is not None and (self._book.lots[lot].expires or NEVER) < self._day:
                goes_to = self._planner.account(move.lapsed_to)
            self._take(source, goes_to, origin, lot, amount, keep=move.keep_origin)
        self._settle(source, move)

    def _settle(self, source: Account, move: Move) -> None:
        """What waited (a hold, a vesting) waits no longer once its account has nothing of it."""
        if move.pick is Pick.ORIGIN and source.row.code in _WAITING:
            origin = self._planner.origin(move.origin)
            if self._book.remaining(source.id, origin) == 0:
                self._planner.plan.settled.append(origin)

    def _plain(self, source: Account, target: Account, move: Move) -> None:
        amount = move.amount
        if amount is None:
            whole = self._book.balances[source.id] + self._deltas.get(source.id, 0)
            amount = whole if move.pick is Pick.ALL else self._value
        if move.origin is not None:
            self._planner.plan.settled.append(self._planner.origin(move.origin))
        self._add(source.id, -amount)
        self._add(target.id, amount)

    def _born(self, source: Account, target: Account, terms: Terms, amount: int) -> None:
        if source.owner != terms.fund:
            raise BadLotTerms(what="fund")
        lot = self._planner.new_lot(source.unit, terms, amount, self._transfer)
        if source.row.state is BudgetState.CONVERTING and self._converted != {(lot.fund, lot.expires)}:
            raise BadLotTerms(what="expires")  # a conversion changes the rate alone: no coin lives longer by it
        self._take(source, target, 0, lot.id, amount, keep=False)

    def _picked(self, source: Account, move: Move) -> list[tuple[int, int, int]]:
        """(origin, lot, amount) to take out of `source`."""
        if move.pick is Pick.ALL:
            return self._book.held_anywhere(source.id)
        assert move.amount is not None
        if move.pick is Pick.NAMED:
            return self._named(source, move, move.amount)
        origin = 0
        if move.pick is Pick.ORIGIN:
            origin = self._planner.origin(move.origin)
            lots = self._book.newest_first(source.id, origin)
            if self._command.kind == "CAPTURE":
                if micros(self._command.at) > self._book.due(origin):
                    raise HoldTimedOut()
                lots.reverse()  # as if the payer had paid this much at once: what lapses first is used first
        else:
            lots = self._book.fifo(source.id, self._day)
        taken, missing = _take_from(lots, move.amount)
        if missing:
            raise shortage(source.row.code, move.amount - missing, move.amount)
        return [(origin, lot, amount) for lot, amount in taken]

    def _named(self, source: Account, move: Move, needed: int) -> list[tuple[int, int, int]]:
        """The named lots; a shortage refuses, or is filled from the pool and the rest owed in won."""
        held = self._book.held(source.id, 0)
        taken: dict[int, int] = {}
        for lot, amount in move.lots:
            there = min(held.get(lot, 0) - taken.get(lot, 0), amount, needed)
            if there < min(amount, needed) and move.short is None:
                raise UnknownLot(address=source.address, lot=lot, amount=amount)
            if self._command.kind == "EXPIRE" and (self._book.lots[lot].expires or NEVER) >= self._day:
                raise LotNotLapsed(lot=lot)
            if there > 0:
                taken[lot] = taken.get(lot, 0) + there
                needed -= there
        if needed and move.short is None:
            raise UnknownLot(address=source.address, lot=0, amount=needed)
        if needed and move.short is not None:
            rest = [(lot, a - taken.get(lot, 0)) for lot, a in self._book.fifo(source.id, self._day)]
            more, missing = _take_from([(lot, a) for lot, a in rest if a > 0], needed)
            for lot, amount in more:
                taken[lot] = taken.get(lot, 0) + amount
            self._owe(move, missing)
        return [(0, lot, amount) for lot, amount in sorted(taken.items())]

    def _owe(self, move: Move, missing: int) -> None:
        if not missing or move.short is None:
            return
        rates = [self._book.lots[lot].rate for lot, _ in move.lots if lot in self._book.lots]
        control, debtor = (self._planner.account(a) for a in move.short)
        value = missing * (rates[0] if rates else 1)
        self._add(control.id, -value)
        self._add(debtor.id, value)

    def _take(self, source: Account, target: Account, origin: int, lot: int, amount: int, *, keep: bool) -> None:
        """Move one lot's amount, with its budget state."""
        after = 0
        if target.row.lots is Lots.BY_ORIGIN:
            after = origin if keep else self._transfer
        self._book.shift(source, origin, lot, -amount)
        self._book.shift(target, after, lot, amount)
        self._add(source.id, -amount)
        self._add(target.id, amount)
        self._n += 1
        self._planner.plan.moves.append((self._transfer, self._n, lot, source.id, target.id, origin, after, amount))
        row = self._book.lots[lot]
        self._value += amount * row.rate
        if target.row.state is BudgetState.CONVERTING:
            self._converted.add((row.fund, row.expires))
        if self._command.mirrored:
            self._mirror.moved(row, source, target, amount * row.rate)

    def _add(self, account: int, amount: int) -> None:
        self._deltas[account] = self._deltas.get(account, 0) + amount

    def finish(self) -> None:
        """Add the mirror, check the floors, and note postings, floors and what is pending."""
        for at, amount in self._mirror.legs(self._available):
            self._add(self._planner.account(at).id, amount)
        self._raise_floors()
        touched = [(account, amount) for account, amount in sorted(self._deltas.items()) if amount]
        if not touched:
            raise NothingToMove()
        for account, amount in touched:
            self._book.add(account, amount)
            balance = self._book.balances[account]
            if abs(balance) > MAX_MINOR:
                raise AmountTooLarge(amount=abs(balance))
            floor = self._book.floors[account]
            if floor is not None and balance < floor:
                raise shortage(self._planner.code(account), balance - amount - floor, -amount)
            self._planner.plan.postings.append((account, self._transfer, amount, balance))
        self._note_pending()

    def _available(self, at: str) -> int:
        """What an account will hold after the legs so far."""
        account = self._planner.account_or_none(at)
        return 0 if account is None else self._book.balances[account.id] + self._deltas.get(account.id, 0)

    def _raise_floors(self) -> None:
        for at, change in self._command.floors:
            account = self._planner.account(at)
            self._book.lower_floor(account.id, change)
            self._planner.plan.floors.append((self._transfer, account.id, change))
            floor, balance = self._book.floors[account.id], self._book.balances[account.id]
            if floor is not None and balance < floor:
                raise shortage(account.row.code, balance - floor + change, change)

    def _note_pending(self) -> None:
        command = self._command
        if command.due_at is not None:
            due_at = micros(command.due_at)
            self._book.waits(self._transfer, due_at)
            self._planner.plan.pending.append(Pending(self._transfer, command.kind, due_at))


def _take_from(lots: Iterable[tuple[int, int]], needed: int) -> tuple[list[tuple[int, int]], int]:
    """(lot, amount) taken in order until `needed` is met, and what is missing."""
    taken: list[tuple[int, int]] = []
    for lot, there in lots:
        if not needed:
            break
        amount = min(there, needed)
        taken.append((lot, amount))
        needed -= amount
    return taken, needed
