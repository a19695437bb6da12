"""Django registration of the room of moving in."""

from django.apps import AppConfig


class MovingConfig(AppConfig):
    name = "pumasi.coin.moving"
    label = "coin_moving"
