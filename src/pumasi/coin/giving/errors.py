"""Refusals of giving that concern coins; those of a campaign's state are the service's."""

from pumasi.coin.errors import CoinRefusal


class NoSuchDonation(CoinRefusal):
    code = "giving.no_such_donation"
    ko = "그런 기부가 없어요. 내 기부 목록에서 다시 골라 주세요."
    en = "There is no such donation. Please choose it again from your list."


class TakeBackTooLate(CoinRefusal):
    code = "giving.take_back_too_late"
    ko = "기부는 {minutes}분 안에 되돌릴 수 있어요. 모금이 이루어지지 않으면 코인은 저절로 돌아와요."
    en = "A donation can be taken back for {minutes} minutes. If the campaign fails, your coins return by themselves."


class DonationGone(CoinRefusal):
    code = "giving.donation_gone"
    ko = "이 기부는 이미 돌아왔거나 전달되었어요. 내 기부에서 상태를 확인해 주세요."
    en = "This donation has come back or been passed on already. Your list of donations says which."


class NothingCollected(CoinRefusal):
    code = "giving.nothing_collected"
    ko = "이 모금에 남은 코인이 없어요."
    en = "There are no coins left in this campaign."
