"""Django app of visits."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "pumasi.civic.visits"
    label = "visits"
