"""`pumasi import`: move a district in from another coin system. Arguments and printing; the rules are `coin.moving`'s.

Exit codes: 0 done, nothing wrong or no difference; 1 refused, bad rows or differences; 2 not understood.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from pumasi.coin.moving.book import Checked
    from pumasi.kernel.acting import Acting

DONE, REFUSED, USAGE = 0, 1, 2


def run(argv: Sequence[str]) -> int:
    """Run one subcommand; its exit code."""
    try:
        words = _parser().parse_args(list(argv))
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else USAGE
    django.setup()
    from pumasi.coin.district import one_tariff
    from pumasi.kernel.result import Refusal

    command: Callable[[argparse.Namespace], int] = words.command
    try:
        with one_tariff():
            return command(words)
    except Refusal as refusal:
        print(f"{refusal.code}: {refusal.text('ko')} / {refusal.text('en')}", file=sys.stderr)
        return REFUSED


def _check(words: argparse.Namespace) -> int:
    checked = _read(words.folder)
    _show_checked(words, checked)
    return DONE if checked.book is not None else REFUSED


def _propose(words: argparse.Namespace) -> int:
    from dataclasses import replace

    from pumasi.coin.moving.looking import elsewhere
    from pumasi.coin.moving.operations import propose

    checked, acting = _read(words.folder), _acting("IMPORT PROPOSE")
    known: dict[str, Any] = {}
    if checked.book is not None:
        known, findings = elsewhere(acting, checked.book)
        if findings:
            checked = replace(checked, book=None, findings=tuple(sorted(findings)))
    _show_checked(words, checked)
    if checked.book is None:
        return REFUSED
    propose(acting, checked.book, known)
    print("제안했습니다. 담당자 두 명이 화면에서 승인합니다: /moving/ / Proposed. Two officers approve it on /moving/")
    return DONE


def _run_import(words: argparse.Namespace) -> int:
    from pumasi.coin.moving.errors import ImportRowsBad
    from pumasi.coin.moving.operations import load
    from pumasi.coin.moving.queries import reconciliation

    checked = _read(words.folder)
    if checked.book is None:
        _show_findings(checked)
        raise ImportRowsBad(count=len(checked.findings))
    proposal = load(_acting("IMPORT RUN"), checked.book, progress=_progress)
    found = reconciliation(proposal)
    print(
        f"옮겼습니다: 회원 {found.members:,}명, 가게 {found.shops:,}곳, {_coins(found.new_coins)}코인. "
        "최소 단위까지 맞습니다.\n"
        f"Moved: {found.members:,} members, {found.shops:,} shops, {_coins(found.new_coins)} coins; "
        "equal to the minor unit, and the books verify."
    )
    return DONE


def _report(words: argparse.Namespace) -> int:
    from pumasi.coin.moving.errors import ImportUnknown
    from pumasi.coin.moving.queries import proposals, reconciliation
    from pumasi.coin.moving.report import rows_of, written

    latest = next((each for each in proposals() if each.digest.startswith(words.digest)), None)
    if latest is None:
        raise ImportUnknown()
    found = reconciliation(latest.id)
    sys.stdout.write(written(rows_of(found)))
    return DONE if found.is_equal else REFUSED


def _compare(words: argparse.Namespace) -> int:
    from pumasi.coin.moving.comparing import What, compare
    from pumasi.coin.moving.errors import ImportRowsBad

    checked = _read(words.folder)
    if checked.book is None:
        _show_findings(checked)
        raise ImportRowsBad(count=len(checked.findings))
    found = compare(checked.book)
    for each in found.differences:
        print(f"{each.what.value} {each.who} {each.line or '-'}: {_coins(each.there)} / {_coins(each.here)}")
        for change in each.changes:
            fund, expires, rate = change.terms
            print(f"    {fund} {expires or '-'} {rate}: {_coins(change.there)} / {_coins(change.here)}")
    print(
        f"새로 가입 joined {found.count(What.JOINED):,}, 없어짐 gone {found.count(What.GONE):,}, "
        f"바뀜 changed {found.count(What.CHANGED):,}, 같음 same {found.same:,}; "
        f"예전 제도 there {_coins(found.there)}, 여기 here {_coins(found.here)}"
    )
    return DONE if not found.differences else REFUSED


def _undo(words: argparse.Namespace) -> int:
    from pumasi.coin.moving.operations import undo

    undo(_acting("IMPORT UNDO"))
    print("되돌렸습니다. / The import is undone.")
    return DONE


def _read(folder: str) -> "Checked":
    from pumasi.civic.shell import clock
    from pumasi.coin.moving.book import read_folder
    from pumasi.coin.moving.looking import district

    return read_folder(Path(folder), district(clock.current_clock().now()))


def _acting(purpose: str) -> "Acting":
    from pumasi.civic.shell import clock
    from pumasi.kernel.acting import Acting, Channel

    return Acting(None, None, Channel.JOB, purpose, clock.current_clock().now())


def _show_checked(words: argparse.Namespace, checked: "Checked") -> None:
    if words.json:
        print(json.dumps(_values(checked), ensure_ascii=False, indent=1))
        return
    for file, encoding in checked.encodings.items():
        print(f"{file}.csv  {encoding}  {checked.read.get(file, 0):,} 줄 rows")
    _show_findings(checked)
    book = checked.book
    if book is None:
        print(
            f"잘못된 줄 {len(checked.findings):,}개. 아무것도 바뀌지 않았습니다. / "
            f"{len(checked.findings):,} wrong rows. Nothing has changed."
        )
        return
    for each in book.sums():
        print(
            f"{each.where}  {each.fund}  {each.expires or '-'}  {_won(each.rate):,}원  "
            f"{each.lots:,}  {_coins(each.coins)}코인  {each.won:,}원"
        )
    print(
        f"회원 members {len(book.members):,} (전화 없음 without phone {book.without_phone():,}), "
        f"가게 shops {len(book.shops):,}, 합계 sum {_coins(book.coins)}코인 = {book.won:,}원\n"
        f"지문 digest {book.digest()}"
    )


def _show_findings(checked: "Checked") -> None:
    for each in checked.findings:
        print(f"{each.where()}: {each.rule}: {each.text('ko')} / {each.text('en')}", file=sys.stderr)


def _values(checked: "Checked") -> dict[str, object]:
    book = checked.book
    findings = [
        {
            "file": each.file,
            "line": each.line,
            "column": each.column,
            "rule": each.rule,
            "ko": each.text("ko"),
            "en": each.text("en"),
        }
        for each in checked.findings
    ]
    if book is None:
        return {"ok": False, "findings": findings}
    sums = [
        {"where": s.where, "fund": s.fund, "expires": s.expires, "rate": s.rate, "lots": s.lots, "coins": s.coins}
        for s in book.sums()
    ]
    return {
        "ok": True,
        "findings": findings,
        "digest": book.digest(),
        "members": len(book.members),
        "without_phone": book.without_phone(),
        "shops": len(book.shops),
        "coins": book.coins,
        "won": book.won,
        "sums": sums,
    }


def _coins(minor: int) -> str:
    from pumasi.coin.district import district_tariff
    from pumasi.kernel.amount import Amount

    return Amount(district_tariff().unit, minor).text()


def _won(rate: int) -> int:
    """Won per whole coin."""
    from pumasi.coin.district import district_tariff

    return rate * district_tariff().unit.minor_per_whole


def _progress(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{done:,}/{whole:,}", end="" if done < whole else "\n", file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pumasi import", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(word: str, command: Callable[[argparse.Namespace], int], text: str, *, folder: bool = True) -> None:
        made = commands.add_parser(word, help=text, description=text)
        made.set_defaults(command=command, json=False)
        if folder:
            made.add_argument("folder", help="docs/import.md has the format")
        if word in ("check", "propose"):
            made.add_argument("--json", action="store_true", help="for machines 기계용 출력")
        if word == "report":
            made.add_argument("digest", nargs="?", default="", help="the beginning of a digest; the latest without it")

    add("check", _check, "read everything, name every bad row, write nothing 점검")
    add("propose", _propose, "keep the totals for two officers to approve 제안")
    add("run", _run_import, "load what two officers have approved, or go on 옮기기")
    add("report", _report, "the reconciliation as CSV 대사 결과", folder=False)
    add("compare", _compare, "a newer extract beside this node 병행 비교")
    add("undo", _undo, "the way back that two officers have agreed on 되돌리기", folder=False)
    return parser
