"""What appointments refuse."""

from pumasi.kernel.result import Refusal


class NobodyFound(Refusal):
    code = "staff.nobody_found"
    ko = "이 전화번호의 회원이 없어요. 번호를 확인하거나, 먼저 창구에서 가입하게 해 주세요."
    en = "No member has this telephone number. Check it, or let the person join at a desk first."


class RoleNotAppointed(Refusal):
    code = "staff.role_not_appointed"
    ko = "이 역할은 여기에서 맡기지 않아요. 가게 주인은 가게 신청으로, 기관 담당자는 기관 등록으로 정해져요."
    en = "This role is not given here: shop owners come by an application, admins by their organisation."


class DeputyDates(Refusal):
    code = "staff.deputy_dates"
    ko = "대결은 오늘부터, 길어야 {days}일 동안, 그 역할이 끝나는 {until}까지 정할 수 있어요. 날짜를 고쳐 주세요."
    en = "A deputy stands in from today on, at most {days} days, at the latest to {until}, when the role ends."


class AppointmentUnknown(Refusal):
    code = "staff.appointment_unknown"
    ko = "그런 임용 요청이 없어요. 목록에서 다시 골라 주세요."
    en = "There is no such request. Choose it from the list again."


class AppointmentDecided(Refusal):
    code = "staff.appointment_decided"
    ko = "이 요청은 이미 결정됐어요. 필요하면 새로 요청해 주세요."
    en = "This request has been decided. Ask anew if it is needed."


class AppointmentOver(Refusal):
    code = "staff.appointment_over"
    ko = "이 요청의 마지막 날은 {until}이라 이미 지났어요. 새 날짜로 다시 요청해 주세요."
    en = "The last day of this request, {until}, is over. Ask anew with other dates."


class LastHolder(Refusal):
    code = "staff.last_holder"
    ko = "이 역할을 맡은 사람이 한 명뿐이라 끝낼 수 없어요. 먼저 다른 사람에게 맡겨 주세요."
    en = "Only one person holds this role, so it cannot end. Appoint another person first."
