"""Entries: what is written is read back, and every other spelling is refused, as an independent parser refuses it."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.verify.errors import BadEntry
from pumasi.verify.leaf import Leaf, Posting, committed, encode, in_order, parse, public
from pumasi.verify.tests.making import DAY, genesis, make_log, order_leaf
from pumasi.verify.tests.reference import is_entry

SAMPLE = [*make_log(60).entries, encode(order_leaf(9, name="another", deposit=True))]
GENESIS, ORDER, EARN = SAMPLE[:3]
SPEND = next(entry for entry in SAMPLE if b'"t":"spend"' in entry)
QUARTERS = st.builds("{:04}Q{}".format, st.integers(1, 9999), st.integers(1, 4))
CHANGES = st.integers(-(2**53) + 1, 2**53 - 1).filter(bool)
OWNERS = st.text("abcXYZ019._/@+~#=-", min_size=1, max_size=80)
COINS = st.dictionaries(QUARTERS | st.sampled_from(["none", "plain"]), CHANGES, min_size=1, max_size=5)
WON = st.builds(lambda amount: {"won": amount}, CHANGES)
POSTINGS = st.one_of(
    st.builds(
        lambda c, o, x: public(f"{c}:SC:{o}", x), st.sampled_from(["1100", "2400", "3900", "4000"]), OWNERS, COINS
    ),
    st.builds(lambda c, o, x: public(f"{c}:KRW:{o}", x), st.sampled_from(["B000", "K300"]), OWNERS, WON),
    st.builds(
        committed,
        st.sampled_from(["wallets", "clawed-back"]),
        st.just("S-1"),
        st.binary(min_size=32, max_size=32),
        COINS,
    ),
    st.builds(committed, st.just("payable"), st.just("KRW"), st.binary(min_size=32, max_size=32), WON),
)
LEAVES = st.builds(
    lambda index, block, day, kind, postings: Leaf(index, block, day, kind, in_order(postings)),
    st.integers(1, 2**53 - 1), st.integers(0, 2**53 - 1), st.dates(), st.sampled_from(["earn", "issue", "close"]),
    st.lists(POSTINGS, min_size=1, max_size=8, unique_by=lambda p: p.account or p.commitment),
)  # fmt: skip


def same(entry: bytes) -> bool:
    """Whether `parse` takes the bytes; it must agree with the oracle, and what it takes has one spelling."""
    try:
        leaf = parse(entry)
    except BadEntry:
        assert not is_entry(entry), entry
        return False
    assert is_entry(entry), entry
    assert encode(leaf) == entry
    return True


def changed(entry: bytes, change: Callable[[Any], object]) -> bytes:
    """The entry with a change made to its value."""
    value = json.loads(entry)
    change(value)
    return json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()


class TestRoundTrip:
    @given(LEAVES)
    def test_any_leaf_comes_back(self, leaf: Leaf) -> None:
        entry = encode(leaf)

        assert parse(entry) == leaf
        assert is_entry(entry)

    @pytest.mark.parametrize("entry", SAMPLE)
    def test_entries_of_all_types_do(self, entry: bytes) -> None:
        assert same(entry)

    def test_the_page_s_example_reads_as_it_says(self) -> None:
        entry = (
            b'{"b":17,"day":"2026-11-22","n":73894,"p":[{"c":"%s","k":"takings","u":"SC","x":{"2029Q4":2000}},'
            b'{"c":"%s","k":"wallets","u":"SC","x":{"2029Q4":-2000}}],"t":"spend","v":1}'
            % (base64.b64encode(bytes(32)), base64.b64encode(b"\1" * 32))
        )

        assert parse(entry) == Leaf(
            73894,
            17,
            date(2026, 11, 22),
            "spend",
            (
                Posting(None, "takings", "SC", bytes(32), {"2029Q4": 2000}),
                Posting(None, "wallets", "SC", b"\1" * 32, {"2029Q4": -2000}),
            ),
        )


class TestOtherBytes:
    @given(st.sampled_from(SAMPLE), st.data())
    def test_a_changed_byte_is_judged_as_the_oracle_does(self, entry: bytes, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(entry) - 1))
        new = data.draw(st.sampled_from(b'0123456789-+.eE"\\{}[]:,QaA/= \n\x00\xff'))
        cut = data.draw(st.integers(0, 3))

        same(entry[:at] + bytes([new]) * (cut != 1) + entry[at + cut :])

    @given(st.sampled_from(SAMPLE), st.data())
    def test_a_changed_member_is_judged_as_the_oracle_does(self, entry: bytes, data: st.DataObject) -> None:
        value = json.loads(entry)
        node, path = value, data.draw(st.integers(1, 5))
        for _ in range(path):
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            key = data.draw(st.sampled_from(keys))
            if not isinstance(node[key], dict | list) or not node[key]:
                break
            node = node[key]
        else:
            key = data.draw(st.sampled_from(list(node) if isinstance(node, dict) else list(range(len(node)))))
        junk: st.SearchStrategy[object] = st.sampled_from(
            [0, 1, -1, 2**53, 1.5, True, None, "", "é", "e\u0301", "won", "KRW", "none", [], {}, [1]]
        )
        if data.draw(st.booleans()) and isinstance(node, dict):
            node[data.draw(st.sampled_from(["auth", "f", "zz", "2030Q1", "won", "c", "a"]))] = data.draw(junk)
        else:
            node[key] = data.draw(junk)

        same(json.dumps(value, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode())

    @given(st.sampled_from(SAMPLE), st.sampled_from(SAMPLE), st.data())
    def test_spliced_entries_are_judged_as_the_oracle_does(self, one: bytes, other: bytes, data: st.DataObject) -> None:
        start, end = data.draw(st.integers(0, len(one))), data.draw(st.integers(0, len(other)))

        same(one[:start] + other[end:])

    @pytest.mark.parametrize(
        ("entry", "reason"),
        [
            (b"\xff", "not UTF-8"),
            (b"{", "not canonical JSON: not JSON"),
            (SPEND.replace(b":1}", b":1.0}"), "not canonical JSON: a float"),
            (SPEND.replace(b'"v":1', b'"v":1,"v":1'), "not canonical JSON: duplicate key"),
            (SPEND.replace(b'"k"', b'"\\u006b"'), "not canonical JSON: other spelling"),
            (SPEND + b" ", "not canonical JSON: other spelling"),
            (b'{"a":' * 2000 + b"1" + b"}" * 2000, "not canonical JSON: nested too deeply"),
            (b" " * 65_536, "longer than 65535 bytes"),
            (b"[]", "not the members of an entry"),
            (changed(SPEND, lambda v: v.update(x=1)), "not the members of an entry"),
            (changed(SPEND, lambda v: v.pop("b")), "not the members of an entry"),
            (changed(SPEND, lambda v: v.update(p=[])), "not the members of an entry"),
            (changed(SPEND, lambda v: v.update(n=0)), "entry 0 holds no rules"),
            (changed(SPEND, lambda v: v.update(n=2**53)), "not canonical JSON: integer beyond 2^53-1"),
            (changed(SPEND, lambda v: v.update(day="2026-02-29")), "no such day"),
            (changed(SPEND, lambda v: v["p"].reverse()), "postings out of order"),
            (changed(SPEND, lambda v: v["p"].append(v["p"][-1])), "postings out of order"),
            (changed(EARN, lambda v: v["p"].insert(0, v["p"].pop())), "postings out of order"),
            (changed(SPEND, lambda v: v["p"][0].update(k="issued")), "a class that no account of this unit has"),
            (changed(SPEND, lambda v: v["p"][0].update(u="KRW")), "a class that no account of this unit has"),
            (changed(SPEND, lambda v: v["p"][0].update(x={"won": 5})), "a vintage that this unit does not have"),
            (changed(SPEND, lambda v: v["p"][0]["x"].update(won=5)), "a vintage that this unit does not have"),
            (changed(SPEND, lambda v: v["p"][0].update(x={"0000Q1": 5})), "no such quarter"),
            (EARN.replace(b'{"2026Q4"', b'{"none":5,"2026Q4"', 1), "not canonical JSON: vintages out of order"),
            (changed(SPEND, lambda v: v["p"][0]["x"].update(none=2**53)), "not canonical JSON: integer beyond 2^53-1"),
            (changed(EARN, lambda v: v["p"][0].update(a="2100:SC:x")), "not a public account"),
            (changed(EARN, lambda v: v["p"][0].update(a="1100:KRW:x")), "an account in another unit's book"),
            (changed(EARN, lambda v: v["p"][1].update(x={"none": 5})), "a vintage that this unit does not have"),
            (changed(ORDER, lambda v: v.pop("f")), "`auth` and `f` stand together, in an entry of type issue"),
            (changed(ORDER, lambda v: v.pop("auth")), "`auth` and `f` stand together, in an entry of type issue"),
            (changed(ORDER, lambda v: v.update(t="earn")), "`auth` and `f` stand together, in an entry of type issue"),
            (changed(ORDER, lambda v: v.update(f={"1900:SC:x": 5})), "not a limit of issuance"),
            (changed(ORDER, lambda v: v["auth"].update(z=1)), "not the members of an order's authority"),
            (changed(ORDER, lambda v: v["auth"]["k"].pop()), "not two keys and two signatures"),
            (changed(ORDER, lambda v: v["auth"].update(k=["", ""])), "not base64 of the right length"),
            (changed(ORDER, lambda v: v["auth"].update(s=[1, 2])), "not base64"),
            (changed(ORDER, lambda v: v["auth"]["o"].pop("won")), "not the members of an order"),
            (changed(ORDER, lambda v: v["auth"]["o"].update(won=True)), "an order with a wrong `won`"),
            (changed(ORDER, lambda v: v["auth"]["o"].update(document=" ")), "an order with a wrong `document`"),
            (changed(ORDER, lambda v: v["auth"]["o"].update(fund="e\u0301")), "not canonical JSON: text is not NFC"),
            (changed(GENESIS, lambda v: v.update(o="a" * 101)), "an origin longer than 100 characters"),
            (changed(GENESIS, lambda v: v.update(o="a//b")), "not the members of an entry"),
            (changed(GENESIS, lambda v: v.update(rules="pumasi-2")), "not the members of an entry"),
        ],
    )  # fmt: skip
    def test_is_refused_with_its_reason(self, entry: bytes, reason: str) -> None:
        with pytest.raises(BadEntry) as refused:
            parse(entry)

        assert (refused.value.rule, refused.value.reason) == ("grammar", reason)
        assert not is_entry(entry)


class TestLimits:
    def many(self, postings: int, vintages: int) -> Leaf:
        amounts = {f"{2000 + number}Q1": 1 for number in range(vintages)}
        made = (committed("wallets", "S", bytes([number]) * 32, amounts) for number in range(postings))
        return Leaf(1, 1, DAY, "give", in_order(made))

    @pytest.mark.parametrize(("postings", "vintages"), [(1, 1), (1, 100), (250, 1), (250, 6), (25, 100)])
    def test_many_postings_and_vintages_fit(self, postings: int, vintages: int) -> None:
        assert same(encode(self.many(postings, vintages)))

    def test_101_vintages_do_not(self) -> None:
        with pytest.raises(BadEntry, match="not the members of an entry"):
            encode(self.many(1, 101))

    def test_an_entry_of_65_536_bytes_does_not(self) -> None:
        with pytest.raises(BadEntry, match="longer than 65535 bytes"):
            encode(self.many(250, 20))

    def test_251_postings_do_not(self) -> None:
        postings = in_order(public(f"3100:S:{number}", {"none": 1}) for number in range(251))

        assert same(encode(Leaf(1, 1, DAY, "give", postings[:250])))
        with pytest.raises(BadEntry, match="not the members of an entry"):
            encode(Leaf(1, 1, DAY, "give", postings))


class TestEncode:
    @pytest.mark.parametrize(
        "leaf",
        [
            Leaf(1, 1, DAY, "give", tuple(reversed(parse(SPEND).postings))),
            Leaf(1, 1, DAY, "give"),
            replace(genesis(), limits={"1100:SC:x": 1}),
            Leaf(1, 1, DAY, "give", (Posting("3100:SC:x", "wallets", "SC", None, {"none": 1}),)),
            Leaf(-1, 1, DAY, "give", parse(SPEND).postings),
        ],
    )
    def test_refuses_a_leaf_that_cannot_be_read_back(self, leaf: Leaf) -> None:
        with pytest.raises(BadEntry):
            encode(leaf)
