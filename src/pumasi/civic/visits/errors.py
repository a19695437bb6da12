"""What visits refuse."""

from pumasi.kernel.result import Refusal


class VisitUnknown(Refusal):
    code = "visit_unknown"
    ko = "그런 방문 기록이 없어요. 장소의 코드를 다시 찍어 주세요."
    en = "There is no such visit. Please scan the code of the place again."


class VisitOpenElsewhere(Refusal):
    code = "visit_open_elsewhere"
    ko = "{since}부터 다른 곳에 있는 것으로 되어 있어요. 그곳에서 먼저 나가기를 눌러 주세요."
    en = "You have been checked in at another place since {since}. Please check out there first."


class VisitOverAlready(Refusal):
    code = "visit_over_already"
    ko = "이 방문은 이미 끝났어요. 새로 오셨다면 들어가기를 다시 눌러 주세요."
    en = "This visit is over already. If you have come again, please check in anew."


class VisitStepUnusable(Refusal):
    code = "visit_step_unusable"
    ko = "방문은 지금 ‘{state}’ 상태라 ‘{wanted}’(으)로 바꿀 수 없어요. 목록을 새로 열어 주세요."
    en = "The visit is {state} now and cannot become {wanted}. Please open the list again."


class SessionUnknown(Refusal):
    code = "session_unknown"
    ko = "그런 모임이 없어요. 모임 목록에서 다시 골라 주세요."
    en = "There is no such session. Please choose it from the list again."


class SessionClosed(Refusal):
    code = "session_closed"
    ko = "이 모임은 {closed_at}에 끝났어요. 빠진 사람은 담당 직원에게 말해 주세요."
    en = "This session ended at {closed_at}. Please tell the staff about anybody who is missing."


class NotThisDay(Refusal):
    code = "session_not_this_day"
    ko = "이 모임은 {day}에 열려요. 그날 다시 찍어 주세요."
    en = "This session is on {day}. Please scan on that day."


class NoLeaderHere(Refusal):
    code = "session_no_leader"
    ko = "이 모임의 진행자만 출석을 부를 수 있어요. 모임을 연 직원에게 진행자로 넣어 달라고 해 주세요."
    en = "Only a leader of this session calls its roll. Ask the staff who opened it to add you."


class SessionTimesUnusable(Refusal):
    code = "session_times_unusable"
    ko = "끝나는 때는 시작보다 늦고 {hours}시간 안이어야 해요. 시간을 고쳐 주세요."
    en = "A session ends after it starts, within {hours} hours. Please correct the times."
