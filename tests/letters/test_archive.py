"""The public archive: what was sent for everybody, in both languages, as a list, a feed, a page and a document."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samspel.kernel.files import storing
from samspel.kernel.kept import SHELF
from samspel.letters.models import Letter, Picture, Recipient
from samspel.letters.operations import freezing
from samspel.schemes.models import Scheme
from tests.letters.conftest import AT, BODY, make_letter, text_block
from tests.letters.markup import HARMFUL, Markup

ATOM = "{http://www.w3.org/2005/Atom}"
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def sent(slug="brevet", *, body=BODY, at=AT, **more):
    """A letter that was sent to be read by everybody, if nothing else is said."""
    letter = make_letter(body, state="sent", slug=slug, sent_at=at, **more)
    freezing.freeze(letter, at=at)
    return letter


def picture_of(letter):
    file = storing.keep_own(GIF, name="karta.gif", by=None, at=AT)
    return Picture.objects.create(letter=letter, file=file, width=1, height=1, added_at=AT)


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_letter_is_read_by_everybody_in_both_languages(client, db):
    sent()

    swedish, english = page_of(client, "/brev/brevet/"), page_of(client, "/en/brev/brevet/")
    assert "<h1>Brev till samordnarna 2026</h1>" in swedish and "<strong>resultat</strong>" in swedish
    assert "<h1>Letter to the coordinators 2026</h1>" in english and "Director of education" in english


def test_a_letter_in_swedish_alone_says_so_to_who_reads_english(client, db):
    sent(body={**BODY, "subject": {"sv": "Bara svenska"}})

    page = page_of(client, "/en/brev/brevet/")
    assert "This letter was sent in Swedish only." in page
    assert {"lang": "sv"}.items() <= dict(Markup(page).tags)["header"].items() or 'lang="sv"' in page
    assert '<span lang="sv"' in page_of(client, "/en/brev/") or 'lang="sv">Bara svenska' in page_of(client, "/en/brev/")


def test_what_is_swedish_on_an_english_page_is_marked_so_and_nothing_else_is(client, full_letter, seminar):
    full_letter.body = {**full_letter.body, "subject": {"sv": "Bara svenska"}}
    full_letter.save()
    freezing.freeze(full_letter, at=AT)
    seminar.starts_at += timedelta(days=7)
    seminar.save()

    page = page_of(client, "/en/brev/brevet/")
    assert '<ul lang="sv">\n  <li><a href="#b-c">Temaseminarium</a>: Ny tid.' in page
    assert re.search(r'<ul lang="sv"><li>Huvudmän[^<]*<.*?Källa', page, re.DOTALL)
    assert "Frågor?" in page and "Questions?" not in page


@pytest.mark.parametrize(
    "more", [{"state": "draft"}, {"state": "planned"}, {"state": "withdrawn"}, {"is_public": False}]
)
def test_what_is_not_sent_or_not_for_all_is_in_no_list_and_on_no_page(client, db, more):
    letter = sent()
    for name, value in more.items():
        setattr(letter, name, value)
    letter.save()

    assert [client.get(f"/brev/brevet/{end}").status_code for end in ("", "brev.pdf")] == [404, 404]
    for address in ("/brev/", "/brev/flode.xml"):
        assert "samordnarna" not in page_of(client, address)


def test_the_list_is_narrowed_by_year_and_programme(client, db):
    scheme = Scheme.objects.order_by("pk").first()
    sent("nytt", body={**BODY, "subject": {"sv": "Det nya"}}, scheme=scheme)
    sent("gammalt", body={**BODY, "subject": {"sv": "Det gamla"}}, at=AT - timedelta(days=800))

    def shown(query):
        page = page_of(client, f"/brev/{query}")
        return [words for words in ("Det nya", "Det gamla") if words in page]

    assert shown("") == ["Det nya", "Det gamla"]
    assert shown("?ar=2024") == ["Det gamla"]
    assert shown(f"?program={scheme.slug}") == ["Det nya"]
    assert shown(f"?program={scheme.slug}&ar=2024") == []
    assert "Visa alla brev" in page_of(client, f"/brev/?program={scheme.slug}&ar=2024")


@pytest.mark.parametrize(
    "query",
    ["ar=x", "ar=99999999999", "ar=0000", "ar=9999", "ar=²²²²", "program=%00", "program=" + "x" * 9000, "page=-1"],
)
def test_strange_questions_are_answered(client, db, query):
    sent()

    assert client.get(f"/brev/?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/brev/finns-inte/", "/brev/finns-inte/brev.pdf", f"/brev/bild/{'0' * 8}-{'0' * 4}-4000-8000-{'0' * 12}/"],
)
def test_what_there_is_not_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_the_feed_is_atom_with_the_newest_first(client, db, settings):
    sent("forsta", at=AT - timedelta(days=1))
    letter = sent("andra", body={**BODY, "lead": {"sv": "<b>Ingress</b>"}, "subject": {"sv": "A & B <i>"}})
    response = client.get("/brev/flode.xml")
    entries = ET.fromstring(response.content).findall(f"{ATOM}entry")

    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert [entry.find(f"{ATOM}link").get("href") for entry in entries] == [
        f"{settings.SAMSPEL_URL}/brev/{slug}/" for slug in ("andra", "forsta")
    ]
    assert entries[0].find(f"{ATOM}title").text == "A & B <i>"
    # A summary is HTML: what is written with signs is read with them.
    assert entries[0].find(f"{ATOM}summary").text == "&lt;b&gt;Ingress&lt;/b&gt;"
    assert entries[0].find(f"{ATOM}id").text == f"urn:uuid:{letter.key}"


def test_the_feed_says_who_writes_and_in_which_language_each_letter_is(client, db):
    sent("forsta", body={**BODY, "subject": {"sv": "Bara svenska"}}, at=AT - timedelta(days=1))
    sent("andra")
    feed = ET.fromstring(client.get("/en/brev/flode.xml").content)

    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [entry.get(language) for entry in feed.findall(f"{ATOM}entry")] == ["en", "sv"]
    assert feed.find(f"{ATOM}author/{ATOM}name").text == "The agency"


def test_the_document_is_as_it_was_sent(client, db):
    sent()
    response = client.get("/en/brev/brevet/brev.pdf")

    assert response.content.startswith(b"%PDF")
    assert (response["Content-Type"], response["Content-Language"]) == ("application/pdf", "en")
    assert 'filename="brevet.pdf"' in response["Content-Disposition"]


def test_what_has_changed_since_is_told_at_the_top_and_in_its_place(client, full_letter, seminar):
    freezing.freeze(full_letter, at=AT)
    assert "letter-changed" not in page_of(client, "/brev/brevet/")
    seminar.starts_at += timedelta(days=7)
    seminar.save()

    page = page_of(client, "/brev/brevet/")
    assert "Något har ändrats sedan brevet skickades" in page
    assert '<a href="#b-c">Temaseminarium</a>: Ny tid. Den var 22 december 2026 kl. 10.00.' in page
    assert "29 december 2026 kl. 10.00" in page and "letter-changed" in page


def test_a_correction_and_what_it_corrects_lead_to_each_other(client, db):
    first = sent("forst")
    correction = sent("rattat", corrects=first, at=AT + timedelta(days=1))

    assert "/brev/rattat/" in page_of(client, "/brev/forst/") and "Brevet har rättats" in page_of(
        client, "/brev/forst/"
    )
    assert "Det här är en rättelse" in page_of(client, "/brev/rattat/")
    assert "Rättelse" in page_of(client, "/brev/")
    correction.is_public = False
    correction.save()
    assert "/brev/rattat/" not in page_of(client, "/brev/forst/")


def test_figures_stand_with_their_day_and_source(client, full_letter):
    freezing.freeze(full_letter, at=AT)
    page = page_of(client, "/brev/brevet/")

    assert "Siffror i brevet" in page
    assert "Samspel, registret över huvudmän" in page and "22 november 2026" in page


def test_scripts_in_every_field_run_nowhere(client, db):
    sent("ofarligt")
    said = {"sv": HARMFUL, "en": HARMFUL}
    signers = [{"name": HARMFUL[:120], "title": said}]
    harmful = {**BODY, "subject": said, "lead": said, "blocks": [text_block("a", HARMFUL)], "signers": signers}
    sent("farligt", body={**harmful, "contact": HARMFUL})

    def tags(address):
        return [tag for tag in Markup(page_of(client, address)).tags if tag[0] in ("script", "img", "iframe")]

    assert tags("/brev/farligt/") == tags("/brev/ofarligt/")
    assert not [name for name in Markup(page_of(client, "/brev/")).attributes if name in ("onerror", "onclick")]
    ET.fromstring(client.get("/brev/flode.xml").content)


def test_a_public_letters_picture_is_for_everybody(client, db):
    response = client.get(f"/brev/bild/{picture_of(sent()).key}/")

    assert (response.status_code, response.content) == (200, GIF)
    assert "public" in response["Cache-Control"]


def test_other_pictures_are_for_the_agency_and_those_who_were_sent_them(
    client, letter, editor, coordinator, organizer, principal, outsider
):
    address = f"/brev/bild/{picture_of(letter).key}/"
    Letter.objects.update(state="sent", is_public=False)
    Recipient.objects.create(letter=letter, person=coordinator, address=coordinator.email)
    Recipient.objects.create(letter=letter, organizer=organizer, address="kommun@example.org")

    assert client.get(address).status_code == 404
    for person, status in ((outsider, 404), (coordinator, 200), (principal, 200), (editor, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/brev/", "/brev/flode.xml", "/brev/brevet-0/", "/brev/brevet-0/brev.pdf"])
def test_a_page_costs_the_same_queries_however_many_letters_there_are(client, db, address):
    def asked():
        SHELF.clear()
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    sent("brevet-0")
    few = asked()
    for place in range(1, 12):
        sent(f"brevet-{place}", at=AT - timedelta(days=200 * place))

    assert asked() == few <= 12


@pytest.mark.parametrize("address", ["/brev/", "/brev/flode.xml", "/brev/brevet/", "/brev/brevet/brev.pdf"])
def test_a_page_is_made_once_and_again_when_something_changed(client, full_letter, seminar, coming, address):
    freezing.freeze(full_letter, at=AT)
    first = client.get(address)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, len(queries)) == (304, 1)
    coming.words_sv = "Annat."
    coming.save()
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) > 1


def test_who_is_logged_in_gets_a_page_of_her_own(client, outsider):
    sent()
    client.force_login(outsider)

    assert "private" in client.get("/brev/brevet/")["Cache-Control"]
