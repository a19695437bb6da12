"""The node's URL map, put together from the rooms' own `urls`: the shell, then each service that is switched on."""

from django.urls import URLPattern, URLResolver, include, path

from pumasi.civic.shell.manifest import manifests

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("pumasi.civic.shell.urls")),
    *(path("", include(manifest.urls)) for manifest in manifests()),
]

handler400 = "pumasi.civic.shell.error_pages.bad_request"
handler403 = "pumasi.civic.shell.error_pages.forbidden"
handler404 = "pumasi.civic.shell.error_pages.not_found"
handler500 = "pumasi.civic.shell.error_pages.server_error"
