"""How many examples a property gets: a third on PostgreSQL, rounded up, and all of them in the soak."""

import pytest

from house import examples


@pytest.mark.parametrize(
    ("store", "tier", "wanted"),
    [
        ("sqlite", "full", 400),
        ("postgres", "full", 134),
        ("postgres", "quick", 134),
        ("postgres", "soak", 400),
    ],
)
def test_fewer(monkeypatch: pytest.MonkeyPatch, store: str, tier: str, wanted: int) -> None:
    monkeypatch.setattr(examples, "STORE", store)
    monkeypatch.setattr(examples, "TIER", tier)

    assert examples.fewer(400) == wanted
