"""What the person reads at each step of a case: reason, clause, days, and where to turn to. No health, no names."""

from datetime import date, timedelta

from pumasi.civic.notices.operations import Words
from pumasi.coin.district import district_tariff
from pumasi.coin.hearings.models import Case, Kind, State
from pumasi.kernel.amount import Amount


def words(case: Case, state: State, why: str, day: date) -> Words | None:
    """The letter of a step, or None for what the person did themselves."""
    tariff = district_tariff()
    coins = Amount(tariff.unit, case.coins).text()
    ko, en = (
        (f"{coins}코인 환수", f"taking back {coins} coins")
        if case.kind == Kind.CLAWBACK
        else ("가게 이용 정지", "a suspension of your shop")
    )
    until = day + timedelta(days=tariff.appeal_days)
    end_ko, end_en = f" 문의: {tariff.appeal_office_ko}.", f" Questions: {tariff.appeal_office_en}."
    match state:
        case State.NOTIFIED:
            return Words(
                title_ko=f"{ko} 예정 알림: {case.hear_until.isoformat()}까지 의견을 낼 수 있어요",
                title_en=f"Notice of {en}: your opinion until {case.hear_until.isoformat()}"[:80],
                text_ko=f"이유: {case.why} 근거: {case.clause}. 아직 정해지지 않았어요. "
                f"{case.hear_until.isoformat()}까지 ‘의견과 이의’에서, 또는 주민센터에서 의견을 낼 수 있어요." + end_ko,
                text_en=f"Reason: {case.why} Rule: {case.clause}. Nothing is decided yet. Until "
                f"{case.hear_until.isoformat()} you can say what you think under “Opinions and objections”,"
                " or at a community centre." + end_en,
            )
        case State.DECIDED:
            return Words(
                title_ko=f"{ko} 결정: {until.isoformat()}까지 이의를 신청할 수 있어요",
                title_en=f"Decision: {en}; objections until {until.isoformat()}"[:80],
                text_ko=f"이유: {why} 근거: {case.clause}. {until.isoformat()}까지 ‘의견과 이의’나 주민센터에서 "
                "이의를 신청하면 다른 담당자가 다시 정해요." + end_ko,
                text_en=f"Reason: {why} Rule: {case.clause}. Until {until.isoformat()} you can object under"
                " “Opinions and objections” or at a community centre; another officer then decides." + end_en,
            )
        case State.UPHELD:
            return Words(
                title_ko=f"이의가 받아들여지지 않았어요: {ko}"[:80],
                title_en=f"Your objection was not granted: {en}"[:80],
                text_ko=f"이유: {why} 근거: {case.clause}. 행정심판이나 소송으로 다툴 수 있어요." + end_ko,
                text_en=f"Reason: {why} Rule: {case.clause}. An administrative appeal or a court is the way left."
                + end_en,
            )
        case State.DROPPED | State.GRANTED:
            return Words(
                title_ko=f"{ko}는 없던 일이 되었어요"[:80],
                title_en=f"There will be no {en}"[:80],
                text_ko=f"이유: {why} 따로 하실 일은 없어요." + end_ko,
                text_en=f"Reason: {why} You need do nothing." + end_en,
            )
    return None
