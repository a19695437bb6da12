"""What a stand refuses."""

from pumasi.kernel.result import Refusal


class TooManyWallets(Refusal):
    code = "booth.too_many_wallets"
    ko = "이 휴대폰에서 {minutes}분 동안 지갑을 {most}개 만들었어요. 잠시 뒤에 다시 눌러 주세요."
    en = "This phone has made {most} wallets within {minutes} minutes. Please press again a little later."
