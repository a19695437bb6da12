"""Addresses of the letter box."""

from django.urls import path

from pumasi.services.letters import views

app_name = "letters"
urlpatterns = [
    path("letters/", views.box, name="box"),
    path("letters/<uuid:notice_id>/", views.letter, name="letter"),
    path("letters/<uuid:notice_id>/letter.pdf", views.paper, name="paper"),
]
