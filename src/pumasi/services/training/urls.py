"""Address of the practice page."""

from django.urls import path

from pumasi.services.training import views

app_name = "training"
urlpatterns = [path("training/", views.home, name="home")]
