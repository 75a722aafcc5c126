"""Where a person can go from every page, and in which language."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation

from samspel.kernel.ui.languages import language_links, same_page
from samspel.kernel.ui.navigation import NavItem, links, logged_in, logged_out

pytestmark = pytest.mark.usefixtures("site")
NOBODY = AnonymousUser()


def test_entries_stand_in_order_and_without_those_that_have_no_page():
    items = [NavItem("Sök", "search", 2), NavItem("Brev", "letters:list", 1), NavItem("Huvudmän", "organizers", 1)]

    assert [link.label for link in links(items, user=NOBODY, path="/")] == ["Huvudmän", "Sök"]


def test_entries_are_shown_to_those_they_are_for():
    items = [NavItem("Att göra", "search", is_for=logged_in), NavItem("Om", "organizers", is_for=logged_out)]

    assert [link.label for link in links(items, user=NOBODY, path="/")] == ["Om"]
    assert [link.label for link in links(items, user=None, path="/")] == ["Om"]


@pytest.mark.parametrize(
    ("path", "current"),
    [("/huvudman/", "page"), ("/huvudman/2120000142/", "true"), ("/", ""), ("/huvudmannen/", "")],
)
def test_the_entry_where_one_stands_is_marked(path, current):
    (link,) = links([NavItem("Huvudmän", "organizers")], user=NOBODY, path=path)

    assert link.current == current


def test_where_one_entry_stands_above_another_the_nearest_is_marked():
    shown = links([NavItem("Huvudmän", "organizers"), NavItem("Sök", "below")], user=NOBODY, path="/huvudman/sok/x/")

    assert [link.current for link in shown] == ["", "true"]


def test_where_the_workspace_begins_is_marked_on_its_own_page_alone():
    items = [NavItem("Att göra", "organizers", is_root=True)]

    assert [link.current for link in links(items, user=NOBODY, path="/huvudman/")] == ["page"]
    assert [link.current for link in links(items, user=NOBODY, path="/huvudman/2120000142/")] == [""]


def test_an_entry_is_marked_on_the_pages_it_covers_elsewhere():
    items = [NavItem("Huvudmän", "organizers", covers=("search",))]

    assert [link.current for link in links(items, user=NOBODY, path="/sok/mer/")] == ["true"]
    assert [link.current for link in links(items, user=NOBODY, path="/karta/")] == [""]


def test_the_front_page_is_not_marked_on_every_page():
    (link,) = links([NavItem("Start", "front")], user=NOBODY, path="/huvudman/")

    assert link.current == ""


def test_the_english_front_page_is_not_marked_on_every_english_page():
    with translation.override("en"):
        (link,) = links([NavItem("Start", "front")], user=NOBODY, path="/en/huvudman/")

    assert link.current == ""


@pytest.mark.parametrize(
    ("address", "code", "same"),
    [
        ("/", "en", "/en/"),
        ("/en/", "sv", "/"),
        ("/huvudman/", "en", "/en/huvudman/"),
        ("/en/huvudman/", "sv", "/huvudman/"),
        ("/en/huvudman/", "en", "/en/huvudman/"),
        ("/sok/?q=Örebro&sida=2&sida=3", "en", "/en/sok/?q=%C3%96rebro&sida=2&sida=3"),
        ("/energi/", "en", "/en/energi/"),
    ],
)
def test_the_same_page_in_the_other_language_keeps_the_query(address, code, same):
    assert same_page(RequestFactory().get(address), code) == same


@pytest.mark.parametrize("path", ["//evil.example/", "/en//evil.example/"])
def test_the_language_link_never_leaves_the_site(path):
    request = RequestFactory().get("/")
    request.path_info = path

    assert same_page(request, "sv") == "/evil.example/"


def test_every_language_is_named_in_itself():
    found = language_links(RequestFactory().get("/sok/"))

    assert [(link.code, link.name, link.is_current) for link in found] == [
        ("sv", "Svenska", True),
        ("en", "English", False),
    ]
