"""What a check of the books found: the first difference of each check, named to the transfer and the account."""

from dataclasses import dataclass

# Every check: what must hold, in Korean and in English. Each one is shown to fire in tests/test_verify.py.
CHECKS: dict[str, tuple[str, str]] = {
    "schema": ("데이터베이스의 표와 방아쇠가 배포본과 같다", "the tables and triggers are those of the release"),
    "orphan": ("모든 행은 있는 거래에 속한다", "every row belongs to a transfer that exists"),
    "empty": ("모든 거래에는 분개 줄이 있다", "every transfer has postings"),
    "zero_sum": ("거래마다 단위별 합이 0이다", "each transfer sums to zero in each unit"),
    "chain": ("계정의 잔액은 앞 잔액과 금액의 합이다", "each balance is the one before it plus the amount"),
    "sign": ("통제 계정이 아니면 0보다 작지 않다", "nothing but a control is below zero"),
    "limit": ("잔액이 그때의 한도 아래로 내려가지 않는다", "no balance is below the limit of its time"),
    "day": ("거래일은 그 시각의 서울 날짜다", "the day is the date in Seoul of the moment"),
    "closed_year": ("마감된 연도에 더 기록되지 않았다", "nothing was posted in a closed year"),
    "journal": ("분개는 정해진 계정 사이에서만 옮긴다", "a journal moves only between its accounts"),
    "move_order": ("코인 이동의 번호가 1부터 이어진다", "the moves of a transfer are numbered without a gap"),
    "move_unit": ("코인 묶음과 두 계정의 단위가 같다", "a lot and both its accounts have one unit"),
    "move_origin": ("코인이 영수증의 규칙대로 놓인다", "coins lie under the receipt that their account asks for"),
    "move_sum": ("코인 이동의 합이 분개 금액과 같다", "the moves of coins add up to the postings"),
    "lapsed": (
        "기한이 지난 코인은 쓰이지 않고, 남은 코인은 소멸되지 않는다",
        "lapsed coins are not spent, valid ones do not expire",
    ),
    "birth": ("코인 묶음은 정해진 조건으로 한 번 생긴다", "a lot is born once, whole, by its own terms"),
    "conversion": ("환산 전후의 원화 가치가 같다", "a conversion keeps the won value"),
    "encumbered": ("원인행위액은 약속된 코인의 원화 가치다", "encumbered won = won value of coins promised"),
    "mirror": ("예산 장부가 코인을 따라간다", "the budget book follows the coins"),
    "appropriation": ("원인행위와 집행이 예산을 넘지 않는다", "encumbered and executed stay within the appropriation"),
    "stored_balance": ("저장된 잔액은 분개의 합이다", "the stored balance is the sum of the postings"),
    "stored_limit": ("저장된 한도는 한도 변경의 합이다", "the stored limit is the sum of its changes"),
    "account": ("계정 주소와 계정과목이 맞다", "an account's address and code agree"),
    "closed_account": ("닫힌 계정은 비어 있다", "a closed account is empty"),
    "supply": ("발행액은 모든 코인의 합이다", "issued = the coins of all other classes"),
    "place": ("없는 코인은 꺼낼 수 없다", "coins are taken only from where they lay"),
    "position": ("코인의 위치는 이동의 결과다", "coins lie where the moves left them"),
    "lot_whole": ("코인 묶음의 부분을 더하면 전체다", "the parts of a lot make the whole"),
    "lot_total": ("계정의 코인 묶음을 더하면 잔액이다", "the lots in an account add up to its balance"),
    "pending": (
        "기다리는 것마다 기한이 있고, 기한마다 기다리는 것이 있다",
        "what waits has its due row, and nothing else has",
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One broken promise. `transfer` and `account` say where; `what` says which amount `expected` and `found` are."""

    check: str
    what: str
    expected: int | str
    found: int | str
    transfer: int | None = None
    account: str | None = None

    def text(self, language: str) -> str:
        """The sentence for a person: Korean for `ko`, English for any other language."""
        korean = language.startswith("ko")
        where = [] if self.transfer is None else [f"거래 {self.transfer}" if korean else f"transfer {self.transfer}"]
        if self.account is not None:
            where.append(f"계정 {self.account}" if korean else f"account {self.account}")
        rule = CHECKS[self.check][0 if korean else 1]
        values = (
            f"있어야 할 값 {self.expected}, 있는 값 {self.found}"
            if korean
            else f"expected {self.expected}, found {self.found}"
        )
        return f"{self.check}: {rule}. {', '.join([*where, self.what])}: {values}"


class Findings:
    """Differences as they are found: the first of each check is kept, in the order of the walk."""

    def __init__(self) -> None:
        self._first: dict[str, Difference] = {}
        self.count = 0

    def add(
        self,
        check: str,
        what: str,
        expected: int | str,
        found: int | str,
        *,
        transfer: int | None = None,
        account: str | None = None,
    ) -> None:
        """Note a difference; raises KeyError for a check that CHECKS does not describe."""
        CHECKS[check]
        self.count += 1
        if check not in self._first:
            self._first[check] = Difference(check, what, expected, found, transfer, account)

    @property
    def first(self) -> tuple[Difference, ...]:
        """The first difference of each check that failed."""
        return tuple(self._first.values())
