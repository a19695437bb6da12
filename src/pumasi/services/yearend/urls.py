"""Addresses of the year end."""

from django.urls import path

from pumasi.services.yearend.views import access, audit, carrying, mine, naming, note, takings, year

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
    path("year-end/<int:year>/carry-over/", carrying.page, name="carrying"),
    path("year-end/<int:year>/carry-over/ask/", carrying.ask, name="carry_ask"),
    path("year-end/<int:year>/carry-over/agree/", carrying.agree, name="carry_agree"),
    path("year-end/<int:year>/access/", access.page, name="access"),
    path("year-end/<int:year>/access.csv", access.as_csv, name="access_csv"),
    path("year-end/<int:year>/access/names/", access.names, name="access_names"),
    path("year-end/<int:year>/access/<uuid:role_id>/", access.review, name="access_review"),
    path("year-end/<int:year>/destroyed/", access.destroyed, name="destroyed"),
    path("audit/", audit.pack, name="audit"),
    path("audit/draw/", audit.draw, name="draw"),
    path("audit/samples/<uuid:sample_id>/", audit.sample, name="sample"),
    path("audit/samples/<uuid:sample_id>.xlsx", audit.sample_xlsx, name="sample_xlsx"),
    path("audit/settlements/<uuid:batch_id>/", audit.batch, name="audit_batch"),
    path("audit/lines/<uuid:line_id>/", audit.line, name="audit_line"),
    path("audit/payments/<int:transfer>/", audit.payment, name="audit_payment"),
    path("audit/payments/<int:transfer>/ask/", naming.ask, name="names_ask"),
    path("audit/names/", naming.page, name="names"),
    path("audit/names/<uuid:ask_id>/agree/", naming.agree, name="names_agree"),
    path("audit/names/<uuid:ask_id>/look/", naming.look, name="names_look"),
    path("my-year/", mine.home, name="mine_home"),
    path("my-year/<int:year>/", mine.page, name="mine"),
    path("my-year/<int:year>.pdf", mine.paper, name="mine_pdf"),
    path("shop-year/", takings.my_year, name="my_year"),
    path("shop-year/<int:year>/<uuid:place_id>/", takings.shop, name="shop"),
    path("shop-year/<int:year>/<uuid:place_id>.csv", takings.shop_csv, name="shop_csv"),
    path("shop-year/<int:year>/<uuid:place_id>.pdf", takings.shop_paper, name="shop_pdf"),
]
