"""Addresses of the guide. All are public but for the page on which a place's position is set."""

from django.urls import path

from pumasi.services.guide import views

app_name = "guide"
urlpatterns = [
    path("near/", views.places, name="places"),
    path("near/all/", views.all_places, name="all"),
    path("near/boundaries.json", views.outlines, name="outlines"),
    path("places/<int:number>/", views.one, name="place"),
    path("places/<int:number>/position/", views.position, name="position"),
]
