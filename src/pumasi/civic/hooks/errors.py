"""What is refused about webhooks."""

from pumasi.kernel.result import Refusal


class EndpointUnknown(Refusal):
    code = "hooks.no_such_endpoint"
    ko = "그런 웹훅이 없거나 이미 끝났어요. ‘웹훅’ 화면에서 확인해 주세요."
    en = "There is no such webhook of yours, or it has ended. The page Webhooks lists yours."


class NotYourPlace(Refusal):
    code = "hooks.not_your_place"
    ko = "웹훅은 지금 맡은 가게나 시설의 일만 받을 수 있어요. 맡은 곳을 골라 주세요."
    en = "A webhook hears only about a shop or facility at which you hold a role today. Choose one of yours."


class AddressUnusable(Refusal):
    code = "hooks.address_unusable"
    ko = "웹훅 주소는 https://로 시작하고 인터넷에서 닿는 서버여야 해요(이름·비밀번호나 # 없이 500자까지)."
    en = "A webhook's address starts with https:// and is a server on the internet (500 characters, no login, no #)."


class EventsUnusable(Refusal):
    code = "hooks.events_unusable"
    ko = "알림을 하나 이상, 목록에 있는 것으로 골라 주세요."
    en = "Choose at least one event, from those of the list."


class TooManyEndpoints(Refusal):
    code = "hooks.too_many_endpoints"
    ko = "웹훅은 한 사람이 {limit}개까지 둘 수 있어요. 쓰지 않는 것을 먼저 끝내 주세요."
    en = "One person has at most {limit} webhooks. End one that is not used first."


class NotFinishedYet(Refusal):
    code = "hooks.not_finished_yet"
    ko = "이 알림은 아직 보내는 중이에요. 끝난 뒤에 다시 보낼 수 있어요."
    en = "This message is still being sent. It can be sent again once that has ended."
