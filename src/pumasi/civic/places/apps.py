"""Django registration of this room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "pumasi.civic.places"
    label = "places"
