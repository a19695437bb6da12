"""The pages of webhooks."""

from django.urls import path

from pumasi.civic.hooks import views

app_name = "hooks"
urlpatterns = [
    path("webhooks/", views.mine, name="mine"),
    path("webhooks/<uuid:endpoint_id>/", views.one, name="one"),
    path("webhooks/<uuid:endpoint_id>/end/", views.end, name="end"),
    path("webhooks/<uuid:endpoint_id>/secret/", views.renew, name="renew"),
    path("webhooks/<uuid:endpoint_id>/again/<uuid:delivery_id>/", views.again, name="again"),
]
