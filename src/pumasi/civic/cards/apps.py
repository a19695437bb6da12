"""Django registration of this room."""

from django.apps import AppConfig


class CardsConfig(AppConfig):
    name = "pumasi.civic.cards"
    label = "cards"
