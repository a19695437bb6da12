"""What places refuse."""

from pumasi.kernel.result import Refusal


class PlaceUnknown(Refusal):
    code = "place_unknown"
    ko = "등록된 장소를 찾을 수 없어요. 장소의 코드를 다시 확인해 주세요."
    en = "No such place is registered. Check the place's code again."


class PlaceClosed(Refusal):
    code = "place_closed"
    ko = "이 장소는 {closed_on}부터 운영하지 않아요. 가까운 다른 장소를 이용해 주세요."
    en = "This place has not been open since {closed_on}. Please use another place nearby."


class PlaceSuspended(Refusal):
    code = "place_suspended"
    ko = "이 장소는 지금 이용이 멈춰 있어요(기한: {until}). 가까운 다른 장소를 이용해 주세요."
    en = "This place is suspended at the moment (until: {until}). Please use another place nearby."


class StickerRevoked(Refusal):
    code = "sticker_revoked"
    ko = "이 QR 스티커(번호 {serial})는 더 쓰지 않아요. 결제하지 말고 가게에 새 스티커를 물어봐 주세요."
    en = "This QR sticker (number {serial}) is no longer in use. Do not pay; ask the shop for its new sticker."


class StickersExhausted(Refusal):
    code = "stickers_exhausted"
    ko = "한 장소의 스티커는 {limit}장까지 만들 수 있어요. 운영자에게 알려 주세요."
    en = "A place can have {limit} stickers. Tell the operator."


class HoursUnreadable(Refusal):
    code = "hours_unreadable"
    ko = "문 여는 시간은 문 닫는 시간보다 빨라야 하고, 쉬는 날의 끝은 시작보다 늦어야 해요. 다시 적어 주세요."
    en = "Opening comes before closing, and a closure ends after it starts. Please enter it again."


class PlaceNotOpenYet(Refusal):
    code = "place_not_open_yet"
    ko = "이 장소는 {opened_on}에 문을 열어요. 그날부터 이용할 수 있어요."
    en = "This place opens on {opened_on}. It can be used from that day on."


class PlaceNameMissing(Refusal):
    code = "place_name_missing"
    ko = "장소의 한국어 이름과 영어 이름을 모두 적어 주세요."
    en = "Give the place a name in Korean and one in English."


class PlaceNumbersExhausted(Refusal):
    code = "place_numbers_exhausted"
    ko = "쓸 수 있는 장소 번호가 없어요({limit}개). 운영자에게 알려 주세요."
    en = "All {limit} place numbers are taken. Tell the operator."


class ClosingDayBeforeOpening(Refusal):
    code = "closing_day_before_opening"
    ko = "문 닫는 날은 문 연 날({opened_on})보다 빠를 수 없어요. 날짜를 고쳐 주세요."
    en = "A place cannot close before it opened ({opened_on}). Correct the date."


class PlaceStateUnreadable(Refusal):
    code = "place_state_unreadable"
    ko = "장소 상태 ‘{field}’을(를) 읽을 수 없어요. 코드는 대문자·숫자·밑줄 40자까지, 한도는 1 이상이에요."
    en = "The place's {field} cannot be read. Codes are capitals, digits, _ (up to 40); a limit is 1 or more."
