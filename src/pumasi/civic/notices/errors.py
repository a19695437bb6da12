"""Refusals of the letter box."""

from pumasi.kernel.result import Refusal


class NoSuchNotice(Refusal):
    code = "notices.no_such_notice"
    ko = "그런 편지가 없어요. 편지함에서 다시 골라 주세요."
    en = "There is no such letter. Please choose it again from your letters."
