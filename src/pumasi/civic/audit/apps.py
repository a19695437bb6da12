"""Django registration of this room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "pumasi.civic.audit"
    label = "audit"
