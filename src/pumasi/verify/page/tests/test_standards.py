"""Notes, checkpoints, proofs, policies and trees in JavaScript, against cases of other implementations.

Where a case differs from today's C2SP text, the text decides, and the test says so.
"""

import base64
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pumasi.tlog.errors import BadLog
from pumasi.tlog.policy import lint, parse_policy
from pumasi.verify.page.tests.driving import ask, b64, vectors
from pumasi.verify.tests.making import Made, make_log

LOG = make_log(12, witnesses=4)


def decisions(requests: list[dict[str, object]]) -> list[bool]:
    return [answer["ok"] for answer in ask(requests)]


class TestNotes:
    def test_the_example_of_signed_note_opens(self) -> None:
        case = vectors("signed-note-c2sp.json")

        answer = ask([{"note_b64": b64(case["note"].encode()), "vkeys": [case["vkey"]]}])

        assert answer == [{"ok": True, "text": "This is an example message.\n", "signers": ["example.com/foo"]}]

    def test_notes_open_and_are_refused_as_in_go(self) -> None:
        cases = vectors("signed-note-go-sumdb.json")["open"]

        answers = ask({"note_b64": case["note_b64"], "vkeys": case["vkeys"]} for case in cases)

        assert [(answer["ok"], answer.get("signers", [])) for answer in answers] == [
            (case["ok"], case["verified"]) for case in cases
        ]

    def test_verifier_keys_are_read_and_refused_as_in_go(self) -> None:
        cases = vectors("signed-note-go-sumdb.json")
        good = cases["vkeys_valid"]
        bad = cases["vkeys_invalid"]
        whole = good[0]
        parts = {whole[start:end] for start in range(len(whole)) for end in range(start, len(whole) + 1)} - {whole}
        changed = [whole[:n] + chr(ord(whole[n]) + 1) + whole[n + 1 :] for n in range(len(whole))]

        found = decisions([{"vkey": vkey} for vkey in [*good, *bad, *sorted(parts), *changed]])

        assert found == [True] * len(good) + [False] * (len(bad) + len(parts) + len(changed))

    def test_cosignatures_of_others_verify_until_a_byte_of_them_changes(self) -> None:
        cases = vectors("cosignature-sunlight.json")

        good = ask({"note_b64": b64(case["note"].encode()), "vkeys": case["vkeys"]} for case in cases)
        bad = ask(
            {"note_b64": b64(case["note"].replace("\n300\n", "\n301\n").encode()), "vkeys": case["vkeys"]}
            for case in cases
        )

        assert [answer["signers"] for answer in good] == [[vkey.split("+")[0] for vkey in c["vkeys"]] for c in cases]
        assert {(answer["ok"], answer["step"]) for answer in bad} == {(False, "witnessed")}


class TestCheckpoints:
    def test_checkpoints_are_read_and_refused_as_elsewhere_but_with_whole_hashes_and_lines(self) -> None:
        cases = vectors("checkpoint-formats.json")["cases"]
        # The texts of these cases hold hashes that are not 32 bytes; what else they are about stays.
        whole = b64(bytes(32))
        texts = [
            case["text"]
            .replace("YmFuYW5hcw==", whole)
            .replace("dGhlIHZpZXcgZnJvbSB0aGUgdHJlZSB0b3BzIGlzIGdyZWF0IQ==", whole)
            for case in cases
        ]

        found = decisions([{"checkpoint": text} for text in texts])

        stricter = {"valid with trailing newlines"}  # extension lines must not be empty
        assert found == [case["ok"] and case["desc"] not in stricter for case in cases]

    def test_a_hash_that_is_not_32_bytes_is_refused(self) -> None:
        assert ask([{"checkpoint": "a\n1\nYmFuYW5hcw==\n"}]) == [
            {"ok": False, "step": "form", "reason": "not 32 bytes"}
        ]

    def test_sizes_below_2_to_the_63_are_exact(self) -> None:
        root = b64(bytes(32))

        found = ask([{"checkpoint": f"a\n{size}\n{root}\n"} for size in (2**53 + 1, 2**63 - 1, 2**63)])

        assert [answer.get("size") for answer in found] == [str(2**53 + 1), str(2**63 - 1), None]


class TestProofs:
    def test_proofs_are_refused_as_elsewhere(self) -> None:
        cases = vectors("proof-formats.json")["unmarshal_errors"]

        assert decisions([{"proof": case["proof"]} for case in cases]) == [False] * len(cases)

    def test_proofs_are_read_as_elsewhere(self) -> None:
        cases = vectors("proof-formats.json")["marshal"]

        answers = ask({"proof": case["want"]} for case in cases)

        assert [(a.get("extra"), a["index"], a["path"], a["checkpoint"]) for a in answers] == [
            (case["extra"], case["index"], case["hashes"], b64(case["checkpoint"].encode())) for case in cases
        ]

    def test_inclusion_holds_and_fails_as_elsewhere(self) -> None:
        cases = vectors("rfc6962-inclusion.json")

        found = decisions(
            [
                {
                    "path": case["proof"] or [],
                    "leaf": case["leafHash"],
                    "index": str(case["leafIdx"]),
                    "size": str(case["treeSize"]),
                    "root": case["root"],
                }
                for case in cases
            ]
        )

        assert found == [not case["wantErr"] for case in cases]


class TestPolicies:
    def test_policies_are_refused_as_elsewhere(self) -> None:
        cases = vectors("policies.json")["formats_invalid"]

        assert decisions([policy_of(f"{case['policy']}\n") for case in cases]) == [False] * len(cases)

    def test_groups_and_quorum_are_satisfied_as_in_sigsum(self) -> None:
        cases = vectors("policies.json")["sigsum_quorum_truth_table"]
        keys = dict(enumerate(make_log(2, witnesses=6).cosigners, 1))
        policy = "".join(f"witness W{n} {key.cosigner.vkey}\n" for n, key in keys.items())
        policy += "group G1 any W1 W2\ngroup G2 2 W3 W4 W5\ngroup G3 all G1 G2\nquorum G3\n"

        answers = ask(policy_of(policy, *(f"W{n}" for n in case["witness_indices"])) for case in cases)

        assert [answer["quorum"] for answer in answers] == [case["sufficient"] for case in cases]

    def test_bytes_that_are_not_utf8_are_names_like_any_others(self) -> None:
        line = LOG.policy_bytes.split(b"\n")[1].replace(b" w0 ", b" \xa0\xff ")

        answers = ask(
            [
                {"policy_b64": b64(line + b"\nquorum \xa0\xff\n"), "witnessed": ["\xa0\xff"]},
                {"policy_b64": b64(line + b"\nquorum \xc2\xa0\n"), "witnessed": []},
            ]
        )

        assert [(answer["ok"], answer.get("quorum")) for answer in answers] == [(True, True), (False, None)]

    def test_what_a_policy_may_not_say_is_refused_with_its_reason(self) -> None:
        good = LOG.policy_bytes.decode()
        log, first, *_ = good.splitlines()
        cases = {
            good.removesuffix("\n"): "the last line does not end",
            f"{good}quorum none\n": "two quorums",
            f"{good}{log}\n": "a key twice",
            good.replace("\nwitness w1 ", "\nwitness w0 "): "a name is taken",
            good.replace("\nwitness w1 ", "\nwitness none "): "a name is taken",
            good.replace(" 3 w0 ", " constructor w0 "): "not a decimal number",
            good.replace(" 3 w0 ", " 03 w0 "): "not a decimal number",
            good.replace(" 3 w0 ", " 0 w0 "): "a threshold out of range",
            good.replace(" 3 w0 ", " 5 w0 "): "a threshold out of range",
            good.replace(" w3\n", " w4\n"): "an unknown name",
            good.replace(" w3\n", " w2\n"): "a name is in two groups",
            good.replace("\ngroup ", "\r\ngroup "): "control character",
            good.replace("\ngroup ", "\nrule x\ngroup "): "not a line of a policy",
            good.replace("\ngroup ", f"\n{first.replace(' w0 ', ' w9 ')}\ngroup "): "a key twice",
            good.replace("witness0.example+", "witness9.example+"): "key ID does not match",
            log.replace("log ", "witness w0 ") + "\nquorum none\n": "not a key of this type",
        }

        answers = ask(policy_of(policy) for policy in cases)

        assert [answer.get("reason") for answer in answers] == list(cases.values())

    def test_tabs_comments_urls_and_empty_lines_change_nothing(self) -> None:
        log, *rest = LOG.policy_bytes.decode().splitlines()
        spaced = "".join(f"\t  {line.replace(' ', '  ')} \n\n" for line in rest)

        answers = ask(
            [policy_of(f"#x\n {log} https://a.example/\n{spaced}"), policy_of("".join(f"{x}\n" for x in [log, *rest]))]
        )

        assert answers[0] == answers[1]
        assert answers[0]["ok"] is True

    @given(st.data())
    def test_profiles_follow_the_lint_of_the_other_implementation(self, data: st.DataObject) -> None:
        made, policy = some_policy(data)
        expected = lint(parse_policy(policy.encode()))

        (answer,) = ask([policy_of(policy)])

        reaching = "C" if answer["of"] >= 4 and expected.overlap >= 2 else "W"
        assert answer["profile"] == ("S" if policy.endswith("quorum none\n") else reaching)
        assert answer["logs"] == 1
        assert made.witnesses >= answer["of"] >= answer["least"]

    @given(data=st.binary(max_size=80), at=st.integers(0, 700))
    def test_changed_policies_are_read_or_refused_as_by_the_other_implementation(self, data: bytes, at: int) -> None:
        changed = LOG.policy_bytes[:at] + data + LOG.policy_bytes[at + len(data) // 2 :]
        try:
            parse_policy(changed)
        except BadLog:
            expected = False
        else:
            expected = True

        assert decisions([{"policy_b64": b64(changed), "witnessed": []}]) == [expected]


def policy_of(policy: str, *witnessed: str) -> dict[str, Any]:
    return {"policy_b64": base64.b64encode(policy.encode()).decode(), "witnessed": list(witnessed)}


def some_policy(data: st.DataObject) -> tuple[Made, str]:
    """A policy of up to six witnesses in up to two groups."""
    made = make_log(2, witnesses=data.draw(st.integers(0, 6)))
    lines = [line for line in made.policy_bytes.decode().splitlines() if line.startswith(("log", "witness"))]
    names = [f"w{n}" for n in range(made.witnesses)]
    cut = data.draw(st.integers(0, len(names)))
    groups = []
    for name, members in (("g", names[:cut]), ("h", names[cut:])):
        if members:
            lines.append(f"group {name} {data.draw(st.integers(1, len(members)))} {' '.join(members)}")
            groups.append(name)
    if groups:
        lines.append(f"group both {data.draw(st.sampled_from(['any', 'all']))} {' '.join(groups)}")
    quorum = data.draw(st.sampled_from([*names, *groups, *(["both"] if groups else []), "none"]))
    return made, "".join(f"{line}\n" for line in [*lines, f"quorum {quorum}"])
