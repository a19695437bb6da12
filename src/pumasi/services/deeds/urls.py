"""Addresses of the good deeds."""

from django.urls import path

from pumasi.services.deeds.views import earn, mine, papers, place, waiting

app_name = "deeds"
urlpatterns = [
    path("coins/", mine.coins, name="coins"),
    path("coins/history/", mine.history, name="history"),
    path("coins/history/<int:year>-<int:number>.pdf", papers.month, name="month"),
    path("my-code/", mine.my_code, name="my_code"),
    path("my-code/part/", mine.my_code_part, name="my_code_part"),
    path("deeds/", earn.earn, name="earn"),
    path("deeds/kinds/<slug:code>/", earn.kind, name="kind"),
    path("deeds/scan/<str:text>", earn.scanned, name="scanned"),
    path("deeds/here/<uuid:scan_id>/", earn.here, name="here"),
    path("deeds/claims/<uuid:claim_id>/", earn.result, name="result"),
    path("deeds/claims/<uuid:claim_id>/slip.pdf", papers.slip, name="slip"),
    path("deeds/confirm/", place.confirm, name="confirm"),
    path("deeds/confirm/waiting/", waiting.waiting_part, name="waiting_part"),
    path("deeds/confirm/<uuid:claim_id>/", place.decide, name="decide"),
    path("places/", place.my_places, name="my_places"),
    path("places/<uuid:place_id>/screen/", place.screen, name="screen"),
    path("places/<uuid:place_id>/screen/part/", place.screen_part, name="screen_part"),
]
