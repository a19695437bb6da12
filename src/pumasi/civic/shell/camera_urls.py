"""The camera's addresses."""

from django.urls import path

from pumasi.civic.shell import camera

app_name = "camera"
urlpatterns = [path("scan/", camera.scan_page, name="scan")]
