"""Django registration of this room."""

from django.apps import AppConfig


class SealConfig(AppConfig):
    name = "pumasi.seal"
    label = "seal"
