"""Django registration of this room."""

from django.apps import AppConfig


class GuardiansConfig(AppConfig):
    name = "pumasi.civic.guardians"
    label = "guardians"
