"""What the audit refuses."""

from pumasi.kernel.result import Refusal


class PurposeMissing(Refusal):
    code = "purpose_missing"
    ko = "개인정보를 열람하려면 목적이 있어야 해요(안전성 확보조치 기준 제8조). 목적을 고르고 다시 열어 주세요."
    en = "A look at personal data needs a purpose (safety measures standard, art. 8). Choose one and open it again."
