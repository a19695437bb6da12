"""Letters before coins lapse: 60, 30 and 7 days before the last day of a lot, each exactly once (decisions 28).

A stage is due from so many days before the last day on. Whoever comes late - the job stood still, the coins were
given yesterday - gets the newest stage that is due and no letter of the stages that it has overtaken.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from pumasi.civic.notices.operations import Words, write_notice
from pumasi.civic.people.queries import open_people_by_wallet
from pumasi.coin.district import district_tariff, one_tariff
from pumasi.kernel.acting import Acting
from pumasi.kernel.amount import Amount
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.ids import derived_id
from pumasi.ledger.reads import lapsing

KIND = "EXPIRY"
STAGES = (60, 30, 7)
CHUNK = 500


@dataclass(frozen=True)
class Lapsing:
    """Coins of one wallet that lapse together: the last day is the last on which they can be spent."""

    wallet: UUID
    last_day: date
    minor: int


@one_tariff()
def write_expiry_notices(acting: Acting) -> int:
    """Write what is due at `acting.at`; returns how many letters are new.

    Safe to run again, to kill at any point, and on days after one that was missed. Nobody gets two letters for the
    same last day at once.
    """
    today = seoul_date(acting.at)
    written = 0
    for chunk in _chunks(_lapsing(today)):
        people = open_people_by_wallet({each.wallet for each in chunk})
        for each in chunk:
            if each.wallet in people:
                written += _write(acting, people[each.wallet], each, stage_on(today, each.last_day))
    return written


def stage_on(today: date, last_day: date) -> int:
    """The stage that is due on `today` for coins with this last day: the smallest of 60, 30, 7 that is not over."""
    left = (last_day - today).days
    return min((stage for stage in STAGES if left <= stage), default=0)


def _write(acting: Acting, person_id: UUID, found: Lapsing, stage: int) -> int:
    if not stage:
        return 0
    key = derived_id("coin.expiry_notice", person_id.hex, found.last_day.isoformat(), stage)
    words = _words(found, (found.last_day - seoul_date(acting.at)).days)
    return int(write_notice(acting, person_id=person_id, kind=KIND, words=words, key=key))


def _words(found: Lapsing, days: int) -> Words:
    coins = Amount(district_tariff().unit, found.minor).text()
    day = found.last_day
    ko = "오늘까지" if days == 0 else f"{days}일 남았어요"
    en = "today is the last day" if days == 0 else f"{days} day{'' if days == 1 else 's'} left"
    return Words(
        title_ko=f"{coins}코인을 {day.year}년 {day.month}월 {day.day}일까지 쓸 수 있어요",
        title_en=f"Use {coins} coins by {day.isoformat()}",
        text_ko=(
            f"{coins}코인의 사용 기한이 {day.year}년 {day.month}월 {day.day}일이에요({ko})."
            " 그날까지 쓰지 않으면 사라져요."
            " 가게나 공공시설에서 쓰거나, 모금에 기부하거나, 이웃에게 선물할 수 있어요."
            " 도움이 필요하면 가까운 주민센터에 물어보세요."
        ),
        text_en=(
            f"{coins} coins can be used until {day.isoformat()} ({en})."
            " What is not used by then lapses."
            " You can pay with them in a shop or a public place, give them to a campaign, or give them to a neighbour."
            " Your community centre helps with it."
        ),
    )


def _lapsing(today: date) -> Iterator[Lapsing]:
    unit = district_tariff().unit.code
    for owner, last_day, minor in lapsing(unit, today, today + timedelta(days=max(STAGES))):
        yield Lapsing(UUID(hex=owner), last_day, minor)


def _chunks(found: Iterable[Lapsing]) -> Iterator[list[Lapsing]]:
    chunk: list[Lapsing] = []
    for each in found:
        chunk.append(each)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
