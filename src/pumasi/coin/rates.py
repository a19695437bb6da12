"""How coins of one won value become coins of another that are worth as much. Not here: when (`operations.life`)."""

from math import gcd


def converted(amount: int, old: int, new: int) -> tuple[int, int]:
    """Of `amount` minor units at `old` won: how many are converted, and how many at `new` won they become."""
    step = new // gcd(old, new)
    taken = amount - amount % step
    return taken, taken * old // new
