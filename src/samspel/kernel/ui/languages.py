"""The same page in the other language: Swedish stands without prefix, the others under theirs."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language


@dataclass(frozen=True)
class LanguageLink:
    """One language: its code, its own name for itself, this page in it, and whether it is the one being read."""

    code: str
    name: str
    url: str
    is_current: bool


_OWN_NAMES = {"sv": "Svenska", "en": "English"}


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """This address in every language of the settings, with its query string."""
    reading = get_language() or settings.LANGUAGE_CODE
    return [
        LanguageLink(
            code,
            _OWN_NAMES.get(code, str(name)),
            same_page(request, code),
            code == reading,
        )
        for code, name in settings.LANGUAGES
    ]


def front_page() -> str:
    """The front page's address in the language being read."""
    reading = get_language() or settings.LANGUAGE_CODE
    return get_script_prefix() + ("" if reading == settings.LANGUAGE_CODE else f"{reading}/")


def same_page(request: HttpRequest, code: str) -> str:
    """The address of this page in that language, query string kept."""
    path = without_language(request.path_info)
    prefix = "" if code == settings.LANGUAGE_CODE else f"{code}/"
    query = request.GET.urlencode()
    return f"{get_script_prefix()}{prefix}{path}" + (f"?{query}" if query else "")


def without_language(path: str) -> str:
    """A path as it stands after its language, without the first slash."""
    bare = path.lstrip("/")
    first, _, rest = bare.partition("/")
    others = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    return rest.lstrip("/") if first in others else bare
