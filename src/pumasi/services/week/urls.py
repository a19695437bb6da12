"""Addresses of the office's week."""

from django.urls import path

from pumasi.services.week import views

app_name = "week"
urlpatterns = [path("week/", views.home, name="home")]
