"""What the service refuses by itself; refusals of the coin, of codes and of places pass through."""

from pumasi.kernel.result import Refusal


class BusinessNumberWrong(Refusal):
    code = "shops.business_number_wrong"
    ko = "사업자등록번호 10자리가 맞지 않아요. 등록증을 보고 다시 입력해 주세요."
    en = "The business number (10 digits) does not add up. Please copy it from the certificate again."


class BusinessNumberTaken(Refusal):
    code = "shops.business_number_taken"
    ko = "이 사업자등록번호로 이미 신청했거나 쓰고 있는 가게가 있어요. 주인이 바뀌었다면 예전 가게를 먼저 닫아 주세요."
    en = "A shop with this business number has applied or is open. If the owner changed, the old shop is closed first."


class CertificateDiffers(Refusal):
    code = "shops.certificate_differs"
    ko = "등록증의 번호가 신청서와 달라요. 다시 확인하고, 신청서가 틀렸으면 보완을 요청해 주세요."
    en = "The number on the certificate differs from the application. Check again, or ask the owner to correct it."


class OwnApplication(Refusal):
    code = "shops.own_application"
    ko = "자기 가게나 자기가 낸 신청은 스스로 확인할 수 없어요. 다른 담당자에게 넘겨 주세요."
    en = "Nobody checks a shop of their own or an application they entered. Please hand it to another officer."


class SecondPersonNeeded(Refusal):
    code = "shops.second_person_needed"
    ko = "이용 정지를 올린 사람은 승인할 수 없어요. 다른 담당자가 승인해야 해요."
    en = "Whoever proposed the suspension cannot approve it. Another officer does."


class WrongShopState(Refusal):
    code = "shops.wrong_state"
    ko = "지금 상태({state})에서는 할 수 없는 일이에요. 화면을 새로 열어 확인해 주세요."
    en = "This cannot be done in the present state ({state}). Please open the page again."


class ShopUnknown(Refusal):
    code = "shops.unknown"
    ko = "그런 가게 신청이 없어요. 목록을 새로 열어 주세요."
    en = "There is no such application. Please open the list again."


class WordsMissing(Refusal):
    code = "shops.words_missing"
    ko = "‘{field}’을(를) 적어 주세요. 가게 주인이 읽게 돼요."
    en = "Please fill in “{field}”. The owner of the shop reads it."


class NoItems(Refusal):
    code = "shops.no_items"
    ko = "받을 물품을 하나 이상 골라 주세요."
    en = "Choose at least one item that the shop takes."


class DeviceCodeWrong(Refusal):
    code = "shops.device_code_wrong"
    ko = "연결 번호가 맞지 않거나 {minutes}분이 지났어요. 주인 전화에서 새 번호를 받아 다시 입력해 주세요."
    en = "The number is wrong or older than {minutes} minutes. Get a new one on the owner's phone and type it again."


class DeviceNotBound(Refusal):
    code = "shops.device_not_bound"
    ko = "이 기기는 계산대로 연결되어 있지 않아요. 주인 전화에서 연결 번호를 받아 다시 연결해 주세요."
    en = "This device is not bound to a counter. Get a number on the owner's phone and bind it again."


class NotTakenHere(Refusal):
    code = "shops.not_taken_here"
    ko = "이 기기에서 받은 결제가 아니에요. 주인 전화의 ‘받은 코인’에서 처리해 주세요."
    en = "This device did not take that payment. The owner can deal with it under “Coins received”."


class PriceUnreadable(Refusal):
    code = "shops.price_unreadable"
    ko = "이름은 한국어와 영어 모두, 값은 1원부터 {limit}원까지 적어 주세요."
    en = "A price has a name in Korean and in English, and is 1 to {limit} won."


class UntilPassed(Refusal):
    code = "shops.until_passed"
    ko = "정지의 마지막 날이 {until}인데 이미 지났어요. 날짜를 고쳐 새로 제안하거나 제안을 거두어 주세요."
    en = "The last day of the suspension, {until}, is over. Propose it anew with another day, or drop it."
