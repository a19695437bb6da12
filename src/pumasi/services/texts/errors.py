"""What writing a text refuses."""

from pumasi.kernel.result import Refusal


class TextIncomplete(Refusal):
    code = "texts.incomplete"
    ko = "한국어와 영어를 둘 다 써 주세요. 쉬운 글은 비워도 돼요."
    en = "Write it in Korean and in English, both. Easy words may stay empty."


class TextDates(Refusal):
    code = "texts.dates"
    ko = "이 글에는 첫날과 마지막 날이 있어야 하고, 길어야 {days}일이에요. 날짜를 고쳐 주세요."
    en = "This text needs a first and a last day, at most {days} days apart. Change the dates."


class TextChanged(Refusal):
    code = "texts.changed"
    ko = "그사이 다른 사람이 이 글을 고쳤어요({number}판). 새 글을 보고 다시 고쳐 주세요. 쓴 글은 아래에 그대로 있어요."
    en = "Somebody else has changed this text meanwhile (version {number}). Look at it; your words stand below."


class TextUnknown(Refusal):
    code = "texts.unknown"
    ko = "그런 글이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such text. Choose it from the list again."
