"""Addresses of moving in and out."""

from django.urls import path

from pumasi.services.moving import views

app_name = "moving"
urlpatterns = [
    path("moving/", views.desk, name="desk"),
    path("moving/find/", views.find, name="find"),
    path("moving/export/", views.export, name="export"),
    path("moving/export/<uuid:order_id>/", views.agree, name="agree"),
    path("moving/<uuid:proposal_id>/", views.proposal, name="proposal"),
    path("moving/<uuid:proposal_id>/act/", views.act, name="act"),
    path("moving/<uuid:proposal_id>/report.csv", views.report, name="report"),
]
