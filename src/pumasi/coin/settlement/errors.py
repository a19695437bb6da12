"""Refusals of settlement: the rule, until when, what to do."""

from pumasi.coin.errors import CoinRefusal


class SettlementNotDue(CoinRefusal):
    code = "settlement.not_due"
    ko = "다음 정산일은 {next}이에요. 그 전에는 지급할 금액이 {threshold}원이 되면 만들 수 있어요(지금 {won}원)."
    en = "The next settlement day is {next}. Before that, a batch is made once {threshold} won are payable (now {won})."


class NothingToSettle(CoinRefusal):
    code = "settlement.nothing_to_settle"
    ko = "지금 지급할 수 있는 가게가 없어요. 아래 ‘빠진 금액’에서 이유를 확인해 주세요."
    en = "No shop can be paid now. The list of what is left out says why."


class IssuerCannotSettle(CoinRefusal):
    code = "settlement.issuer_cannot_settle"
    ko = "코인을 발행하는 사람은 정산을 만들거나 확인할 수 없어요. 발행 권한이 없는 회계 담당자가 해 주세요."
    en = "Whoever issues coins neither makes nor checks a settlement. Ask treasury staff without the issuer's role."


class MakerCannotCheck(CoinRefusal):
    code = "settlement.maker_cannot_check"
    ko = "만든 사람은 확인할 수 없어요. 다른 회계 담당자에게 확인을 부탁해 주세요."
    en = "The maker of a batch does not check it. Please ask another member of the treasury."


class BeneficiaryCannotSettle(CoinRefusal):
    code = "settlement.beneficiary_cannot_settle"
    ko = "이 정산에는 본인 가게({shop})가 들어 있어요. 다른 회계 담당자가 해 주세요."
    en = "This batch pays a shop of yours ({shop}). Another member of the treasury has to do this."


class NoSuchBatch(CoinRefusal):
    code = "settlement.no_such_batch"
    ko = "그런 정산이 없어요. 정산 목록에서 다시 골라 주세요."
    en = "There is no such batch. Please choose it again from the list."


class BatchChanged(CoinRefusal):
    code = "settlement.batch_changed"
    ko = "환불, 분쟁, 보류나 계좌가 바뀌어 정산 {number}이(가) 달라졌어요. 이것을 버리고 새로 만들어 주세요."
    en = (
        "A refund, a dispute, a hold or a bank account has changed batch {number} since it was made."
        " Give it up and make a new one."
    )


class BatchNotInState(CoinRefusal):
    code = "settlement.batch_not_in_state"
    ko = "정산 {number}은(는) 지금 이 일을 할 단계가 아니에요. 화면을 새로 열어 다음 일을 확인해 주세요."
    en = "Batch {number} is not at the stage for this. Open the page again to see what is next."


class NumbersMissing(CoinRefusal):
    code = "settlement.numbers_missing"
    ko = "먼저 지출결의 문서번호와 지급번호를 입력해 주세요."
    en = "Enter the document number and the payment number of the treasury first."


class FilesNotTaken(CoinRefusal):
    code = "settlement.files_not_taken"
    ko = "먼저 지출결의 파일을 내려받아 주세요. 두 번호는 그 파일로 지출결의를 한 뒤에 나와요."
    en = "Download the files for the treasury first. The two numbers come from what the treasury makes of them."


class NumbersAlreadyEntered(CoinRefusal):
    code = "settlement.numbers_already_entered"
    ko = (
        "정산 {number}의 번호는 이미 입력되었어요({document}, {payment}). 잘못이면 감사 담당과 함께 메모로 남겨 주세요."
    )
    en = "Batch {number} has its numbers already ({document}, {payment}). Note a mistake together with the auditor."


class ReasonMissing(CoinRefusal):
    code = "settlement.reason_missing"
    ko = "이유를 적어 주세요. 가게와 감사 담당이 읽어요."
    en = "Please write the reason. The shop and the auditor read it."


class LineClosed(CoinRefusal):
    code = "settlement.line_closed"
    ko = "{shop}의 결과는 이미 기록되었어요. 화면을 새로 열어 확인해 주세요."
    en = "The outcome for {shop} is recorded already. Please open the page again to see it."


class TooEarlyToOverride(CoinRefusal):
    code = "settlement.too_early_to_override"
    ko = "공개 기록을 기다린 지 {hours}시간이 지나야 두 사람이 예외를 정할 수 있어요. 지금은 해당하는 결제가 없어요."
    en = (
        "Two officers may override after {hours} hours of waiting for the public record. No payment has waited so long."
    )


class OverrideNeedsAnother(CoinRefusal):
    code = "settlement.override_needs_another"
    ko = "예외는 서로 다른 두 사람이 정해요. 다른 담당자에게 동의를 부탁해 주세요."
    en = "An override takes two different officers. Please ask another one to agree."


class NoSuchRow(CoinRefusal):
    code = "settlement.no_such_row"
    ko = "찾는 것이 없거나 이미 처리되었어요. 화면을 새로 열어 주세요."
    en = "It does not exist or has been dealt with already. Please open the page again."


class BankAccountUnreadable(CoinRefusal):
    code = "settlement.bank_account_unreadable"
    ko = "계좌번호는 숫자 8~20자리예요. 은행, 계좌번호, 예금주를 다시 확인해 주세요."
    en = "A bank account number has 8 to 20 digits. Please check bank, number and holder again."


class AccountNeedsAnother(CoinRefusal):
    code = "settlement.account_needs_another"
    ko = "계좌를 입력한 사람은 확인할 수 없어요. 다른 회계 담당자가 통장사본과 비교해 주세요."
    en = (
        "Whoever entered an account does not confirm it. Another member of the treasury compares it with the bank book."
    )


class NotAFacility(CoinRefusal):
    code = "settlement.not_a_facility"
    ko = "{place}은(는) 공공시설이 아니라서 내부 마감을 할 수 없어요. 가게는 정산으로 지급해요."
    en = "{place} is not a public facility and cannot be closed internally. Shops are paid by a settlement."


class NothingToClose(CoinRefusal):
    code = "settlement.nothing_to_close"
    ko = "{place}에는 마감할 코인이 없어요."
    en = "There are no coins to close at {place}."
