"""About what each member has to spend, and one who can pay, however many members there are. For made-up data only."""

from collections import Counter
from uuid import UUID

from pumasi.config.history.chance import Chance

LEAST = 10  # whole coins: the step in which coins are paid


class Purse:
    """Whole coins by member. It may be wrong (a coin has lapsed): the ledger alone knows, and refuses."""

    def __init__(self) -> None:
        self._coins: Counter[UUID] = Counter()
        self._able: list[UUID] = []
        self._place: dict[UUID, int] = {}

    def __getitem__(self, who: UUID) -> int:
        return self._coins[who]

    def add(self, who: UUID, coins: int) -> None:
        """`coins` come in, or go out where they are below zero."""
        self.put(who, self._coins[who] + coins)

    def put(self, who: UUID, coins: int) -> None:
        """The member has this many."""
        self._coins[who] = coins
        if coins >= LEAST and who not in self._place:
            self._place[who] = len(self._able)
            self._able.append(who)
        elif coins < LEAST and who in self._place:
            self._leave(who)

    def pick(self, chance: Chance) -> UUID | None:
        """Somebody who can pay; None when nobody can."""
        return chance.pick(self._able) if self._able else None

    def _leave(self, who: UUID) -> None:
        """The last one takes the place that becomes free."""
        last, place = self._able.pop(), self._place.pop(who)
        if last != who:
            self._able[place], self._place[last] = last, place
