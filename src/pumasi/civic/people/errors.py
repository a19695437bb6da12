"""What people's operations refuse."""

from pumasi.kernel.result import Refusal


class PersonUnknown(Refusal):
    code = "person_unknown"
    ko = "등록된 회원을 찾을 수 없어요. 창구에서 가입 여부를 확인해 주세요."
    en = "No such member is registered. Ask a counter to check the membership."


class PersonClosed(Refusal):
    code = "person_closed"
    ko = "{closed_on}에 탈퇴한 회원이에요. 다시 참여하려면 새로 가입해 주세요."
    en = "This membership was closed on {closed_on}. Join again to take part."


class PersonNotClosed(Refusal):
    code = "person_not_closed"
    ko = "탈퇴 처리가 끝나지 않은 회원의 열쇠는 없앨 수 없어요. 먼저 탈퇴 처리를 해 주세요."
    en = "The key of an open membership cannot be destroyed. Close the membership first."


class KeptByLaw(Refusal):
    code = "kept_by_law"
    ko = "전자금융거래 기록은 {until}까지 보관해야 해요(전자금융거래법 시행령 제12조). 그 뒤에 파기할 수 있어요."
    en = "Payment records are kept until {until} (Electronic Financial Transactions Decree, art. 12). Shred after that."


class NameMissing(Refusal):
    code = "name_missing"
    ko = "이름을 적어 주세요."
    en = "Please give a name."


class BirthYearUnlikely(Refusal):
    code = "birth_year_unlikely"
    ko = "태어난 해 {year}년을 확인해 주세요. {earliest}년부터 올해까지 적을 수 있어요."
    en = "Check the birth year {year}. It lies between {earliest} and this year."


class PhoneUnreadable(Refusal):
    code = "phone_unreadable"
    ko = "전화번호를 읽을 수 없어요. 010-0000-0000 또는 +82 10-0000-0000처럼 적어 주세요."
    en = "The phone number cannot be read. Write it like 010-0000-0000 or +82 10-0000-0000."


class PhoneAlreadyUsed(Refusal):
    code = "phone_already_used"
    ko = "이미 등록된 전화번호예요. 같은 번호를 함께 쓴다면 창구에서 전화번호 없이 가입해 주세요."
    en = "This phone number is already registered. If you share it, join at a counter without a number."


class RelationOver(Refusal):
    code = "relation_over"
    ko = "구와의 관계(거주·근무)가 {until}에 끝나요. 그보다 뒤의 날짜가 적힌 증빙을 보여 주세요."
    en = "The relation to the district (home or work) ends on {until}. Show a proof with a later date."


class AlreadyAtLevel(Refusal):
    code = "already_at_level"
    ko = "이미 창구에서 본인 확인({level})을 마친 회원이에요. 더 할 일이 없어요."
    en = "This member's identity was checked at a desk already ({level}). Nothing more is to be done."


class HasLeftAlready(Refusal):
    code = "has_left_already"
    ko = "{left}에 전출로 처리된 회원이에요. 다시 살거나 일하게 되었으면 ‘돌아왔어요’로 처리해 주세요."
    en = "This member is noted as moved away since {left}. If the person is back, use “Moved back”."


class HasNotLeft(Refusal):
    code = "has_not_left"
    ko = "전출로 처리된 회원이 아니에요. 기간만 늘리려면 ‘거주·근무 확인’을 써 주세요."
    en = "This member is not noted as moved away. To extend the relation, renew it instead."


class SamePerson(Refusal):
    code = "same_person"
    ko = "같은 회원을 두 번 골랐어요. 합칠 다른 회원을 골라 주세요."
    en = "This is the same membership twice. Choose the other one."


class NotTheSameDistrict(Refusal):
    code = "not_the_same_district"
    ko = "둘 중 하나가 {left}에 전출로 처리되어 합칠 수 없어요. 먼저 ‘돌아왔어요’로 처리해 주세요."
    en = "One of the two is noted as moved away since {left}. Note that the person is back first, then merge."


class RoleNeedsPlace(Refusal):
    code = "role_needs_place"
    ko = "{role} 역할은 어느 장소의 것인지 정해야 해요. 장소를 골라 주세요."
    en = "The role {role} belongs to a place. Choose the place."


class RoleTakesNoPlace(Refusal):
    code = "role_takes_no_place"
    ko = "{role} 역할은 장소에 묶이지 않아요. 장소를 비워 주세요."
    en = "The role {role} belongs to no place. Leave the place empty."


class RoleAlreadyHeld(Refusal):
    code = "role_already_held"
    ko = "같은 역할을 {until}까지 이미 맡고 있어요. 끝난 뒤의 날짜로 다시 지정해 주세요."
    en = "The same role is already held until {until}. Grant it from a later day."


class RoleDatesUnusable(Refusal):
    code = "role_dates_unusable"
    ko = "역할이 끝나는 날은 시작하는 날({starts})보다 빠를 수 없어요. 날짜를 고쳐 주세요."
    en = "A role cannot end before it starts ({starts}). Correct the dates."


class RoleUnknown(Refusal):
    code = "role_unknown"
    ko = "그런 역할을 맡고 있지 않아요. 이미 끝났는지 확인해 주세요."
    en = "No such role is held. It may have ended already."


class NoRoleForYourself(Refusal):
    code = "no_role_for_yourself"
    ko = "자신의 역할은 스스로 정할 수 없어요. 다른 담당자에게 부탁해 주세요."
    en = "Nobody grants a role to themselves. Ask another officer."


class OfficerOnly(Refusal):
    code = "officer_only"
    ko = "동 담당자나 발행 담당자만 할 수 있어요. 담당자에게 부탁해 주세요."
    en = "Only a dong official or the issuer may do this. Ask one of them."


class SignInRefused(Refusal):
    code = "sign_in_refused"
    ko = "전화번호와 인증번호가 맞지 않아요. {minutes}분, {tries}번까지 쓸 수 있으니 창구에서 새로 받아 주세요."
    en = "Phone and code do not match. A code lasts {minutes} minutes and {tries} tries. Ask the counter for a new one."


class NodeKeyUnusable(Refusal):
    code = "node_key_unusable"
    ko = "서버 열쇠 파일 {name}을(를) 쓸 수 없어요({reason}). 백업한 열쇠를 0600 권한으로 되돌려 주세요."
    en = "The node key file {name} cannot be used ({reason}). Put the backed-up key back with mode 0600."


class NodeKeyChanged(Refusal):
    code = "node_key_changed"
    ko = "이 기록은 다른 서버 열쇠({expected})로 잠겨 있어요. 그 열쇠를 되돌려 주세요. 지금 열쇠는 {found}예요."
    en = "This record is sealed under another node key ({expected}). Put that key back; the present one is {found}."


class SealBroken(Refusal):
    code = "seal_broken"
    ko = "잠긴 기록을 열 수 없어요. 기록이 바뀌었거나 다른 회원의 것이에요. 보안 담당자에게 알려 주세요."
    en = "A sealed record does not open: it was changed or belongs to someone else. Tell the security officer."


class KeyDestroyed(Refusal):
    code = "key_destroyed"
    ko = "이 회원의 열쇠는 파기되어 기록을 다시 열 수 없어요."
    en = "This person's key was destroyed, so the record can never be opened again."
