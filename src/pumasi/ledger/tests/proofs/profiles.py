"""How hard a tier tries. The house's profiles set the rest; the counts of the machine are the proofs' own."""

from hypothesis import HealthCheck, settings

from house.examples import TIER, fewer

EXAMPLES = {"quick": (30, 30), "full": (400, 60), "soak": (20_000, 120)}


def machine_settings(tier: str = TIER) -> settings:
    """Examples and steps of the state machine; the same every time, but for the soak."""
    examples, steps = EXAMPLES[tier]
    return settings(
        max_examples=fewer(examples),
        stateful_step_count=steps,
        derandomize=tier != "soak",
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
