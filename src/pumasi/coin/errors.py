"""Every refusal of the coin room: a stable code, and words in Korean and English: the rule, until when, what to do.

Not here: refusals of the ledger (`pumasi.ledger.errors`), which pass through unless a coin rule says it better.
"""

from pumasi.kernel.result import Refusal


class CoinRefusal(Refusal, abstract=True):
    """Something the rules of the coin do not allow; nothing was changed."""


# ---- the tariff


class UnknownDeed(CoinRefusal):
    code = "coin.unknown_deed"
    ko = "‘{kind}’은(는) 적립표에 없는 활동이에요. 적립표에서 활동을 골라 주세요."
    en = "'{kind}' is not in the tariff. Please choose a deed from the tariff."


class AmountNotPublished(CoinRefusal):
    code = "coin.amount_not_published"
    ko = "이 활동은 적립 코인이 아직 공고되지 않았어요. 공고된 뒤에 신청해 주세요."
    en = "No amount has been published for this deed yet. Please claim it after the notice."


class DeedNotInForceYet(CoinRefusal):
    code = "coin.deed_not_in_force_yet"
    ko = "이 활동은 {starts}부터 적립돼요. 그날부터 한 활동으로 신청해 주세요."
    en = "This deed earns from {starts}. Please claim a deed done on or after that day."


class DeedEnded(CoinRefusal):
    code = "coin.deed_ended"
    ko = "이 활동의 적립은 {until}에 끝났어요. 지금 적립되는 활동을 적립표에서 확인해 주세요."
    en = "This deed stopped earning after {until}. The tariff lists what earns now."


class NeedsDocument(CoinRefusal):
    code = "coin.needs_document"
    ko = "결정 ‘{act}’에 조례 조항이나 결재문서번호가 없어서 아직 쓸 수 없어요. 담당 부서가 먼저 입력해야 해요."
    en = (
        "Act '{act}' has no ordinance clause or approval document number, so its rows are not switched on."
        " The division must enter both first."
    )


class BadQuantity(CoinRefusal):
    code = "coin.bad_quantity"
    ko = "수량은 1부터 {limit}까지의 정수예요. 수량을 다시 입력해 주세요."
    en = "The quantity is a whole number from 1 to {limit}. Please enter it again."


class QuantityTooSmall(CoinRefusal):
    code = "coin.quantity_too_small"
    ko = "{per} 단위로 적립돼요. 지금은 {quantity}이고, {more} 더 모으면 {coins}코인이에요."
    en = "This deed counts in batches of {per}. You have {quantity}; {more} more earns {coins} coins."


class TooYoung(CoinRefusal):
    code = "coin.too_young"
    ko = "이 활동은 {min_age}세부터 적립돼요(이 기준의 마지막 날: {until}). 다른 활동은 적립표에서 확인해 주세요."
    en = "This deed is for people of {min_age} or over (last day of this rule: {until}). Please see the other deeds."


# ---- budget orders


class BadOrder(CoinRefusal):
    code = "coin.bad_order"
    ko = "예산 지시를 읽을 수 없어요({what}). 두 담당자가 같은 내용에 다시 서명해 주세요."
    en = "The budget order cannot be read ({what}). Both officers sign the same order again."


class CarryOverNotTheMode(CoinRefusal):
    code = "coin.carry_over_not_the_mode"
    ko = "{year}년 코인은 이월하는 방식이 아니에요(적립표의 재원 방식: {mode}). 부채 명세에 남은 금액을 적어 두세요."
    en = "Coins of {year} are not covered by carrying over (the tariff says {mode}). They stand in the liability note."


class CarryOverOutOfTime(CoinRefusal):
    code = "coin.carry_over_out_of_time"
    ko = "{year}년 예산은 {first}부터 {last}까지만 이월할 수 있어요."
    en = "The budget of {year} can be carried over from {first} to {last} only."


class CarryOverNeedsTwo(CoinRefusal):
    code = "coin.carry_over_needs_two"
    ko = "이월은 예산 담당 두 사람이 해요. 요청한 사람이 아닌 다른 예산 담당이 동의해 주세요."
    en = "Two budget officers carry over. Somebody else than who asked must agree."


class NothingToCarryOver(CoinRefusal):
    code = "coin.nothing_to_carry_over"
    ko = "{fund}에 이월할 원인행위 금액이 없어요. 이미 이월했거나 남은 것이 없어요."
    en = "Nothing encumbered is left in {fund}: it was carried over already, or nothing is open."


class OrderNeedsTwoOfficers(CoinRefusal):
    code = "coin.order_needs_two_officers"
    ko = "예산 지시에는 서로 다른 예산 담당자 두 사람의 서명이 필요해요. 다른 담당자의 서명을 더해 주세요."
    en = "A budget order carries the signatures of two different budget officers. Add another officer's signature."


class OfficerKeyUnknown(CoinRefusal):
    code = "coin.officer_key_unknown"
    ko = "{day}에 쓸 수 있는 예산 담당자의 서명 열쇠가 아니에요. 열쇠 등록과 임기를 확인해 주세요."
    en = "This is not a registered key of a budget officer on {day}. Check its registration and the officer's term."


class BadSignature(CoinRefusal):
    code = "coin.bad_signature"
    ko = "서명이 이 예산 지시와 맞지 않아요. 내용이 바뀌지 않았는지 확인하고 다시 서명해 주세요."
    en = "A signature does not match this budget order. Check that nothing was changed and sign again."


class OrderAlreadyBooked(CoinRefusal):
    code = "coin.order_already_booked"
    ko = "예산 지시 {order}은(는) 이미 기록되었어요. 새 지시에는 새 번호를 써 주세요."
    en = "Budget order {order} has already been booked. A new order needs a new id."


class OrderForAnotherUnit(CoinRefusal):
    code = "coin.order_for_another_unit"
    ko = "이 예산 지시의 단위는 {unit}인데 이 구의 코인이 아니에요. 단위를 고쳐 다시 서명해 주세요."
    en = "This budget order is in {unit}, which is not this district's coin. Correct the unit and sign again."


class CutBelowCommitted(CoinRefusal):
    code = "coin.cut_below_committed"
    ko = (
        "이미 약속했거나 지급한 만큼은 줄일 수 없어요. 가장 낮게 {lowest_won}원, {lowest_coins}코인까지 줄일 수 있어요."
    )
    en = (
        "What is promised or paid cannot be cut. The budget can go down to {lowest_won} won"
        " and {lowest_coins} coins at the lowest."
    )


class OfficerKeyTaken(CoinRefusal):
    code = "coin.officer_key_taken"
    ko = "이 서명 열쇠는 이미 등록되어 있어요. 사람마다 새 열쇠를 만들어 주세요."
    en = "This signing key is registered already. Each officer makes a new key."


# ---- who and where


class NotAllowed(CoinRefusal):
    code = "coin.not_allowed"
    ko = "이 일은 {role} 권한이 있는 사람만 할 수 있어요. 담당 부서에 문의해 주세요."
    en = "Only a person with the role {role} may do this. Please ask the responsible division."


class NobodyActing(CoinRefusal):
    code = "coin.nobody_acting"
    ko = "누가 하는 일인지 알 수 없어요. 로그인하거나 담당자와 함께 다시 해 주세요."
    en = "It is not known who does this. Please log in, or do it with a member of staff."


class MovedAway(CoinRefusal):
    code = "coin.moved_away"
    ko = "구와의 관계가 {left}에 끝나서 더 적립되지 않아요. 가진 코인은 쓰거나 선물할 수 있어요."
    en = "Your relation to the district ended on {left}, so deeds earn no more. Coins you hold can be spent or given."


class AgeUnknown(CoinRefusal):
    code = "coin.age_unknown"
    ko = "이 활동은 {min_age}세부터인데 태어난 해가 등록되어 있지 않아요. 주민센터나 내 정보에서 등록해 주세요."
    en = "This deed is for people of {min_age} or over and no birth year is on file. Please add it at a desk or online."


class PlaceFull(CoinRefusal):
    code = "coin.place_full"
    ko = "이곳은 {day} 하루 {limit}건을 모두 확인했어요. 다음 날이나 다른 곳에서 적립해 주세요."
    en = "This place has confirmed its {limit} deeds of {day}. Please come another day or go to another place."


class PlaceTakesNoMore(CoinRefusal):
    code = "coin.place_takes_no_more"
    ko = "이곳은 {day} 하루 {limit}개까지 받는데 {left}개 남았어요. 그만큼만 가져오거나 다음 날 와 주세요."
    en = "This place takes {limit} pieces on {day} and has room for {left}. Bring that many or come another day."


class PlaceIsFullToday(CoinRefusal):
    code = "coin.place_is_full_today"
    ko = "이곳은 오늘 이 물품이 다 찼어요. 내일 오거나 다른 곳에 가져가 주세요. (가게는 ‘필요 안내’에서 바꿔요.)"
    en = "This place is full of this item today. Come tomorrow or go elsewhere. (The shop can change it under “Needs”.)"


class ItemNotAccepted(CoinRefusal):
    code = "coin.item_not_accepted"
    ko = "이곳은 이 물품을 받지 않아요. ‘가져갈 곳’에서 받는 곳을 확인해 주세요."
    en = "This place does not take this item. “Where to bring” lists the places that do."


class DeedNotHere(CoinRefusal):
    code = "coin.deed_not_here"
    ko = "이 활동은 이곳에서 적립되지 않아요. 적립표에서 이 활동을 받는 곳을 확인해 주세요."
    en = "This deed does not earn at this kind of place. The tariff lists where it does."


class EvidenceNotAccepted(CoinRefusal):
    code = "coin.evidence_not_accepted"
    ko = "이 활동은 ‘{given}’ 방식으로 확인할 수 없어요. 받는 방식: {accepted}."
    en = "This deed cannot be confirmed by '{given}'. Accepted: {accepted}."


class DeedInFuture(CoinRefusal):
    code = "coin.deed_in_future"
    ko = "아직 오지 않은 때의 활동은 적립할 수 없어요. 활동한 날을 다시 확인해 주세요."
    en = "A deed in the future cannot earn. Please check the day on which it was done."


class SelfAward(CoinRefusal):
    code = "coin.self_award"
    ko = "자기 활동을 스스로 확인할 수 없어요. 다른 담당자에게 확인을 부탁해 주세요."
    en = "Nobody confirms a deed of their own. Please ask another member of staff."


class OwnShopDeed(CoinRefusal):
    code = "coin.own_shop_deed"
    ko = "자기 가게에서 한 활동은 주민 몫으로 적립되지 않아요. 다른 가게를 이용해 주세요."
    en = "A deed at one's own shop does not earn as a resident. Please use another shop."


class WrongPayees(CoinRefusal):
    code = "coin.wrong_payees"
    ko = "코인을 받을 사람이 맞지 않아요({what}). 받을 사람을 다시 골라 주세요."
    en = "The people to be paid are not right ({what}). Please choose them again."


class PoolTooSmall(CoinRefusal):
    code = "coin.pool_too_small"
    ko = "나눌 수 있는 코인은 {pool}코인인데 {wanted}코인을 나누려고 했어요. 몫을 다시 계산해 주세요."
    en = "There are {pool} coins to share and the shares come to {wanted}. Please work the shares out again."


# ---- caps


class CapReached(CoinRefusal, abstract=True):
    """A cap of the tariff: what is left under it, and the last day it counts."""


class DailyLimitReached(CapReached):
    code = "coin.daily_limit_reached"
    ko = (
        "하루 적립 한도 {limit}코인 중 {left}코인이 남았어요."
        " {until}이 지나면 다시 적립할 수 있어요. 이의신청은 {days}일 안에 할 수 있어요."
    )
    en = (
        "Of {limit} coins a day, {left} are left. You can earn again after {until}."
        " An objection can be filed within {days} days."
    )


class MonthlyLimitReached(CapReached):
    code = "coin.monthly_limit_reached"
    ko = (
        "한 달 적립 한도 {limit}코인 중 {left}코인이 남았어요."
        " {until}이 지나면 다시 적립할 수 있어요. 이의신청은 {days}일 안에 할 수 있어요."
    )
    en = (
        "Of {limit} coins a month, {left} are left. You can earn again after {until}."
        " An objection can be filed within {days} days."
    )


class LevelMonthReached(CapReached):
    code = "coin.level_month_reached"
    ko = (
        "본인 확인 전에는 한 달에 {limit}코인까지 적립할 수 있고 {left}코인이 남았어요({until}까지)."
        " 주민센터에 신분증을 가져오면 바로 한도가 늘어요. 이의신청은 {days}일 안에 할 수 있어요."
    )
    en = (
        "Before an identity check {limit} coins a month can be earned, and {left} are left until {until}."
        " Bring an identity card to a community centre and the limit is raised at once."
        " An objection can be filed within {days} days."
    )


class HoldLimitReached(CoinRefusal):
    code = "coin.hold_limit_reached"
    ko = (
        "본인 확인 전에는 {limit}코인까지 가질 수 있고 {room}코인을 더 받을 수 있어요."
        " 주민센터에 신분증을 가져오면 바로 한도가 없어져요. 그 전에는 코인을 쓴 뒤에 다시 받을 수 있어요."
    )
    en = (
        "Before an identity check {limit} coins can be held, so there is room for {room} more."
        " Bring an identity card to a community centre and the limit falls away at once; or use some coins first."
    )


class PlaceLimitReached(CapReached):
    code = "coin.place_limit_reached"
    ko = (
        "이곳의 하루 한도 {limit}코인 중 {left}코인이 남았어요."
        " {until} 다음 날이나 다른 곳에서 적립해 주세요. 이의신청은 {days}일 안에 할 수 있어요."
    )
    en = (
        "Of this place's {limit} coins a day, {left} are left. Please earn after {until} or at another place."
        " An objection can be filed within {days} days."
    )


class PairLimitReached(CapReached):
    code = "coin.pair_limit_reached"
    ko = (
        "한 사람이 이곳에서 하루에 적립할 수 있는 {limit}코인 중 {left}코인이 남았어요."
        " {until} 다음 날이나 다른 곳에서 적립해 주세요. 이의신청은 {days}일 안에 할 수 있어요."
    )
    en = (
        "Of {limit} coins that one person earns at this place a day, {left} are left."
        " Please earn after {until} or at another place. An objection can be filed within {days} days."
    )


# ---- paying, giving, taking back


class NotInSteps(CoinRefusal):
    code = "coin.not_in_steps"
    ko = "코인은 {step}코인 단위로 쓸 수 있어요. {lower} 또는 {higher}코인으로 다시 입력해 주세요."
    en = "Coins are paid in steps of {step}. Please enter {lower} or {higher} coins."


class BadCoins(CoinRefusal):
    code = "coin.bad_coins"
    ko = "코인은 1부터 {limit}까지의 정수예요. 다시 입력해 주세요."
    en = "Coins are a whole number from 1 to {limit}. Please enter them again."


class CoinsExceedPrice(CoinRefusal):
    code = "coin.coins_exceed_price"
    ko = "{coins}코인은 {value}원인데 값은 {price}원이에요. 코인을 줄여 주세요."
    en = "{coins} coins are worth {value} won but the price is {price} won. Please pay fewer coins."


class BadPrice(CoinRefusal):
    code = "coin.bad_price"
    ko = "값은 1원부터 {limit}원까지의 정수예요. 다시 입력해 주세요."
    en = "A price is a whole number from 1 to {limit} won. Please enter it again."


class OwnShop(CoinRefusal):
    code = "coin.own_shop"
    ko = "자기 가게에서는 코인을 쓸 수 없어요. 다른 가게에서 써 주세요."
    en = "Coins cannot be paid at one's own shop. Please spend them at another shop."


class NotEnoughCoins(CoinRefusal):
    code = "coin.not_enough_coins"
    ko = "쓸 수 있는 코인은 {available}코인인데 {needed}코인이 필요해요. 코인을 줄이고 나머지는 원화로 내 주세요."
    en = "You can spend {available} coins but {needed} are needed. Pay fewer coins and the rest in won."


class CardLimitReached(CoinRefusal):
    code = "coin.card_limit_reached"
    ko = "카드만으로는 하루 {limit}코인까지이고 오늘 {left}코인 남았어요. 쪽지의 번호를 입력하거나 내일 내 주세요."
    en = "A card alone pays {limit} coins a day; {left} are left today. Type a number of the strip, or pay tomorrow."


class NoSuchPayment(CoinRefusal):
    code = "coin.no_such_payment"
    ko = "그런 결제가 없어요. 영수증 번호를 확인해 주세요."
    en = "There is no such payment. Please check the number on the receipt."


class RefundTooLarge(CoinRefusal):
    code = "coin.refund_too_large"
    ko = "돌려줄 수 있는 코인은 {left}코인이에요. 그 이하로 입력해 주세요."
    en = "{left} coins can still be returned. Please enter at most that."


class RefundTooLate(CoinRefusal):
    code = "coin.refund_too_late"
    ko = "환불은 결제 후 {days}일, {until}까지였어요. 담당 부서에 문의해 주세요."
    en = "Refunds were possible for {days} days, until {until}. Please ask the responsible division."


class ReceiptInSettlement(CoinRefusal):
    code = "coin.receipt_in_settlement"
    ko = "이 결제는 지금 가게에 정산되는 중이에요. 정산이 끝나면(보통 며칠) 돌려줄 수 있어요."
    en = "This payment is just being paid out to the shop. It can be refunded once that is done, usually in a few days."


class UndoTooLate(CoinRefusal):
    code = "coin.undo_too_late"
    ko = "되돌리기는 결제 후 {minutes}분까지예요. 가게에 환불을 부탁해 주세요."
    en = "A payment can be undone for {minutes} minutes. Please ask the shop for a refund."


class UndoWhileDisputed(CoinRefusal):
    code = "coin.undo_while_disputed"
    ko = "‘금액이 달라요’로 접수된 결제는 되돌릴 수 없어요. 가게가 접수된 화면에서 답하면 바로 정리돼요."
    en = "A payment in dispute cannot be undone. It is settled as soon as the shop answers on the dispute's page."


class PaymentDisputedAlready(CoinRefusal):
    code = "coin.payment_disputed_already"
    ko = "이 결제는 이미 ‘금액이 달라요’로 접수된 적이 있어요. 더 물을 것이 있으면 담당 부서에 말씀해 주세요."
    en = "This payment has been disputed once already. If something is still open, please ask the responsible division."


class DisputeTooLate(CoinRefusal):
    code = "coin.dispute_too_late"
    ko = "‘금액이 달라요’는 결제 후 {days}일, {until}까지 알릴 수 있었어요. 가게나 담당 부서에 직접 말씀해 주세요."
    en = "A wrong amount could be reported for {days} days, until {until}. Please talk to the shop or the division."


class DisputeTooLarge(CoinRefusal):
    code = "coin.dispute_too_large"
    ko = "이 결제에서 아직 돌아오지 않은 코인은 {left}코인이에요. 그 이하로 입력해 주세요."
    en = "{left} coins of this payment have not come back yet. Please enter at most that."


class PaymentSettled(CoinRefusal):
    code = "coin.payment_settled"
    ko = "이 결제는 가게와 이미 정산되어 따로 떼어 둘 수 없어요. 결제 후 {days}일 안이면 가게에 환불을 부탁해 주세요."
    en = "This payment has been settled with the shop already. For {days} days the shop can still refund it: ask there."


class DisputeUnknown(CoinRefusal):
    code = "coin.dispute_unknown"
    ko = "그런 접수가 없어요. 영수증을 다시 열어 주세요."
    en = "There is no such dispute. Please open the receipt again."


class DisputeClosed(CoinRefusal):
    code = "coin.dispute_closed"
    ko = "이 접수는 이미 다르게 처리되었어요. 화면을 새로 열어 확인해 주세요."
    en = "This dispute has already gone another way. Please open the page again."


class DisputeInBadOrder(CoinRefusal):
    code = "coin.dispute_in_bad_order"
    ko = "지금은 이 접수에 답할 차례가 아니에요. 가게의 답은 {until}까지 기다리고, 가게가 낸 접수는 담당자가 정해요."
    en = "It is not your turn yet: the shop may answer until {until}; what a shop reported itself an officer decides."


class DisputeNeedsOutsider(CoinRefusal):
    code = "coin.dispute_needs_outsider"
    ko = "이 결제나 가게와 관련된 사람은 정할 수 없어요. 다른 담당자에게 넘겨 주세요."
    en = "Whoever took part or works at this place does not decide. Please hand it to another officer."


class ReasonMissing(CoinRefusal):
    code = "coin.reason_missing"
    ko = "이유를 {limit}자 안에서 적어 주세요. 상대방이 읽게 돼요."
    en = "Give a reason in at most {limit} characters. The other side reads it."


class GiftToSelf(CoinRefusal):
    code = "coin.gift_to_self"
    ko = "자기에게는 선물할 수 없어요. 받을 사람을 다시 골라 주세요."
    en = "A gift goes to somebody else. Please choose another person."


class RateNotDivisible(CoinRefusal):
    code = "coin.rate_not_divisible"
    ko = "코인 값이 {old}원에서 {new}원(최소 단위)으로 나누어떨어지지 않아 바꿀 수 없어요. 값을 다시 정해 주세요."
    en = "Coins at {old} won per minor unit cannot become whole coins at {new}. Please set another value."


class KeyReused(CoinRefusal):
    code = "coin.key_reused"
    ko = "같은 요청 번호로 다른 내용이 이미 처리되었어요. 화면을 새로 열어 다시 해 주세요."
    en = "The same request key was already used for something else. Open the page again and retry."
