"""What may be wrong with a row: each rule with its sentence in Korean and English, and a finding that names the place.

A sentence never repeats what stands in the cell: a name or a number in it would be in somebody's terminal log.
"""

from collections.abc import Mapping
from dataclasses import dataclass

RULES: Mapping[str, tuple[str, str]] = {
    "file_missing": ("파일이 없어요.", "The file is not there."),
    "encoding": ("UTF-8도 CP949도 아니에요.", "This is neither UTF-8 nor CP949."),
    "too_large": ("파일이 {limit}줄보다 길어요.", "The file has more than {limit} lines."),
    "column_missing": (
        "이 열이 없어요. mapping.toml에서 열 이름을 알려 주세요.",
        "This column is not there. Name it in mapping.toml.",
    ),
    "column_twice": ("이 열이 두 번 있어요.", "This column stands twice."),
    "cells": ("칸이 {found}개인데 {wanted}개여야 해요.", "{found} cells instead of {wanted}."),
    "quotes": ("따옴표가 닫히지 않았어요.", "A quotation mark is not closed."),
    "mapping": ("mapping.toml을 읽을 수 없어요({what}).", "mapping.toml cannot be read ({what})."),
    "missing": ("비어 있어요.", "This is empty."),
    "too_long": ("{limit}자를 넘어요.", "Longer than {limit} characters."),
    "unreadable": ("쓸 수 없는 글자가 있어요.", "There is a character that cannot be stored."),
    "phone": ("전화번호를 읽을 수 없어요.", "The phone number cannot be read."),
    "phone_twice": (
        "{line}줄과 같은 전화번호예요. 함께 쓰는 번호라면 한 줄만 남기고 비워 주세요.",
        "The same phone as in line {line}. If it is shared, leave it in one line only.",
    ),
    "phone_elsewhere": (
        "이 번호는 여기에 이미 다른 이름으로 가입되어 있어요.",
        "This phone belongs to a member here with another name.",
    ),
    "moved_away": (
        "여기에서 전출한 회원이에요. 창구에서 다시 가입한 뒤 옮겨 주세요.",
        "This member has moved away from here. Let them join anew at a desk first.",
    ),
    "moved_before": (
        "이 회원의 코인은 이미 옮겨 왔어요. 먼저 그 이관을 되돌리거나 이 줄을 빼 주세요.",
        "This member's coins were brought here before. Undo that import first, or leave the row out.",
    ),
    "old_id_twice": ("{line}줄과 같은 번호예요.", "The same id as in line {line}."),
    "joined_twice": (
        "{line}줄과 이름·태어난 해·동이 같아요. 다른 사람이면 mapping.toml의 confirmed_two에 이 번호를 적어 주세요.",
        "Name, birth year and dong are those of line {line}. If they are two people, put this id into "
        "confirmed_two of mapping.toml.",
    ),
    "birth_year": ("태어난 해는 1900년부터 올해까지예요.", "A birth year lies between 1900 and this year."),
    "relation": (
        "주민·근무 중 무엇인지 알 수 없어요. mapping.toml의 relations에 적어 주세요.",
        "Neither resident nor worker. Name the word under relations in mapping.toml.",
    ),
    "relation_over": (
        "구와의 관계가 끝난 지 6개월이 넘었어요. 옮기기 전에 예전 제도에서 정리해 주세요.",
        "The relation ended more than six months ago. Settle it in the old system first.",
    ),
    "date": ("날짜가 아니에요. 형식: {form}", "This is not a day. Its form: {form}"),
    "date_in_future": ("아직 오지 않은 날이에요.", "This day is still to come."),
    "amount": ("코인 수를 읽을 수 없어요.", "The number of coins cannot be read."),
    "over_precise": ("소수점 아래는 {scale}자리까지예요.", "At most {scale} decimals."),
    "not_positive": ("0보다 커야 해요.", "It has to be more than zero."),
    "negative": ("0보다 작을 수 없어요.", "It cannot be below zero."),
    "too_many_coins": ("코인 수가 너무 커요.", "Too many coins."),
    "won": (
        "1코인의 원 가치는 최소 단위로 나누어떨어지는 정수여야 해요({step}원 단위).",
        "One coin is worth whole won per smallest unit (steps of {step} won).",
    ),
    "fund": (
        "재원은 연도(2026)나 사업/연도(good-deed/2026)예요.",
        "A fund is a year (2026) or programme/year (good-deed/2026).",
    ),
    "earned_after_expiry": ("적립한 날이 만료일보다 늦어요.", "Earned after it expires."),
    "lapsed": (
        "{expires}에 이미 만료되었어요. 예전 제도에서 소멸 처리해 주세요.",
        "It lapsed on {expires} already. Let it expire in the old system.",
    ),
    "unknown_member": ("members.csv에 없는 회원이에요.", "No such member in members.csv."),
    "unknown_shop": ("shops.csv에 없는 가게예요.", "No such shop in shops.csv."),
    "no_owner": ("가게 주인이 적혀 있지 않아요.", "The shop has no owner."),
    "balance_differs": (
        "묶음의 합은 {lots}, 잔액은 {balance}이에요.",
        "The lots sum to {lots}, the balance says {balance}.",
    ),
    "unpaid_differs": (
        "받은 코인의 합은 {takings}, 가게의 미지급은 {unpaid}이에요.",
        "The takings sum to {takings}, the shop says {unpaid}.",
    ),
    "balance_absent": ("balances.csv에 없는데 코인이 있어요.", "There are coins, and no line in balances.csv."),
    "business_number": (
        "사업자등록번호의 검증 숫자가 맞지 않아요.",
        "The check digit of the business number is wrong.",
    ),
    "business_number_twice": ("{line}줄과 같은 사업자등록번호예요.", "The same business number as in line {line}."),
    "business_number_taken": (
        "이 사업자등록번호의 가게가 여기에 이미 있어요.",
        "A shop with this business number is here already.",
    ),
    "dong": ("이 구의 동이 아니에요.", "This is not a dong of the district."),
    "item": (
        "모르는 품목이에요. mapping.toml의 items에 적어 주세요.",
        "An unknown item. Name it under items in mapping.toml.",
    ),
    "unit": ("이 구의 단위는 {unit}이에요.", "The district's unit is {unit}."),
    "expected": ("적어 둔 값은 {expected}, 파일의 값은 {found}이에요.", "Expected {expected}, the files have {found}."),
}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One bad row: `line` counts from 1 with the head, 0 is the file as a whole; `rule` is a key of RULES."""

    file: str
    line: int
    column: str
    rule: str
    facts: tuple[tuple[str, str | int], ...] = ()

    def text(self, language: str) -> str:
        """The rule in one sentence."""
        ko, en = RULES[self.rule]
        return (en if language.startswith("en") else ko).format(**dict(self.facts))

    def where(self) -> str:
        """`lots.csv:17: coins`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column}" if self.column else place
