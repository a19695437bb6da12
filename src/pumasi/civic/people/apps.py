"""Django registration of this room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "pumasi.civic.people"
    label = "people"
