"""Refusals of the letter box."""

from pumasi.kernel.result import Refusal


class NoSuchNotice(Refusal):
    code = "notices.no_such_notice"
    ko = "그런 편지가 없어요. 편지함에서 다시 골라 주세요."
    en = "There is no such letter. Please choose it again from your letters."


class NothingToHandOver(Refusal):
    code = "notices.nothing_to_hand_over"
    ko = "드릴 편지가 없어요. 이 회원은 편지를 모두 읽었거나 이미 받아 가셨어요."
    en = "There is no letter to hand over. This member has read or taken all of them."
