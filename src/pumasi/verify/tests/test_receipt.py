"""Receipts: a good one says what it says, and each way to forge one is refused with its reason."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.checkpoint import Checkpoint, parse_checkpoint
from pumasi.tlog.errors import BadLog
from pumasi.tlog.note import parse_note
from pumasi.tlog.proof import Proof, encode_proof, parse_proof
from pumasi.tlog.proof_check import MAX_PATH
from pumasi.verify.commitment import PAYLOAD_LIMIT, commit
from pumasi.verify.errors import BadEntry, BadReceipt
from pumasi.verify.leaf import ENTRY_LIMIT, encode, in_order, parse
from pumasi.verify.receipt import RECEIPT_LIMIT, check_receipt, from_fragment, pack_extra, to_fragment, unpack_extra
from pumasi.verify.tests.making import Made, leaf_of, longest_log, make_log

LOG = make_log(300, witnesses=3)
SPEND = next(index for index, entry in enumerate(LOG.entries) if b'"t":"spend"' in entry)
RECEIPT = LOG.receipt(SPEND, 1)


def with_extra(change: dict[str, Any]) -> bytes:
    """The receipt with other extra data."""
    proof = parse_proof(RECEIPT)
    extra = unpack_extra(proof.extra or b"")
    other = replace(extra, **change)
    return encode_proof(replace(proof, extra=pack_extra(other.position, other.opening, other.payload, other.entry)))


def log_with(entry: bytes, index: int = 2) -> Made:
    """A log that truly holds any bytes as an entry."""
    entries, openings = list(LOG.entries), list(LOG.openings)
    entries[index] = entry
    return Made(entries, openings, witnesses=3)


class TestAGoodReceipt:
    def test_says_what_the_entry_and_the_payload_say(self) -> None:
        checked = check_receipt(RECEIPT, LOG.policy)

        assert (checked.leaf.index, checked.leaf.type) == (SPEND, "spend")
        assert checked.posting == checked.leaf.postings[1]
        assert (checked.payload.kind, checked.payload.seconds, checked.payload.won) == ("SPEND", 1_795_312_800, 0)
        assert (checked.checkpoint.origin, checked.checkpoint.size) == ("seocho.example/coin", 300)
        assert checked.witnesses == ("w0", "w1", "w2")
        assert checked.times == {name: 1_795_312_800 for name in checked.witnesses}

    @pytest.mark.parametrize("index", range(2, 60))
    def test_is_there_for_every_posting_of_every_type(self, index: int) -> None:
        for number, opening in enumerate(LOG.openings[index]):
            checked = check_receipt(LOG.receipt(index, number, 61), LOG.policy)

            assert checked.posting == checked.leaf.postings[opening.position]

    def test_is_small(self) -> None:
        assert len(RECEIPT) == 1533  # three witnesses and a path of nine


class TestTheLongestEntry:
    def test_has_a_receipt_for_each_of_its_249_sides(self) -> None:
        log = longest_log(witnesses=3)

        assert len(log.entries[2]) == ENTRY_LIMIT == 65_535
        for number, opening in enumerate(log.openings[2]):
            receipt = log.receipt(2, number)
            assert check_receipt(receipt, log.policy).posting == parse(log.entries[2]).postings[opening.position]
            assert from_fragment(to_fragment(receipt)) == receipt

    def test_leaves_room_for_the_longest_path_and_payload_and_any_checkpoint_of_38_000_bytes(self) -> None:
        extra = pack_extra(0xFF, bytes(32), bytes(PAYLOAD_LIMIT), bytes(ENTRY_LIMIT))
        proof = Proof(2**63 - 1, (bytes(32),) * MAX_PATH, b"a" * 37_999 + b"\n", extra)

        assert len(encode_proof(proof)) <= RECEIPT_LIMIT

    def test_may_not_be_one_byte_longer(self) -> None:
        log = longest_log(longer=1)

        with pytest.raises(BadEntry, match="longer than 65535 bytes"):
            check_receipt(log.receipt(2), log.policy)


class TestRefused:
    def refused(self, receipt: bytes, error: type[ValueError], reason: str, log: Made = LOG) -> None:
        with pytest.raises(error) as found:
            check_receipt(receipt, log.policy)
        assert getattr(found.value, "reason", "") == reason

    def test_too_long(self) -> None:
        self.refused(bytes(131_073), BadReceipt, "longer than 131072 bytes")

    def test_not_a_proof(self) -> None:
        self.refused(LOG.checkpoint(), BadLog, "not a tlog-proof")

    def test_without_extra(self) -> None:
        self.refused(LOG.proof(SPEND), BadReceipt, "not the extra data of a receipt")

    @pytest.mark.parametrize("extra", [b"\x02" + bytes(100), b"\x01" * 35])
    def test_with_other_extra(self, extra: bytes) -> None:
        self.refused(LOG.proof(SPEND, extra), BadReceipt, "not the extra data of a receipt")

    @pytest.mark.parametrize("length", [0, 10])
    def test_with_extra_that_is_cut(self, length: int) -> None:
        extra = pack_extra(0, bytes(32), bytes(10), b"")[: 36 + length]
        self.refused(LOG.proof(SPEND, extra), BadReceipt, "extra data that is cut off")

    def test_of_another_log(self) -> None:
        other = make_log(300, witnesses=3, origin="other.example/coin")
        self.refused(RECEIPT, BadLog, "unknown origin", other)

    def test_of_another_key(self) -> None:
        other = make_log(300, witnesses=3, seed=b"other")
        self.refused(RECEIPT, BadLog, "not signed by the log", other)

    def test_without_a_quorum(self) -> None:
        alone = replace(LOG, witnesses=1)
        self.refused(alone.receipt(SPEND), BadLog, "quorum not reached")

    def test_with_another_entry(self) -> None:
        entry = LOG.entries[SPEND].replace(b'"takings"', b'"wallets"')
        self.refused(with_extra({"entry": entry}), BadLog, "root differs")

    def test_of_an_entry_without_grammar(self) -> None:
        log = log_with(b"{}")
        self.refused(log.receipt(2), BadEntry, "not the members of an entry", log)

    def test_of_an_entry_that_does_not_sum_to_zero(self) -> None:
        leaf, openings = leaf_of(2, "earn", [("wallets", {"2029Q4": 5})])
        log = log_with(encode(leaf))
        extra = pack_extra(0, openings[0].opening, openings[0].payload, encode(leaf))

        self.refused(log.proof(2, extra), BadEntry, "SC 2029Q4: 5", log)

    def test_of_an_entry_that_names_another_index(self) -> None:
        log = log_with(LOG.entries[SPEND])
        opening = LOG.openings[SPEND][0]
        extra = pack_extra(opening.position, opening.opening, opening.payload, LOG.entries[SPEND])

        self.refused(log.proof(2, extra), BadReceipt, "the entry names another index than the proof", log)

    def test_of_no_posting(self) -> None:
        self.refused(with_extra({"position": 2}), BadReceipt, "no such posting in the entry")

    def test_of_the_other_side_s_posting(self) -> None:
        self.refused(with_extra({"position": 0}), BadReceipt, "opening and payload do not make the commitment")

    def test_of_a_public_posting(self) -> None:
        opening = LOG.openings[2][0]
        extra = pack_extra(0, opening.opening, opening.payload, LOG.entries[2])
        self.refused(LOG.proof(2, extra), BadReceipt, "the posting is a public one")

    def test_of_another_opening(self) -> None:
        self.refused(with_extra({"opening": bytes(32)}), BadReceipt, "opening and payload do not make the commitment")

    def test_with_extension_lines(self) -> None:
        good = parse_checkpoint(parse_note(LOG.checkpoint()).text)
        signed = LOG.signed(Checkpoint(good.origin, good.size, good.root, ("more",)))
        receipt = encode_proof(replace(parse_proof(RECEIPT), checkpoint=signed))

        self.refused(receipt, BadReceipt, "a checkpoint with extension lines")

    def test_of_a_payload_without_grammar(self) -> None:
        payload, moves = b'{"a":"x"}', [("wallets", {"none": -5}), ("wallets", {"none": 5})]
        leaf = leaf_of(2, "give", moves)[0]
        postings = in_order([replace(leaf.postings[0], commitment=commit(bytes(32), payload)), leaf.postings[1]])
        entry = encode(replace(leaf, postings=postings))
        log = log_with(entry)
        position = next(n for n, posting in enumerate(postings) if posting.commitment == commit(bytes(32), payload))

        receipt = log.proof(2, pack_extra(position, bytes(32), payload, entry))

        self.refused(receipt, BadReceipt, "not the members of a payload", log)


class TestFragment:
    @pytest.mark.parametrize("witnesses", [0, 3])
    def test_comes_back(self, witnesses: int) -> None:
        receipt = make_log(50, witnesses=witnesses).receipt(40)
        fragment = to_fragment(receipt)

        assert from_fragment(fragment) == receipt
        assert fragment.isascii()
        assert not set(fragment) & set(" \n#")

    def test_has_the_spelling_of_the_page(self) -> None:
        assert to_fragment("a b\n\n— c d\n".encode()) == "a!b~~$c!d~"

    @pytest.mark.parametrize("mark", ["~", "!", "$", "é", "—", "\t", "\x7f"])
    def test_is_not_made_where_it_could_not_be_read(self, mark: str) -> None:
        with pytest.raises(BadReceipt):
            to_fragment(f"a{mark}b".encode())

    @pytest.mark.parametrize("fragment", ["", "a b", "a\nb", "é", "a—b", "\x00"])
    def test_refuses_other_characters(self, fragment: str) -> None:
        with pytest.raises(BadReceipt, match="not the fragment of a receipt"):
            from_fragment(fragment)

    def test_is_not_made_of_other_bytes(self) -> None:
        with pytest.raises(BadReceipt, match="not UTF-8"):
            to_fragment(b"\xff")

    @given(st.text("ab~$!—\n ", max_size=12))
    def test_any_text_comes_back_or_is_refused(self, text: str) -> None:
        try:
            fragment = to_fragment(text.encode())
        except BadReceipt:
            assert set(text) & set("~$!—") or not text
        else:
            assert from_fragment(fragment).decode() == text


@pytest.mark.parametrize("position", [-1, 256])
def test_extra_data_that_does_not_fit_is_not_packed(position: int) -> None:
    with pytest.raises(BadReceipt):
        pack_extra(position, bytes(32), b"", b"e")
