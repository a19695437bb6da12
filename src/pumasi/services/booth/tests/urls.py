"""The node's addresses as they are with the stand switched on."""

from django.urls import include, path

urlpatterns = [path("", include("pumasi.services.booth.urls")), path("", include("pumasi.config.urls"))]
handler404 = "pumasi.civic.shell.error_pages.not_found"
