"""Addresses of the rule book; all are public."""

from django.urls import path

from pumasi.services.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("rules/", views.rules, name="rules"),
    path("rules/changes/", views.changes, name="changes"),
    path("rules/watch/", views.watch, name="watch"),
    path("rules/tariff.json", views.tariff_json, name="json"),
    path("rules/ending/", views.ending, name="ending"),
    path("rules/<slug:code>/", views.kind, name="kind"),
]
