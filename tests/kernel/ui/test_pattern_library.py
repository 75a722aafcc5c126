"""The gallery: every component in every state, looked at by a machine."""

import pytest

pytestmark = pytest.mark.usefixtures("site")


@pytest.mark.parametrize(
    "address", ["/monster/", "/en/monster/", "/monster/?q=finns%20inte", "/monster/?sort=-ore&page=2"]
)
def test_the_gallery_shows_every_component(client, address):
    answer = client.get(address)

    assert answer.status_code == 200
    assert b"Traceback" not in answer.content


@pytest.mark.browser
@pytest.mark.parametrize(
    ("scheme", "width", "address"),
    [
        ("light", 320, "/monster/"),
        ("light", 1280, "/en/monster/"),
        ("dark", 320, "/en/monster/"),
        ("dark", 1600, "/monster/"),
    ],
)
def test_the_gallery_is_accessible_from_phone_to_desk(new_page, axe, scheme, width, address):
    page = new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(address)

    assert page.evaluate("document.documentElement.scrollWidth") == width
    axe(page)


@pytest.mark.browser
def test_targets_are_at_least_24_pixels(new_page):
    page = new_page()
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/monster/")

    assert (
        page.evaluate("""[...document.querySelectorAll("a, button, input, select, textarea, summary")]
        .map((element) => [element.outerHTML.slice(0, 80), element.getBoundingClientRect()])
        .filter(([, box]) => box.width && box.height && (box.width < 24 || box.height < 24))
        .map(([text]) => text)""")
        == []
    )


@pytest.mark.browser
def test_the_menu_on_a_phone_opens_without_a_script_and_closes_by_escape(new_page):
    page = new_page(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page.goto("/monster/")
    search = page.get_by_role("searchbox", name="Sök huvudmän och skolenheter")
    assert search.is_visible() is False
    page.get_by_role("button", name="Meny", exact=True).click()
    assert search.is_visible() is True
    page.keyboard.press("Escape")

    assert search.is_visible() is False


@pytest.mark.browser
def test_a_dialog_opens_takes_focus_and_gives_it_back(new_page, axe):
    page = new_page()
    page.goto("/monster/")
    page.get_by_role("link", name="Upphäv lottningen …").click()
    assert page.evaluate("document.activeElement.id") == "void-title"
    axe(page)
    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.dataset.opensDialog") == "void"


@pytest.mark.browser
def test_a_table_is_sorted_in_place_and_focus_goes_to_it(new_page, axe):
    page = new_page()
    page.goto("/monster/")
    page.evaluate("window.isTheSamePage = true")
    page.locator(".data-table thead a").first.click()
    page.wait_for_url("**sort=**")
    page.locator(".table-scroll:focus").wait_for()

    assert page.evaluate("window.isTheSamePage") is True
    assert page.locator(".data-table [aria-sort]").count() >= 1
    axe(page)
    page.go_back()
    page.wait_for_url(lambda url: "sort=" not in url)
    page.locator("h1").wait_for()


@pytest.mark.browser
def test_a_table_is_sorted_without_a_script_too(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/monster/")
    page.locator(".data-table thead a").first.click()

    assert "sort=" in page.url
    assert page.locator(".data-table [aria-sort]").count() >= 1
