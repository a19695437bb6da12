"""Choices that look random and are the same on every machine (Knuth's MMIX generator). For made-up data only."""

from collections.abc import Sequence


class Chance:
    """A row of choices that depends on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._state = seed

    def below(self, bound: int) -> int:
        """0 to `bound` - 1; 0 where `bound` is below 1."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self._state >> 33) % max(1, bound)

    def pick[T](self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return choices[self.below(len(choices))]
