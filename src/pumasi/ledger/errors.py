"""Every refusal of the ledger: stable code, Korean and English words. A refused command leaves nothing behind."""

from pumasi.kernel.result import Refusal


class LedgerRefusal(Refusal, abstract=True):
    """What the ledger refuses; all of them leave the books as they were."""


class NoTransaction(LedgerRefusal):
    code = "no_transaction"
    ko = "장부 기록은 열린 데이터베이스 거래 안에서만 할 수 있습니다."
    en = "The ledger posts only inside an open database transaction."


class BadAddress(LedgerRefusal):
    code = "bad_address"
    ko = "계정 주소 {address}의 형식이 맞지 않습니다. 코드:단위:소유자 형식으로 적어 주세요."
    en = "The account address {address} is malformed. Write code:unit:owner."


class UnknownAccount(LedgerRefusal):
    code = "unknown_account"
    ko = "계정 {address}이(가) 없습니다. 먼저 계정을 여세요."
    en = "There is no account {address}. Open it first."


class AccountClosed(LedgerRefusal):
    code = "account_closed"
    ko = "계정 {address}은(는) 닫혀 있어 더 쓸 수 없습니다."
    en = "Account {address} is closed and can no longer be used."


class AccountNotEmpty(LedgerRefusal):
    code = "account_not_empty"
    ko = "계정 {address}에 잔액 {balance}이(가) 남아 있어 닫을 수 없습니다."
    en = "Account {address} still holds {balance} and cannot be closed."


class UnitMismatch(LedgerRefusal):
    code = "account_unit_mismatch"
    ko = "{source}와 {target}은(는) 단위가 달라 서로 옮길 수 없습니다."
    en = "{source} and {target} have different units; nothing can move between them."


class SameAccount(LedgerRefusal):
    code = "same_account"
    ko = "보내는 계정과 받는 계정이 같습니다: {address}."
    en = "The source and the target are the same account: {address}."


class AmountNotInteger(LedgerRefusal):
    code = "amount_not_integer"
    ko = "금액은 최소 단위의 정수여야 합니다. 받은 값: {amount}."
    en = "An amount is a whole number of minor units. Got: {amount}."


class AmountNotPositive(LedgerRefusal):
    code = "amount_not_positive"
    ko = "금액은 0보다 커야 합니다. 받은 값: {amount}."
    en = "An amount is greater than zero. Got: {amount}."


class AmountTooLarge(LedgerRefusal):
    code = "amount_too_large"
    ko = "금액이 장부의 한계 9007199254740991을(를) 넘습니다. 받은 값: {amount}."
    en = "The amount is above the ledger's limit of 9007199254740991. Got: {amount}."


class BadText(LedgerRefusal):
    code = "bad_text"
    ko = "글에 쓸 수 없는 글자(NUL 또는 짝이 없는 대리 문자)가 있거나 {limit}자를 넘습니다."
    en = "The text has a NUL or a lone surrogate, or is longer than {limit} characters."


class InsufficientBalance(LedgerRefusal):
    code = "insufficient_balance"
    ko = "잔액이 모자랍니다. 필요: {needed}, 쓸 수 있는 잔액: {available}."
    en = "The balance is too small. Needed: {needed}, available: {available}."


class IssueLimitReached(LedgerRefusal):
    code = "issue_limit_reached"
    ko = "발행 한도에 닿았습니다. 남은 발행 한도: {available}, 필요: {needed}. 예산 지시가 더 있어야 합니다."
    en = (
        "The issuance limit is reached. Left to issue: {available}, needed: {needed}. Another budget order is required."
    )


class BudgetExhausted(LedgerRefusal):
    code = "budget_exhausted"
    ko = "예산이 모자랍니다. 남은 예산: {available}원, 필요: {needed}원."
    en = "The budget is used up. Left: {available} won, needed: {needed} won."


class UnknownLot(LedgerRefusal):
    code = "unknown_lot"
    ko = "계정 {address}에 코인 묶음 {lot}이(가) {amount}만큼 없습니다."
    en = "Account {address} does not hold {amount} of lot {lot}."


class LotNotLapsed(LedgerRefusal):
    code = "lot_not_lapsed"
    ko = "코인 묶음 {lot}은(는) 아직 기한이 남아 소멸시킬 수 없습니다."
    en = "Lot {lot} is still valid and cannot expire yet."


class UnknownOrigin(LedgerRefusal):
    code = "unknown_origin"
    ko = "가리킨 원래 거래 {origin}이(가) 없습니다."
    en = "There is no earlier transfer {origin}."


class RefundExceedsCaptured(LedgerRefusal):
    code = "refund_exceeds_captured"
    ko = "받은 금액보다 많이 돌려줄 수 없습니다. 돌려줄 수 있는 금액: {available}, 요청: {needed}."
    en = "No more can be returned than was taken. Left to return: {available}, asked: {needed}."


class CaptureExceedsHold(LedgerRefusal):
    code = "capture_exceeds_hold"
    ko = "보류한 금액보다 많이 쓸 수 없습니다. 남은 보류: {available}, 요청: {needed}."
    en = "No more can be captured than is held. Left on hold: {available}, asked: {needed}."


class HoldTimedOut(LedgerRefusal):
    code = "hold_timed_out"
    ko = "보류 시간이 지났습니다. 다시 보류해 주세요."
    en = "The hold has timed out. Please hold again."


class KeyReused(LedgerRefusal):
    code = "key_reused"
    ko = "같은 요청 번호로 다른 내용이 이미 처리되었습니다. 새 번호로 다시 보내 주세요."
    en = "The same request key was already used for something else. Send it again with a new key."


class TooLate(LedgerRefusal):
    code = "too_late"
    ko = "요청의 유효 시간이 {not_after}에 끝났습니다. 처음부터 다시 해 주세요."
    en = "The request was valid until {not_after}. Please start again."


class FiscalYearClosed(LedgerRefusal):
    code = "fiscal_year_closed"
    ko = "{year} 회계연도는 마감되었습니다. 열린 연도에 기록해 주세요."
    en = "Fiscal year {year} is closed. Post in an open year."


class BatchTooLarge(LedgerRefusal):
    code = "batch_too_large"
    ko = "한 번에 {limit}건까지 기록할 수 있습니다. 받은 건수: {count}."
    en = "A batch holds 1 to {limit} commands. Got: {count}."


class LinkedRefused(LedgerRefusal):
    code = "linked_refused"
    ko = "함께 묶인 다른 거래가 거절되어 이 거래도 기록하지 않았습니다."
    en = "Another transfer linked to this one was refused, so this one was not posted either."


class JournalNotAllowed(LedgerRefusal):
    code = "journal_not_allowed"
    ko = "{kind} 분개로는 이 계정들 사이에서 옮길 수 없습니다. docs/accounts.md의 표를 보세요."
    en = "A {kind} journal may not move between these accounts. See the table in docs/accounts.md."


class NothingToMove(LedgerRefusal):
    code = "nothing_to_move"
    ko = "옮길 것이 없습니다."
    en = "There is nothing to move."


class ValueNotConserved(LedgerRefusal):
    code = "value_not_conserved"
    ko = "환산 전후의 원화 가치가 {difference}원만큼 다릅니다."
    en = "The won value before and after the conversion differs by {difference} won."


class BadLotTerms(LedgerRefusal):
    code = "bad_lot_terms"
    ko = "코인 묶음의 조건이 맞지 않습니다: {what}."
    en = "The terms of the lot are not valid: {what}."


class MalformedLine(LedgerRefusal):
    code = "malformed_line"
    ko = "{line}번째 줄을 읽을 수 없습니다: {what}."
    en = "Line {line} cannot be read: {what}."
