"""What the kernel refuses."""

from pumasi.kernel.result import Refusal


class AmountOutOfRange(Refusal):
    code = "amount_out_of_range"
    ko = "금액이 너무 커요. {limit}(최소 단위) 이하로 나누어 입력해 주세요."
    en = "The amount is too large. Split it so that each part is at most {limit} minor units."


class AmountUnreadable(Refusal):
    code = "amount_unreadable"
    ko = "금액 ‘{text}’을(를) 읽을 수 없어요. 소수점 아래 {scale}자리까지 숫자로 적어 주세요."
    en = "The amount '{text}' cannot be read. Write digits with at most {scale} decimal places."


class UnitMismatch(Refusal):
    code = "unit_mismatch"
    ko = "단위가 서로 달라요({left}, {right}). 같은 단위끼리만 셈할 수 있어요."
    en = "The units differ ({left}, {right}). Only amounts of one unit can be counted together."


class RateUnknown(Refusal):
    code = "rate_unknown"
    ko = "{day}에는 단위 {unit}의 원화 환산 비율이 정해져 있지 않아요. 비율이 시작된 날짜를 써 주세요."
    en = "Unit {unit} has no won rate on {day}. Use a day on or after its first rate."


class RateNotWhole(Refusal):
    code = "rate_not_whole"
    ko = "{day}의 단위 {unit} 비율({won}원)은 최소 단위로 나누어떨어지지 않아요. 온전한 단위로 계산해 주세요."
    en = "On {day} unit {unit} is worth {won} won, which is not whole per minor unit. Count in whole units."


class CannotSplit(Refusal):
    code = "cannot_split"
    ko = "나눌 몫이 없어요. 0 이상의 정수 몫을 하나 이상 주세요."
    en = "There is nothing to split by. Give whole weights of zero or more, at least one above zero."


class NotCanonical(Refusal):
    code = "not_canonical"
    ko = "기록이 정해진 형식(정규 JSON)이 아니에요({reason}). 보낸 프로그램이 다시 만들어야 해요."
    en = "The record is not canonical JSON ({reason}). The program that sent it must encode it again."


class TextUnreadable(Refusal):
    code = "text_unreadable"
    ko = "글에 쓸 수 없는 문자가 들어 있어요({character}). 지우고 다시 입력해 주세요."
    en = "The text holds a character that cannot be kept ({character}). Remove it and try again."


class TextTooLong(Refusal):
    code = "text_too_long"
    ko = "글이 너무 길어요. {limit}자까지 쓸 수 있어요."
    en = "The text is too long. At most {limit} characters are kept."


class ClockOnlyForward(Refusal):
    code = "clock_only_forward"
    ko = "시연 시계는 앞으로만 옮길 수 있어요(최대 {days}일). 처음부터 하려면 시연을 다시 시작해 주세요."
    en = "The demo clock only moves forward, at most {days} days. To go back, start the demo afresh."


class ClockFileBroken(Refusal):
    code = "clock_file_broken"
    ko = "시연 시계 파일 {name}을(를) 읽을 수 없어요. 파일을 지우면 실제 시각으로 돌아가요."
    en = "The demo clock file {name} cannot be read. Delete it to return to real time."
