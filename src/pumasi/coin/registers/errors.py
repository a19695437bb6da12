"""What the registers refuse: changes of the tariff, freezes, the Monday list, hours paid elsewhere."""

from pumasi.coin.errors import CoinRefusal

# ---- changes of the tariff


class ChangeNeedsDocument(CoinRefusal):
    code = "coin.change_needs_document"
    ko = "조례 조항과 결재문서번호가 없으면 적립표를 바꿀 수 없어요. 둘 다 적어 주세요."
    en = "A change of the tariff needs an ordinance clause and an approval document number. Please enter both."


class ChangeTooSoon(CoinRefusal):
    code = "coin.change_too_soon"
    ko = "적립표는 빨라도 {earliest}부터 바꿀 수 있어요. 시행일을 그날이나 그 뒤로 정해 새로 올려 주세요."
    en = "The tariff can change on {earliest} at the earliest. Draft it again with that day or a later one."


class ChangeDoesNotFit(CoinRefusal):
    code = "coin.change_does_not_fit"
    ko = "이 변경은 적립표에 맞지 않아요({what}). 내용을 고쳐 다시 올려 주세요."
    en = "This change does not fit into the tariff ({what}). Correct it and draft it again."


class ChangeUnknown(CoinRefusal):
    code = "coin.change_unknown"
    ko = "그런 변경안이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such change. Please choose it from the list."


class ChangeDecidedAlready(CoinRefusal):
    code = "coin.change_decided_already"
    ko = "이 변경안은 그 사이에 다르게 처리되었어요. 화면을 새로 열어 확인해 주세요."
    en = "This change has been decided otherwise meanwhile. Please open the page again."


class SecondPersonNeeded(CoinRefusal):
    code = "coin.second_person_needed"
    ko = "올린 사람이 스스로 확정할 수 없어요. 다른 담당자에게 확인을 부탁해 주세요."
    en = "Nobody confirms what they asked for themselves. Please ask another officer."


class ReasonMissing(CoinRefusal):
    code = "coin.register_reason_missing"
    ko = "이유를 적어야 해요. 나중에 보는 사람이 알 수 있게 한 문장으로 적어 주세요."
    en = "A reason is needed. Please write one sentence that others will understand later."


class TooLateToWithdraw(CoinRefusal):
    code = "coin.too_late_to_withdraw"
    ko = "{effective}부터 시행된 변경은 거둘 수 없어요. 새 변경안을 올려 주세요."
    en = "A change in force since {effective} cannot be withdrawn. Please draft a new change."


# ---- freezes


class EarningFrozen(CoinRefusal, abstract=True):
    """Earning is stopped here, for this kind or for all: by which clause, until when, whom to ask."""


class FrozenBeforeElection(EarningFrozen):
    code = "coin.frozen_before_election"
    ko = "선거 기간이라 이 적립은 {until}까지 멈췄어요(근거: {clause}). 문의는 구청 담당 부서로 해 주세요."
    en = "Because of an election this does not earn until {until} (rule: {clause}). Please ask the district's division."


class FrozenForInquiry(EarningFrozen):
    code = "coin.frozen_for_inquiry"
    ko = "확인할 일이 있어 이 적립은 {until}까지 멈췄어요(근거: {clause}). 문의는 구청 담당 부서로 해 주세요."
    en = "While something is looked into, this does not earn until {until} (rule: {clause}). Please ask the division."


class FrozenForSafety(EarningFrozen):
    code = "coin.frozen_for_safety"
    ko = "안전 때문에 이 적립은 {until}까지 멈췄어요(근거: {clause}). 문의는 구청 담당 부서로 해 주세요."
    en = "For safety this does not earn until {until} (rule: {clause}). Please ask the district's division."


class FrozenByDistrict(EarningFrozen):
    code = "coin.frozen_by_district"
    ko = "구의 결정으로 이 적립은 {until}까지 멈췄어요(근거: {clause}). 문의는 구청 담당 부서로 해 주세요."
    en = "By a decision of the district this does not earn until {until} (rule: {clause}). Please ask the division."


class FreezeUnreadable(CoinRefusal):
    code = "coin.freeze_unreadable"
    ko = "멈춤을 읽을 수 없어요({what}). 그 칸을 고쳐 주세요."
    en = "The freeze cannot be read ({what}). Please correct that field."


class FreezeUnknown(CoinRefusal):
    code = "coin.freeze_unknown"
    ko = "그런 멈춤이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such freeze. Please choose it from the list."


class FreezeDecidedAlready(CoinRefusal):
    code = "coin.freeze_decided_already"
    ko = "이 멈춤은 그 사이에 다르게 처리되었어요. 화면을 새로 열어 확인해 주세요."
    en = "This freeze has been decided otherwise meanwhile. Please open the page again."


# ---- the Monday list


class FindingUnknown(CoinRefusal):
    code = "coin.finding_unknown"
    ko = "그 주의 목록에 없는 항목이에요. 목록을 새로 열어 다시 골라 주세요."
    en = "This finding is not on that week's list. Please open the list again."


class FindingClosedAlready(CoinRefusal):
    code = "coin.finding_closed_already"
    ko = "이 항목은 이미 마무리되었어요. 목록에서 메모를 확인해 주세요."
    en = "This finding has been closed already. Its note is on the list."


# ---- paid elsewhere


class PaidElsewhere(CoinRefusal):
    code = "coin.paid_elsewhere"
    ko = (
        "{day} {starts}~{ends}은 ‘{source}’에서 이미 돈을 받은 시간이라 적립되지 않아요."
        " 사실과 다르면 {days}일 안에 이의신청을 해 주세요."
    )
    en = (
        "{day} {starts}-{ends} has already been paid by '{source}', so it does not earn."
        " If that is wrong, please object within {days} days."
    )


class SaidPaid(CoinRefusal):
    code = "coin.said_paid"
    ko = "이미 돈을 받은 활동은 적립되지 않아요. 돈을 받지 않은 시간만 따로 신청해 주세요."
    en = "What has been paid for does not earn coins. Please claim only the hours that were not paid."


class RosterUnreadable(CoinRefusal):
    code = "coin.roster_unreadable"
    ko = (
        "명단의 {line}번째 줄을 읽을 수 없어요({what})."
        " 전화번호, 날짜(2026-10-05), 시작(09:00), 끝(12:00) 순서로 적어 주세요."
    )
    en = (
        "Line {line} of the roster cannot be read ({what})."
        " Write phone, day (2026-10-05), from (09:00), to (12:00) in this order."
    )


class RosterUnknown(CoinRefusal):
    code = "coin.roster_unknown"
    ko = "그런 명단이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such roster. Please choose it from the list."
