"""Django registration of this room."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "pumasi.civic.shell"
    label = "shell"
