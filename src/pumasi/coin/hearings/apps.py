"""Django registration of this room."""

from django.apps import AppConfig


class CoinHearingsConfig(AppConfig):
    name = "pumasi.coin.hearings"
    label = "coin_hearings"
