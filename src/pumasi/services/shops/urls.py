"""Addresses of paying and taking. A place's sticker (`/Q/A...`) leads here through the shell."""

from django.urls import path

from pumasi.services.shops.views import papers, pay, take

app_name = "shops"
urlpatterns = [
    path("pay/", pay.choose, name="choose"),
    path("pay/at/<str:text>", pay.at, name="at"),
    path("pay/<uuid:place_id>/", pay.pay, name="pay"),
    path("pay/<uuid:place_id>/confirm/", pay.pay_confirm, name="pay_confirm"),
    path("receipts/<uuid:payment_id>/", pay.receipt, name="receipt"),
    path("receipts/<uuid:payment_id>/undo/", pay.undo, name="undo_mine"),
    path("receipts/<uuid:payment_id>/slip.pdf", papers.slip, name="slip"),
    path("received/", take.received, name="received"),
    path("received/<uuid:place_id>/part/", take.received_part, name="received_part"),
    path("received/<uuid:place_id>/poster/", take.poster, name="poster"),
    path("received/<uuid:place_id>/sticker.pdf", papers.sticker, name="sticker"),
    path("received/<uuid:place_id>/poster.pdf", papers.wall_poster, name="wall_poster"),
    path("payments/<uuid:payment_id>/", take.payment, name="payment"),
    path("payments/<uuid:payment_id>/undo/", take.undo, name="undo"),
    path("payments/<uuid:payment_id>/refund/", take.refund, name="refund"),
    path("counter/", take.counter, name="counter"),
    path("counter/scanned/<str:text>", take.counter_scanned, name="counter_scanned"),
    path("counter/<uuid:scan_id>/", take.counter_confirm, name="counter_confirm"),
]
