"""The page's check of a receipt: what a good one says, and why each kind of bad one is refused."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.kernel import canonical
from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.cosignature import cosign
from pumasi.tlog.errors import BadLog
from pumasi.tlog.note import Signer, sign
from pumasi.tlog.proof import encode_proof, parse_proof
from pumasi.tlog.tree import leaf_hash, root
from pumasi.verify.commitment import commit
from pumasi.verify.errors import BadEntry, BadReceipt
from pumasi.verify.leaf import parse
from pumasi.verify.page.tests.driving import ask, b64, receipt_request
from pumasi.verify.receipt import check_receipt, from_fragment, pack_extra, to_fragment
from pumasi.verify.tests.making import SECONDS, Made, make_log, private_key

LOG = make_log(60, witnesses=4)
POLICY = LOG.policy_bytes
GIFT = 3  # an entry of two committed postings
GOOD = LOG.receipt(GIFT)


def reason(receipt: bytes, policy: bytes = POLICY) -> tuple[str, str]:
    """Step and reason of a refusal; both kinds of cryptography must agree on it."""
    (answer,) = ask([receipt_request(receipt, policy)])
    assert ask([receipt_request(receipt, policy)], "--pure") == [answer]
    assert answer["ok"] is False
    return answer["step"], answer["reason"]


class TestGoodReceipts:
    def test_every_receipt_of_a_log_is_genuine_and_says_what_the_other_implementation_says(self) -> None:
        places = [(n, number) for n, openings in enumerate(LOG.openings) for number in range(len(openings))]
        receipts = [LOG.receipt(*place) for place in places]

        native, pure = (ask((receipt_request(each, POLICY) for each in receipts), *flags) for flags in ([], ["--pure"]))

        assert len(receipts) > 60
        assert native == pure
        for receipt, answer in zip(receipts, native, strict=True):
            checked = check_receipt(receipt, LOG.policy)
            assert answer == {
                "ok": True,
                "origin": checked.checkpoint.origin,
                "size": 60,
                "root": b64(checked.checkpoint.root),
                "witnesses": list(checked.witnesses),
                "witnessed_at": SECONDS,
                "profile": "C",
                "least": 3,
                "of": 4,
                "index": checked.leaf.index,
                "block": checked.leaf.block,
                "day": checked.leaf.day.isoformat(),
                "type": checked.leaf.type,
                "position": checked.leaf.postings.index(checked.posting),
                "class": checked.posting.pool,
                "unit": checked.posting.unit,
                "vintages": dict(checked.posting.amounts),
                "amount": sum(checked.posting.amounts.values()),
                "account": checked.payload.account,
                "command": checked.payload.key,
                "kind": checked.payload.kind,
                "at": checked.payload.seconds,
            }

    def test_a_log_without_witnesses_is_a_signed_record_only(self) -> None:
        alone = make_log(20)

        (answer,) = ask([receipt_request(alone.receipt(GIFT), alone.policy_bytes)])

        assert (answer["ok"], answer["profile"], answer["witnesses"]) == (True, "S", [])
        assert "witnessed_at" not in answer

    def test_won_beside_the_coins_is_read(self) -> None:
        opening = LOG.openings[GIFT][0]
        payload = canonical.dumps({**json.loads(opening.payload), "w": -3000})
        made, extra = with_commitment(opening.opening, payload)

        (answer,) = ask([receipt_request(made.proof(1, extra), made.policy_bytes)])

        assert (answer["ok"], answer["won"]) == (True, -3000)

    def test_indexes_and_sizes_beyond_the_exact_numbers_of_javascript_are_right(self) -> None:
        """A tree of 2^60 + 7 leaves of which only the path of entry 0 is known."""
        entry, size = LOG.entries[0], 2**60 + 7
        path = [bytes([level]) * 32 for level in range(61)]
        found = root_of_first(leaf_hash(entry), path)
        request = {
            "leaf": b64(leaf_hash(entry)),
            "index": "0",
            "root": b64(found),
            "path": [b64(each) for each in path],
        }

        answers = ask([{**request, "size": str(size)}, {**request, "size": str(2**60)}])

        assert [answer["ok"] for answer in answers] == [True, False]


class TestBadReceipts:
    def test_other_openings_payloads_and_postings_are_another_commitment(self) -> None:
        first, second = LOG.openings[GIFT]
        entry = LOG.entries[GIFT]
        swapped = pack_extra(first.position, second.opening, second.payload, entry)
        later = first.payload.replace(b"1795312800", b"1795312801")

        assert later != first.payload
        for extra in (swapped, pack_extra(first.position, first.opening, later, entry)):
            assert reason(LOG.proof(GIFT, extra)) == ("opened", "another commitment")

    @pytest.mark.parametrize("position", [0, 200])
    def test_a_public_posting_or_none_is_not_a_committed_one(self, position: int) -> None:
        opening = LOG.openings[2][0]

        extra = pack_extra(position, opening.opening, opening.payload, LOG.entries[2])

        assert reason(LOG.proof(2, extra)) == ("opened", "not a committed posting")

    def test_a_payload_that_is_not_one_is_refused_though_it_is_committed_to(self) -> None:
        opening = LOG.openings[GIFT][0]
        value = json.loads(opening.payload)
        wrong = [
            {**value, "x": 1},
            {**value, "w": 0},
            {**value, "t": -1},
            {**value, "k": "Gift"},
            {**value, "a": value["a"].upper()},
        ]
        for payload in (*map(canonical.dumps, wrong), opening.payload.replace(b",", b", ")):
            made, extra = with_commitment(opening.opening, payload)

            (answer,) = ask([receipt_request(made.proof(1, extra), made.policy_bytes)])

            assert answer["step"] == "opened"

    def test_an_entry_with_another_index_is_refused(self) -> None:
        made = Made([LOG.entries[0], LOG.entries[GIFT]], [(), LOG.openings[GIFT]], 4)

        assert reason(made.receipt(1)) == ("entry", "n is not the index")

    def test_an_entry_that_does_not_sum_to_zero_is_refused(self) -> None:
        opening = LOG.openings[GIFT][0]
        entry = LOG.entries[GIFT].replace(b'"x":{"2029Q4":-2000}', b'"x":{"2029Q4":-2001}')
        made = Made([*LOG.entries[:GIFT], entry], [], 4)

        extra = pack_extra(opening.position, opening.opening, opening.payload, entry)

        assert reason(made.proof(GIFT, extra)) == ("entry", "postings do not sum to zero")

    def test_a_path_to_another_root_is_refused(self) -> None:
        assert reason(GOOD.replace(b"index 3\n", b"index 2\n")) == ("included", "the path leads to another root")
        assert reason(GOOD.replace(b"index 3\n", b"index 60\n")) == ("included", "index is not below the size")

    def test_a_path_of_another_length_is_refused(self) -> None:
        proof = parse_proof(GOOD)

        assert reason(encode_proof(replace(proof, path=proof.path[:-1]))) == ("included", "path too short")
        assert reason(encode_proof(replace(proof, path=(*proof.path, bytes(32))))) == ("included", "path too long")

    def test_a_checkpoint_of_another_log_or_key_is_refused(self) -> None:
        other = make_log(60, witnesses=4, origin="else.example/coin")
        forged = replace(LOG, witnesses=0)
        signer = Signer(LOG.origin, private_key("thief"))
        text = Checkpoint(LOG.origin, 60, root(60, LOG.read)).text

        assert reason(other.receipt(GIFT)) == ("signed", "an unknown log")
        assert reason(with_checkpoint(f"{text}\n{sign(text, signer)}")) == ("signed", "not signed by the log")
        assert reason(forged.receipt(GIFT)) == ("witnessed", "no quorum")

    def test_one_cosignature_too_few_is_no_quorum_and_two_of_one_witness_count_once(self) -> None:
        text = Checkpoint(LOG.origin, 60, root(60, LOG.read)).text
        log = sign(text, LOG.signer)
        first, second, third, _ = (cosign(text, key, SECONDS) for key in LOG.cosigners)
        again = cosign(text, LOG.cosigners[0], SECONDS + 7)

        (good,) = ask([receipt_request(with_checkpoint(f"{text}\n{log}{first}{second}{third}{again}"), POLICY)])

        assert (good["witnesses"], good["witnessed_at"]) == (["w0", "w1", "w2"], SECONDS + 7)
        assert reason(with_checkpoint(f"{text}\n{log}{first}{second}{again}")) == ("witnessed", "no quorum")

    def test_one_bad_line_of_a_known_key_refuses_the_whole(self) -> None:
        text = Checkpoint(LOG.origin, 60, root(60, LOG.read)).text
        log, *cosignatures = LOG.checkpoint().decode().partition("\n\n")[2].splitlines(keepends=True)
        wrong = cosign(text.replace("60", "61"), LOG.cosigners[3], SECONDS)
        fails = "a signature of a known key does not verify"

        assert reason(with_checkpoint(f"{text}\n{log}{''.join(cosignatures)}{wrong}")) == ("witnessed", fails)
        assert reason(with_checkpoint(f"{text}\n{sign(text.replace('60', '61'), LOG.signer)}")) == ("signed", fails)

    def test_extension_lines_are_refused(self) -> None:
        extended = LOG.signed(Checkpoint(LOG.origin, 60, root(60, LOG.read), ("more",)))

        assert reason(encode_proof(replace(parse_proof(GOOD), checkpoint=extended))) == (
            "form",
            "a checkpoint with extension lines",
        )

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (lambda r: b"", "no empty line before the checkpoint"),
            (lambda r: r[:-1], "the note has no signatures"),
            (lambda r: r[:300], "no empty line before the checkpoint"),
            (lambda r: r + b"\n", "not a signature line"),
            (lambda r: b"\xef\xbb\xbf" + r, "not a tlog-proof"),
            (lambda r: r.replace(b"\n", b"\r\n"), "no empty line before the checkpoint"),
            (lambda r: r.replace(b"index 3", b"index 03"), "not a decimal number"),
            (lambda r: r.replace(b"index 3", b"index 9223372036854775808"), "number beyond 2^63-1"),
            (lambda r: r.replace(b"extra ", b"extra  "), "not base64"),
            (lambda r: r.replace(b"\xe2\x80\x94", b"\xff"), "not UTF-8"),
            (lambda r: r + b"x" * 131_072, "receipt too long"),
        ],
    )
    def test_a_receipt_that_is_not_whole_is_refused(self, change: Callable[[bytes], bytes], expected: str) -> None:
        assert reason(change(GOOD)) == ("form", expected)

    def test_a_second_spelling_of_base64_is_refused(self) -> None:
        proof = parse_proof(GOOD)
        hash_ = b64(proof.path[0])
        other = hash_[:-2] + chr(ord(hash_[-2]) + 1) + "="

        assert base64.b64decode(other) == proof.path[0]
        assert reason(GOOD.replace(hash_.encode(), other.encode())) == ("form", "base64 is not canonical")

    def test_extra_data_of_another_version_or_cut_off_is_refused(self) -> None:
        extra = parse_proof(GOOD).extra or b""

        assert reason(LOG.proof(GIFT, b"\x02" + extra[1:])) == ("form", "not a receipt of version 1")
        assert reason(LOG.proof(GIFT, extra[:40])) == ("form", "receipt cut off")
        assert reason(LOG.proof(GIFT)) == ("form", "not a receipt of version 1")

    def test_a_broken_policy_is_the_fault_of_the_page(self) -> None:
        assert reason(GOOD, b"quorum none") == ("policy", "the last line does not end")

    @given(st.data())
    def test_no_changed_byte_is_genuine_and_both_implementations_decide_alike(self, data: st.DataObject) -> None:
        cases = []
        for _ in range(40):
            at = data.draw(st.integers(0, len(GOOD) - 1))
            changed = GOOD[at] ^ data.draw(st.integers(1, 255))
            cases.append(GOOD[:at] + bytes([changed]) + GOOD[at + 1 :])

        answers = ask(receipt_request(case, POLICY) for case in cases)

        assert [answer["ok"] for answer in answers] == [accepted(case) for case in cases]


class TestEntries:
    """The grammar, entry by entry, held against the other implementation's."""

    def test_every_entry_is_read(self) -> None:
        answers = ask({"entry_b64": b64(entry)} for entry in LOG.entries)

        assert [answer["entry"] for answer in answers] == [json.loads(entry) for entry in LOG.entries]
        assert [answer["leaf"] for answer in answers] == [b64(leaf_hash(entry)) for entry in LOG.entries]

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ('"v":1', '"v":2', "not an entry"),
            ('"v":1', '"v":1,"w":1', "a member that does not belong"),
            ('"t":"give"', '"t":"payout"', "unknown type"),
            ('"n":3', '"n":03', "not JSON"),
            ('"n":3', '"n":3.0', "not canonical JSON"),
            ('"n":3', '"n":-0', "not canonical JSON"),
            ('"n":3', '"n":0', "entry 0 holds no rules"),
            ('"n":3', '"n":3,"n":3', "not canonical JSON"),
            ('"n":3', '"n":null', "a value that canonical JSON does not have"),
            ('"n":3', '"n":9007199254740993', "a value that canonical JSON does not have"),
            ('"day":"2026-11-22"', '"day":"2026-02-29"', "not an entry"),
            ('"day":"2026-11-22"', '"day":"0000-11-22"', "not an entry"),
            ('"k":"wallets"', '"k":"issued"', "not a class of this unit"),
            ('"k":"wallets","u":"SC"', '"k":"wallets","u":"KRW"', "not a class of this unit"),
            ('"u":"SC"', '"u":"sc"', "not a class of this unit"),
            ('"u":"SC"', '"u":"\\ud800"', "text has no canonical form"),
            ('"u":"SC"', '"u":"\u1112\u1161\u11ab"', "text has no canonical form"),
            ("2029Q4", "2029Q5", "not a vintage"),
            ("2029Q4", "won", "not a vintage"),
            ("2029Q4", "0000Q4", "not a vintage"),
            ("2029Q4", "__proto__", "not a vintage"),
            (":2000}", ":0}", "an amount is zero or no integer"),
            (":2000}", ":true}", "an amount is zero or no integer"),
            ('"c":"', '"a":"', "not a posting"),
        ],
    )
    def test_what_the_grammar_does_not_say_is_refused(self, old: str, new: str, expected: str) -> None:
        entry = LOG.entries[GIFT].decode()
        assert old in entry

        (answer,) = ask([{"entry_b64": b64(entry.replace(old, new, 1).encode("utf-8", "surrogatepass"))}])

        assert answer == {"ok": False, "step": "entry", "reason": expected}

    def test_postings_out_of_order_or_twice_are_refused(self) -> None:
        entry = json.loads(LOG.entries[2])
        first, *rest = entry["p"]

        answers = ask(
            {"entry_b64": b64(canonical.dumps({**entry, "p": postings}))}
            for postings in ([*rest, first], [first, first, *rest], [])
        )

        assert [answer["reason"] for answer in answers] == [
            "postings out of order",
            "postings out of order",
            "not 1 to 250 postings",
        ]

    @given(st.data())
    def test_changed_entries_are_read_or_refused_as_by_the_other_implementation(self, data: st.DataObject) -> None:
        cases = [changed_entry(data) for _ in range(40)]

        answers = ask({"entry_b64": b64(case)} for case in cases)

        assert [answer["ok"] for answer in answers] == [readable(case) for case in cases]


class TestFragments:
    def test_a_fragment_gives_the_receipt_back(self) -> None:
        (answer,) = ask([{"fragment": to_fragment(GOOD)}])

        assert base64.b64decode(answer["receipt_b64"]) == GOOD

    @given(st.text(max_size=30))
    def test_other_text_is_refused_or_read_as_by_the_other_implementation(self, text: str) -> None:
        try:
            expected = b64(from_fragment(text))
        except BadReceipt:
            expected = ""

        (answer,) = ask([{"fragment": text}])

        assert answer.get("receipt_b64", "") == expected


def accepted(receipt: bytes) -> bool:
    try:
        check_receipt(receipt, LOG.policy)
    except (BadLog, BadEntry, BadReceipt):
        return False
    return True


def readable(entry: bytes) -> bool:
    try:
        parse(entry)
    except BadEntry:
        return False
    return True


def changed_entry(data: st.DataObject) -> bytes:
    """An entry in which one member, amount, name or character is another one."""
    entry = LOG.entries[data.draw(st.integers(0, 59))]
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(entry) - 1))
        return entry[:at] + data.draw(st.binary(max_size=2)) + entry[at + 1 :]
    value = json.loads(entry)
    holder = value
    while True:
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.integers(0, 5)) == 0:
            break
        holder = holder[key]
    holder[key] = data.draw(
        st.one_of(st.integers(-5, 5), st.booleans(), st.sampled_from(WORDS), st.just({}), st.just([]))
    )
    return canonical.dumps(value, 65_535)


WORDS = [
    "",
    "SC",
    "KRW",
    "won",
    "none",
    "plain",
    "wallets",
    "payable",
    "issue",
    "rules",
    "a/b",
    "3100:SC:2026",
    "2029Q1",
    "x" * 81,
]


def with_commitment(opening: bytes, payload: bytes) -> tuple[Made, bytes]:
    """A log of two entries whose second commits to any payload, and the extra data that opens it."""
    value = json.loads(LOG.entries[GIFT])
    value["n"], value["b"] = 1, 1
    value["p"][0]["c"] = b64(commit(opening, payload))
    value["p"].sort(key=lambda posting: posting["c"])
    position = [posting["c"] for posting in value["p"]].index(b64(commit(opening, payload)))
    entry = canonical.dumps(value, 65_535)
    return Made([LOG.entries[0], entry], [], 4), pack_extra(position, opening, payload, entry)


def with_checkpoint(note: str) -> bytes:
    return encode_proof(replace(parse_proof(GOOD), checkpoint=note.encode()))


def root_of_first(leaf: bytes, path: list[bytes]) -> bytes:
    found = leaf
    for hash_ in path:
        found = sha256(b"\x01" + found + hash_).digest()
    return found
