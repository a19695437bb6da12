"""Addresses of the texts."""

from django.urls import path

from pumasi.services.texts import views

app_name = "texts"
urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("texts/", views.all_, name="all"),
    path("texts/new/<slug:kind>/", views.new, name="new"),
    path("texts/notes/<slug:slot>/", views.note, name="note"),
    path("texts/<uuid:text_id>/", views.one, name="one"),
    path("texts/<uuid:text_id>/versions/", views.history, name="versions"),
]
