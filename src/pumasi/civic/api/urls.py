"""The API's addresses, and its pages."""

from django.urls import include, path

from pumasi.civic.api import building, problems, views
from pumasi.civic.shell.access import for_all_alike

app_name = "api"
urlpatterns = [
    path("api/", views.how, name="how"),
    path("api/problems/<str:code>/", views.problem, name="problem"),
    path("api/v1/", include((building.patterns(building.build()), "v1"))),
    path("api/v1/<path:rest>", for_all_alike(problems.nothing_here), name="nothing"),
    path("tokens/", views.tokens, name="tokens"),
    path("tokens/<uuid:token_id>/end/", views.end, name="end_token"),
]
