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


class PositionOutside(Refusal):
    code = "position_outside"
    ko = (
        "지도의 위치는 한국 안이어야 해요: 위도 33~39, 경도 124~132(예: 37.48712, 127.01234). "
        "두 수가 바뀌지 않았는지 보세요."
    )
    en = (
        "A position on the map lies in Korea: latitude 33 to 39, longitude 124 to 132 (such as 37.48712, 127.01234). "
        "See whether the two are swapped."
    )


class BoundariesUnreadable(Refusal):
    code = "boundaries_unreadable"
    ko = "이 파일은 GeoJSON이 아니거나 도형이 잘못되었어요. 경계를 GeoJSON(FeatureCollection)으로 다시 내보내 주세요."
    en = "This file is no GeoJSON, or a shape in it is broken. Export the boundaries as a GeoJSON FeatureCollection."


class BoundariesEmpty(Refusal):
    code = "boundaries_empty"
    ko = "이 GeoJSON에는 면(Polygon, MultiPolygon)이 없어요. 동 경계 파일인지 확인해 주세요."
    en = "This GeoJSON has no polygons. See whether it is the file of the dongs' boundaries."


class BoundaryNameless(Refusal):
    code = "boundary_nameless"
    ko = "{number}번째 면에 이름 ‘{name_key}’이(가) 없어요. 동 이름이 든 속성을 --name 으로 알려 주세요."
    en = "Polygon number {number} has no property {name_key}. Say with --name which one holds the dong's name."


class BoundariesOutside(Refusal):
    code = "boundaries_outside"
    ko = "‘{name}’의 경계가 한국 밖에 있어요. 좌표계를 WGS84 경도·위도(EPSG:4326)로 바꿔서 내보내 주세요."
    en = "The outline of {name} lies outside Korea. Export the file in WGS84 longitude and latitude (EPSG:4326)."


class BoundariesTooLarge(Refusal):
    code = "boundaries_too_large"
    ko = (
        "경계 파일은 {limit_kb} kB, 점 {limit_points}개까지예요: 전화마다 내려받는 지도예요. "
        "선을 단순화해서 다시 내보내 주세요."
    )
    en = (
        "At most {limit_kb} kB and {limit_points} points: every phone loads this map. Simplify the lines and try again."
    )
