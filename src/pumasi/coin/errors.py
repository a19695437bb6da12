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
