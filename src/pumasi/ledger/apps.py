"""Django registration of this room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "pumasi.ledger"
    label = "ledger"
