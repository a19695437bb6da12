"""What codes refuse."""

from pumasi.kernel.result import Refusal


class CodeUnknown(Refusal):
    code = "code_unknown"
    ko = "확인할 수 없는 코드예요. 화면에 보이는 코드를 다시 찍거나 입력해 주세요. 코드는 30초마다 바뀌어요."
    en = "This code is not known. Scan or type the code on the screen again; it changes every 30 seconds."


class CodeMistyped(CodeUnknown):
    code = "code_mistyped"
    ko = "코드에 잘못 적힌 글자가 있어요. 네 글자씩 두 묶음을 다시 확인해 주세요."
    en = "A letter of the code is wrong. Check the two groups of four again."


class CodeExpired(Refusal):
    code = "code_expired"
    ko = "이 코드는 {until}에 끝났어요. 지금 화면에 보이는 새 코드를 찍거나 입력해 주세요."
    en = "This code ended at {until}. Scan or type the new code that the screen shows now."


class CodeAlreadyUsed(Refusal):
    code = "code_already_used"
    ko = "이미 쓴 코드예요. {next_at}에 새 코드가 나오면 다시 해 주세요."
    en = "This code has been used. Try again with the next one, at {next_at}."


class CodeKeyReused(Refusal):
    code = "code_key_reused"
    ko = "이 요청은 다른 코드로 이미 처리됐어요. 화면을 새로 열고 다시 해 주세요."
    en = "This request was already done with another code. Open the page again and retry."


class TooManyMisses(Refusal):
    code = "too_many_misses"
    ko = "맞지 않는 코드를 {misses}번 입력했어요. {until} 이후에 다시 하거나 QR을 찍어 달라고 담당자에게 말씀해 주세요."
    en = "{misses} codes did not fit. Try again after {until}, or ask the staff for help."


class AddressIsNoProof(Refusal):
    code = "address_is_no_proof"
    ko = "붙어 있는 QR은 장소의 주소예요. 화면에서 30초마다 바뀌는 코드를 찍어 주세요."
    en = "A printed QR is only an address. Scan the code on the screen, which changes every 30 seconds."


class ScanUnknown(Refusal):
    code = "scan_unknown"
    ko = "찍은 기록을 찾을 수 없어요. 코드를 다시 찍어 주세요."
    en = "This scan cannot be found. Scan the code again."


class ScanExpired(Refusal):
    code = "scan_expired"
    ko = "찍은 지 오래되어 {until}에 끝났어요. 코드를 다시 찍어 주세요."
    en = "This scan ended at {until}. Scan the code again."


class ScanAlreadySpent(Refusal):
    code = "scan_already_spent"
    ko = "이 스캔은 이미 한 번 처리됐어요. 새로 하려면 코드를 다시 찍어 주세요."
    en = "This scan has already been used once. To do it again, scan a new code."
