"""Django registration of this room."""

from django.apps import AppConfig


class CoinGivingConfig(AppConfig):
    name = "pumasi.coin.giving"
    label = "coin_giving"
