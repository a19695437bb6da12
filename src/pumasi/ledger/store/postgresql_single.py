"""Which commands the function `ledger_post_single` can decide, and how it is asked. Not here: what it decides."""

import json
from collections.abc import Sequence

from pumasi.kernel.result import all_refusals
from pumasi.ledger.chart import BudgetState, ChartRow, Lots, is_budget, parts
from pumasi.ledger.commands import Command, Move, Pick
from pumasi.ledger.errors import LedgerRefusal
from pumasi.ledger.journals import allows
from pumasi.ledger.limits import shortage
from pumasi.ledger.moments import day_number, micros
from pumasi.ledger.store.arrays import array
from pumasi.ledger.store.contract import Verdict

POST_SINGLE = f"select code, transfer, facts::text from ledger_post_single({', '.join(['%s'] * 24)})"

_PROMISED = BudgetState.ENCUMBERED


def question(command: Command) -> list[str | None] | None:
    """The function's arguments for an everyday command; None where the batch path has to decide.

    All are texts, which PostgreSQL reads by the function's own types: one prepared statement serves every command.
    """
    first, rest = command.moves[0], command.moves[1:]
    has_coins = parts(first.source)[0].coin
    won = rest if has_coins else command.moves
    if command.floors or not all(_is_won(move) for move in won) or not allows(command):
        return None
    if has_coins and not (_is_everyday(first) and command.mirrored and not any(is_budget(a) for a in _ends(won))):
        return None
    addresses = list(dict.fromkeys([*_ends(command.moves), *([first.lapsed_to] if first.lapsed_to else [])]))
    rows = [parts(address)[0] for address in addresses]
    late = command.not_after is not None and command.at > command.not_after
    return [
        str(command.key),
        "\\x" + command.digest().hex(),
        command.kind,
        str(micros(command.at)),
        str(day_number(command.day)),
        command.link,
        command.memo,
        None if command.due_at is None else str(micros(command.due_at)),
        command.not_after.isoformat(timespec="seconds") if late and command.not_after is not None else None,
        array(addresses),
        array(row.automatic for row in rows),
        array(row.first_floor for row in rows),
        array(_changes(addresses, won)),
        *(_coins(first, addresses) if has_coins else [None] * 11),
    ]


def answer(code: str, transfer: int | None, facts: str | None) -> Verdict | None:
    """The verdict that the function's row stands for; None where the batch path has to decide."""
    if code == "again":
        return None
    if transfer is not None:
        return Verdict(code, transfer)
    told = json.loads(facts or "{}")
    refusal = shortage(**told) if code == "shortage" else all_refusals()[code](**told)
    assert isinstance(refusal, LedgerRefusal)
    return Verdict(refusal.code, None, refusal)


def _is_won(move: Move) -> bool:
    """A won amount that is written out."""
    plain = move.pick is Pick.PLAIN and move.amount is not None and move.origin is None
    return plain and not parts(move.source)[0].coin


def _is_everyday(move: Move) -> bool:
    """One pick of coins whose budget leg is at most one promise made or ended."""
    source, target = parts(move.source)[0], parts(move.target)[0]
    if move.amount is None:
        return False
    if move.pick is Pick.BORN:
        terms = move.terms
        born = source.state is BudgetState.AVAILABLE and target.state is _PROMISED
        return born and terms is not None and parts(move.source)[2] == terms.fund
    if move.pick not in {Pick.FIFO, Pick.ORIGIN} or source.state is not _PROMISED or source.lots is Lots.NONE:
        return False
    ends_well = target.state is _PROMISED or _is_returned(target)
    return ends_well and (move.lapsed_to is None or _is_returned(parts(move.lapsed_to)[0]))


def _is_returned(row: ChartRow) -> bool:
    return row.state is BudgetState.RETURNED and row.lots is Lots.POOLED


def _ends(moves: Sequence[Move]) -> list[str]:
    return [address for move in moves for address in (move.source, move.target)]


def _changes(addresses: Sequence[str], moves: Sequence[Move]) -> list[int]:
    found = dict.fromkeys(addresses, 0)
    for move in moves:
        assert move.amount is not None
        found[move.source] -= move.amount
        found[move.target] += move.amount
    return list(found.values())


def _coins(move: Move, addresses: Sequence[str]) -> list[str | None]:
    """Pick, amount, origin, keep, by origin, leaves, lapsed; unit, fund, expires, rate of a new lot."""
    target, terms = parts(move.target)[0], move.terms
    new: list[str | None] = [None] * 3
    if terms is not None:
        new = [terms.fund, None if terms.expires is None else str(day_number(terms.expires)), str(terms.rate)]
    return [
        move.pick.value,
        str(move.amount),
        None if move.origin is None else str(move.origin),
        str(move.keep_origin),
        str(target.lots is Lots.BY_ORIGIN),
        str(target.state is not _PROMISED),
        None if move.lapsed_to is None else str(addresses.index(move.lapsed_to) + 1),
        parts(move.source)[1],
        *new,
    ]
