"""The practice page."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest, person_of
from pumasi.services.training.apps import WORKERS
from pumasi.services.training.queries import exercises


@for_roles(*sorted(WORKERS))
@require_safe
def home(request: ShellRequest) -> HttpResponse:
    """What to try, and what has been done; links only where nothing is real."""
    lines = exercises(person_of(request), request.viewer.roles, request.acting.at)
    done = sum(each.done is not None for each in lines)
    context = {"lines": lines, "done": done, "is_practice": settings.DEMO, "elsewhere": settings.TRAINING_URL}
    return render(request, "training/home.html", context)
