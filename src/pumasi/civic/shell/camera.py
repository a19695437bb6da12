"""The camera page: reads a QR in the browser and goes where its code leads; without a camera, the code is typed.

The picture never leaves the phone. Not here: what a code means (`scanning.scanned`, `civic.codes`).
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_roles
from pumasi.civic.shell.acting import ShellRequest

# The reader is WebAssembly from our own host: compiling it needs a word of its own, and nothing else is let in.
WITH_READER: dict[str, Any] = {**settings.SECURE_CSP, "script-src": [CSP.SELF, CSP.WASM_UNSAFE_EVAL]}
CODE_LIMIT = 80


def with_camera[View: Callable[..., Any]](view: View) -> View:
    """A page on which `shell/camera.js` may run its reader."""
    made: View = csp_override(WITH_READER)(view)
    return made


@with_camera
@for_roles(roles.RESIDENT)
@require_safe
def scan_page(request: ShellRequest) -> HttpResponse:
    """The camera; or `?code=...`, as typed or as a whole address, which leads on like a scanned one."""
    typed = code_in(request.GET.get("code", ""))
    return redirect("shell:scanned", text=typed) if typed else render(request, "shell/scan.html")


def code_in(said: str) -> str:
    """The code in what was typed or scanned: the last part of an address, in capitals, without spaces and dashes."""
    return "".join(said[:CODE_LIMIT].split()).replace("-", "").rstrip("/").rpartition("/")[2].upper()
