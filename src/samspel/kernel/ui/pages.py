"""Pages the shell itself answers for: error pages, robots.txt, and the gallery of components."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspel.kernel.permissions import DeniedInWords, Level, LevelTooLow
from samspel.kernel.ui import navigation
from samspel.kernel.ui.gallery import gallery

# Never shown again: what a form carries beside what somebody wrote, and what is secret.
_NOT_WRITTEN = ("csrf", "password", "code", "token", "secret", "credential")
_MOST_FIELDS = 50
_MOST_WRITTEN = 20_000


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what was sent could not be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: the page is for others; or her login is not sure enough; or there is a sentence that says why not."""
    if isinstance(exception, LevelTooLow):
        return _level_too_low(request, exception)
    if isinstance(exception, DeniedInWords):
        return render(request, "403_in_words.html", {"denied": exception}, status=403)
    return render(request, "403.html", status=403)


def _level_too_low(request: HttpRequest, exception: LevelTooLow) -> HttpResponse:
    """Which login it takes, where she gets it, where she comes back to, and what she wrote, so that it is not lost."""
    page = {
        "must_sign": exception.needed is Level.SIGN,
        "security_url": navigation.address("accounts:security"),
        "back_url": _came_from(request),
        "written": written_in(request),
        "has_files": request.method == "POST" and bool(request.FILES),
    }
    response = render(request, "403_level.html", page, status=403)
    add_never_cache_headers(response)
    return response


def written_in(request: HttpRequest) -> list[tuple[str, str]]:
    """What she wrote in the form that was refused, field by field, to be copied before it is lost."""
    if request.method != "POST":
        return []
    fields = [
        (name, value[:_MOST_WRITTEN])
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and not any(word in name.lower() for word in _NOT_WRITTEN)
    ]
    return fields[:_MOST_FIELDS]


def _came_from(request: HttpRequest) -> str:
    """The page she stood on: this one, or the one the form was on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        # Its path alone: an address of ours whatever stands in front of it.
        return urlsplit(before)._replace(scheme="", netloc="", fragment="").geturl()
    return ""


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form had grown old (setting CSRF_FAILURE_VIEW; Django's own finds the same template)."""
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """404: there is no such page."""
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """429: too many tries in a short time."""
    return render(request, "429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: we failed. Asks neither the database nor the session nor the language: any of them may be what failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


@require_safe
@cache_control(max_age=86400, public=True)
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines should leave alone: the workspace and the login."""
    closed = ["/arbete/", "/konto/", "/en/arbete/", "/en/konto/", "/sok/", "/en/sok/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(max_age=86400, public=True)
def favicon(request: HttpRequest) -> HttpResponse:
    """Where the icon is, for what asks at the root: a browser that shows a PDF or a feed, and programs beside them."""
    return redirect(static("kernel/img/favicon.svg"))


@require_safe
def pattern_library(request: HttpRequest) -> HttpResponse:
    """Every component, in every state, on one page."""
    return render(request, "ui/pattern_library.html", gallery(request.GET))
