"""Refusals of giving: which rule, until when, what to do."""

from pumasi.kernel.result import Refusal


class NotTheManager(Refusal):
    code = "giving.not_the_manager"
    ko = "이 단체의 담당자만 할 수 있어요. 담당자가 바뀌었으면 구청 담당 부서에 알려 주세요."
    en = "Only the manager of this charity may do this. Tell the division when the manager has changed."


class NotAnOfficer(Refusal):
    code = "giving.not_an_officer"
    ko = "이 일은 모금을 맡은 구 담당자만 할 수 있어요."
    en = "Only an officer of the district who is in charge of campaigns may do this."


class CharityNumberTaken(Refusal):
    code = "giving.charity_number_taken"
    ko = "등록번호 {number}은(는) 이미 등록되어 있어요. 번호를 확인하거나 구청 담당 부서에 문의해 주세요."
    en = "The registration number {number} is entered already. Check it, or ask the division."


class CharityNotVerified(Refusal):
    code = "giving.charity_not_verified"
    ko = "구 담당자가 단체 서류를 확인한 뒤에 모금을 제안할 수 있어요."
    en = "A campaign can be proposed once an officer has verified the charity's papers."


class NoSuchCampaign(Refusal):
    code = "giving.no_such_campaign"
    ko = "그런 모금이 없어요. 모금 목록에서 다시 골라 주세요."
    en = "There is no such campaign. Please choose it again from the list."


class BadDeadline(Refusal):
    code = "giving.bad_deadline"
    ko = "마지막 날은 내일부터 {until}까지 정할 수 있어요."
    en = "The last day lies between tomorrow and {until}."


class MoreThanYouHave(Refusal):
    code = "giving.more_than_you_have"
    ko = "쓸 수 있는 코인은 {available}코인이에요. 코인 수를 줄여 주세요."
    en = "You have {available} coins. Please choose a smaller number."


class TextMissing(Refusal):
    code = "giving.text_missing"
    ko = "빠진 글이 있어요. 모든 칸을 채워 주세요."
    en = "A text is missing. Please fill in every field."


class BadTarget(Refusal):
    code = "giving.bad_target"
    ko = "목표는 {step}코인 단위로, {step}코인부터 {most}코인까지 정할 수 있어요."
    en = "The target is a multiple of {step} coins, from {step} to {most}."


class CampaignNotInState(Refusal):
    code = "giving.campaign_not_in_state"
    ko = "지금은 이 일을 할 단계가 아니에요. 화면을 새로 열어 모금 상태를 확인해 주세요."
    en = "The campaign is not at the stage for this. Open the page again to see where it stands."


class OwnCampaign(Refusal):
    code = "giving.own_campaign"
    ko = "자기 단체의 모금은 스스로 승인하거나 집행할 수 없어요. 다른 담당자에게 부탁해 주세요."
    en = "Nobody approves or releases a campaign of their own charity. Please ask another officer."


class NeedsAnotherOfficer(Refusal):
    code = "giving.needs_another_officer"
    ko = "이미 한 번 확인하셨어요. 서로 다른 두 담당자가 필요하니 다른 담당자에게 부탁해 주세요."
    en = "You have agreed already. Two different officers are needed: please ask another one."


class NeedsClause(Refusal):
    code = "giving.needs_clause"
    ko = "조례 조항과 결재문서번호를 입력해야 모금을 열 수 있어요."
    en = "A campaign opens only with its ordinance clause and the approval document's number."


class CampaignClosed(Refusal):
    code = "giving.campaign_closed"
    ko = "이 모금은 지금 코인을 받지 않아요. 진행 중인 다른 모금을 골라 주세요."
    en = "This campaign takes no coins now. Please choose another one that is open."


class DeadlinePassed(Refusal):
    code = "giving.deadline_passed"
    ko = "이 모금은 {deadline}에 끝났어요. 진행 중인 다른 모금을 골라 주세요."
    en = "This campaign ended on {deadline}. Please choose another one that is open."


class TargetReached(Refusal):
    code = "giving.target_reached"
    ko = "목표를 모두 채워서 더 받지 않아요. 고마워요! 진행 중인 다른 모금을 골라 주세요."
    en = "The target is reached and no more is taken. Thank you! Please choose another campaign."


class TargetNotReached(Refusal):
    code = "giving.target_not_reached"
    ko = "목표에 {missing}코인이 모자라서 집행할 수 없어요."
    en = "{missing} coins are missing to the target, so it cannot be released."


class DonorsMayStillChange(Refusal):
    code = "giving.donors_may_still_change"
    ko = "방금 들어온 기부는 {until}까지 되돌릴 수 있어요. 그 뒤에 다시 해 주세요."
    en = "The newest donation can be taken back until {until}. Please do this after that."


class UsedTooMuch(Refusal):
    code = "giving.used_too_much"
    ko = "쓴 금액은 1원부터 전달받은 {won}원까지예요."
    en = "The amount used is from 1 to the {won} won that were received."
