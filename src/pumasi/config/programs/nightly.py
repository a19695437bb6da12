"""`pumasi nightly`: everything that falls due with a new day. A timer runs it after midnight in Seoul.

Each job is safe to run again, to kill and to run twice at once, so that a missed night is made up for by the next run.
One job that fails does not keep the others from running. Exit codes: 0 all done, 1 a job failed, 2 not understood.
Not here: what each job does and when something is due.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import django
from django.db import DatabaseError

DONE, FAILED = 0, 1


@dataclass(frozen=True)
class Job:
    """`run` answers how many things it has done."""

    word: str
    ko: str
    en: str
    run: Callable[[], int]


def run(argv: Sequence[str]) -> int:
    """Run the jobs in their order, or the one that is named; returns the exit code."""
    django.setup()
    jobs = _jobs()
    words = _parser([job.word for job in jobs]).parse_args(argv)
    results = [_ran(job) for job in jobs if words.job in (None, job.word)]
    return DONE if all(results) else FAILED


def _ran(job: Job) -> bool:
    from pumasi.kernel.result import Refusal

    try:
        count = job.run()
    except (Refusal, DatabaseError) as problem:
        said = f"{problem.text('ko')} / {problem.text('en')}" if isinstance(problem, Refusal) else problem
        print(f"{job.word}: {job.ko} / {job.en}: {said}", file=sys.stderr, flush=True)
        return False
    print(f"{job.word}  {count}  {job.ko} / {job.en}", flush=True)
    return True


def _jobs() -> list[Job]:
    """In this order: what comes back is there before it lapses, and what lapses is there before others wait for it."""
    from pumasi.civic.hooks.operations import forget_old
    from pumasi.civic.shell import clock
    from pumasi.coin import operations as coin
    from pumasi.coin.hearings.models import Kind
    from pumasi.coin.hearings.operations import finish_due
    from pumasi.coin.settlement import operations as settlement
    from pumasi.kernel.acting import Acting, Channel
    from pumasi.services.deeds import operations as deeds
    from pumasi.services.giving import operations as giving
    from pumasi.services.pos import operations as pos
    from pumasi.services.yearend import operations as yearend

    def job(word: str, ko: str, en: str, operation: Callable[[Acting], int]) -> Job:
        return Job(
            word, ko, en, lambda: operation(Acting(None, None, Channel.JOB, "NIGHTLY", clock.current_clock().now()))
        )

    def end_hearings(acting: Acting) -> int:
        return deeds.take_back_what_is_final(acting) + finish_due(acting, Kind.SUSPENSION)

    return [
        job("campaigns", "끝난 모금", "campaigns closed, failed ones returned", giving.close_due_campaigns),
        job("pos", "카드 결제 마무리", "sales with a part in won brought to an end", pos.settle_open),
        job("sweep", "기한이 된 코인", "disputes answered, holds released, coins lapsed", coin.sweep),
        job("hearings", "확정된 환수와 정지", "clawbacks and suspensions without any way back", end_hearings),
        job("lives", "이사·관계 만료", "moves begun, reminded and ended; coins that follow", coin.move_on),
        job("unreachable", "닫은 가게 안내", "letters to owners of closed shops", settlement.write_to_unreachable),
        job("waiting", "대기자 지급", "waiting claims paid", coin.issue_waiting),
        job("rate", "코인 값 환산", "lots converted to a new value of the coin", coin.convert_due),
        job("ending", "사업 종료 정리", "wound down after a last day of the programme", coin.wind_down),
        job("letters", "만료 안내", "letters before coins lapse", coin.write_expiry_notices),
        job("years", "한 해 편지", "letters about the year that ended", yearend.write_yearly_letters),
        job("photos", "사진 삭제", "photos deleted", deeds.forget_photos),
        job("hooks", "오래된 웹훅 삭제", "messages of webhooks deleted", forget_old),
    ]


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pumasi nightly", description="날이 바뀌면 할 일 / everything that falls due with a new day"
    )
    parser.add_argument("job", nargs="?", choices=words, help="이 일만 / only this job")
    return parser
