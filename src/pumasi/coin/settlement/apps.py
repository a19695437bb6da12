"""Django registration of this room."""

from django.apps import AppConfig


class CoinSettlementConfig(AppConfig):
    name = "pumasi.coin.settlement"
    label = "coin_settlement"
