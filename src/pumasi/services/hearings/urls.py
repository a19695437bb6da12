"""Addresses of opinions and objections."""

from django.urls import path

from pumasi.services.hearings import views

app_name = "hearings"
urlpatterns = [
    path("objections/", views.mine, name="mine"),
    path("objections/<uuid:case_id>/", views.one, name="one"),
    path("clawbacks/", views.desk, name="desk"),
    path("clawbacks/find/", views.find, name="find"),
    path("clawbacks/new/<uuid:claim_id>/", views.propose, name="propose"),
    path("clawbacks/<uuid:case_id>/", views.case, name="case"),
]
