"""What a session knows of its person, written on the person of each request."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth import get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from samspel.kernel.permissions import Level

# Where the session keeps how sure its login was (a Level); missing is the least.
LEVEL = "samspel_level"


class SessionLevel:
    """After Django's own: the person of a request carries her session's level, and asks the database no earlier."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _with_level(request))
        return self._get_response(request)


def _with_level(request: HttpRequest):
    person = getattr(request, "_cached_user", None) or get_user(request)
    if person.is_authenticated:
        person.session_level = int(request.session.get(LEVEL, Level.READ))
    return person
