"""Public answers kept in memory: made once for each version of the data, sent again as they are, and 304 when known.

Only for readers without a session: a page for a person who is logged in is made for her each time.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

MOST_BYTES = 32 * 1024 * 1024
View = Callable[..., HttpResponse]

_HEADERS = ("Content-Type", "Content-Disposition", "Content-Language", "X-Robots-Tag")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it is sent."""

    body: bytes
    headers: Mapping[str, str]


class Shelf:
    """Answers by key, the least lately used thrown out first, never more than so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most, self._bytes, self._lock = most_bytes, 0, Lock()
        self._answers: OrderedDict[tuple[Any, ...], Answer] = OrderedDict()

    def get(self, key: tuple[Any, ...]) -> Answer | None:
        """The answer under that key, now the latest used."""
        with self._lock:
            answer = self._answers.get(key)
            if answer:
                self._answers.move_to_end(key)
            return answer

    def put(self, key: tuple[Any, ...], answer: Answer) -> None:
        """Keep an answer."""
        with self._lock:
            if former := self._answers.pop(key, None):
                self._bytes -= len(former.body)
            self._answers[key] = answer
            self._bytes += len(answer.body)
            while self._bytes > self._most:
                _key, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._answers.clear()
            self._bytes = 0


SHELF = Shelf(MOST_BYTES)


def kept_under(version: Callable[[], str]) -> Callable[[View], View]:
    """Makes a view a public page or file, for reading only: kept by address, language, day and version of the data.

    version: what a `Versions` says now, or something like it.
    """

    def kept(view: View) -> View:
        @require_safe
        @wraps(view)
        def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if _is_somebody(request):
                response = view(request, *args, **kwargs)
                patch_cache_control(response, private=True, no_cache=True)
                return response
            # The version is read before anything else is: what is made under it is never older than it says.
            key = (version(), view.__module__, *_place(request))
            answer = SHELF.get(key)
            if answer is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200 or response.cookies:
                    return response
                answer = _taken(response)
                SHELF.put(key, answer)
            return _sent(request, answer)

        return wrapper

    return kept


def _is_somebody(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _place(request: HttpRequest) -> tuple[Any, ...]:
    where = (request.scheme, request.get_host(), request.get_full_path(), get_language())
    return (timezone.localdate(), *where, settings.SAMSPEL_IS_DEMO, connection.settings_dict["NAME"])


def _taken(response: HttpResponse) -> Answer:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers = {name: response[name] for name in _HEADERS if name in response}
    # Asked anew each time, answered with 304 as long as it is the same; a logged-in reader has pages of her own.
    return Answer(response.content, {**headers, "ETag": etag, "Cache-Control": "public, no-cache", "Vary": "Cookie"})


def _sent(request: HttpRequest, answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, headers=answer.headers)
    if "If-None-Match" not in request.headers:
        return response
    return get_conditional_response(request, etag=answer.headers["ETag"], response=response) or response
