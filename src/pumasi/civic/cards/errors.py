"""What cards refuse."""

from pumasi.kernel.result import Refusal


class CardUnknown(Refusal):
    code = "card_unknown"
    ko = "확인할 수 없는 카드예요. 카드의 글자를 다시 확인하거나 주민센터에 물어봐 주세요."
    en = "This card is not known. Check its letters again, or ask at the community centre."


class CardEnded(Refusal):
    code = "card_ended"
    ko = "{day}에 끝난 카드예요. 새 카드를 쓰거나 주민센터에서 다시 받아 주세요."
    en = "This card ended on {day}. Use the new one, or get another at the community centre."


class CardFrozen(Refusal):
    code = "card_frozen"
    ko = "멈춰 둔 카드예요. 본인이 신분증을 가지고 주민센터에 오면 바로 풀어 드려요."
    en = "This card is stopped. Its holder can have it opened at the community centre, with an identity card."


class NoCard(Refusal):
    code = "no_card"
    ko = "쓰고 있는 카드가 없어요. 주민센터에서 카드를 먼저 받아 주세요."
    en = "There is no card in use. Get one at the community centre first."


class StripCodeWrong(Refusal):
    code = "strip_code_wrong"
    ko = "{position}번 번호가 맞지 않아요. {left}번 더 틀리면 카드가 멈춰요. 아무것도 결제되지 않았어요."
    en = "That is not number {position} of the strip. After {left} more wrong ones the card stops. Nothing was paid."


class StripUsedUp(Refusal):
    code = "strip_used_up"
    ko = "쪽지의 번호를 다 썼거나 아직 쪽지가 없어요. 주민센터에서 새 쪽지를 받아 주세요."
    en = "There is no number left on a strip. Get a new strip at the community centre."
