"""The refusal of the press."""

from pumasi.kernel.result import Refusal


class PressUnavailable(Refusal):
    code = "printing.press_unavailable"
    ko = "지금은 PDF를 만들 수 없어요({what}). 화면의 ‘인쇄’를 쓰거나 잠시 뒤에 다시 해 주세요."
    en = "A PDF cannot be made now ({what}). Use 'Print' on the page, or try again later."
