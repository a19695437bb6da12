"""Caps as a property: whatever is claimed in whatever order, no cap is crossed and nothing allowed is refused."""

from collections import defaultdict
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pumasi.coin.caps import Use, count, period_end
from pumasi.coin.errors import CapReached
from pumasi.coin.models import CapCounter
from pumasi.coin.tariff import CapScope, Part
from pumasi.coin.tariff_file import DATA, load
from pumasi.kernel.amount import Amount
from pumasi.kernel.ids import derived_id

SEOCHO = load(DATA / "seocho.toml")
PEOPLE = [derived_id("person", number) for number in range(3)]
PLACES = [derived_id("place", number) for number in range(2)]
USES = st.builds(
    Use,
    person_id=st.sampled_from(PEOPLE),
    place_id=st.sampled_from(PLACES),
    kind=st.sampled_from(["TUMBLER", "CLEAR_PET", "BLOOD_DONATION", "HANGER"]),
    day=st.sampled_from([date(2026, 10, 30), date(2026, 10, 31), date(2026, 11, 1)]),
    amount=st.integers(1, 30).map(lambda coins: Amount.whole(coins, SEOCHO.unit)),
    part=st.just(Part.RESIDENT),
)


pytestmark = pytest.mark.postgres


class TestCounting(TestCase):
    databases = "__all__"

    @given(st.lists(USES, max_size=25))
    def test_is_a_model_that_adds_up_by_hand(self, uses: list[Use]) -> None:
        used: defaultdict[tuple[object, ...], int] = defaultdict(int)

        for use in uses:
            keys = {period(cap.scope, cap.kind, use): cap.coins * 100 for cap in SEOCHO.caps_for(use.kind, use.day)}
            fits = all(used[key] + use.amount.minor <= limit for key, limit in keys.items())
            if fits:
                assert count(SEOCHO, [use]).kept == (use,)
                for key in keys:
                    used[key] += use.amount.minor
            else:
                with pytest.raises(CapReached):
                    count(SEOCHO, [use])

        assert sum(CapCounter.objects.values_list("used", flat=True)) == sum(used.values())


def period(scope: CapScope, kind: str, use: Use) -> tuple[object, ...]:
    whom: dict[CapScope, tuple[UUID, ...]] = {
        CapScope.PERSON_DAY: (use.person_id,),
        CapScope.PERSON_MONTH: (use.person_id,),
        CapScope.PLACE_DAY: (use.place_id,),
        CapScope.PAIR_DAY: (use.person_id, use.place_id),
    }
    return scope, kind, *whom[scope], period_end(scope, use.day)
