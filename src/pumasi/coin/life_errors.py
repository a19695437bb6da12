"""What life events refuse: which rule, until when, what to do."""

from pumasi.coin.errors import CoinRefusal


class ProposalUnknown(CoinRefusal):
    code = "coin.proposal_unknown"
    ko = "그런 요청이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such request. Please choose it from the list."


class ProposalDecided(CoinRefusal):
    code = "coin.proposal_decided"
    ko = "이 요청은 이미 처리되었어요. 화면을 새로 열어 확인해 주세요."
    en = "This request has been decided already. Please open the page again."


class ProposalOpen(CoinRefusal):
    code = "coin.proposal_open"
    ko = "같은 요청이 이미 올라와 있어요. 두 번째 담당자가 그 요청을 처리하면 돼요."
    en = "The same request is waiting already. A second officer can decide it."


class ConcernsYourself(CoinRefusal):
    code = "coin.concerns_yourself"
    ko = "자기와 관련된 일은 스스로 올리거나 정할 수 없어요. 다른 담당자에게 부탁해 주세요."
    en = "Nobody asks for or decides what concerns themselves. Please hand it to another officer."


class LeavingTooFar(CoinRefusal):
    code = "coin.leaving_too_far"
    ko = "이사한 날은 {earliest}부터 {latest}까지 적을 수 있어요. 날짜를 확인해 주세요."
    en = "The day of moving lies between {earliest} and {latest}. Please check the day."


class LeavingKnown(CoinRefusal):
    code = "coin.leaving_known"
    ko = "이미 {day}에 전출하는 것으로 적혀 있어요. 날짜를 바꾸려면 먼저 거두어 주세요."
    en = "Moving away on {day} is noted already. To change the day, take that back first."


class NotLeaving(CoinRefusal):
    code = "coin.not_leaving"
    ko = "전출로 적힌 회원이 아니에요. 더 할 일이 없어요."
    en = "This member is not noted as moving away. Nothing is to be done."


class DeathUnknown(CoinRefusal):
    code = "coin.death_unknown"
    ko = "그런 사망 접수가 없어요. 이름과 태어난 해로 다시 찾아 주세요."
    en = "There is no such report of a death. Search again by name and year of birth."


class DeathNotYet(CoinRefusal):
    code = "coin.death_not_yet"
    ko = "사망일 {day}은(는) 아직 오지 않은 날이에요. 날짜를 확인해 주세요."
    en = "The day of death {day} has not come yet. Please check the day."


class DeathUndone(CoinRefusal):
    code = "coin.death_undone"
    ko = "이 사망 접수는 잘못된 것으로 이미 되돌렸어요. 더 할 일이 없어요."
    en = "This report was undone already because it was wrong. Nothing is to be done."


class EstateTimeRuns(CoinRefusal):
    code = "coin.estate_time_runs"
    ko = "가족은 {until}까지 정할 수 있어요. 그다음 날부터 사업으로 돌릴 수 있어요."
    en = "The family may decide until {until}. From the day after, the coins can go back to the programme."


class EstateEmpty(CoinRefusal):
    code = "coin.estate_empty"
    ko = "기다리는 코인이 없어요. 이미 가족이 받았거나 사업으로 돌아갔어요."
    en = "No coins wait here. The family has received them, or they went back to the programme."


class ShopNotClosed(CoinRefusal):
    code = "coin.shop_not_closed"
    ko = "문을 닫은 가게의 받은 코인만 보관할 수 있어요. 먼저 가게 종료를 처리해 주세요."
    en = "Only takings of a closed shop go to custody. Please close the shop first."


class CustodyTooEarly(CoinRefusal):
    code = "coin.custody_too_early"
    ko = "{day}부터 보관할 수 있어요. 그때까지 안내 편지가 두 번 나가고, 계좌가 확인되면 평소처럼 정산돼요."
    en = (
        "Custody is possible from {day} on. Until then two letters go out, and with a confirmed bank account"
        " the shop is settled as usual."
    )


class CustodyNeedsLetters(CoinRefusal):
    code = "coin.custody_needs_letters"
    ko = "가게 주인에게 안내 편지가 {sent}번 나갔어요. 두 번 나간 뒤에 보관할 수 있어요."
    en = "{sent} letters went to the owner so far. Custody is possible after two."


class NothingToKeep(CoinRefusal):
    code = "coin.nothing_to_keep"
    ko = "이 가게에 보관할 받은 코인이 없어요. 정산 중인 코인은 정산이 끝나야 해요."
    en = "This shop has no takings to keep. What is being settled has to end first."


class CustodyUnknown(CoinRefusal):
    code = "coin.custody_unknown"
    ko = "그런 보관이 없거나 이미 끝났어요. 목록에서 다시 골라 주세요."
    en = "There is no such custody, or it has ended. Please choose it from the list."


class WriteOffTooEarly(CoinRefusal):
    code = "coin.write_off_too_early"
    ko = "보관한 코인은 {day}부터 불납결손으로 처리할 수 있어요. 그때까지 주인을 찾으면 돌려줘요."
    en = "What is in custody can be written off from {day} on. Until then it goes back when the owner is found."


class EarningEnded(CoinRefusal):
    code = "coin.earning_ended"
    ko = "코인 사업의 적립은 {until}에 끝났어요. 가진 코인은 {spend}까지 쓰거나 기부할 수 있어요."
    en = "The programme's last day of earning was {until}. Coins can be used or given until {spend}."


class SpendingEnded(CoinRefusal):
    code = "coin.spending_ended"
    ko = "코인을 쓰거나 주는 마지막 날은 {until}이었어요. 사업이 끝나는 순서는 ‘사업 종료 안내’에 있어요."
    en = "The last day to use or give coins was {until}. “End of the programme” tells what comes next."


class SettlingEnded(CoinRefusal):
    code = "coin.settling_ended"
    ko = "정산의 마지막 날은 {until}이었어요. 사업이 끝나는 순서는 ‘사업 종료 안내’에 있어요."
    en = "The last day of settlement was {until}. “End of the programme” tells what comes next."


class NotYetWoundDown(CoinRefusal):
    code = "coin.not_yet_wound_down"
    ko = "아직 정리되지 않은 계정이 있어서({codes}) 장부를 마감할 수 없어요. 남은 일을 먼저 끝내 주세요."
    en = "The books cannot be closed while accounts are still open ({codes}). Finish what is left first."


class RateTooSoon(CoinRefusal):
    code = "coin.rate_too_soon"
    ko = "코인의 값은 {days}일 전에 알려야 해요. 빨라도 {earliest}부터 바꿀 수 있어요."
    en = "A new value of the coin is announced {days} days ahead: {earliest} at the earliest."
