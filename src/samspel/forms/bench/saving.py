"""What saving and opening a section cost beside the least that does the same.

The floor of a save parses the same POST and writes the same rows in one transaction; that of an opened table renders
the same template from data that lie ready. Both go through every middleware, logged in, as they do on the server. CPU
time is that of this process and, where it runs on this machine, of the database's server; rounds of the two alternate.
All of it happens in a transaction that is rolled back.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.test import Client, RequestFactory, override_settings
from django.urls import path, reverse

from samspel.accounts.models import Person
from samspel.accounts.operations.people import add_person
from samspel.forms.models import (
    Answer,
    Definition,
    Field,
    FieldChange,
    Participant,
    ParticipantDeed,
    Version,
    VersionState,
)
from samspel.forms.operations import saving
from samspel.forms.rules import definitions as rules
from samspel.forms.views.section_pages import SectionPage
from samspel.kernel.audit import SYSTEM, record
from samspel.kernel.kept.measuring import undone
from samspel.kernel.values.benches import BenchRow

FIELDS, ROWS, COLUMNS = 100, 200, 5
REQUESTS = 10
ROUNDS = 8
# Calls deeper for each round: where a part of Python's own stack ends just where templates call, each call asks the
# system for memory and gives it back, which says nothing of what is measured.
DEEPER = 8
GOAL = "at most 3"
_CSRF = "b" * 32
_WORDS = "Skolorna har kommit olika långt, och förutsättningarna skiljer sig mellan dem. " * 4

_FORM = "application/x-www-form-urlencoded"
Request = Callable[[], HttpRequest]


@dataclass
class _Ready:
    """What the floor of an opened table has in hand."""

    context: dict[str, Any]


_ready = _Ready({})


def bare_save(request: HttpRequest, key: str) -> HttpResponse:
    """The floor of a save: the same POST, the same rows, and nothing else."""
    at, by = datetime.now(UTC), request.user
    typed = {name: text for name, text in request.POST.items() if not name.startswith(("_", "csrf"))}
    with transaction.atomic():
        answer = Answer.objects.select_for_update().get(key=key)
        answer.revision, answer.saved_at = answer.revision + 1, at
        told = {"answer": answer, "revision": answer.revision, "changed_at": at, "changed_by": by.key}
        Field.objects.bulk_create(
            [Field(path=name, value=text, **told) for name, text in typed.items()],
            update_conflicts=True,
            unique_fields=["answer", "path"],
            update_fields=["value", "revision", "changed_at", "changed_by"],
        )
        FieldChange.objects.bulk_create([FieldChange(path=name, value=text, **told) for name, text in typed.items()])
        answer.save(update_fields=["revision", "saved_at"])
        record(action="forms.answer.saved", on=answer, by=by, at=at, revision=answer.revision, fields=len(typed))
    return redirect(f"/bare/{key}/")


def bare_page(request: HttpRequest, key: str) -> HttpResponse:
    """The floor of an opened table: the same template, from data that lie ready."""
    return render(request, "forms/section.html", _ready.context)


urlpatterns = [
    path("bare/save/<uuid:key>/", bare_save),
    path("bare/page/<uuid:key>/", bare_page),
    *import_module(settings.ROOT_URLCONF).urlpatterns,
]


def rows() -> list[BenchRow]:
    """CPU of saving a section of a hundred fields, and of opening a table of two hundred rows, beside their floors."""
    with undone(), override_settings(ROOT_URLCONF=__name__):
        return [_saving(_Writer(_long_section())), _opening(_Writer(_large_table()))]


class _Writer:
    """Somebody logged in, with an answer of a form of one section."""

    def __init__(self, section: dict[str, Any]) -> None:
        at = datetime.now(UTC)
        self.person = add_person(email=f"{section['key']}@bench.example", name="Bench", by=SYSTEM, at=at)
        self.answer = _answer(section, self.person, at)
        self.page = reverse("forms:section", args=[self.answer.key, section["key"]])
        self.handler = WSGIHandler()
        client = Client()
        client.force_login(self.person)
        self.session = client.session
        self.cookie = client.cookies[settings.SESSION_COOKIE_NAME].output(header="").split(";")[0].strip()

    def get(self, address: str) -> HttpRequest:
        """Asking for a page."""
        return RequestFactory().get(address, **self._headers())

    def post(self, address: str, typed: dict[str, str]) -> HttpRequest:
        """Sending a form."""
        return RequestFactory().post(address, urlencode(typed), _FORM, **self._headers())

    def send(self, request: HttpRequest) -> None:
        """Ask, and take the answer."""
        seen: list[str] = []
        response = self.handler(request.META, lambda said, _headers: seen.append(said))
        b"".join(response)
        response.close()
        if not seen[0].startswith("302" if request.method == "POST" else "200"):
            raise RuntimeError(f"{request.path}: {seen[0]}")

    def _headers(self) -> dict[str, Any]:
        cookies = f"{self.cookie}; {settings.CSRF_COOKIE_NAME}={_CSRF}"
        headers = {"host": "localhost", "referer": "https://localhost/", "cookie": cookies, "x-csrftoken": _CSRF}
        return {"secure": True, "headers": headers}


def _saving(writer: _Writer) -> BenchRow:
    turns = itertools.count()

    def typed() -> dict[str, str]:
        """Each request changes every field of what the one before it saved."""
        turn = next(turns)
        return {"_revision": str(turn), **{key: text(turn) for key, text in _TYPED.items()}}

    bare = f"/bare/save/{writer.answer.key}/"
    floor, taken = _costs(writer, lambda: writer.post(bare, typed()), lambda: writer.post(writer.page, typed()))
    return _row(f"a section of {FIELDS} fields saved", taken, floor, "bare view")


def _opening(writer: _Writer) -> BenchRow:
    cells = {f"rows/r{n}/c{c}": f"Rad {n}, kolumn {c}" for n in range(ROWS) for c in range(COLUMNS)}
    saving.write(answer=writer.answer, values=cells, by=SYSTEM, at=datetime.now(UTC), way="prefill")
    request = RequestFactory().get(writer.page)
    request.user, request.session = writer.person, writer.session
    answer = Answer.objects.select_related("version__definition").get(pk=writer.answer.pk)
    _ready.context = SectionPage(request, answer, _definition(answer).sections[0]).context()
    bare = f"/bare/page/{writer.answer.key}/"
    floor, taken = _costs(writer, lambda: writer.get(bare), lambda: writer.get(writer.page))
    return _row(f"a table of {ROWS} rows and {COLUMNS} columns opened", taken, floor, "same template, ready data")


def _row(what: str, taken: float, floor: float, told: str) -> BenchRow:
    return BenchRow(what, f"{taken:.1f} ms", f"{floor:.1f} ms {told}", taken / floor, GOAL)


# The form, the person, the answer


def _long_section() -> dict[str, Any]:
    kinds = [("short_text", {}), ("long_text", {"max_words": 500}), ("number", {}), ("date", {}), ("one_of", _OPTIONS)]
    questions = [
        {"key": f"q{number}", "type": kind, "label": {"sv": f"Fråga {number}"}, **more}
        for number in range(FIELDS)
        for kind, more in [kinds[number % len(kinds)]]
    ]
    return {"key": "long", "title": {"sv": "Lång"}, "questions": questions}


_OPTIONS = {"options": [{"key": f"o{n}", "label": {"sv": f"Val {n}"}} for n in range(4)]}
# Question to what is typed in it the n-th time.
_TYPED: dict[str, Callable[[int], str]] = {
    f"q{number}": [
        lambda turn: f"Kort svar nummer {turn}",
        lambda turn: f"{_WORDS} Det {turn}:e.",
        lambda turn: str(turn),
        lambda turn: date.fromordinal(739_000 + turn % 3000).isoformat(),
        lambda turn: f"o{turn % 4}",
    ][number % 5]
    for number in range(FIELDS)
}


def _large_table() -> dict[str, Any]:
    columns = [{"key": f"c{n}", "type": "short_text", "label": {"sv": f"Kolumn {n}"}} for n in range(COLUMNS)]
    rows = {"key": "rows", "type": "rows", "label": {"sv": "Rader"}, "columns": columns, "most_rows": ROWS}
    return {"key": "table", "title": {"sv": "Tabell"}, "questions": [rows]}


def _answer(section: dict[str, Any], person: Person, at: datetime) -> Answer:
    slug = f"bench-{section['key']}"
    read = rules.read(
        {"format": "samspel.form/1", "slug": slug, "name": {"sv": slug}, "subject": "", "sections": [section]}
    )
    definition = Definition.objects.create(slug=slug, name_sv=slug, sort_key=slug)
    version = Version.objects.create(
        definition=definition,
        number=1,
        state=VersionState.PUBLISHED,
        body=rules.as_data(read),
        digest=rules.digest_of(read),
        created_at=at,
        published_at=at,
    )
    answer = Answer.objects.create(version=version, begun_at=at)
    part = {"deed": ParticipantDeed.WRITE, "from_on": at.date(), "added_at": at}
    Participant.objects.create(answer=answer, person=person, **part)
    return answer


def _definition(answer: Answer) -> rules.Definition:
    return rules.read(answer.version.body)


# What is measured


def _costs(writer: _Writer, floor: Request, asked: Request) -> tuple[float, float]:
    """CPU milliseconds of the floor and of what is asked: the quietest round of each here, the server's on average."""
    writer.send(floor()), writer.send(asked())
    deep = range(0, ROUNDS * DEEPER, DEEPER)
    pairs = [(_cost(writer, floor, depth), _cost(writer, asked, depth)) for depth in deep]
    first, second = zip(*pairs, strict=True)
    return _least(first), _least(second)


def _least(costs: tuple[tuple[float, float], ...]) -> float:
    here, there = zip(*costs, strict=True)
    return min(here) + sum(there) / len(there)


def _cost(writer: _Writer, ask: Request, depth: int = 0) -> tuple[float, float]:
    if depth:
        return _cost(writer, ask, depth - 1)
    requests, server = [ask() for _ in range(REQUESTS)], _server()
    here, there = time.process_time(), _worked(server)
    for request in requests:
        writer.send(request)
    here, there = time.process_time() - here, _worked(server) - there
    return here * 1000 / REQUESTS, there * 1000 / REQUESTS


def _server() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _worked(server: int) -> float:
    """CPU seconds of the database's server process so far; none where it cannot be read."""
    try:
        told = Path(f"/proc/{server}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    fields = told.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
