"""Django registration of this room."""

from django.apps import AppConfig


class CodesConfig(AppConfig):
    name = "pumasi.civic.codes"
    label = "codes"
