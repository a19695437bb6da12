"""Refusals of the desk: which rule, until when, what to do."""

from pumasi.kernel.result import Refusal


class ConsentMissing(Refusal):
    code = "members.consent_missing"
    ko = "동의가 없으면 가입할 수 없어요. 동의문을 끝까지 읽어 드리고 답을 들어 주세요."
    en = "Nobody joins without consent. Read the text out to the end and hear the answer."


class CardNotSeen(Refusal):
    code = "members.card_not_seen"
    ko = "신분증을 보고 확인했다고 표시해 주세요. 신분증이 없으면 ‘신분증 없이’로 가입할 수 있어요(한도가 작아요)."
    en = "Tick that you looked at the identity card. Without one, join “without a card” (with smaller limits)."


class ChildNeedsGuardian(Refusal):
    code = "members.child_needs_guardian"
    ko = "{year}년부터 태어난 어린이는 보호자가 동의해야 가입할 수 있어요. 보호자와 함께 주민센터로 와 주세요."
    en = "Children born in {year} or later join with a guardian's consent. Please come to a community centre together."


class NotAHelper(Refusal):
    code = "members.not_a_helper"
    ko = "보호자와 보증인은 창구에서 신분을 확인한 어른 회원이어야 해요(담당자 자신은 안 돼요). 먼저 확인해 주세요."
    en = "Guardians and vouchers are adults whose identity a desk has checked, never the officer. Check theirs first."


class EndedAtDesk(Refusal):
    code = "members.ended_at_desk"
    ko = "부모나 법원이 정한 보호자는 주민센터에서만 끝낼 수 있어요. 신분증을 가지고 창구에 말씀해 주세요."
    en = "A parent or a guardian named by a court is ended at a community centre only. Bring your identity card."


class PaperTooOld(Refusal):
    code = "members.paper_too_old"
    ko = "종이 신청서는 서명한 날부터 {days}일 안에만 입력할 수 있어요. 날짜를 다시 보거나 새로 서명받아 주세요."
    en = "A paper form can be typed in for {days} days after it was signed. Check the day, or have a new one signed."


class VouchNotNeeded(Refusal):
    code = "members.vouch_not_needed"
    ko = "신분증을 보았으면 보증인이 필요 없어요. 보증인 칸을 비우거나 ‘신분증 없이’를 골라 주세요."
    en = "Who has shown a card needs nobody to vouch. Leave that field empty, or choose “There is no card”."


class VouchedEnough(Refusal):
    code = "members.vouched_enough"
    ko = "한 사람이 1년에 {limit}명까지만 보증할 수 있어요. 다른 보증인과 함께 오거나 보증인 없이 가입해 주세요."
    en = "One person vouches for {limit} people a year at most. Come with another voucher, or join without one."


class NotTwins(Refusal):
    code = "members.not_twins"
    ko = "이 두 회원은 이름이나 태어난 해가 달라서 여기서 합칠 수 없어요. 먼저 어느 쪽이 맞는지 고쳐 주세요."
    en = "Name or year of birth of these two differ, so they are not merged here. Correct the wrong one first."


class NobodyFound(Refusal):
    code = "members.nobody_found"
    ko = "그런 회원이 없어요. 번호를 함께 확인하거나, 이름과 태어난 해로 찾아 주세요."
    en = "There is no such member. Check the number together, or search by name and year of birth."


class VisitOver(Refusal):
    code = "members.visit_over"
    ko = "창구에서 연 회원 화면은 {minutes}분 동안 쓸 수 있어요. 회원을 다시 찾아 주세요."
    en = "A member's page stays open for {minutes} minutes at a desk. Please find the member again."


class OwnDesk(Refusal):
    code = "members.own_desk"
    ko = "자기 일은 다른 담당자의 창구에서 처리해 주세요."
    en = "Your own matters are handled at another officer's desk."
