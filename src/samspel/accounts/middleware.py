"""What a session knows of its person, written on the person of each request; and looking at pages as another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from psycopg.errors import ReadOnlySqlTransaction

from samspel.accounts import permissions
from samspel.accounts.models import Person
from samspel.accounts.operations import sessions, viewing
from samspel.accounts.queries.viewing import person_looked_at
from samspel.accounts.rules.viewing import LOOKING, Looking, looking_in
from samspel.kernel.permissions import LEVEL, Level, Look, OnlyLooking, PrivateZone
from samspel.kernel.ui.languages import without_language
from samspel.kernel.ui.pages import permission_denied

__all__ = ["LEVEL", "LastSeen", "LookingAs", "SessionLevel"]

GetResponse = Callable[[HttpRequest], HttpResponse]
# Everything below it is somebody's own account.
ACCOUNT = "konto/"
LOOKS = ("GET", "HEAD")


class SessionLevel:
    """After Django's own: the person of a request carries her session's level, and asks the database no earlier."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _with_level(request))
        return self._get_response(request)


def _with_level(request: HttpRequest):
    person = getattr(request, "_cached_user", None) or get_user(request)
    if person.is_authenticated:
        person.session_level = int(request.session.get(LEVEL, Level.READ))
    return person


class LastSeen:
    """When a session was last used, to five minutes: who sees her sessions can tell which is still hers."""

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        # Only where the session was read anyway: public pages ask no database for it.
        if request.session.accessed and request.session.session_key and not request.session.is_empty():
            sessions.note_seen(session=request.session, at=timezone.now())
        return response


class LookingAs:
    """Innermost: while a system administrator looks as another, `request.user` is that person, for reading alone.

    `request.real_user` is the administrator; everything outside of this (sessions, the log) sees only her. Each page
    is written down before it is shown, and made in a transaction in which the database itself refuses to write.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        looking = _looking_of(request)
        if looking is None:
            return self._get_response(request)
        at = timezone.now()
        person = _person_of(looking, request.user, at)
        if person is None:
            return self._over(request, looking, at)
        request.look = Look(str(person), looking.until, reverse("accounts:viewing_stop"))
        if request.path in (reverse("accounts:viewing_stop"), reverse("account_logout")):
            return self._way_out(request, person, at)
        return self._as(request, person, at)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page that writes something when it is read: what is answered is made when nothing can be written."""
        if hasattr(request, "real_user") and _is_refused_writing(exception):
            request.look_refused = OnlyLooking(
                _("This page writes something down each time it is opened, so it cannot be looked at as another.")
            )
            return HttpResponse(status=403)
        return None

    def _as(self, request: HttpRequest, person: Person, at: datetime) -> HttpResponse:
        administrator = request.user
        person.session_level, person.looked_at_by = int(Level.READ), administrator.key
        if request.method in LOOKS:
            viewing.note_page(person=person, path=request.path, by=administrator, at=at)
        request.real_user, request.user = administrator, person
        try:
            response = self._answer(request)
        finally:
            request.user = administrator
        # Nobody keeps what was made for somebody else's eyes.
        add_never_cache_headers(response)
        del response["ETag"], response["Last-Modified"]
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in LOOKS:
            return permission_denied(request, OnlyLooking())
        if without_language(request.path_info).startswith(ACCOUNT):
            return permission_denied(request, PrivateZone())
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = self._get_response(request)
            transaction.set_rollback(True)
        refused = getattr(request, "look_refused", None)
        return permission_denied(request, refused) if refused else response

    def _way_out(self, request: HttpRequest, person: Person, at: datetime) -> HttpResponse:
        """Stopping and logging out are the administrator's own deeds."""
        if request.method == "POST":
            administrator = request.user
            response = self._get_response(request)
            if LOOKING not in request.session:
                viewing.stop(person=person, why=viewing.BY_HERSELF, by=administrator, at=at)
            return response
        return self._get_response(request)

    def _over(self, request: HttpRequest, looking: Looking, at: datetime) -> HttpResponse:
        """The time is out, or it may no longer be: what she does from here on is in her own name."""
        viewing.note_over(looking=looking, by=request.user, at=at)
        del request.session[LOOKING]
        rotate_token(request)
        sentence = _("You no longer look as another person: the time was out, or it is no longer allowed.")
        if request.method not in LOOKS:
            return permission_denied(request, OnlyLooking(f"{sentence} {_('What you sent was not done.')}"))
        messages.info(request, sentence)
        return self._get_response(request)


def _looking_of(request: HttpRequest) -> Looking | None:
    # A reader without a session is not asked about one, so that her pages stay everybody's.
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return looking_in(request.session)


def _person_of(looking: Looking, administrator: Any, at: datetime) -> Person | None:
    """The person that is still looked at, if it is still allowed."""
    if at >= looking.until or getattr(administrator, "key", None) != looking.by:
        return None
    try:
        permissions.TABLE.require(administrator, permissions.LOOK_AS, at)
    except PermissionDenied:
        return None
    person = person_looked_at(looking.person)
    return person if person is not None and permissions.may_be_looked_at(person, administrator, at) else None


def _is_refused_writing(exception: Exception) -> bool:
    return isinstance(exception, InternalError) and isinstance(exception.__cause__, ReadOnlySqlTransaction)
