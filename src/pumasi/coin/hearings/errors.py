"""Refusals of hearings: who may act, until when, and what to do."""

from pumasi.coin.errors import CoinRefusal


class CaseUnknown(CoinRefusal):
    code = "hearings.case_unknown"
    ko = "그런 건이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such case. Please choose it again from the list."


class CaseOpenAlready(CoinRefusal):
    code = "hearings.open_already"
    ko = "같은 일로 진행 중인 건이 있어요. 그 건이 끝난 뒤에 다시 해 주세요."
    en = "A case about this is open already. Please wait until it has ended."


class CaseNeedsOutsider(CoinRefusal):
    code = "hearings.needs_outsider"
    ko = "이 건에 관련된 사람이나 앞 단계를 처리한 사람은 정할 수 없어요. 다른 담당자가 정해 주세요."
    en = "Whoever is concerned, or has decided an earlier step, does not decide. Please hand it to another officer."


class HearingOpen(CoinRefusal):
    code = "hearings.hearing_open"
    ko = "{until}까지 당사자의 의견을 기다려요. 의견이 오거나 그날이 지난 뒤에 정하거나, 급한 이유를 적어 주세요."
    en = (
        "The person may give an opinion until {until}. Decide once it has come or that day is over,"
        " or say why it cannot wait."
    )


class HearingOver(CoinRefusal):
    code = "hearings.hearing_over"
    ko = "의견은 {until}까지 낼 수 있었어요. 결정이 나오면 {days}일 안에 이의를 신청할 수 있어요."
    en = "Opinions could be given until {until}. After the decision you have {days} days to object."


class CaseInBadOrder(CoinRefusal):
    code = "hearings.bad_order"
    ko = "이 건은 지금 그렇게 할 수 없어요. 화면을 새로 열어 어디까지 왔는지 확인해 주세요."
    en = "This cannot be done at this point of the case. Please open the page again to see where it stands."


class ObjectionTooLate(CoinRefusal):
    code = "hearings.objection_too_late"
    ko = "이의는 {until}까지 신청할 수 있었어요. 그 뒤의 길은 {office}에 물어보세요."
    en = "Objections could be made until {until}. Please ask {office} about the ways that are left."


class NothingToTakeBack(CoinRefusal):
    code = "hearings.nothing_to_take_back"
    ko = "이 번호로 지급된 코인이 없어요. 적립 확인증의 번호를 다시 확인해 주세요."
    en = "No coins were paid under this number. Please check the number on the slip of the deed."


class KeptTooMuch(CoinRefusal):
    code = "hearings.kept_too_much"
    ko = "맞는 수량은 처음 인정된 {counted}보다 적어야 해요. 모두 취소하려면 0을 적어 주세요."
    en = "The right quantity must be below the {counted} that counted. Enter 0 to take all of it back."
