"""A policy is read in one way only, says yes to exactly what it names, and its quorum is worth what lint says."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.checkpoint import Checkpoint
from pumasi.tlog.errors import BadCheckpoint, BadNote, BadPolicy
from pumasi.tlog.key import COSIGNATURE, VerifierKey, key_id
from pumasi.tlog.policy import MAX_BYTES, Group, Lint, Log, Policy, Witness, lint, parse_policy
from pumasi.tlog.tests.notes import CHECKPOINT, LOG, ORIGIN, SECONDS, WITNESSES, cosigned, signed, signer
from pumasi.tlog.tree import EMPTY_ROOT

LOG_LINE = f"log {LOG.verifier.vkey} https://seocho.example/log/\n"
WITNESS_LINES = "".join(f"witness w{number} {witness.cosigner.vkey}\n" for number, witness in enumerate(WITNESSES))
THREE_OF_FOUR = "group validators 3 w0 w1 w2 w3\nquorum validators\n"
POLICY = LOG_LINE + WITNESS_LINES + THREE_OF_FOUR


def vkey(number: int, algorithm: int = COSIGNATURE) -> str:
    """A key that nobody holds."""
    public = number.to_bytes(32, "big")
    return VerifierKey(f"k{number}", key_id(f"k{number}", algorithm, public), algorithm, public).vkey


def of(rules: str, witnesses: int = 20) -> Policy:
    """A policy over witnesses 1 to n that nobody holds the keys of."""
    lines = "".join(f"witness {number} {vkey(number)}\n" for number in range(1, witnesses + 1))
    return parse_policy(f"{lines}{rules}".encode())


def refusal(text: str | bytes) -> str:
    with pytest.raises(BadPolicy) as refused:
        parse_policy(text.encode() if isinstance(text, str) else text)
    return refused.value.reason


class TestParse:
    def test_gives_logs_witnesses_groups_and_quorum(self) -> None:
        policy = parse_policy(POLICY.encode())

        assert policy.logs == (Log(LOG.verifier, "https://seocho.example/log/"),)
        assert policy.witnesses == {f"w{number}": Witness(witness.cosigner) for number, witness in enumerate(WITNESSES)}
        assert policy.groups == {"validators": Group(3, ("w0", "w1", "w2", "w3"))}
        assert policy.quorum == "validators"

    def test_any_is_one_and_all_is_each(self) -> None:
        policy = of("group x any 1 2 3\ngroup y all 4 5\ngroup z 2 x y 6\nquorum z\n")

        assert policy.groups == {
            "x": Group(1, ("1", "2", "3")),
            "y": Group(2, ("4", "5")),
            "z": Group(2, ("x", "y", "6")),
        }

    def test_spaces_tabs_comments_and_empty_lines_mean_nothing(self) -> None:
        spaced = "\n\t \n# quorum none\n \t# 한글\n" + POLICY.replace(" ", " \t ").replace("\n", "\t\n  ")

        assert parse_policy(f"{spaced}\n".encode()) == parse_policy(POLICY.encode())

    def test_logs_and_witnesses_may_stand_after_the_quorum(self) -> None:
        policy = parse_policy(f"witness w0 {vkey(1)}\nquorum w0\n{LOG_LINE}witness w1 {vkey(2)} x\n".encode())

        assert (len(policy.logs), list(policy.witnesses), policy.witnesses["w1"].url) == (1, ["w0", "w1"], "x")

    def test_the_key_of_a_log_may_be_that_of_a_witness(self) -> None:
        policy = parse_policy(f"{LOG_LINE}witness w {LOG.cosigner.vkey}\nquorum w\n".encode())

        assert policy.logs[0].key.public == policy.witnesses["w"].key.public

    def test_names_are_octets(self) -> None:
        kelvin, not_utf8, no_break = "\u212a".encode(), b"\xff", "a\xa0b".encode()
        lines = b"".join(
            b"witness %s %s\n" % (name, vkey(number).encode())
            for number, name in enumerate((b"K", kelvin, not_utf8, no_break))
        )

        policy = parse_policy(lines + b"group g 4 K %s %s %s\nquorum g\n" % (kelvin, not_utf8, no_break))

        assert [name.encode("utf-8", "surrogateescape") for name in policy.witnesses] == [
            b"K",
            kelvin,
            not_utf8,
            no_break,
        ]

    def test_only_none_is_a_reserved_name(self) -> None:
        policy = parse_policy(f"witness all {vkey(1)}\nwitness 1 {vkey(2)}\ngroup any all all 1\nquorum any\n".encode())

        assert policy.groups == {"any": Group(2, ("all", "1"))}

    def test_takes_32_of_each(self) -> None:
        logs = "".join(f"log {vkey(number, 1)}\n" for number in range(33))
        witnesses = "".join(f"witness w{number} {vkey(number)}\n" for number in range(33))
        groups = "".join(f"group g{number} 1 w{number}\n" for number in range(33))
        last = [text.splitlines(keepends=True)[-1] for text in (logs, witnesses, groups)]
        full = logs.removesuffix(last[0]) + witnesses.removesuffix(last[1]) + groups.removesuffix(last[2])

        policy = parse_policy(f"{full}quorum g31\n".encode())

        assert (len(policy.logs), len(policy.witnesses), len(policy.groups)) == (32, 32, 32)
        for line in (last[0], last[1], "group more 1 g0\n"):
            assert refusal(f"{full}{line}quorum g31\n") == "more than 32 logs, witnesses or groups"

    def test_takes_65536_bytes_and_not_one_more(self) -> None:
        text = "quorum none\n#"
        longest = text + "x" * (MAX_BYTES - len(text) - 1) + "\n"

        assert MAX_BYTES == len(longest) == 65_536
        assert parse_policy(longest.encode()).quorum == "none"
        assert refusal(longest + "\n") == "policy is too long"

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("", "no quorum"),
            (LOG_LINE, "no quorum"),
            ("quorum none", "no newline at the end"),
            ("quorum none\nquorum none\n", "more than one quorum"),
            ("quorum w9\n", "unknown name"),
            ("quorum w0\n" + WITNESS_LINES, "unknown name"),
            ("quorum\n", "line cannot be read"),
            ("quorum none none\n", "line cannot be read"),
            ("quorum none # comment\n", "line cannot be read"),
            ("Quorum none\n", "line cannot be read"),
            ("log\n", "line cannot be read"),
            (LOG_LINE.replace("\n", " x\n"), "line cannot be read"),
            (f"witness {vkey(1)}\n", "line cannot be read"),
            (f"witness w {vkey(1)} url x\n", "line cannot be read"),
            ("group g 1\n", "line cannot be read"),
            ("policy v1\n", "line cannot be read"),
            (LOG_LINE * 2, "duplicate log"),
            (f"log {signer('a', 7).verifier.vkey}\nlog {signer('b', 7).verifier.vkey}\n", "duplicate log"),
            (
                f"witness a {signer('a', 7).cosigner.vkey}\nwitness b {signer('b', 7).cosigner.vkey}\n",
                "duplicate witness",
            ),
            (f"witness a {vkey(1)}\nwitness a {vkey(2)}\n", "name is taken"),
            (f"witness a {vkey(1)}\ngroup a 1 a\n", "name is taken"),
            (f"witness a {vkey(1)}\ngroup b 1 a\nwitness b {vkey(2)}\n", "name is taken"),
            (f"witness none {vkey(1)}\n", "name is taken"),
            (WITNESS_LINES + "group none 1 w0\n", "name is taken"),
            ("group g 1 none\n", "unknown name"),
            ("group g 1 g\n", "unknown name"),
            (WITNESS_LINES + "group g 1 h\ngroup h 1 w0\n", "unknown name"),
            (WITNESS_LINES + "group g 1 w0 w0\n", "member of a group twice"),
            (WITNESS_LINES + "group g 1 w0\ngroup h 1 w0\n", "member of a group twice"),
            (WITNESS_LINES + "group g 1 w0\ngroup h 1 g\ngroup i 1 g\n", "member of a group twice"),
            (WITNESS_LINES + "group g 0 w0\n", "threshold out of range"),
            (WITNESS_LINES + "group g 3 w0 w1\n", "threshold out of range"),
            (WITNESS_LINES + "group g -1 w0\n", "not a decimal number"),
            (WITNESS_LINES + "group g 01 w0\n", "decimal number with leading zeros"),
            (WITNESS_LINES + "group g ALL w0\n", "not a decimal number"),
            (f"log {vkey(1)}\n", "key of another signature type"),
            (f"witness w {vkey(1, 1)}\n", "key of another signature type"),
            (f"witness w {vkey(1)}=\n", "not base64"),
            (f"witness w {vkey(1).replace('k1', 'k2')}\n", "key id differs"),
            ("quorum\u3000none\n", "line cannot be read"),
            ("quorum\xa0none\n", "line cannot be read"),
            ("# \x00\n", "control character in the policy"),
            ("# \x7f\n", "control character in the policy"),
            ("quorum none\r\n", "control character in the policy"),
            ("quorum none\x0b\n", "control character in the policy"),
            (b"log \xff+00000000+AQ==\n", "not a key name"),
        ],
    )
    def test_refuses_other_texts(self, text: str | bytes, reason: str) -> None:
        assert refusal(text) == reason


class TestVerifyCheckpoint:
    policy = parse_policy(POLICY.encode())

    def refusal(self, data: bytes, policy: Policy | None = None) -> str:
        with pytest.raises(BadPolicy) as refused:
            (policy or self.policy).verify_checkpoint(data)
        return refused.value.reason

    def test_gives_the_checkpoint_who_signed_and_when(self) -> None:
        verified = self.policy.verify_checkpoint(cosigned(WITNESSES[4], WITNESSES[2], WITNESSES[0], WITNESSES[1]))

        assert (verified.checkpoint, verified.log) == (CHECKPOINT, LOG.verifier)
        assert verified.witnesses == ("w0", "w1", "w2", "w4")
        assert verified.times == {"w0": SECONDS + 2, "w1": SECONDS + 3, "w2": SECONDS + 1, "w4": SECONDS}

    def test_every_set_of_three_reaches_three_of_four_and_no_smaller_one_does(self) -> None:
        for some in combinations(WITNESSES[:4], 3):
            assert len(self.policy.verify_checkpoint(cosigned(*some)).witnesses) == 3
        for few in (*combinations(WITNESSES[:4], 2), (WITNESSES[0], WITNESSES[0], WITNESSES[0], WITNESSES[4])):
            assert self.refusal(cosigned(*few)) == "quorum not reached"

    def test_refuses_an_unknown_origin_whoever_signed_it(self) -> None:
        nowon = Checkpoint("nowon.example/coin", 1, EMPTY_ROOT)

        assert self.refusal(cosigned(*WITNESSES, checkpoint=nowon)) == "unknown origin"
        assert self.refusal(cosigned(log=signer("nowon.example/coin", 2), checkpoint=nowon)) == "unknown origin"

    def test_refuses_what_the_log_did_not_sign(self) -> None:
        stranger = signer(ORIGIN, 99)

        assert self.refusal(cosigned(*WITNESSES, log=stranger)) == "not signed by the log"
        assert self.refusal(cosigned(*WITNESSES, log=WITNESSES[0])) == "not signed by the log"

    def test_refuses_another_log_of_the_policy_in_its_place(self) -> None:
        nowon = signer("nowon.example/coin", 2)
        both = parse_policy(f"log {nowon.verifier.vkey}\n{POLICY}".encode())

        assert self.refusal(cosigned(*WITNESSES, log=nowon), both) == "not signed by the log"

    def test_takes_either_key_of_a_log_that_changes_its_key(self) -> None:
        after = signer(ORIGIN, 2)
        policy = parse_policy(f"log {after.verifier.vkey}\n{POLICY}".encode())

        assert policy.verify_checkpoint(cosigned(*WITNESSES)).log == LOG.verifier
        assert policy.verify_checkpoint(cosigned(*WITNESSES, log=after)).log == after.verifier

    def test_a_plain_signature_of_a_witness_is_no_cosignature(self) -> None:
        data = cosigned(WITNESSES[0], WITNESSES[1])
        plain = WITNESSES[2].verifier.line(WITNESSES[2].private_key.sign(CHECKPOINT.text.encode()))

        assert self.refusal(data + plain.encode()) == "quorum not reached"

    def test_a_broken_cosignature_refuses_the_whole_note(self) -> None:
        data = cosigned(*WITNESSES[:3]) + WITNESSES[3].cosigner.line(bytes(72)).encode()

        with pytest.raises(BadNote) as refused:
            self.policy.verify_checkpoint(data)
        assert refused.value.reason == "signature of a known key fails"

    def test_a_text_that_is_no_checkpoint_is_refused(self) -> None:
        text = f"{ORIGIN}\nhello\n"
        with pytest.raises(BadCheckpoint):
            self.policy.verify_checkpoint(signed(text, LOG.verifier.line(LOG.private_key.sign(text.encode()))))

    def test_a_single_witness_or_none_may_be_the_quorum(self) -> None:
        one = parse_policy(f"{LOG_LINE}{WITNESS_LINES}quorum w1\n".encode())
        nobody = parse_policy(f"{LOG_LINE}{WITNESS_LINES}quorum none\n".encode())

        assert one.verify_checkpoint(cosigned(WITNESSES[1])).witnesses == ("w1",)
        assert self.refusal(cosigned(WITNESSES[0]), one) == "quorum not reached"
        assert nobody.verify_checkpoint(cosigned()).witnesses == ()
        assert nobody.verify_checkpoint(cosigned(WITNESSES[0])).witnesses == ("w0",)


class TestLint:
    @pytest.mark.parametrize(
        ("rules", "overlap", "tolerated", "may_be_down"),
        [
            ("quorum 1\n", 1, 0, 0),
            ("group g 2 1 2 3\nquorum g\n", 1, 0, 1),
            ("group g 3 1 2 3 4\nquorum g\n", 2, 1, 1),
            ("group g 3 1 2 3 4 5\nquorum g\n", 1, 0, 2),
            ("group g 4 1 2 3 4 5\nquorum g\n", 3, 2, 1),
            ("group g 5 1 2 3 4 5 6 7\nquorum g\n", 3, 2, 2),
            ("group gov 2 1 2 3\ngroup civic 1 4 5\ngroup g all gov civic\nquorum g\n", 1, 0, 1),
            ("group gov 2 1 2 3\ngroup civic 2 4 5 6\ngroup g all gov civic\nquorum g\n", 2, 1, 1),
            ("group g any 1 2\nquorum g\n", 0, 0, 1),
            ("quorum none\n", 0, 0, 0),
        ],
    )
    def test_tells_what_the_quorums_of_the_design_are_worth(
        self, rules: str, overlap: int, tolerated: int, may_be_down: int
    ) -> None:
        found = lint(of(rules))

        assert (found.overlap, found.tolerated, found.may_be_down) == (overlap, tolerated, may_be_down)

    def test_counts_the_sets_that_reach_it(self) -> None:
        assert lint(of("group g 3 1 2 3 4\nquorum g\n")) == Lint(quorums=5, overlap=2, tolerated=1, may_be_down=1)
        assert lint(of("quorum none\n")).quorums == 1

    def test_refuses_more_than_20_witnesses_that_count(self) -> None:
        many = " ".join(str(number) for number in range(1, 22))

        with pytest.raises(BadPolicy) as refused:
            lint(of(f"group g any {many}\nquorum g\n", 21))
        assert refused.value.reason == "too many witnesses to lint"
        assert lint(of("quorum 1\n", 21)).overlap == 1

    @given(st.data())
    def test_agrees_with_the_definition_on_random_groups(self, data: st.DataObject) -> None:
        names = [str(number) for number in range(1, data.draw(st.integers(1, 6)) + 1)]
        rules, free = "", list(names)
        for number in range(data.draw(st.integers(1, 3))):
            members = data.draw(st.lists(st.sampled_from(free), min_size=1, unique=True))
            rules += f"group g{number} {data.draw(st.integers(1, len(members)))} {' '.join(members)}\n"
            free = [name for name in free if name not in members] + [f"g{number}"]
        policy = of(f"{rules}quorum {free[-1]}\n", len(names))
        counted = {name for name in names if reaches(policy, set(names)) and matters(policy, name, set(names))}
        sets = [set(some) for size in range(len(counted) + 1) for some in combinations(sorted(counted), size)]
        quorums = [some for some in sets if reaches(policy, some)]

        found = lint(policy)

        assert found.overlap == min(len(one & other) for one in quorums for other in quorums)
        assert found.tolerated == max(0, found.overlap - 1)
        silent = [len(gone) for gone in sets if not reaches(policy, counted - gone)]
        assert found.may_be_down == min(silent) - 1


def reaches(policy: Policy, cosigned: set[str], name: str | None = None) -> bool:
    """The standard's sentence: a group has witnessed when at least k of its members have."""
    name = name or policy.quorum
    if name in policy.witnesses:
        return name in cosigned
    group = policy.groups[name]
    return sum(reaches(policy, cosigned, member) for member in group.members) >= group.threshold


def matters(policy: Policy, name: str, everyone: set[str]) -> bool:
    """Whether some set reaches the quorum with this witness and not without it."""
    others = sorted(everyone - {name})
    return any(
        reaches(policy, {*some, name}) and not reaches(policy, set(some))
        for size in range(len(others) + 1)
        for some in combinations(others, size)
    )
