"""What `pumasi replay` refuses before an operation is asked: lines that are no command of this file format."""

from pumasi.kernel.result import Refusal


class ReplayRefusal(Refusal, abstract=True):
    """A line that cannot be carried out; the lines around it are not disturbed."""


class LineUnreadable(ReplayRefusal):
    code = "replay.line_unreadable"
    ko = "이 줄을 읽을 수 없어요({what}). 한 줄에 JSON 객체 하나를 써 주세요."
    en = "This line cannot be read ({what}). Write one JSON object per line."


class FloatInLine(ReplayRefusal):
    code = "replay.float_in_line"
    ko = "소수 {number}이(가) 있어요. 수량과 코인은 정수로만 써 주세요."
    en = "There is a fractional number {number}. Write quantities and coins as whole numbers."


class UnknownStep(ReplayRefusal):
    code = "replay.unknown_step"
    ko = "모르는 명령이에요: {do}. 쓸 수 있는 명령: {known}."
    en = "Unknown command: {do}. Known commands: {known}."


class WrongField(ReplayRefusal):
    code = "replay.wrong_field"
    ko = "‘{field}’ 항목이 맞지 않아요({what}). 형식을 확인해 주세요."
    en = "The field '{field}' is not right ({what}). Please check the format."


class UnknownName(ReplayRefusal):
    code = "replay.unknown_name"
    ko = "이 파일에서 아직 소개되지 않은 이름이에요: {name}. 앞줄에서 먼저 등록해 주세요."
    en = "This name has not been introduced in the file: {name}. Introduce it on an earlier line."


class NameTaken(ReplayRefusal):
    code = "replay.name_taken"
    ko = "이미 쓰인 이름이에요: {name}. 다른 이름을 써 주세요."
    en = "This name is taken: {name}. Please use another one."


class TimeRunsBack(ReplayRefusal):
    code = "replay.time_runs_back"
    ko = "앞줄({before})보다 이른 때예요. 시간 순서대로 적어 주세요."
    en = "This is earlier than the line before ({before}). Write the lines in the order of time."
