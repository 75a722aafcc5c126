"""Letters on paper: a tagged PDF with the address in the window, and posted when a person says so."""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.kernel.audit.models import AuditEntry
from samspel.post.models import Mailing, Message, MessageState
from samspel.post.operations import paper
from samspel.post.queries import paper as queries
from samspel.post.rules import notices
from samspel.post.rules.notices import Part

from .conftest import NOW
from .somebody import people

__all__ = ["people"]


@pytest.fixture
def letter(write):
    """A letter on paper."""

    def one(**facts) -> Message:
        given = {"to_address": "", "to_name": "Åsa Öberg", "postal_address": "Skolvägen 1\n123 45 Ekbo", "at": NOW}
        return write(**{**given, **facts})

    return one


def _read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_each_letter_has_a_page_with_address_date_subject_and_words(letter, people):
    letter(subject="Kallelse till möte", body="Hej!\n\nVälkommen.\n\n-- \nDu får det här mejlet …\n")
    letter(to_name="Bo Ek", body="\n\n".join(["En rad till."] * 120))

    read = _read(paper.printed(pile=NOW.date(), title="Brev", by=people.administrator, at=NOW))

    first = read.pages[0].extract_text()
    for words in ("Åsa Öberg", "Skolvägen 1", "123 45 Ekbo", "1 september 2026", "Kallelse till möte", "Välkommen."):
        assert words in first
    assert "mejlet" not in first
    assert "Bo Ek" in read.pages[1].extract_text()
    assert len(read.pages) > 3
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_address_stands_where_the_window_is(letter, people):
    letter()
    places = {}

    def note(text, _matrix, text_matrix, _font, _size):
        if text.strip():
            places.setdefault(text.strip(), text_matrix)

    page = _read(paper.printed(pile=NOW.date(), title="Brev", by=people.administrator, at=NOW)).pages[0]
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: note(text, None, _at(cm, tm), font, size))

    x, y = next(at for text, at in places.items() if "Skolvägen" in text or "Åsa" in text)
    millimetres = (x * 25.4 / 72, (842 - y) * 25.4 / 72)
    assert millimetres[0] == pytest.approx(110, abs=3)
    assert 45 < millimetres[1] < 75


def _at(cm, tm):
    x, y = tm[4], tm[5]
    return (cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5])


def test_posted_when_a_person_says_so_up_to_the_last_in_the_file(letter, people):
    first, second = letter(), letter(to_name="Bo")
    up_to = queries.last_of(NOW.date())
    late = letter(to_name="Sent")

    assert paper.mark_posted(pile=NOW.date(), up_to=up_to, by=people.administrator, at=NOW) == 2
    assert paper.mark_posted(pile=NOW.date(), up_to=up_to, by=people.administrator, at=NOW) == 0

    for message in (first, second, late):
        message.refresh_from_db()
    assert (first.state, first.settled_by, first.body) == (MessageState.SENT, people.administrator.key, "")
    assert (second.sent_at, late.state) == (NOW, MessageState.PAPER)
    assert AuditEntry.objects.filter(action="post.message.posted").count() == 2


def test_two_people_who_print_the_same_file_mark_no_letter_that_nobody_printed(letter, people, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    for _ in range(5):
        letter()
    (pile,) = queries.piles()

    numbers = [paper.mark_posted(pile=NOW.date(), up_to=pile.up_to, by=people.administrator, at=NOW) for _ in range(2)]

    assert (pile.number, numbers, queries.waiting().count()) == (5, [2, 0], 3)


def test_outsiders_may_neither_print_nor_mark(letter, people):
    letter()
    for deed in (
        lambda: paper.printed(pile=NOW.date(), title="", by=people.outsider, at=NOW),
        lambda: paper.mark_posted(pile=NOW.date(), up_to=9, by=people.of_university, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert queries.waiting().count() == 1


def test_a_mailing_is_a_pile_of_its_own_and_the_page_asks_no_more_with_more(letter, people, client):
    client.force_login(people.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    numbers = []
    for place in range(3):
        mailing = Mailing.objects.create(kind="x", title=f"Utskick {place}", expected=1, written_at=NOW)
        letter(mailing=mailing)
        letter(at=NOW - timedelta(days=place))
        with CaptureQueriesContext(connection) as captured:
            page = client.get("/arbete/drift/papper/").content.decode()
        assert f"Utskick {place}" in page
        numbers.append(len(captured))

    assert numbers[0] == numbers[2]
    assert len(queries.piles()) == 6


def test_the_way_through_the_page(letter, people, client):
    client.force_login(people.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    letter()
    up_to = queries.last_of(NOW.date())

    file = client.get("/arbete/drift/papper/2026-09-01.pdf")
    posted = client.post("/arbete/drift/papper/2026-09-01/postat/", {"up_to": up_to})

    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert posted.status_code == 302
    assert "Inget brev väntar" in client.get("/arbete/drift/papper/").content.decode()
    assert client.get("/arbete/drift/papper/2026-09-01.pdf").status_code == 404


@pytest.mark.parametrize("pile", ["2026-99-99", "x", "1", "5f0c6a52-8f9e-4d53-9a43-0d6f6f1f5e11"])
@pytest.mark.parametrize("up_to", ["", "-1", "9" * 40, "\x00", "١"])
def test_odd_piles_and_numbers_change_nothing(letter, people, client, pile, up_to):
    client.force_login(people.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    letter()

    assert client.get(f"/arbete/drift/papper/{pile}.pdf").status_code == 404
    assert client.post(f"/arbete/drift/papper/{pile}/postat/", {"up_to": up_to}).status_code in (302, 404)
    client.post("/arbete/drift/papper/2026-09-01/postat/", {"up_to": up_to})
    assert queries.waiting().count() == 1


def test_breaks_that_only_the_width_made_are_taken_out():
    long = "ord " * 40
    parts = [
        Part(notices.PARA, long.strip()),
        Part(notices.ITEM, long.strip()),
        Part(notices.ITEM, "kort"),
        Part(notices.QUOTE, long.strip() + "\nny rad"),
    ]

    paragraphs = notices.unwrapped(notices.text(parts, foot=[]))

    assert paragraphs == [
        [long.strip()],
        [f"- {long.strip()}", "- kort"],
        [f"> {long.strip()}", "> ny rad"],
    ]
