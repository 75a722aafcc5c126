"""The links of a letter are tried: our own here and now, others by a job, and none within the house."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import Resolver404, resolve

from samspel.kernel import jobs
from samspel.letters.models import Letter, LinkCheck
from samspel.letters.operations.trying import Reach, Tried, try_link
from samspel.letters.queries.links import in_document, untried
from samspel.letters.rules import documents, links

TASK: Final = "letters.check_links"
# Of one letter, so many are tried; what stands after them is not.
MOST: Final = 60
_LONGEST: Final = 2000


def ask_for(letter: Letter) -> None:
    """Have links tried soon, if one stands in the letter that has not been; asked for twice it is done once."""
    if untried(letter):
        jobs.queue(TASK, only_one=f"{TASK}:{letter.key}", lane=jobs.BULK, letter_key=str(letter.key))


def check(letter: Letter, *, at: datetime, may_reach: Reach = links.is_public) -> list[LinkCheck]:
    """Try each link that stands in the letter, and keep what came of it in place of what was known before.

    Nothing is locked meanwhile: a network can be slow. may_reach: see trying.try_link.
    """
    addresses = [one for one in in_document(documents.read(letter.body)) if len(one) <= _LONGEST][:MOST]
    tried = {address: _tried(address, may_reach) for address in addresses}
    rows = [
        LinkCheck(letter=letter, address=address, outcome=one.outcome, status=one.status, checked_at=at)
        for address, one in tried.items()
    ]
    return LinkCheck.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["letter", "address"],
        update_fields=["outcome", "status", "checked_at"],
    )


def _tried(address: str, may_reach: Reach) -> Tried:
    kind = links.kind_of(address, settings.SAMSPEL_URL)
    if kind == links.OWN:
        return Tried(links.WORKS if _is_ours(urlsplit(address).path or "/") else links.DEAD)
    return try_link(address, may_reach=may_reach) if kind == links.OUTSIDE else Tried(links.NOT_TRIED)


def _is_ours(path: str) -> bool:
    """Whether there is a page there, as somebody meets it who is not logged in: asking her to log in counts."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    host = urlsplit(settings.SAMSPEL_URL).hostname or "localhost"
    asked = {"REQUEST_METHOD": "HEAD", "PATH_INFO": path, "SERVER_NAME": host, "SERVER_PORT": "443"}
    request = WSGIRequest({**asked, "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "https"})
    request.user, request.session = AnonymousUser(), SessionBase()
    request.LANGUAGE_CODE = settings.LANGUAGE_CODE
    try:
        match.func(request, *match.args, **match.kwargs)
    except Http404:
        return False
    except Exception:  # a page that needs more than is given here is there, all the same
        return True
    return True
