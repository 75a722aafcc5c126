"""Every notice of every app, with names made to hurt: whole in both languages and both forms, links to us alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import gettext, override, pgettext

from samspel.post.queries import notices

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "samspel"
SITE = "https://samspel.example"
AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
HOSTILE = (
    '<b onclick="x">"Å & Ö\'</b>\r\nBcc: a@b.example\u2028Cc: x\u202e\x00 https://evil.example {{ secret }} {% now %}'
)

FILES = sorted(PACKAGE.glob("*/templates/*/notices/*.html"))
SOURCES = {"/".join(path.parts[-3:]): path.read_text(encoding="utf-8") for path in FILES}
# What does not extend the layout is a piece that others include.
NOTICES = sorted(name for name, source in SOURCES.items() if "{% extends" in source)

_NAMES = re.compile(r"\b[a-z_]+\b")
_TRANSLATED = re.compile(r'{% translate "((?:[^"\\]|\\.)*)"(?: context "([^"]*)")?')
_INCLUDED = re.compile(r'{% include "([^"]+)"')


class Hostile(str):
    """A value made to hurt, whose every part is another."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        if name == "url":
            return "/arbete/"
        return AT if re.search(r"(^|_)(at|on|since|day|moment)$", name) else Hostile(HOSTILE)


def _whole(name: str) -> str:
    source = SOURCES[name]
    return source + "".join(_whole(piece) for piece in _INCLUDED.findall(source))


def _context(name: str) -> dict[str, object]:
    """Something for every name that the template may ask for."""
    source = _whole(name)
    inside = " ".join(re.findall(r"{{(.*?)}}|{%(.*?)%}", source, re.DOTALL) and re.findall(r"{[{%].*?[%}]}", source))
    context: dict[str, object] = dict.fromkeys(_NAMES.findall(inside), Hostile(HOSTILE))
    context |= dict.fromkeys(re.findall(r"([a-z_]+)\|date:", source), AT)
    context |= dict.fromkeys(re.findall(r"url=([a-z_]+)", source), "/arbete/")
    # What our own people write to one reader may hold addresses.
    context |= dict.fromkeys(re.findall(r"{% own_quote %}{{ ([a-z_]+) }}", source), "Hej")
    each = "Hej" if "{% own_words" in source else Hostile(HOSTILE)
    context |= {listed: [each] * 2 for listed in re.findall(r"{% for [a-z_]+ in ([a-z_]+)", source)}
    context |= dict.fromkeys(re.findall(r"blocktranslate count [a-z_]+=([a-z_]+)", source), 2)
    return context


class Seen(HTMLParser):
    """What a mail program sees: words, elements, addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _value in attrs}
        self.addresses += [value for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        if self.elements[-1:] not in (["style"], ["title"]):
            self.words += _words(data)


def _words(text: str) -> list[str]:
    return [word for piece in text.casefold().split() if (word := piece.strip(":->")) and "://" not in word]


@pytest.fixture(params=["sv", "en"])
def language(request):
    """Both languages."""
    return request.param


@pytest.fixture(autouse=True)
def site(monkeypatch):
    """Where links lead."""
    monkeypatch.setattr(settings, "SAMSPEL_URL", SITE)


def made(name: str, language: str) -> notices.Composed:
    """The notice with hostile values, to somebody with a hostile name."""
    return notices.composed(name, _context(name), to_name=HOSTILE, language=language)


def test_there_are_notices():
    assert len(NOTICES) > 10


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_has_a_subject_and_says_the_same_in_html_and_text(name, language):
    notice = made(name, language)
    seen = Seen()
    seen.feed(notice.html)

    assert notice.subject.strip()
    assert len(notice.subject) <= 300
    text = _words(notice.text)
    frame = set(_words(notice.subject)) | set(_words(notices.name_of_house()))
    assert set(seen.words) - set(text) <= frame
    assert set(text) - set(seen.words) <= {"--", "-"}


@pytest.mark.parametrize("name", NOTICES)
def test_names_made_to_hurt_do_no_harm(name, language):
    notice = made(name, language)
    seen = Seen()
    seen.feed(notice.html)

    for form in (notice.subject, notice.text, notice.html):
        assert not re.search(r"[\r\x00\u2028\u202e]", form)
    assert "\n" not in notice.subject
    assert "Bcc: a@b.example Cc: x https: //evil.example" in " ".join(notice.text.split())
    assert not {"b", "script", "img", "iframe", "form", "link", "object"} & set(seen.elements)
    assert seen.attributes <= {"lang", "charset", "name", "content", "class", "style", "role", "href", "scope"}
    assert all(address.startswith(f"{SITE}/") for address in seen.addresses)
    assert set(re.findall(r"https?://[^\s]+", notice.text)) <= set(seen.addresses)


@pytest.mark.parametrize("name", NOTICES)
def test_a_notice_asks_for_one_thing_at_most_and_has_one_heading_above_all(name, language):
    seen = Seen()
    seen.feed(made(name, language).html)

    # A row of a list may lead to what it names.
    in_rows = sum(pair == ("li", "a") for pair in pairwise(seen.elements))
    assert seen.elements.count("a") - in_rows <= 1
    assert seen.elements.count("h1") == 1


@pytest.mark.parametrize("name", NOTICES)
def test_the_lines_of_the_text_are_short_but_for_addresses(name, language):
    for line in made(name, language).text.splitlines():
        assert len(line) <= 72 or " " not in line.strip().removeprefix("> ")


@pytest.mark.parametrize("name", NOTICES)
def test_in_swedish_no_word_stays_english(name):
    told = " ".join(made(name, "sv").text.split())
    with override("sv"):
        found = _TRANSLATED.findall(_whole(name))
        same = {words for words, context in found if _in_swedish(words, context) == words}

    assert same == set()
    assert "Hej" in told


def _in_swedish(words: str, context: str) -> str:
    return pgettext(context, words) if context else gettext(words)
