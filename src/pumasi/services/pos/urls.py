"""The page of card payments."""

from django.urls import path

from pumasi.services.pos import views

app_name = "pos"
urlpatterns = [path("pos/", views.home, name="home")]
