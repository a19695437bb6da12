"""Files that are the same for everybody: the verify page and the record itself. Nobody is looked up, no cookie is set.

A static host may serve `/log/` instead: the folder holds exactly these files.
"""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from pumasi.civic.shell.access import for_all_alike
from pumasi.seal.files import CHECKPOINT, POLICY, SOLVENCY, LogFiles
from pumasi.services.record.queries.page import verify_page
from pumasi.tlog.checkpoint import parse_checkpoint
from pumasi.tlog.errors import BadLog, BadTile
from pumasi.tlog.note import parse_note
from pumasi.tlog.tile import bundle_path, bundles_of, parse_path, tile_path, tiles_of

_CHANGING = {CHECKPOINT: "text/plain", POLICY: "text/plain", SOLVENCY: "application/json"}
_A_YEAR = "public, max-age=31536000, immutable"


@for_all_alike
@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The verify page, byte for byte the one whose fingerprint `how` shows."""
    page = verify_page()
    if page is None:
        return render(request, "record/not_begun.html", status=503)
    etag = f'"{page.fingerprint}"'
    whole = HttpResponse(page.html)
    answer = get_conditional_response(request, etag=etag, response=whole) or whole
    # On a 304 too: a browser takes over the headers that come with it, also the content policy.
    answer["Content-Security-Policy"] = page.csp
    answer["Referrer-Policy"] = "no-referrer"
    answer["Cache-Control"] = "public, max-age=300"
    answer["ETag"] = etag
    return answer


@for_all_alike
@require_safe
def log_file(request: HttpRequest, name: str) -> HttpResponse:
    """One file of the record: those that change are never kept, tiles for ever."""
    kind = _CHANGING.get(name)
    path = Path(settings.LOG_DIR) / name
    if (kind is None and not _is_tile(name)) or not path.is_file():
        answer: HttpResponse = HttpResponseNotFound("404\n", content_type="text/plain")
        answer["Cache-Control"] = "no-cache"
    elif kind is None:
        answer = HttpResponse(path.read_bytes(), content_type="application/octet-stream")
        answer["Cache-Control"] = _A_YEAR
    else:
        answer = HttpResponse(path.read_bytes(), content_type=f"{kind}; charset=utf-8")
        answer["Cache-Control"] = "no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@for_all_alike
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The address of every file that the newest checkpoint needs, one a line, for `wget -i`."""
    note = LogFiles(Path(settings.LOG_DIR)).checkpoint()
    names = [] if note is None else [CHECKPOINT, POLICY, SOLVENCY, *_paths(note)]
    text = "".join(f"{request.build_absolute_uri(f'/log/{name}')}\n" for name in names)
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-cache"})


def _paths(note: bytes) -> list[str]:
    try:
        size = parse_checkpoint(parse_note(note).text).size
    except BadLog:
        return []
    bundles = [bundle_path(each.number, each.width) for each in bundles_of(0, size)]
    return [*bundles, *(tile_path(each) for each in tiles_of(0, size))]


def _is_tile(name: str) -> bool:
    try:
        parse_path(name)
    except BadTile:
        return False
    return True
