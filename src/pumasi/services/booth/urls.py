"""Addresses of the stand."""

from django.urls import path

from pumasi.services.booth import views

app_name = "booth"
urlpatterns = [
    path("booth/", views.welcome, name="welcome"),
    path("booth/board/", views.board, name="board"),
    path("booth/board/part/", views.board_part, name="board_part"),
]
