"""Addresses of the good deeds. `/q/<code>` is what a place's QR opens."""

from django.urls import path

from pumasi.services.deeds import views_earn, views_mine, views_place

app_name = "deeds"
urlpatterns = [
    path("coins/", views_mine.coins, name="coins"),
    path("coins/history/", views_mine.history, name="history"),
    path("my-code/", views_mine.my_code, name="my_code"),
    path("my-code/part/", views_mine.my_code_part, name="my_code_part"),
    path("deeds/", views_earn.earn, name="earn"),
    path("deeds/kinds/<slug:code>/", views_earn.kind, name="kind"),
    path("deeds/here/<str:ticket>/", views_earn.here, name="here"),
    path("deeds/claims/<uuid:claim_id>/", views_earn.result, name="result"),
    path("q/<str:text>", views_earn.scanned, name="scanned"),
    path("deeds/confirm/", views_place.confirm, name="confirm"),
    path("deeds/confirm/<uuid:claim_id>/", views_place.decide, name="decide"),
    path("places/", views_place.my_places, name="my_places"),
    path("places/<uuid:place_id>/screen/", views_place.screen, name="screen"),
    path("places/<uuid:place_id>/screen/part/", views_place.screen_part, name="screen_part"),
]
