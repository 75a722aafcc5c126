"""Pages the shell itself answers for: error pages, robots.txt, and the gallery of components."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from samspel.kernel.ui.gallery import gallery


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """400: what was sent could not be understood."""
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """403: the page is for others."""
    return render(request, "403.html", status=403)


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
def pattern_library(request: HttpRequest) -> HttpResponse:
    """Every component, in every state, on one page."""
    return render(request, "ui/pattern_library.html", gallery(request.GET))
