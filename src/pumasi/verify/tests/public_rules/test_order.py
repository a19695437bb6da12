"""Rule `order`: the budget and the right to issue change only as two officers signed."""

from dataclasses import replace

import pytest

from pumasi.kernel import canonical
from pumasi.verify.leaf import Authority, Leaf, in_order, public
from pumasi.verify.tests.making import FUND, NEW, order_leaf, private_key
from pumasi.verify.tests.public_rules.books import ISSUE, broken, log, mirror, move, next_leaf

ORDER = order_leaf(3, name="second", coins=500, won=700, block=2)
CUT = order_leaf(3, name="third", kind="CUT", coins=500, won=700, block=2)
assert ORDER.authority is not None


def signed(authority: Authority, **changes: str | int) -> Authority:
    """The same officers sign another order."""
    order = {**authority.order, **changes}
    message = canonical.dumps(order)
    first, second = (private_key(name).sign(message) for name in ("finance officer", "head of department"))
    return Authority(authority.keys, (first, second), order)


def won(**accounts: int) -> Leaf:
    """The order's entry with other postings."""
    moves = {f"{code}:KRW:{FUND if code[0] == 'B' else 'carbon'}": amount for code, amount in accounts.items()}
    return replace(ORDER, postings=in_order(public(account, {"won": amount}) for account, amount in moves.items()))


@pytest.mark.parametrize("leaf", [ORDER, CUT, order_leaf(3, name="at the bank", block=2, deposit=True)])
def test_what_two_officers_signed_passes(leaf: Leaf) -> None:
    assert broken(log(leaf)) == []


def test_an_opening_balance_within_the_limit_passes() -> None:
    opening = next_leaf("issue", [*move(ISSUE, "takings", {NEW: 100}), *mirror(100)])

    assert broken(log(opening)) == []


class TestSignatures:
    authority = ORDER.authority

    @pytest.mark.parametrize("bit", [0, 255, 256, 511])
    def test_a_flipped_bit_is_refused(self, bit: int) -> None:
        assert self.authority is not None
        first, second = self.authority.signatures
        bad = (int.from_bytes(second, "little") ^ 1 << bit).to_bytes(64, "little")

        assert broken(log(replace(ORDER, authority=replace(self.authority, signatures=(first, bad))))) == [("order", 3)]

    def test_one_officer_twice_is_refused(self) -> None:
        assert self.authority is not None
        first, signature = self.authority.keys[0], self.authority.signatures[0]
        alone = Authority((first, first), (signature, signature), self.authority.order)

        assert broken(log(replace(ORDER, authority=alone))) == [("order", 3)]

    def test_signatures_of_the_other_key_are_refused(self) -> None:
        assert self.authority is not None
        first, second = self.authority.signatures

        assert broken(log(replace(ORDER, authority=replace(self.authority, signatures=(second, first))))) == [
            ("order", 3)
        ]

    def test_a_changed_order_is_refused(self) -> None:
        assert self.authority is not None
        order = {**self.authority.order, "document": "another paper"}

        assert broken(log(replace(ORDER, authority=replace(self.authority, order=order)))) == [("order", 3)]

    def test_bytes_that_are_no_key_are_refused(self) -> None:
        assert self.authority is not None
        keys = (self.authority.keys[0], b"\xff" * 32)

        assert broken(log(replace(ORDER, authority=replace(self.authority, keys=keys)))) == [("order", 3)]


class TestWhatTheOrderSays:
    authority = ORDER.authority

    @pytest.mark.parametrize(
        "limits",
        [{ISSUE: 501}, {ISSUE: -500}, {"1100:SC:carbon/2027": 500}, {"1100:XC:carbon/2026": 500}],
    )
    def test_another_limit_is_refused(self, limits: dict[str, int]) -> None:
        assert ("order", 3) in broken(log(replace(ORDER, limits=limits)))

    @pytest.mark.parametrize(
        "leaf",
        [
            won(B000=-701, B100=701),
            won(B000=-700, B200=700),
            won(B000=-700, B100=700, K000=-1, K100=1),
            won(B000=-700, B100=700, K000=-700, B200=700),
        ],
    )
    def test_other_postings_are_refused(self, leaf: Leaf) -> None:
        assert broken(log(leaf)) == [("order", 3)]

    def test_postings_the_wrong_way_round_are_refused(self) -> None:
        assert ("order", 3) in broken(log(won(B000=700, B100=-700)))

    @pytest.mark.parametrize(
        "changes", [{"coins": 499}, {"won": 1}, {"unit": "XC"}, {"fund": "carbon/2027"}, {"kind": "CUT"}]
    )
    def test_an_order_about_something_else_is_refused(self, changes: dict[str, str | int]) -> None:
        assert self.authority is not None
        other = replace(ORDER, authority=signed(self.authority, **changes))

        assert broken(log(other)) == [("order", 3)]

    def test_a_cut_takes_nothing_from_the_bank(self) -> None:
        more = (public("K000:KRW:carbon", {"won": 700}), public("K100:KRW:carbon", {"won": -700}))

        assert ("order", 3) in broken(log(replace(CUT, postings=in_order([*CUT.postings, *more]))))


@pytest.mark.parametrize(
    "moves",
    [
        [("B000:KRW:carbon/2026", {"won": -5}), ("B100:KRW:carbon/2026", {"won": 5})],
        [("K000:KRW:carbon", {"won": -5}), ("K100:KRW:carbon", {"won": 5})],
    ],
)
def test_the_budget_does_not_grow_without_an_order(moves: list[tuple[str, dict[str, int]]]) -> None:
    assert broken(log(next_leaf("issue", moves))) == [("order", 3)]
