"""The guide's pages. The map's script gets the same list as the page; where the visitor is stays in the browser."""

import hashlib
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import urlencode
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_safe

from pumasi.civic.places.boundaries import Boundaries, district_boundaries
from pumasi.civic.places.errors import PlaceUnknown
from pumasi.civic.places.operations import set_position
from pumasi.civic.places.positions import read_position
from pumasi.civic.places.queries import PlaceFacts, place_by_number
from pumasi.civic.shell import roles
from pumasi.civic.shell.access import for_all_alike, for_roles
from pumasi.civic.shell.acting import ShellRequest, Viewer, acting_for
from pumasi.civic.shell.language import page_language
from pumasi.civic.shell.refusals import refused, unfinished
from pumasi.kernel.clock import seoul_date
from pumasi.kernel.result import Refusal
from pumasi.services.guide.forms import PositionForm, WishForm
from pumasi.services.guide.queries.one import place_page, where_words
from pumasi.services.guide.queries.places import PlaceLine, choices, guide, mark_names, mark_of, places_of_today

PAGE = 30
STAFF = (roles.SHOP_KEEPER, roles.FACILITY_CASHIER)
OFFICERS = (roles.DONG_OFFICIAL, roles.ISSUER)
NO_OUTLINES = Boundaries("", "", ())


@require_safe
def places(request: ShellRequest) -> HttpResponse:
    """The list, page by page, with the filter; scripts put the map beside it."""
    form, found = _asked(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    asked = {name: str(value) for name, value in request.GET.items() if name != "page" and value}
    context = {
        "page": page,
        "asked": urlencode(asked),
        "is_asked": bool(asked),
        "marks": mark_names(),
        "source": _source(),
        "form": form,
    }
    if not form.is_valid():
        return unfinished(request, "guide/places.html", context, form)
    return render(request, "guide/places.html", context)


# Nothing in these two is secret or about the visitor, so they may be compressed.
@gzip_page
@require_safe
def all_places(request: ShellRequest) -> HttpResponse:
    """The whole list of the filter as a part of the page: the map is drawn from it, and it is sorted by nearness."""
    part = render_to_string("guide/parts/lines.html", {"lines": _asked(request)[1]})
    answer = HttpResponse(part)
    answer["ETag"] = f'"{hashlib.sha256(part.encode()).hexdigest()[:32]}"'
    answer["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


@gzip_page
@for_all_alike
@require_safe
def outlines(request: HttpRequest) -> HttpResponse:
    """The outlines of the dongs, from whom they are beside them; none is an empty collection."""
    told = (district_boundaries() or NO_OUTLINES).geojson()
    answer = HttpResponse(told, content_type="application/geo+json")
    answer["ETag"] = f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
    answer["Cache-Control"] = "public, max-age=300"
    return get_conditional_response(request, etag=answer["ETag"], response=answer) or answer


@require_safe
def one(request: ShellRequest, number: int) -> HttpResponse:
    """One place for everybody."""
    facts = _found(number)
    context = {
        "page": place_page(number, request.acting.at),
        "source": _source(),
        "may_move": _may_move(request.viewer, facts.id),
    }
    return render(request, "guide/place.html", context)


@for_roles(*STAFF, *OFFICERS)
@require_http_methods(["GET", "HEAD", "POST"])
def position(request: ShellRequest, number: int) -> HttpResponse:
    """Say where a place stands, by two numbers or by a tap on the map, or take it off the map."""
    facts = _found(number)
    if not _may_move(request.viewer, facts.id):
        raise Http404
    at = facts.position
    start = {"latitude": at.latitude, "longitude": at.longitude} if at else {}
    context = {
        "name": facts.name(page_language()),
        "number": number,
        "dong": facts.dong,
        "mark": mark_of(facts),
        "at": at,
        "where": where_words(at),
        "source": _source(),
    }
    if request.method != "POST":
        return render(request, "guide/position.html", {**context, "form": PositionForm(initial=start)})
    acting, form = acting_for(request, "PLACE_POSITION"), PositionForm(request.POST)
    if request.POST.get("what") == "remove":
        set_position(acting, facts.id, None)
        return redirect(reverse("guide:position", args=[number]))
    if not form.is_valid():
        return unfinished(request, "guide/position.html", context, form)
    try:
        set_position(acting, facts.id, read_position(**form.cleaned_data))
    except Refusal as refusal:
        return refused(request, "guide/position.html", {**context, "form": form}, refusal)
    return redirect(reverse("guide:position", args=[number]))


def _asked(request: ShellRequest) -> tuple[WishForm, list[PlaceLine]]:
    """The filter, and the places that fit; none for a filter that cannot be read."""
    at = request.acting.at
    known = places_of_today(at)
    form = WishForm(request.GET, choices=choices(known, seoul_date(at)))
    return form, guide(known, form.wish(), at) if form.is_valid() else []


def _found(number: int) -> PlaceFacts:
    try:
        return place_by_number(number)
    except PlaceUnknown:
        raise Http404 from None


def _may_move(viewer: Viewer, place_id: UUID) -> bool:
    return bool(viewer.roles & set(OFFICERS)) or place_id in viewer.places(*STAFF)


def _source() -> str:
    known = district_boundaries() or NO_OUTLINES
    return known.source_ko if page_language() == "ko" else known.source_en
