"""Addresses of roles and deputies."""

from django.urls import path

from pumasi.services.staff import views

app_name = "staff"
urlpatterns = [
    path("staff/", views.home, name="home"),
    path("staff/names/", views.names, name="names"),
    path("staff/appoint/", views.new, name="new"),
    path("staff/hand-over/", views.hand_over, name="hand_over"),
    path("staff/requests/<uuid:appointment_id>/", views.one, name="one"),
    path("staff/roles/<uuid:role_id>/deputy/", views.deputy, name="deputy"),
    path("staff/roles/<uuid:role_id>/on/", views.on, name="on"),
    path("staff/roles/<uuid:role_id>/end/", views.end, name="end"),
]
