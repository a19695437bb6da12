"""Refusals of the year end."""

from pumasi.kernel.result import Refusal


class YearEndRefusal(Refusal, abstract=True):
    """Nothing was changed."""


class WordsMissing(YearEndRefusal):
    code = "yearend.words_missing"
    ko = "문서번호와 이유를 적어 주세요."
    en = "Please give the document number and the reason."


class AskedAlready(YearEndRefusal):
    code = "yearend.asked_already"
    ko = "이미 요청되어 있어요({day}). 다른 담당자의 동의를 기다려 주세요."
    en = "It was asked for already on {day}. Somebody else has to agree."


class NothingAsked(YearEndRefusal):
    code = "yearend.nothing_asked"
    ko = "동의할 요청이 없어요. 먼저 요청해야 해요. 이미 끝났는지도 확인해 주세요."
    en = "There is no request to agree to: somebody has to ask first, or it is done already."


class YearNotOver(YearEndRefusal):
    code = "yearend.year_not_over"
    ko = "{year}년이 아직 끝나지 않았어요. 해가 끝난 뒤에 표본을 뽑을 수 있어요."
    en = "The year {year} is not over. A sample can be drawn once it is."


class SeedTooShort(YearEndRefusal):
    code = "yearend.seed_too_short"
    ko = "씨앗말은 {fewest}자 이상이어야 해요. 의회에서 뽑은 말을 그대로 적어 주세요."
    en = "A seed has {fewest} letters or more. Type what was drawn at the council, letter for letter."


class SampleAlreadyDrawn(YearEndRefusal):
    code = "yearend.sample_already_drawn"
    ko = "이 씨앗말로는 {day}에 이미 뽑았어요. 그 표본을 열어 보세요."
    en = "With this seed a sample was drawn on {day}. Please open that one."


class NothingPublished(YearEndRefusal):
    code = "yearend.nothing_published"
    ko = "{year}년 결제가 아직 공개 기록에 없어서 뽑을 수 없어요. 다음 블록이 공개된 뒤에 다시 해 주세요."
    en = "No payment of {year} stands in the public record yet. Try again once the next block is published."


class RoleNotEnding(YearEndRefusal):
    code = "yearend.role_not_ending"
    ko = "{day}에 끝나는 역할이 아니에요. 목록을 다시 열어 주세요."
    en = "This role does not end on {day}. Please open the list again."


class ReviewedAlready(YearEndRefusal):
    code = "yearend.reviewed_already"
    ko = "이미 검토한 역할이에요. 바꾸려면 역할을 새로 주거나 끝내 주세요."
    en = "This role was reviewed already. To change it, grant or end the role itself."


class NamesNeedAnother(YearEndRefusal):
    code = "yearend.names_need_another"
    ko = "요청한 사람은 동의할 수 없어요. 다른 발행 담당이나 예산 담당이 동의해 주세요."
    en = "Who asked cannot agree. Another issuer or budget officer has to."


class LookIsOver(YearEndRefusal):
    code = "yearend.look_is_over"
    ko = "이름은 {until}까지만 볼 수 있었어요. 더 필요하면 문서번호와 이유를 적어 다시 요청해 주세요."
    en = "The names could be seen until {until}. If you need them again, ask with an order number and a reason."
