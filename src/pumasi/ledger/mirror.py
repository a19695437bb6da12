"""The budget book mirrors the coins (ADR 0010): where a coin lies decides where its won stands.

A coin that goes from a control to a wallet takes its won value from free to encumbered, one that is redeemed takes
it to executed, and so on; no journal has to say so. Not here: cash (K accounts), which journals write out.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pumasi.ledger.chart import KRW, BudgetState, address
from pumasi.ledger.errors import ValueNotConserved
from pumasi.ledger.store.contract import Account, Lot


@dataclass(slots=True)
class Mirror:
    """Won legs of one transfer dated in `year`."""

    year: int
    _legs: dict[str, int] = field(default_factory=dict)
    _encumbered: dict[tuple[str, int], int] = field(default_factory=dict)  # (fund, its year) -> change
    _converting: int = 0

    @staticmethod
    def addresses(funds: Iterable[str], years: Iterable[int]) -> list[str]:
        """Every budget account that coins of these funds may touch in these years, sorted."""
        found: set[str] = set()
        for fund in funds:
            programme = fund.rpartition("/")[0]
            found.update(address(code, KRW, fund) for code in ("B100", "B110", "B200"))
            found.update(address(code, KRW, f"{programme}/{year}") for code in ("B300", "B400") for year in years)
        return sorted(found)

    def moved(self, lot: Lot, source: Account, target: Account, value: int) -> None:
        """Coins of `lot` worth `value` won went from `source` to `target`."""
        if source.row.state is not target.row.state:
            self._change(lot, source, -value)
            self._change(lot, target, value)

    def _change(self, lot: Lot, account: Account, value: int) -> None:
        state = account.row.state
        if state is BudgetState.ENCUMBERED:
            key = (lot.fund, lot.fiscal_year)
            self._encumbered[key] = self._encumbered.get(key, 0) + value
        elif state is BudgetState.CONVERTING:
            self._converting += value
        else:
            at = self._account(state, lot, account.owner)
            self._legs[at] = self._legs.get(at, 0) + value

    def _account(self, state: BudgetState, lot: Lot, owner: str) -> str:
        this_year = f"{lot.fund.rpartition('/')[0]}/{self.year}"
        if state is BudgetState.EXECUTED:
            # A closed year's execution stands; money that comes back later is income of the open year (여입).
            return address("B300" if owner == str(self.year) else "B400", KRW, this_year)
        if state is BudgetState.RETURNED and lot.fiscal_year != self.year:
            return address("B400", KRW, this_year)
        return address("B100", KRW, lot.fund)

    def legs(self, balance: Callable[[str], int]) -> list[tuple[str, int]]:
        """(address, change) to post; `balance` tells what an account holds. Raises ValueNotConserved."""
        if self._converting:
            raise ValueNotConserved(difference=abs(self._converting))
        legs = list(self._legs.items())
        for (fund, fund_year), change in self._encumbered.items():
            current, carried = address("B200", KRW, fund), address("B110", KRW, fund)
            if change > 0:
                legs.append((current if fund_year == self.year else carried, change))
            else:
                from_current = min(balance(current), -change)
                legs += [(current, -from_current), (carried, change + from_current)]
        return [(at, change) for at, change in legs if change]
