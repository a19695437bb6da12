"""The text that a person agrees to when joining, with its version. A new text is a new version; old ones stay known.

What is asked for and why follows 개인정보 보호법 article 15: purpose, items, how long, and the right to refuse.
"""

from dataclasses import dataclass
from datetime import date

from pumasi.civic.shell.language import page_language


@dataclass(frozen=True)
class ConsentText:
    """Whole sentences in both languages, short enough to be read out at a desk."""

    version: str
    ko: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The text in the language of the page."""
        return self.en if page_language() == "en" else self.ko


CURRENT = ConsentText(
    "2026-10",
    (
        "이름, 전화번호(있으면), 태어난 해, 거주·근무 여부를 코인을 적립하고 쓰는 데만 써요.",
        "이름과 전화번호는 잠가서 보관하고, 탈퇴하면 바로 지워요. 코인 거래 기록은 법에 따라 5년 동안 보관해요.",
        "누가 내 정보를 봤는지 언제든지 볼 수 있어요.",
        "동의하지 않아도 되지만, 그러면 코인을 적립할 수 없어요.",
    ),
    (
        "Name, telephone number (if any), year of birth and whether you live or work here are used for coins only.",
        "Name and number are kept sealed and deleted at once when you leave. Movements of coins are kept for five"
        " years, as the law asks.",
        "You can see at any time who looked at your data.",
        "You may say no; then no coins can be earned.",
    ),
)

# 개인정보 보호법 article 22-2: below 14 the legal guardian consents. Only the year of birth is known: the whole year in
# which somebody turns 14 counts as below.
CHILD = 14


def first_year_of_children(today: date) -> int:
    """Whoever was born in this year or later joins with a guardian's consent."""
    return today.year - CHILD
