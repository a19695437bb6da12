"""Addresses of settlement: the treasury's desk, what lies around it, and the shops' payouts."""

from django.urls import path

from pumasi.services.settlement.views import around, custody, desk, shop

app_name = "settlement"
urlpatterns = [
    path("settlement/", desk.desk, name="desk"),
    path("settlement/draft/", desk.draft, name="draft"),
    path("settlement/<uuid:batch_id>/", desk.batch, name="batch"),
    path("settlement/<uuid:batch_id>/check/", desk.check, name="check"),
    path("settlement/<uuid:batch_id>/give-up/", desk.give_up, name="give_up"),
    path("settlement/<uuid:batch_id>/export/", desk.export, name="export"),
    path("settlement/<uuid:batch_id>/numbers/", desk.numbers, name="numbers"),
    path("settlement/<uuid:batch_id>/paid/", desk.paid, name="paid"),
    path("settlement/<uuid:batch_id>/bounced/", desk.bounced, name="bounced"),
    path("settlement/around/", around.around, name="around"),
    path("settlement/around/account/", around.account, name="confirm_account"),
    path("settlement/around/hold/", around.hold, name="hold"),
    path("settlement/around/hold/end/", around.end_hold, name="end_hold"),
    path("settlement/around/override/", around.override, name="override"),
    path("settlement/around/override/agree/", around.agree, name="agree"),
    path("settlement/around/facility/", around.facility, name="facility"),
    path("settlement/unreachable/", custody.unreachable, name="unreachable"),
    path("settlement/unreachable/<str:what>/", custody.act, name="unreachable_act"),
    path("payouts/", shop.mine, name="mine"),
    path("payouts/<uuid:line_id>/", shop.payout, name="payout"),
    path("payouts/<uuid:line_id>/statement.pdf", shop.statement, name="statement"),
    path("payouts/account/<uuid:place_id>/", shop.account, name="account"),
]
