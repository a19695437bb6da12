"""`pumasi ledger`: post, read, verify, rebuild and export the books. Arguments, files and exit codes; nothing else.

Exit codes: 0 done; 1 some lines refused, or the account is unknown; 2 usage; 3 the books do not verify;
4 the database cannot be reached or is not prepared; 5 a file cannot be read or written.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import BinaryIO, TextIO

import django
from django.db import DatabaseError, InterfaceError

from pumasi.kernel.result import Refusal
from pumasi.ledger import export_beancount, export_csv, reads, tables
from pumasi.ledger.fields import BadField, read_moment
from pumasi.ledger.intake import Answer, Tally, post_lines
from pumasi.ledger.jsonl import read
from pumasi.ledger.rebuild import rebuild
from pumasi.ledger.verify import verify

OK, REFUSED, USAGE, DIFFERENT, NO_DATABASE, NO_FILE = range(6)
_STEP = 500  # lines between two strokes of the progress bar


def run(argv: Sequence[str]) -> int:
    """Run one subcommand; its exit code."""
    try:
        words = _parser().parse_args(list(argv))
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else USAGE
    django.setup()
    command: Callable[[argparse.Namespace], int] = words.command
    try:
        return command(words)
    except Refusal as refusal:
        return _complain(words, refusal.code, refusal.text("ko"), refusal.text("en"), REFUSED)
    except (DatabaseError, InterfaceError) as error:
        en = f"The database cannot be reached or is not prepared (./pumasi migrate): {_first_line(error)}"
        ko = "데이터베이스에 닿지 않거나 준비되지 않았습니다 (./pumasi migrate)."
        return _complain(words, "no_database", ko, en, NO_DATABASE)
    except OSError as error:
        en = f"The file cannot be read or written: {error}"
        return _complain(words, "no_file", "파일을 읽거나 쓸 수 없습니다.", en, NO_FILE)


def _post(words: argparse.Namespace) -> int:
    tally = Tally()
    show = _progress(words, "post")
    with _readable(words.file) as file:
        for done, answer in enumerate(post_lines(read(file), words.batch), 1):
            tally.add(answer)
            if answer.refusal is not None:
                _refused(words, answer)
            if done % _STEP == 0:
                show(done, 0)
    show(-1, 0)
    counts = {"posted": tally.posted, "replayed": tally.replayed, "opened": tally.opened, "refused": tally.refused}
    if words.json:
        print(json.dumps(counts))
    else:
        print(
            f"기록 posted {tally.posted:,}, 이미 있음 replayed {tally.replayed:,}, "
            f"개설 opened {tally.opened:,}, 거절 refused {tally.refused:,}"
        )
    return REFUSED if tally.refused else OK


def _refused(words: argparse.Namespace, answer: Answer) -> None:
    assert answer.refusal is not None
    ko, en = answer.refusal.text("ko"), answer.refusal.text("en")
    if words.json:
        print(json.dumps({"line": answer.line, "code": answer.code, "ko": ko, "en": en}, ensure_ascii=False))
    else:
        print(f"{answer.line}: {answer.code}: {ko} / {en}", file=sys.stderr)


def _balance(words: argparse.Namespace) -> int:
    found = reads.balance(words.address) if words.at is None else reads.balance_at(words.address, words.at)
    scale = _scale_of(words)
    if words.json:
        print(json.dumps({"address": words.address, "balance": found, "amount": tables.decimal(found, scale)}))
    else:
        print(tables.grouped(found, scale))
    return OK


def _statement(words: argparse.Namespace) -> int:
    reads.balance(words.address)  # an unknown account is refused, an empty one is an empty table
    lines = reads.statement(words.address, words.before, words.limit)
    _show(words, tables.statement_values(lines), tables.statement_table(lines, _scale_of(words)))
    return OK


def _lots(words: argparse.Namespace) -> int:
    reads.balance(words.address)
    found = reads.lots(words.address)
    _show(words, tables.lot_values(found), tables.lot_table(found, _scale_of(words)))
    return OK


def _trial_balance(words: argparse.Namespace) -> int:
    lines = reads.trial_balance()
    values = tables.trial_values(lines, words.scale)
    if words.csv:
        sys.stdout.write(export_csv.trial_text(values))
    else:
        _show(words, values, tables.trial_table(lines, words.scale))
    return OK


def _verify(words: argparse.Namespace) -> int:
    started = time.perf_counter()
    show = _progress(words, "verify")
    report = verify(progress=show)
    show(-1, 0)
    seconds = round(time.perf_counter() - started, 2)
    if words.json:
        differences = [{"check": d.check, "ko": d.text("ko"), "en": d.text("en")} for d in report.differences]
        print(json.dumps({"ok": report.ok, **report.counts, "seconds": seconds, "differences": differences},
                         ensure_ascii=False))  # fmt: skip
        return OK if report.ok else DIFFERENT
    for difference in report.differences:
        print(f"{difference.text('ko')}\n{difference.text('en')}", file=sys.stderr)
    counts = ", ".join(f"{count:,} {name}" for name, count in report.counts.items())
    if report.ok:
        print(f"장부가 맞습니다 / The books verify: {report.check_count} checks, {counts}, {seconds} s")
        return OK
    print(
        f"장부가 맞지 않습니다 / The books do not verify: {report.difference_count:,} differences, "
        f"{counts}, {seconds} s"
    )
    return DIFFERENT


def _rebuild(words: argparse.Namespace) -> int:
    done = rebuild(dry_run=words.dry_run)
    if words.json:
        differences = [{"check": d.check, "ko": d.text("ko"), "en": d.text("en")} for d in done.differences]
        print(json.dumps({"written": done.written, "differences": differences}, ensure_ascii=False))
    else:
        for difference in done.differences:
            print(difference.text("ko"), difference.text("en"), sep="\n")
        ended = "고쳤습니다 / put right" if done.written else "그대로 두었습니다 / left as they are"
        print(f"다른 값 / differences: {len(done.differences):,}; {ended}")
    return DIFFERENT if done.differences and not done.written else OK


def _export(words: argparse.Namespace) -> int:
    writers: Mapping[str, Callable[[TextIO, Mapping[str, int]], int]] = {
        "beancount": export_beancount.write,
        "csv": export_csv.write_postings,
    }
    newline = "" if words.format == "csv" else "\n"
    with _writable(words.file, newline) as file:
        count = writers[words.format](file, words.scale)
    print(f"{count:,} {'postings' if words.format == 'csv' else 'transfers'}: {words.file}", file=sys.stderr)
    return OK


def _show(words: argparse.Namespace, values: Sequence[Mapping[str, tables.Cell]], text: str) -> None:
    print(json.dumps(values, ensure_ascii=False, indent=1) if words.json else text)


def _complain(words: argparse.Namespace, code: str, ko: str, en: str, exit_code: int) -> int:
    if words.json:
        print(json.dumps({"code": code, "ko": ko, "en": en}, ensure_ascii=False))
    else:
        print(f"{code}: {ko} / {en}", file=sys.stderr)
    return exit_code


def _progress(words: argparse.Namespace, name: str) -> Callable[[int, int], None]:
    """Strokes on a terminal only; done -1 wipes them away."""
    if words.json or not sys.stderr.isatty():
        return lambda done, total: None

    def show(done: int, total: int) -> None:
        if done < 0:
            text = ""
        elif total:
            text = f"{name} [{'#' * (30 * done // total):<30}] {done:,}/{total:,}"
        else:
            text = f"{name} {done:,}"
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)

    return show


def _readable(name: str) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdin.buffer) if name == "-" else open(name, "rb")  # the caller's `with` closes it


def _writable(name: str, newline: str) -> AbstractContextManager[TextIO]:
    if name == "-":
        return nullcontext(sys.stdout)
    return open(name, "w", encoding="utf-8", newline=newline)  # the caller's `with` closes it


def _scale_of(words: argparse.Namespace) -> int:
    unit = words.address.split(":")[1] if words.address.count(":") == 2 else ""
    return int(words.scale.get(unit, 0))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _moment(text: str) -> datetime:
    try:
        return read_moment("moment", text)
    except BadField as bad:
        raise argparse.ArgumentTypeError(str(bad)) from bad


def _bounded(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"a whole number from {least} to {most} is wanted")
        return int(text)

    return number


class _Scale(argparse.Action):
    """`--scale HOUR=1`: the decimals of one more unit."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: argparse.Namespace, values: object, option: str | None = None
    ) -> None:
        unit, _, digits = str(values).partition("=")
        if not unit or digits not in {"0", "1", "2", "3", "4"}:
            parser.error("--scale: UNIT=0 to UNIT=4 is wanted")
        namespace.scale = {**namespace.scale, unit: int(digits)}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pumasi ledger", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(word: str, command: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(word, help=text, description=text)
        made.set_defaults(command=command)
        made.add_argument("--json", action="store_true", help="for machines 기계용 출력")
        made.add_argument("--scale", action=_Scale, default=dict(tables.SCALES), metavar="UNIT=DIGITS",
                          help="decimals of a unit; known: SC=2, KRW=0")  # fmt: skip
        return made

    post = add("post", _post, "post a file of commands, one JSON object a line 명령 파일 기록")
    post.add_argument("file", help="a file, or - for standard input")
    post.add_argument("--batch", type=_bounded(1, 5000), default=1000, help="commands in one transaction (1000)")
    balance = add("balance", _balance, "the balance of an account 잔액")
    balance.add_argument("address", help="code:unit:owner")
    balance.add_argument("--at", type=_moment, help="at a past moment, such as 2026-11-22T10:00:00+09:00")
    statement = add("statement", _statement, "one page of an account's postings, newest first 거래내역")
    statement.add_argument("address", help="code:unit:owner")
    statement.add_argument("--limit", type=_bounded(1, 1000), default=20, help="lines on the page (20)")
    statement.add_argument("--before", type=_bounded(1, 2**62), help="the last transfer of the page before")
    trial = add("trial-balance", _trial_balance, "the sum of each kind of account 합계잔액시산표")
    trial.add_argument("--csv", action="store_true", help="for a spreadsheet 표 계산용")
    add("lots", _lots, "the lots in an account, the next to lapse first 코인 묶음").add_argument("address")
    add("verify", _verify, "recompute everything from postings and moves 장부 검증")
    again = add("rebuild", _rebuild, "derive balances, places and due rows anew 다시 계산")
    again.add_argument("--dry-run", action="store_true", help="only say what differs 무엇이 다른지만 보이기")
    export = add("export", _export, "the whole book as a file 내보내기")
    export.add_argument("--format", choices=("beancount", "csv"), required=True)
    export.add_argument("file", help="a file, or - for standard output")
    return parser
