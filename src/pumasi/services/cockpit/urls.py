"""Addresses of the issuer's cockpit."""

from django.urls import path

from pumasi.services.cockpit.views import budget, freeze, keys, monday, programme, tariff

app_name = "cockpit"
urlpatterns = [
    path("budget/", budget.budget, name="budget"),
    path("budget/order/", budget.order, name="order"),
    path("budget/cut/", budget.cut, name="cut"),
    path("budget/raise/", budget.raise_, name="raise"),
    path("budget/keys/", keys.keys, name="keys"),
    path("budget/keys/<int:key_id>/end/", keys.end_key, name="end_key"),
    path("budget/waiting/", budget.waiting, name="waiting"),
    path("books/", budget.books, name="books"),
    path("tariff/", tariff.tariff, name="tariff"),
    path("tariff/draft/", tariff.draft, name="draft"),
    path("tariff/value/", programme.value, name="value"),
    path("tariff/ending/", programme.ending, name="ending"),
    path("tariff/<uuid:change_id>/before-after/", programme.preview, name="preview"),
    path("tariff/<uuid:change_id>/before-after.csv", programme.preview_csv, name="preview_csv"),
    path("tariff/<uuid:change_id>/", tariff.change, name="change"),
    path("tariff/<uuid:change_id>/simulation/", tariff.simulation, name="simulation"),
    path("freezes/", freeze.freezes, name="freezes"),
    path("freezes/<uuid:freeze_id>/", freeze.freeze, name="freeze"),
    path("monday/", monday.monday, name="monday"),
    path("monday/<str:week>/<uuid:finding_id>/", monday.finding, name="finding"),
    path("rosters/", monday.rosters, name="rosters"),
    path("rosters/<uuid:key>/", monday.roster, name="roster"),
]
