"""List, map and round in a real browser: axe, keyboard, phone."""

import pytest

pytestmark = pytest.mark.browser

PAGES = ["/", "/huvudman/", "/karta/", "/karta/?lan=12&visa=bada", "/urval/", "/urval/omgang-2/", "/urval/ovning-1/"]
STATEMENTS = ["/tillganglighet/", "/personuppgifter/"]


@pytest.mark.audit
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["", pytest.param("/en", marks=pytest.mark.audit)])
def test_no_page_has_an_accessibility_breach_or_scrolls_sideways(new_page, programme, axe, width, language):
    page = new_page(viewport={"width": width, "height": 900})
    for address in [*PAGES, *STATEMENTS]:
        page.goto(language + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_map_is_walked_and_left_by_keyboard(new_page, programme):
    page = new_page(java_script_enabled=True)
    page.goto("/karta/")
    page.locator(".atlas__legend a").last.focus()
    reached = []
    for _step in range(5):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.querySelector('title')?.textContent"))
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/huvudman/*/")

    assert sorted(reached) == [
        "Skolbolaget i Skåne. Omgång 2: Pågår",
        "Zinkby kommun. Omgång 2: Pågår",
        "Ängby kommun. Omgång 2: Erbjuden; Omgång 1: Avslutat",
        "Åby kommun. Omgång 2: Erbjuden",
        "Ölunda utbildningsförbund. Omgång 1: Pågår",
    ]


def test_the_focus_on_an_area_is_seen(new_page, programme):
    page = new_page()
    page.goto("/karta/")
    page.locator(".atlas__legend a").last.focus()
    page.keyboard.press("Tab")

    width = "getComputedStyle(document.activeElement.querySelector('path, circle')).strokeWidth"
    assert page.evaluate(width) == "4px"


def test_the_map_is_whole_without_a_script(new_page, programme):
    page = new_page(java_script_enabled=False)
    page.goto("/karta/")
    page.get_by_label("Urvalsomgång", exact=True).select_option("omgang-1")
    page.locator("form.filters button").click()

    assert page.locator("svg.map a").count() == 2
    assert page.locator("#table-main tbody tr").count() == 2
    page.get_by_role("link", name="Ölunda utbildningsförbund. Omgång 1: Pågår").click()
    assert page.locator("h1").inner_text() == "Ölunda utbildningsförbund"


def test_a_link_leads_past_the_map_to_the_table(new_page, programme):
    page = new_page(viewport={"width": 320, "height": 640})
    page.goto("/karta/")
    page.get_by_role("link", name="Gå till samma innehåll som tabell").click()

    assert page.evaluate("document.querySelector('#table-main').getBoundingClientRect().top") < 640


def test_somebody_finds_a_municipality_from_the_front_page(new_page, programme):
    page = new_page()
    page.goto("/")
    page.get_by_label("Namn på en kommun eller huvudman").fill("angby")
    page.locator(".front-search button").click()

    assert page.locator("#table-main tbody tr").count() == 1
    assert page.locator("#table-main tbody th").inner_text().startswith("Ängby kommun")
