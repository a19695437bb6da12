"""Lines of JSON become commands, strictly; whatever cannot be read is named with its line."""

import io
import json
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

import pytest

from pumasi.ledger.commands import Command, Terms
from pumasi.ledger.errors import BadAddress, MalformedLine
from pumasi.ledger.fields import BUILDERS, Builder
from pumasi.ledger.jsonl import LINE_LIMIT, Line, Opening, parse, read
from pumasi.ledger.kinds import clawback, clawback_pending, earn

KEY = "01933000-0000-7000-8000-000000000001"
AT = "2026-11-22T10:00:00+09:00"
NO_MOMENT = "a moment with its offset is wanted, such as 2026-11-22T10:00:00+09:00"
PAY = {
    "kind": "PAY", "key": KEY, "at": AT, "wallet": "2100:SC:w1", "till": "2200:SC:s1", "amount": 1000, "memo": "점심",
}  # fmt: skip
# One value for each type that a builder asks for.
SAMPLES: dict[str, object] = {
    "key": KEY, "at": AT, "unit": "SC", "fund": "good-deed/2026", "coins": 10, "won": 10, "deposit": True,
    "claim": "c1", "until": AT, "reservation": KEY, "wallet": "2100:SC:w1", "amount": 10, "vest_at": AT,
    "terms": {"fund": "good-deed/2026", "expires": "2029-12-31", "rate": 1}, "target": "2100:SC:w1", "earned": KEY,
    "to": "2100:SC:w2", "till": "2200:SC:s1", "programme": "good-deed", "held_by": "2100:SC:w1", "hold": KEY,
    "payment": KEY, "redeemed": "3300:SC:2026", "till_owner": "s1", "lots": [[1, 10]], "case": "case-1",
    "campaign": "2400:SC:c1", "campaign_owner": "c1", "donation": KEY, "suspense": "2500:SC:case-1", "batch": "b1",
    "receipts": [[KEY, 10]], "source": "2220:SC:s1", "lot": 1, "new_amount": 20, "source_owner": "w1",
    "target_owner": "w2", "estate": "2140:SC:w1", "moves": [["3100:SC:2026", "1100:SC:good-deed/2026", None]],
    "set_off": 3, "opened": KEY, "not_after": AT, "link": "l1", "memo": "글",
}  # fmt: skip
_OTHERWISE: dict[str, dict[str, object]] = {
    "bounced": {"batch": "2700:SC:b1"},
    "paid": {"batch": "2700:SC:b1"},
    "facility_close": {"till": "2300:SC:f1"},
    "opening_undone": {"source": "2200:SC:s1"},
    "come_back": {"source": "2150:SC:w1"},
}


def line(**changes: object) -> bytes:
    """The payment as a line, with changes; None takes a field away."""
    said = {name: value for name, value in {**PAY, **changes}.items() if value is not None}
    return json.dumps(said, ensure_ascii=False).encode()


def sample(builder: Builder) -> dict[str, object]:
    """A line with every field of a builder."""
    return {name: SAMPLES[name] for name in builder.fields} | _OTHERWISE.get(builder.function.__name__, {})


def complaint(text: bytes) -> str:
    """What a malformed line is told, after its number."""
    said = parse(text, 7).said
    assert isinstance(said, MalformedLine)
    assert said.facts["line"] == 7
    return str(said.facts["what"])


class TestALine:
    def test_is_the_command_that_its_builder_makes(self) -> None:
        said = parse(line(), 1).said

        assert isinstance(said, Command)
        assert (said.kind, said.key, said.at, said.memo) == ("PAY", UUID(KEY), datetime.fromisoformat(AT), "점심")
        assert [(m.source, m.target, m.amount) for m in said.moves] == [("2100:SC:w1", "2200:SC:s1", 1000)]

    @pytest.mark.parametrize(
        "builder", [b for builders in BUILDERS.values() for b in builders], ids=lambda b: b.function.__name__
    )
    def test_can_be_written_for_every_builder(self, builder: Builder) -> None:
        said = parse(json.dumps({"kind": builder.kind, **sample(builder)}, ensure_ascii=False).encode(), 1).said

        assert isinstance(said, Command)
        assert (said.kind, said.memo, said.link) == (builder.kind, "글", "l1")

    def test_reads_terms_with_and_without_an_expiry(self) -> None:
        for text, expires in (('"2029-12-31"', date(2029, 12, 31)), ("null", None)):
            said = parse(
                f'{{"kind":"EARN","key":"{KEY}","at":"{AT}","wallet":"2100:SC:w1","amount":10,"terms":'
                f'{{"fund":"good-deed/2026","expires":{text},"rate":1}}}}'.encode(),
                1,
            ).said

            assert said == earn(
                key=UUID(KEY), at=datetime.fromisoformat(AT), wallet="2100:SC:w1", amount=10,
                terms=Terms("good-deed/2026", expires, 1),
            )  # fmt: skip

    @pytest.mark.parametrize("function", [clawback, clawback_pending])
    def test_of_a_kind_with_two_builders_goes_to_the_one_that_fits(self, function: Callable[..., Command]) -> None:
        (builder,) = [b for b in BUILDERS["CLAWBACK"] if b.function is function]

        said = parse(json.dumps({"kind": "CLAWBACK", **sample(builder)}).encode(), 1).said

        assert isinstance(said, Command)
        assert said.moves[0].source == ("2100:SC:w1" if function is clawback else "2120:SC:w1")

    def test_may_open_an_account(self) -> None:
        said = parse(f'{{"open":"2100:SC:w1","at":"{AT}"}}'.encode(), 3)

        assert said == Line(3, Opening("2100:SC:w1", datetime.fromisoformat(AT)))


class TestAMalformedLine:
    @pytest.mark.parametrize(
        ("text", "what"),
        [
            (b"{", "not JSON: Expecting property name enclosed in double quotes, column 2"),
            (b"[]", "not an object"),
            (b'"PAY"', "not an object"),
            (b"\xff{}", "not UTF-8"),
            (b"\xef\xbb\xbf{}", "not JSON: Unexpected UTF-8 BOM (decode using utf-8-sig), column 1"),
            (b"[" * 60_000, "nested too deeply"),
            (b'{"kind":[[[[[[[[]]]]]]]]}', "nested too deeply"),
            (b'{"kind":"PAY","kind":"PAY"}', "the field 'kind' stands twice"),
            (b'{"kind":"MAGIC"}', "no such kind: 'MAGIC'"),
            (b"{}", "no such kind: 'None'"),
            (line(amount=10.0), "10.0 is not a whole number"),
            (line(amount=1e3), "1000.0 is not a whole number"),
            (line(amount=float("nan")), "NaN is not a whole number"),
            (line(amount=float("inf")), "Infinity is not a whole number"),
            (line(amount=2**53), "a number beyond 2^53-1"),
            (line(amount=10**4000), "a number beyond 2^53-1"),
            (line(amount="10"), "amount: a whole number is wanted"),
            (line(amount=True), "amount: a whole number is wanted"),
            (line(amount=[1]), "amount: a whole number is wanted"),
            (line(memo="a\0b"), "NUL in text"),
            (line().replace("점심".encode(), b"\\ud800"), "a lone surrogate in text"),
            (line().replace(b'"memo"', b'"m\\udc00"'), "a lone surrogate in text"),
            (line(wallet=None), "missing: wallet"),
            (line(colour="red", size=1), "unknown: colour, size"),
            (line(key="1"), "key: a UUID in lower case is wanted"),
            (line(key=KEY.upper() + "A"), "key: a UUID in lower case is wanted"),
            (line(at="2026-11-22"), f"at: {NO_MOMENT}"),
            (line(at="2026-11-22T10:00:00"), f"at: {NO_MOMENT}"),
            (line(at="2026-02-30T10:00:00Z"), f"at: {NO_MOMENT}"),
            (line(at="9999-12-31T23:59:59Z"), f"at: {NO_MOMENT}"),
            (line(wallet=5), "wallet: text of at most 200 characters is wanted"),
            (line(link="x" * 201), "link: text of at most 200 characters is wanted"),
            (line(till="3300:SC:2026"), "PAY does not move 2100 to 3300"),
            (f'{{"open":"2100:SC:w1","at":"{AT}","kind":"PAY"}}'.encode(), "an opening has the fields open and at"),
            (f'{{"open":5,"at":"{AT}"}}'.encode(), "open: an address is text"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong(self, text: bytes, what: str) -> None:
        assert complaint(text) == what

    @pytest.mark.parametrize(
        ("field", "value", "what"),
        [
            ("terms", {"fund": "f/2026", "rate": 1},
             "terms: an object of fund, expires (a day or null) and rate is wanted"),
            ("terms", {"fund": "f", "expires": None, "rate": 1}, "terms.fund: not valid"),
            ("terms", {"fund": "f/2026", "expires": None, "rate": 0}, "terms.rate: not valid"),
            ("terms", {"fund": "f/2026", "expires": "2026-02-30", "rate": 1},
             "terms.expires: a day is wanted, such as 2029-12-31"),
            ("vest_at", 5, f"vest_at: {NO_MOMENT}"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_with_an_earning(self, field: str, value: object, what: str) -> None:
        (builder,) = BUILDERS["EARN"]

        assert complaint(json.dumps({"kind": "EARN", **sample(builder), field: value}).encode()) == what

    @pytest.mark.parametrize("lots", [[], 5, [[1]], [[1, 2, 3]], [{"lot": 1}], [[1, "2"]], [[1, None]]])
    def test_says_what_is_wrong_with_a_list(self, lots: object) -> None:
        (builder,) = BUILDERS["EXPIRE"]

        assert complaint(json.dumps({"kind": "EXPIRE", **sample(builder), "lots": lots}).encode()).startswith("lots: ")

    def test_with_a_bad_address_is_refused_as_such(self) -> None:
        assert isinstance(parse(line(wallet="9999:SC:x"), 1).said, BadAddress)


class TestAFile:
    def test_is_read_line_by_line_and_blank_lines_count(self) -> None:
        found = list(read(io.BytesIO(b"\n" + line() + b"\r\n\n" + b"x")))

        assert [(said.number, type(said.said)) for said in found] == [(2, Command), (4, MalformedLine)]

    def test_skips_a_line_that_is_too_long_and_goes_on(self) -> None:
        found = list(read(io.BytesIO(b'"' + b"x" * (3 * LINE_LIMIT) + b'"\n' + line())))

        assert [said.number for said in found] == [1, 2]
        assert isinstance(found[0].said, MalformedLine)
        assert found[0].said.facts["what"] == f"longer than {LINE_LIMIT} bytes"
        assert isinstance(found[1].said, Command)

    def test_keeps_the_link_of_a_line_that_cannot_be_read(self) -> None:
        assert parse(line(link="pair", amount=-0.5), 1).link is None
        assert parse(line(link="pair", amount="x"), 1).link == "pair"

    def test_has_a_sample_for_every_field(self) -> None:
        named = {name for builders in BUILDERS.values() for builder in builders for name in builder.fields}

        assert named == SAMPLES.keys()
        assert {field.name for field in fields(Terms)} == {"fund", "expires", "rate"}
