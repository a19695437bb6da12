"""What is refused about sales with a part in won."""

from pumasi.kernel.result import Refusal


class NoProvider(Refusal):
    code = "pos.no_provider"
    ko = "이 구에는 카드 결제 연동이 없어요. 원화는 창구에서 따로 받아 주세요."
    en = "This district has no payment provider. Take the won at the counter as before."


class NothingInWon(Refusal):
    code = "pos.nothing_in_won"
    ko = "코인으로 다 내는 값이에요({value}원어치, 값 {price}원). 코인만 받아 주세요."
    en = "The coins cover the price ({value} of {price} won). Take coins alone."


class WonDeclined(Refusal):
    code = "pos.won_declined"
    ko = "카드 결제가 거절됐어요({reason}). 코인은 나가지 않았어요. 다른 방법으로 다시 해 주세요."
    en = "The card payment was declined ({reason}). No coins were taken. Try again in another way."


class SaleUnknown(Refusal):
    code = "pos.no_such_sale"
    ko = "그런 결제가 없어요. 번호를 확인해 주세요."
    en = "There is no such sale. Please check its number."


class CardNotInSale(Refusal):
    code = "pos.card_not_in_sale"
    ko = "품앗이 카드로는 여기서 낼 수 없어요. ‘코인 받기’ 화면에서 코인을 받고, 원화는 따로 받아 주세요."
    en = "A Pumasi card cannot be used here. Take the coins on the counter's own page, and the won apart from them."
