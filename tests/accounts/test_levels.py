"""How sure a login is: what each way in gives, and the page that says in words which login a deed takes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import path

from samspel.accounts.middleware import LEVEL
from samspel.config import urls as house
from samspel.kernel.permissions import Level, require_level
from samspel.kernel.ui.pages import permission_denied


def takes(level):
    def view(request):
        require_level(request.user, level)
        return HttpResponse("Gjort")

    return view


def level_here(request):
    return HttpResponse(str(getattr(request.user, "session_level", None)))


handler403 = permission_denied
urlpatterns = [
    path("prov/har/", level_here),
    path("prov/skicka/", takes(Level.SUBMIT)),
    path("prov/skriv-under/", takes(Level.SIGN)),
    *house.urlpatterns,
]


@pytest.fixture
def as_astrid(client, astrid, settings):
    """`as_astrid(level)`: her browser, logged in so surely, in the house with some pages more."""
    settings.ROOT_URLCONF = __name__

    def enter(level):
        client.force_login(astrid, level=level)
        return client

    return enter


@pytest.mark.parametrize(("kept", "counts"), [(None, "1"), (Level.READ, "1"), (Level.SUBMIT, "2"), (Level.SIGN, "3")])
def test_a_session_that_says_nothing_reads(as_astrid, kept, counts):
    assert as_astrid(kept).get("/prov/har/").content.decode() == counts


def test_nobody_has_no_level(client, settings, db):
    settings.ROOT_URLCONF = __name__

    assert client.get("/prov/har/").content.decode() == "None"


def test_in_the_demo_one_is_as_sure_as_can_be(client, add_person, settings):
    settings.SAMSPEL_IS_DEMO = True
    invented = add_person(email="ylva@pahittad.example", name="Ylva Påhitt", is_invented=True)

    client.post("/konto/demo/", {"email": invented.email})

    assert client.session[LEVEL] == Level.SIGN


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    ("level", "address", "status"),
    [
        (Level.READ, "/prov/skicka/", 403),
        (Level.SUBMIT, "/prov/skicka/", 200),
        (Level.SUBMIT, "/prov/skriv-under/", 403),
        (Level.SIGN, "/prov/skriv-under/", 200),
    ],
)
def test_a_deed_lets_in_from_its_level_on(as_astrid, level, address, status, prefix):
    assert as_astrid(level).get(address).status_code == status


def test_the_page_says_which_login_it_takes_and_the_way_back(as_astrid):
    page = as_astrid(Level.READ).get("/prov/skicka/?a=1")

    text = page.content.decode()
    assert "Det här kräver en säkrare inloggning" in text
    assert "en passnyckel eller en engångskod" in text
    assert "Ingenting blev gjort och ingenting är sparat." in text
    assert 'href="/prov/skicka/?a=1"' in text
    # The way to a surer login knows where she was going.
    assert 'href="/konto/sakerhet/?next=%2Fprov%2Fskicka%2F%3Fa%3D1"' in text
    assert "no-store" in page["Cache-Control"]


def test_from_the_page_of_logging_in_one_comes_back_to_where_one_was_going(as_astrid):
    browser = as_astrid(Level.READ)

    page = browser.get("/konto/sakerhet/?next=%2Fprov%2Fskicka%2F%3Fa%3D1")

    assert page.context["going"] == "/prov/skicka/?a=1"
    assert browser.get("/konto/sakerhet/?next=https%3A%2F%2Felsewhere.example%2F").context["going"] == (
        "/prov/skicka/?a=1"
    )


def test_to_sign_takes_a_login_that_proves_who_one_is(as_astrid):
    assert "e-legitimation" in as_astrid(Level.SUBMIT).get("/prov/skriv-under/").content.decode()


def test_what_was_written_stands_on_the_page_to_be_copied(as_astrid):
    written = {
        "words": "Rad ett\nrad två <b>",
        "kind": ["a", "b"],
        "empty": " ",
        "csrfmiddlewaretoken": "hemlig-ett",
        "code": "hemlig-två",
        "new_password": "hemlig-tre",
    }

    page = as_astrid(Level.READ).post("/prov/skicka/", {**written, "file": SimpleUploadedFile("a.pdf", b"x")})

    text = page.content.decode()
    assert page.context["written"] == [("words", "Rad ett\nrad två <b>"), ("kind", "a"), ("kind", "b")]
    assert "Rad ett<br>rad två &lt;b&gt;" in text
    assert "Filer som du hade valt" in text
    assert "hemlig" not in text


def test_the_way_back_from_a_form_is_the_page_it_stood_on_and_never_another_site(as_astrid):
    browser = as_astrid(Level.READ)

    def back(referer):
        return browser.post("/prov/skicka/", {"a": "b"}, headers={"referer": referer}).context["back_url"]

    assert back("http://testserver/prov/formular/?x=1") == "/prov/formular/?x=1"
    assert back("https://elsewhere.example/") == ""
    assert back("javascript:alert(1)") == ""


def test_who_may_not_at_all_gets_the_ordinary_page(client, astrid):
    client.force_login(astrid, level=Level.READ)

    text = client.get("/arbete/importer/").content.decode()

    assert "säkrare inloggning" not in text
