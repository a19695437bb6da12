"""The shell's addresses."""

from django.urls import path

from pumasi.civic.shell import inbox, scanning, sign_in, views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("inbox/", inbox.inbox, name="inbox"),
    path("display/", views.display, name="display"),
    path("demo/clock/", views.demo_clock, name="demo_clock"),
    path("Q/<str:text>", scanning.scanned, name="scanned"),
    path("readyz", views.ready, name="ready"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("desk/code/", sign_in.desk_code, name="desk_code"),
]
