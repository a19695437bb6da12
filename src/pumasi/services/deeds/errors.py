"""What the service refuses by itself; the coin's, the codes' and the visits' refusals pass through."""

from pumasi.kernel.result import Refusal


class ClaimDecidedAlready(Refusal):
    code = "deeds.claim_decided_already"
    ko = "이 신청은 이미 다르게 처리되었어요. 목록을 새로 열어 확인해 주세요."
    en = "This claim has already been decided the other way. Please open the list again."


class ClaimKeyReused(Refusal):
    code = "deeds.claim_key_reused"
    ko = "같은 화면에서 다른 내용이 이미 처리되었어요. 장소의 코드를 다시 찍어 주세요."
    en = "Something else was already sent from this page. Please scan the code of the place again."


class ProofUsedAlready(Refusal):
    code = "deeds.proof_used_already"
    ko = "이 증빙으로는 이미 한 번 신청했어요. ‘내 코인’에서 결과를 확인해 주세요."
    en = "This proof has been used for a claim already. You find its result under “My coins”."


class ClaimUnknown(Refusal):
    code = "deeds.claim_unknown"
    ko = "그런 신청이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such claim. Please choose it from the list again."


class NotYoursToDecide(Refusal):
    code = "deeds.not_yours_to_decide"
    ko = "자기 신청이거나 앞에서 이미 결정한 사람은 이 신청을 결정할 수 없어요. 다른 담당자에게 넘겨 주세요."
    en = "Nobody decides their own claim, or one that they have decided before. Please hand it to a colleague."


class ReasonMissing(Refusal):
    code = "deeds.reason_missing"
    ko = "거절하거나 더 물어볼 때에는 까닭을 골라 주세요. 신청한 사람이 그대로 읽어요."
    en = "Please choose a reason for a no or a question. The person who claimed reads it."


class AppealTooLate(Refusal):
    code = "deeds.appeal_too_late"
    ko = "이의신청은 결정 뒤 {days}일, {until}까지였어요. 구청 담당 부서에 문의해 주세요."
    en = "An objection was possible for {days} days, until {until}. Please ask the division at the district office."


class NothingToObject(Refusal):
    code = "deeds.nothing_to_object"
    ko = "이 신청에는 이의신청할 결정이 없거나 이미 이의신청을 했어요. 신청 내용을 다시 확인해 주세요."
    en = "There is no decision to object to, or an objection has been made already. Please look at the claim again."


class NothingAsked(Refusal):
    code = "deeds.nothing_asked"
    ko = "지금은 더 알려 주실 것이 없어요. 결과를 기다려 주세요."
    en = "Nothing more is asked of you now. Please wait for the result."


class VisitTooShort(Refusal):
    code = "deeds.visit_too_short"
    ko = "들어온 지 {minutes}분밖에 되지 않아 적립할 시간이 없어요. 활동이 끝난 뒤에 다시 나가기를 해 주세요."
    en = "You came {minutes} minutes ago, which earns nothing yet. Please check out when you are done."


class NotCheckedIn(Refusal):
    code = "deeds.not_checked_in"
    ko = "이곳에 들어온 기록이 없어요. 먼저 들어가기를 눌러 주세요."
    en = "You are not checked in here. Please check in first."


# ---- machines


class ReceiptUnreadable(Refusal):
    code = "deeds.receipt_unreadable"
    ko = "수거기의 영수증을 읽을 수 없어요. 수거기 화면의 QR을 다시 찍어 주세요."
    en = "The machine's receipt cannot be read. Please scan the QR on the machine again."


class MachineUnknown(Refusal):
    code = "deeds.machine_unknown"
    ko = "등록되지 않은 수거기의 영수증이에요. 수거기에 적힌 번호로 담당 부서에 알려 주세요."
    en = "This receipt is not from a registered machine. Please tell the division the number on the machine."


class ReceiptForged(Refusal):
    code = "deeds.receipt_forged"
    ko = "영수증의 서명이 맞지 않아요. 수거기 화면의 QR을 직접 찍어 주세요."
    en = "The signature on this receipt does not fit. Please scan the QR on the machine itself."


class ReceiptUsed(Refusal):
    code = "deeds.receipt_used"
    ko = "이미 코인으로 바꾼 영수증이에요. 영수증 하나는 한 사람에게 한 번만 적립돼요."
    en = "This receipt has been turned into coins already. Each receipt counts once, for one person."


class ReceiptTooOld(Refusal):
    code = "deeds.receipt_too_old"
    ko = "영수증은 {minutes}분 안에 코인으로 바꿔야 해요({until}까지였어요). 이곳 담당자에게 이야기해 주세요."
    en = "A receipt can be turned into coins for {minutes} minutes, until {until}. Please talk to the staff here."


class MachineClockWrong(Refusal):
    code = "deeds.machine_clock_wrong"
    ko = "수거기의 시계가 {seconds}초보다 많이 앞서 있어요. 이곳 담당자에게 알려 주세요."
    en = "The machine's clock is more than {seconds} seconds ahead. Please tell the staff here."


class MachineCounterWrong(Refusal):
    code = "deeds.machine_counter_wrong"
    ko = "수거기의 번호가 거꾸로 갔어요. 영수증을 쓸 수 없으니 이곳 담당자에게 알려 주세요."
    en = "The machine's counter has gone backwards. The receipt cannot be used; please tell the staff here."


class MachineKeyUnusable(Refusal):
    code = "deeds.machine_key_unusable"
    ko = "수거기 열쇠를 등록할 수 없어요({what}). 수거기로 등록된 장소와 새 공개 열쇠(64자리)를 확인해 주세요."
    en = "The machine's key cannot be registered ({what}). Check that the place is a machine and the key is new."


# ---- photos


class PhotoUnreadable(Refusal):
    code = "deeds.photo_unreadable"
    ko = "사진을 읽을 수 없어요. JPEG, PNG, WebP 사진을 다시 골라 주세요."
    en = "The photo cannot be read. Please choose a JPEG, PNG or WebP picture."


class PhotoTooLarge(Refusal):
    code = "deeds.photo_too_large"
    ko = "사진이 너무 커요. {megabytes}MB, {megapixels}백만 화소까지 올릴 수 있어요."
    en = "The photo is too large. The limits are {megabytes} MB and {megapixels} million pixels."


class PhotoCodeOver(Refusal):
    code = "deeds.photo_code_over"
    ko = "사진 코드는 {minutes}분 동안, {until}까지 쓸 수 있었어요. 새 코드를 받아 다시 찍어 주세요."
    en = "A photo code is good for {minutes} minutes, until {until}. Please take a new code and a new photo."


class PhotoCodeUnknown(Refusal):
    code = "deeds.photo_code_unknown"
    ko = "받으신 사진 코드가 아니에요. 사진 코드를 새로 받아 주세요."
    en = "This is not a photo code of yours. Please take a new one."


class PhotoGone(Refusal):
    code = "deeds.photo_gone"
    ko = "보관 기간이 지나 사진을 지웠어요. 적혀 있는 내용으로 확인해 주세요."
    en = "The photo has been deleted because its time was over. Please go by what is written."


# ---- outcomes


class TooManyOpenFinds(Refusal):
    code = "deeds.too_many_open_finds"
    ko = (
        "아직 확인 중인 알림이 {limit}건 있어요. 결과가 나온 뒤에 다시 알려 주시고, 급하면 동 주민센터에 전화해 주세요."
    )
    en = "{limit} of your reports are still being looked at. Please report again afterwards, or call the centre."


class SameHandTwice(Refusal):
    code = "deeds.same_hand_twice"
    ko = "연계한 담당자와 급여를 기록하는 담당자는 서로 다른 사람이어야 해요. 다른 담당자에게 부탁해 주세요."
    en = "Who linked the service and who records the benefit are two people. Please ask a colleague."


class QuarterUnknown(Refusal):
    code = "deeds.quarter_unknown"
    ko = "그런 분기가 없어요. 연도(2026)와 분기(1~4)를 골라 주세요."
    en = "There is no such quarter. Choose a year (2026) and a quarter (1 to 4)."


class QuarterNotOver(Refusal):
    code = "deeds.quarter_not_over"
    ko = "이 분기는 {until}에 끝나요. 끝난 뒤에 나눌 수 있어요."
    en = "This quarter ends on {until}. It can be shared after that."


class PoolTooFew(Refusal):
    code = "deeds.pool_too_few"
    ko = "연계된 건이 {found}건이라 아직 나누지 않아요({fewest}건부터). 다음 분기와 함께 나눠요."
    en = "Only {found} linked finds: from {fewest} on the pool is shared. It goes on into the next quarter."


# ---- organisations


class OfficerNeeded(Refusal):
    code = "deeds.officer_needed"
    ko = "발행 담당이나 동 담당만 할 수 있어요. 담당 부서에 부탁해 주세요."
    en = "Only the issuer or a dong official may do this. Please ask the division."


class BindingUnusable(Refusal):
    code = "deeds.binding_unusable"
    ko = "이 기관을 이어 줄 수 없어요({what}). 장소, 담당자, 날짜를 다시 확인해 주세요."
    en = "The organisation cannot be bound like this ({what}). Please check place, admin and dates."


class NotBound(Refusal):
    code = "deeds.not_bound"
    ko = "지금 코인센터에 이어져 있는 기관이 아니에요. 담당 부서에 기관 등록을 확인해 주세요."
    en = "The organisation is not bound to a coin centre now. Please ask the division about its registration."


class ListUnreadable(Refusal):
    code = "deeds.list_unreadable"
    ko = "{line}번째 줄의 ‘{field}’을(를) 읽을 수 없어요. 그 줄을 고쳐 파일을 다시 골라 주세요. 바뀐 것은 없어요."
    en = "The field “{field}” of line {line} cannot be read. Please correct the line and choose the file again."


class ListTooLong(Refusal):
    code = "deeds.list_too_long"
    ko = "목록은 {limit}줄까지 한 번에 올릴 수 있어요. 파일을 나눠 주세요."
    en = "A list may have {limit} lines. Please split the file."


# ---- rolls


class RollNotClosed(Refusal):
    code = "deeds.roll_not_closed"
    ko = "출석을 먼저 마감해 주세요. 마감한 뒤에 다른 사람이 승인할 수 있어요."
    en = "Please close the roll first. Then somebody else can approve it."


class RollNeedsSecondPerson(Refusal):
    code = "deeds.roll_needs_second_person"
    ko = "출석을 부른 사람이나 출석한 사람은 승인할 수 없어요. 이곳의 다른 직원에게 부탁해 주세요."
    en = "Who called the roll or stands on it cannot approve it. Please ask another member of staff here."


class MemberNotFound(Refusal):
    code = "deeds.member_not_found"
    ko = "그 번호로 회원을 찾지 못했어요. 전화번호 뒤 네 자리와 태어난 해, 또는 전화번호 전체를 적어 주세요."
    en = "No member was found by that. Type the last four digits and the year of birth, or the whole number."


class ThanksToYourself(Refusal):
    code = "deeds.thanks_to_yourself"
    ko = "자기에게는 고마워요를 보낼 수 없어요. 도와준 분의 코드를 찍어 주세요."
    en = "Thanks go to somebody else. Please scan the code of the person who helped you."
