"""What was sent from a section's page when the login behind it had ended: kept until its writer is logged in again.

It waits in the browser's own session, which a login goes on with, as it was sent and with the revision of its page; it
is shown to the one whose page it was alone, and saved when she says so, joined with what others wrote meanwhile.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from samspel.forms.forms.sections import posted
from samspel.forms.models import Answer
from samspel.forms.queries import writing
from samspel.forms.queries.definitions import body_of
from samspel.forms.queries.values import parse
from samspel.forms.rules.received import asked_at
from samspel.forms.rules.values import ValueRefused
from samspel.kernel.ui.dates import moment_text
from samspel.kernel.ui.pages import csrf_refused

LEFT: Final = "forms.left_behind"
# The newest of these are kept in one session.
MOST: Final = 20
# What a page was to do next says nothing when it is saved later; a file is chosen anew.
_NOT_KEPT: Final = ("csrfmiddlewaretoken", "_save", "_add", "_upload", "_fetch", "_left")


@dataclass(frozen=True)
class LeftBehind:
    """What waits to be saved: (what the field is called, what was written there), and whether a file was with it."""

    key: str
    when: str
    fields: list[tuple[str, str]]
    had_files: bool


class _Token(CsrfViewMiddleware):
    """Django's check, which tells why rather than answering."""

    def _reject(self, request: HttpRequest, reason: str) -> Any:
        return reason


def keeps_what_was_sent(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a section that loses nothing of a page whose login ended, or was followed by a new one.

    The token that a page was made with is checked here rather than before: when our own page sends an old one, somebody
    has logged in since, and what she wrote is kept and shown. Nothing is saved unasked.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, key: UUID, section: str) -> HttpResponse:
        reason = _Token(view).process_view(request, view, (), {})
        is_page = request.method == "POST" and request.accepts("text/html")
        if reason is None and (request.user.is_authenticated or not is_page):
            return view(request, key, section)
        is_hers = not request.user.is_authenticated or request.POST.get("_writer") == str(request.user.key)
        if is_page and is_hers and (reason is None or _is_from_here(request)) and _keep(request, key, section):
            # Back to the page: by way of the login, if she is not logged in.
            return redirect(request.path)
        return view(request, key, section) if reason is None else csrf_refused(request, str(reason))

    return guarded


def _is_from_here(request: HttpRequest) -> bool:
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def _keep(request: HttpRequest, key: UUID, section: str) -> bool:
    answer = Answer.objects.filter(key=key).select_related("version").first()
    writer = request.POST.get("_writer", "")
    if answer is None or body_of(answer.version).section(section) is None or not writer:
        return False
    typed = request.POST.copy()
    for name in _NOT_KEPT:
        typed.pop(name, None)
    one = {
        "key": secrets.token_hex(4),
        "address": request.path,
        "writer": writer[:40],
        "typed": typed.urlencode(),
        "at": timezone.now().isoformat(),
        "had_files": bool(request.FILES),
    }
    same = ("address", "writer", "typed")
    others = [each for each in _all(request) if any(each[name] != one[name] for name in same)]
    request.session[LEFT] = [*others, one][-MOST:]
    if not request.user.is_authenticated:
        sentence = _("You are no longer logged in. What you wrote is kept: log in, and you find it on the page.")
        messages.info(request, sentence)
    return True


def _all(request: HttpRequest) -> list[dict[str, Any]]:
    return request.session.get(LEFT, [])


def left_behind(page: Any) -> list[LeftBehind]:
    """What she sent from this page while she was not logged in, and has not decided on; nothing that stands already."""
    found = [_in_words(page, one) for one in _hers(page)]
    return [one for one in found if one.fields or one.had_files]


def typed_then(page: Any, key: str) -> QueryDict | None:
    """What was sent, as it was sent; None if there is no such."""
    one = next((each for each in _hers(page) if each["key"] == key), None)
    return QueryDict(one["typed"]) if one else None


def let_go(page: Any, key: str) -> None:
    """It is decided on."""
    left = [one for one in _all(page.request) if one["key"] != key]
    page.request.session[LEFT] = left


def _hers(page: Any) -> list[dict[str, Any]]:
    who, where = str(page.person.key), page.request.path
    return [one for one in _all(page.request) if (one["writer"], one["address"]) == (who, where)]


def _in_words(page: Any, one: Mapping[str, Any]) -> LeftBehind:
    read = posted(QueryDict(one["typed"]), page.definition, page.section, page.choices)
    said = [_field(page, path, typed) for path, typed in read.typed.items()]
    when = moment_text(datetime.fromisoformat(one["at"]))
    return LeftBehind(one["key"], when, [each for each in said if each], bool(one.get("had_files")))


def _field(page: Any, path: str, typed: str | list[str]) -> tuple[str, str] | None:
    """What was written in a field, if it differs from what stands there."""
    asked = asked_at(page.definition, path)
    if asked is None:
        return None
    try:
        value = parse(asked, typed)
    except ValueRefused:
        words = typed if isinstance(typed, str) else ", ".join(typed)
    else:
        if value == page.fields.get(path):
            return None
        words = writing.words_of(page.definition, path, value, page.language, page.choices)
    return writing.label_at(page.definition, path, page.language), words or _("(empty)")
