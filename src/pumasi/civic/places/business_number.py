"""사업자등록번호: ten digits, the last of them a check digit (National Tax Service's weights 1 3 7 1 3 7 1 3 5)."""

import unicodedata

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)


def business_number(typed: str) -> str | None:
    """The ten digits of what was typed (hyphens, spaces and full width are fine), or None when they do not add up."""
    digits = "".join(unicodedata.normalize("NFKC", typed).replace("-", "").split())
    if len(digits) != 10 or not digits.isascii() or not digits.isdecimal():
        return None
    numbers = [int(each) for each in digits]
    total = sum(weight * number for weight, number in zip(_WEIGHTS, numbers[:9], strict=True)) + numbers[8] * 5 // 10
    return digits if (10 - total % 10) % 10 == numbers[9] else None


def grouped(number: str) -> str:
    """As it stands on the certificate: 123-45-67890."""
    return f"{number[:3]}-{number[3:5]}-{number[5:]}"
