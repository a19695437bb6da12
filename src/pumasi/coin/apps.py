"""Django registration of this room."""

from django.apps import AppConfig


class CoinConfig(AppConfig):
    name = "pumasi.coin"
    label = "coin"
