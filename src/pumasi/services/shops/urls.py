"""Addresses of paying and taking. The static address of a place comes from `civic.codes` and leads to `pay`."""

from django.urls import path

from pumasi.services.shops import views_pay, views_take

app_name = "shops"
urlpatterns = [
    path("pay/", views_pay.choose, name="choose"),
    path("pay/<uuid:place_id>/", views_pay.pay, name="pay"),
    path("pay/<uuid:place_id>/confirm/", views_pay.pay_confirm, name="pay_confirm"),
    path("receipts/<uuid:payment_id>/", views_pay.receipt, name="receipt"),
    path("received/", views_take.received, name="received"),
    path("received/<uuid:place_id>/part/", views_take.received_part, name="received_part"),
    path("received/<uuid:place_id>/poster/", views_take.poster, name="poster"),
    path("payments/<uuid:payment_id>/", views_take.payment, name="payment"),
    path("payments/<uuid:payment_id>/undo/", views_take.undo, name="undo"),
    path("payments/<uuid:payment_id>/refund/", views_take.refund, name="refund"),
    path("counter/", views_take.counter, name="counter"),
    path("counter/pay/", views_take.counter_pay, name="counter_pay"),
]
