"""`pumasi-verify`: what anybody runs, without an account and without the district's server, to check its log.

`run` returns text and exit code (0 good, 1 refused, 2 not understood); `__main__` prints. Needs Python and
`cryptography`, nothing of Django.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pumasi.tlog.errors import BadLog
from pumasi.tlog.note import parse_vkey
from pumasi.tlog.policy import Policy, lint, parse_policy
from pumasi.verify import report
from pumasi.verify.audit import Audit, audit
from pumasi.verify.equivocation import Verdict, compare
from pumasi.verify.errors import BadEntry, Refused
from pumasi.verify.leaf import Leaf
from pumasi.verify.promise import Promise, parse_promise
from pumasi.verify.receipt import check_receipt, from_fragment

GOOD, REFUSED, NOT_UNDERSTOOD = 0, 1, 2
_FILE_LIMIT = 1_000_000

type Answer = tuple[str, int]


def run(argv: Sequence[str]) -> Answer:
    """Text and exit code of one call; argparse leaves with 2 by itself where it understands nothing."""
    words = _parser().parse_args(argv)
    command: Callable[[argparse.Namespace], Answer] = words.command
    try:
        return command(words)
    except BadEntry as error:
        return report.refusal_report(error.reason, error.rule), REFUSED
    except (BadLog, Refused) as error:
        return report.refusal_report(error.reason), REFUSED
    except OSError as error:
        return f"읽을 수 없습니다 / cannot be read: {error}\n", NOT_UNDERSTOOD


def _receipt(words: argparse.Namespace) -> Answer:
    data = _read(words.file)
    if b"#" in data and not data.startswith(b"c2sp.org/"):  # the address of a receipt, as a code on paper holds it
        data = from_fragment(data.partition(b"#")[2].decode("ascii", "replace").strip())
    policy, policy_bytes = _policy(words.policy)
    return report.receipt_report(check_receipt(data, policy), policy_bytes), GOOD


def _log(words: argparse.Namespace) -> Answer:
    policy, policy_bytes = _policy(words.policy)
    found = audit(Path(words.folder), policy)
    text = _json(found) if words.json else report.log_report(found, policy_bytes)
    return text, REFUSED if found.problems else GOOD


def _json(found: Audit) -> str:
    value = {
        "found": found.found,
        "problems": [{"index": p.index, "rule": p.rule, "text": p.text} for p in found.problems],
        "solvency": found.solvency,
        "tiles": found.tiles,
        "tiles_absent": found.tiles_absent,
        "witnesses": dict(found.verified.times),
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n"


def _equivocation(words: argparse.Namespace) -> Answer:
    policy, _ = _policy(words.policy)
    log = None if words.log is None else Path(words.log)
    compared = compare(_read(words.first), _read(words.second), [log.key for log in policy.logs], log)
    return report.equivocation_report(compared), REFUSED if compared.verdict is Verdict.CONFLICT else GOOD


def _promise(words: argparse.Namespace) -> Answer:
    promise = parse_promise(_read(words.file), parse_vkey(words.key))
    if words.log is None or words.policy is None:
        return report.promise_report(promise, "given", None), GOOD
    policy, _ = _policy(words.policy)
    index, published = _look_for(promise, Path(words.log), policy)
    if index is not None:
        return report.promise_report(promise, "kept", index), GOOD
    if published is not None and published > promise.before:
        return report.promise_report(promise, "broken", None), REFUSED
    passed = words.now is not None and words.now > promise.before
    return report.promise_report(promise, "unproven" if passed else "waiting", None), GOOD


def _look_for(promise: Promise, folder: Path, policy: Policy) -> tuple[int | None, datetime | None]:
    """Where the promised commitment stands, and when a witness last saw this log."""
    found: list[int] = []

    def look(leaf: Leaf) -> None:
        if any(posting.commitment == promise.commitment for posting in leaf.postings):
            found.append(leaf.index)

    verified = audit(folder, policy, look).verified
    if verified.checkpoint.origin != promise.origin:
        raise Refused("the promise is about another log")
    times = [datetime.fromtimestamp(min(seconds, 253_402_300_799), UTC) for seconds in verified.times.values()]
    return (found[0] if found else None), max(times, default=None)


def _lint(words: argparse.Namespace) -> Answer:
    policy, policy_bytes = _policy(words.file)
    return report.policy_report(policy, lint(policy), policy_bytes), GOOD


def _policy(path: str) -> tuple[Policy, bytes]:
    data = _read(path)
    return parse_policy(data), data


def _read(path: str) -> bytes:
    """A file, or standard input for `-`; what is longer than any of our files is cut and then refused by its form."""
    if path == "-":
        return sys.stdin.buffer.read(_FILE_LIMIT + 1)
    with Path(path).open("rb") as file:
        return file.read(_FILE_LIMIT + 1)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pumasi-verify",
        description="구의 코인 기록을 누구나 확인합니다 / Checks a district's log of coins. "
        "Exit code: 0 good, 1 refused, 2 not understood.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(word: str, command: Callable[[argparse.Namespace], Answer], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(word, help=text, description=text)
        made.set_defaults(command=command)
        return made

    def add_policy(to: argparse.ArgumentParser, *, required: bool = True) -> None:
        to.add_argument("--policy", required=required, metavar="POLICY", help="정책 파일 / the policy: whom you trust")

    receipt = add("receipt", _receipt, "영수증 확인 / check a receipt, without any network")
    receipt.add_argument("file", metavar="FILE", help="영수증 파일, 주소, 또는 - / a receipt, its address, or -")
    add_policy(receipt)
    log = add("log", _log, "기록 전체 확인 / check a whole log and recompute its totals")
    log.add_argument("folder", metavar="DIR", help="기록 폴더 / the log's files")
    add_policy(log)
    log.add_argument("--json", action="store_true", help="기계가 읽는 형식 / for machines")
    two = add("equivocation", _equivocation, "두 체크포인트 비교 / compare two checkpoints of one log")
    two.add_argument("first", metavar="A")
    two.add_argument("second", metavar="B")
    add_policy(two)
    two.add_argument("--log", metavar="DIR", help="기록 폴더 / the log's files, where the sizes differ")
    promise = add("promise", _promise, "약속 확인 / check a promise, and whether it was kept")
    promise.add_argument("file", metavar="FILE")
    promise.add_argument("--key", required=True, metavar="VKEY", help="약속 열쇠 / the key of <origin>/promise")
    promise.add_argument("--log", metavar="DIR")
    add_policy(promise, required=False)
    promise.add_argument("--now", type=_moment, metavar="ISO", help="지금 / when you fetched the log")
    lint_ = add("policy", _lint, "정책 점검 / what a policy is worth")
    lint_.add_argument("file", metavar="FILE")
    return parser
