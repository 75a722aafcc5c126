"""The pages of a round in a real browser: no breach of accessibility, nothing wider than a phone."""

import pytest

from samspel.testing.sessions import log_in_page

from .conftest import bring, make_draft

pytestmark = pytest.mark.browser

DRAFT_PAGES = ["", "regler/", "undantag/", "rangordning/", "steg/foresla/"]
DONE_PAGES = ["", "rangordning/", "rangordning/{number}/", "par/", "erbjudanden/", "erbjudanden/1/svar/", "kontroll/"]


@pytest.fixture
def log_in(live, new_page):
    """`log_in(person, **options)`: a page where this person is logged in."""

    def open_page(person, **options):
        page = new_page(**options)
        log_in_page(page, person, live.url)
        return page

    return open_page


@pytest.mark.audit
@pytest.mark.parametrize("prefix", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_pages_are_accessible_and_fit_a_phone(people, edition, organizers, log_in, axe, prefix):
    make_draft(people, edition, slug="utkast")
    bring(make_draft(people, edition, slug="klar"), people, "published")
    page = log_in(people.officer, viewport={"width": 320, "height": 700})
    number = organizers[0].organization_number
    addresses = ["", "ny/", *(f"utkast/{one}" for one in DRAFT_PAGES), *(f"klar/{one}" for one in DONE_PAGES)]

    for address in addresses:
        answer = page.goto(f"{prefix}/arbete/urval/{address.format(number=number)}")
        assert answer.status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        axe(page)


def test_a_criterion_is_added_without_a_script(people, edition, organizers, log_in):
    make_draft(people, edition, slug="utkast")
    page = log_in(people.officer, java_script_enabled=False)
    page.goto("/en/arbete/urval/utkast/regler/")
    page.get_by_role("button", name="Add a criterion").click()

    assert page.get_by_role("group", name="Criterion 3").count() == 1
    page.get_by_role("button", name="Remove criterion 1").click()
    assert page.get_by_role("group", name="Criterion 3").count() == 0
