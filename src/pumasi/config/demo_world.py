"""The demo's world before it is served: databases, a month of examples, personas; and the words on the terminal.

Imported once Django has been set up with the demo's environment, and not before.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override

from pumasi.civic.shell.clock import current_clock, demo_clock_path
from pumasi.civic.shell.personas import PERSONAS, save_cast
from pumasi.config.databases import KEYS
from pumasi.config.demo_cast import SINCE, make_cast
from pumasi.config.demo_server import all_answer
from pumasi.config.replay import replay
from pumasi.kernel.clock import DemoClock
from pumasi.ledger.reads import trial_balance, without_leaf
from pumasi.ledger.verify import verify
from pumasi.seal.cadence import AT_ONCE
from pumasi.seal.files import POLICY
from pumasi.seal.sealer import SealerAtWork
from pumasi.tlog.errors import BadLog
from pumasi.tlog.policy import parse_policy
from pumasi.verify.audit import audit
from pumasi.verify.errors import Refused

ROOT = Path(__file__).resolve().parents[3]
MONTH = ROOT / "examples" / "2026-10-month.jsonl"


def prepare(home: Path, fill: Callable[[], None], night: Callable[[], object]) -> None:
    """Migrate both databases; fill a fresh home with what there is to see; publish the record.

    night: does what fell due since the last time, or within the month.
    """
    _say("데이터베이스 준비 / preparing the databases")
    for alias in ("default", KEYS):
        call_command("migrate", database=alias, verbosity=0)
    if not (home / "personas.json").exists():
        fill()
    _say("날마다 할 일 / the night's jobs")
    with redirect_stdout(sys.stderr):
        night()
    _publish()


def summary(port: int, *, with_past: bool = False) -> str:
    """Where to go, the trial balance, and what the verification of the books says."""

    with override("ko"):
        names = [(str(persona.label), persona.slug) for persona in PERSONAS]
    lines = ["", f"  품앗이 시연 / Pumasi demo:  http://localhost:{port}/", ""]
    lines += [f"    http://{slug}.localhost:{port}/   {name}" for name, slug in names]
    lines += ["", f"    http://localhost:{port}/chain/   공개 기록 / public record"]
    lines += ["", *_trial_balance(), "", _verification(), _record()]
    if with_past:
        lines += [
            "",
            "  지난 18개월을 채우고 있어요, 1분쯤 / eighteen months of the past are being filled in, about a minute",
        ]
    lines += ["", "  Ctrl-C 로 끝내요 / Ctrl-C stops everything", ""]
    return "\n".join(lines)


def check_pages(port: int) -> bool:
    """Open the public pages and each persona's first page; says which one did not answer with 200."""
    first = {
        "shop": "/received/",
        "facility": "/places/",
        "issuer": "/budget/",
        "officer": "/budget/order/",
        "cosigner": "/tariff/",
        "treasury": "/settlement/",
        "checker": "/settlement/",
        "charity": "/charity/",
        "auditor": "/books/",
        "official": "/deeds/outcomes/",
        "reviewer": "/deeds/review/",
        "organisation": "/deeds/lists/",
    }
    pages = [("localhost", path) for path in ("/", "/chain/", "/verify", "/log/checkpoint")]
    pages += [(f"{each.slug}.localhost", path) for each in PERSONAS for path in ("/", first.get(each.slug, "/coins/"))]
    return all_answer(port, pages)


def fill_month(month: Path) -> None:
    """Replay the month and make the personas."""
    people, until = _replayed(month)
    # Personas begin after the month: where the machine's own date is earlier, the demo's clock starts later.
    early = until + SINCE + timedelta(hours=1) - current_clock().now()
    if early > timedelta():
        DemoClock.shift(demo_clock_path(), early)
    _say("등장인물 준비 / making the personas")
    save_cast(make_cast(current_clock().now(), people))


def _replayed(month: Path) -> tuple[Mapping[str, UUID], datetime]:
    """The people of the replayed month by name, and the moment of the book's last transfer."""
    _say(f"한 달 재생 / replaying a month: {month.name}")
    report = replay(month.read_bytes().split(b"\n"))
    _say(f"  {report.accepted.total()} 건 처리, {len(report.refused)} 건 거절 / carried out, refused")
    latest = max((each.at for each in without_leaf(1_000_000)), default=datetime(2000, 1, 1, tzinfo=UTC))
    return report.cast.people, latest


def _trial_balance() -> list[str]:

    lines = trial_balance()
    rows = [f"    {line.row.code}  {line.unit:<4}{line.balance:>16,}  {line.row.ko} / {line.row.en}" for line in lines]
    sums = {unit: sum(line.balance for line in lines if line.unit == unit) for unit in sorted({x.unit for x in lines})}
    total = ", ".join(f"{unit} {amount:,}" for unit, amount in sums.items())
    return ["  시산표 (최소 단위) / trial balance (minor units)", *rows, f"    Σ {total}"]


def _verification() -> str:

    report = verify()
    said = "맞아요 / verified" if report.ok else "맞지 않아요 / DOES NOT VERIFY"
    counts = ", ".join(f"{count:,} {name}" for name, count in report.counts.items())
    return f"  장부 확인 / books: {said} ({report.check_count} checks; {counts})"


def _publish() -> None:
    """All that waits, now; the sealer beside the server goes on from here."""
    _say("기록 공개 / publishing the record")
    with SealerAtWork(AT_ONCE) as sealer:
        while True:
            blocks: list[str] = []
            refusal = sealer.turn(show=blocks.append)
            if refusal is not None:
                _say(f"  {refusal.text('ko')} / {refusal.text('en')}")
            if not blocks:
                return


def _record() -> str:
    folder = Path(settings.LOG_DIR)
    try:
        found = audit(folder, parse_policy((folder / POLICY).read_bytes()))
    except (BadLog, Refused, OSError) as error:
        return f"  기록 확인 / record: 맞지 않아요 / DOES NOT VERIFY ({error})"
    said = "규칙을 어겨요 / BREAKS RULES" if found.problems else "맞아요 / verified"
    return f"  기록 확인 / record: {said} ({found.replay.size:,} entries, {found.replay.block + 1:,} blocks)"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
