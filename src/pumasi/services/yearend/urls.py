"""Addresses of the year end."""

from django.urls import path

from pumasi.services.yearend.views import year

app_name = "yearend"
urlpatterns = [
    path("year-end/", year.home, name="home"),
    path("year-end/<int:year>/", year.year, name="year"),
]
