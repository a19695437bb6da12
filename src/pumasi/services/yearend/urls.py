"""Addresses of the year end."""

from django.urls import path

from pumasi.services.yearend.views import note, takings, year

app_name = "yearend"
urlpatterns = [
    path("year-end/", year.home, name="home"),
    path("year-end/<int:year>/", year.year, name="year"),
    path("year-end/<int:year>/note/", note.page, name="note"),
    path("year-end/<int:year>/note.xlsx", note.spreadsheet, name="note_xlsx"),
    path("year-end/<int:year>/note.pdf", note.paper, name="note_pdf"),
    path("year-end/<int:year>/lapsing/", takings.lapsing, name="lapsing"),
    path("year-end/<int:year>/takings/", takings.page, name="takings"),
    path("year-end/<int:year>/takings.xlsx", takings.spreadsheet, name="takings_xlsx"),
    path("shop-year/", takings.my_year, name="my_year"),
    path("shop-year/<int:year>/<uuid:place_id>/", takings.shop, name="shop"),
    path("shop-year/<int:year>/<uuid:place_id>.csv", takings.shop_csv, name="shop_csv"),
    path("shop-year/<int:year>/<uuid:place_id>.pdf", takings.shop_paper, name="shop_pdf"),
]
