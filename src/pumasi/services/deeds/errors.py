"""What the service refuses by itself; the coin's and the codes' refusals pass through."""

from pumasi.kernel.result import Refusal


class ClaimDecidedAlready(Refusal):
    code = "deeds.claim_decided_already"
    ko = "이 신청은 이미 다르게 처리되었어요. 목록을 새로 열어 확인해 주세요."
    en = "This claim has already been decided the other way. Please open the list again."


class ClaimKeyReused(Refusal):
    code = "deeds.claim_key_reused"
    ko = "같은 화면에서 다른 내용이 이미 처리되었어요. 장소의 코드를 다시 찍어 주세요."
    en = "Something else was already sent from this page. Please scan the code of the place again."
