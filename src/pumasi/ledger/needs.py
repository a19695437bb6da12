"""What has to be read, and locked, before a batch can be decided.

Not here: reading it (`store/`), deciding it (`planner.py`).
"""

from collections.abc import Sequence
from uuid import UUID

from pumasi.ledger.chart import is_budget
from pumasi.ledger.commands import Command, Move, Pick, problem
from pumasi.ledger.mirror import Mirror
from pumasi.ledger.store.contract import Need, Snapshot


def need_of(commands: Sequence[Command]) -> Need:
    """What a store has to read for these commands; what is refused at first sight needs nothing."""
    addresses: dict[str, None] = {}
    keys: dict[UUID, None] = {}
    pools: dict[str, None] = {}
    receipts: dict[tuple[str, UUID], None] = {}
    whole: dict[str, None] = {}
    born = 0
    lots: dict[int, None] = {}
    for command in commands:
        if problem(command) is not None:
            continue
        addresses.update(dict.fromkeys(a for a in sorted(command.addresses()) if not is_budget(a)))
        keys[command.key] = None
        for move in command.moves:
            born += move.pick is Pick.BORN
            lots.update((lot, None) for lot, _ in move.lots)
            if move.pick in {Pick.FIFO, Pick.NAMED}:
                pools[move.source] = None
            elif move.pick is Pick.ORIGIN and move.origin is not None:
                keys[move.origin] = None
                receipts[(move.source, move.origin)] = None
            elif move.pick is Pick.ALL:
                whole[move.source] = None
                if move.origin is not None:
                    keys[move.origin] = None
    return Need(
        tuple(addresses), tuple(keys), tuple(pools), tuple(receipts), tuple(whole), tuple(lots), len(commands), born
    )


def budget_addresses(commands: Sequence[Command], snapshot: Snapshot) -> list[str]:
    """The budget accounts that these commands name or that their coins may touch, sorted."""
    named = {a for c in commands if problem(c) is None for a in c.addresses() if is_budget(a)}
    return sorted(named.union(mirror_addresses(commands, snapshot)))


def mirror_addresses(commands: Sequence[Command], snapshot: Snapshot) -> list[str]:
    """The budget accounts that the coins of these commands may touch."""
    years: set[int] = set()
    funds: set[str] = set()
    for command in commands:
        crossing = [m for m in command.moves if _crosses(m, snapshot)]
        if command.mirrored and crossing:
            years.add(command.day.year)
            funds.update(m.terms.fund for m in crossing if m.terms is not None)
    if years:
        funds.update(lot.fund for lot in snapshot.lots.values())
    return Mirror.addresses(funds, years)


def _crosses(move: Move, snapshot: Snapshot) -> bool:
    source, target = snapshot.accounts.get(move.source), snapshot.accounts.get(move.target)
    if source is None or target is None or not source.row.coin:
        return False
    return source.row.state is not target.row.state or move.lapsed_to is not None
