"""Django registration of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "pumasi.civic.notices"
    label = "notices"
