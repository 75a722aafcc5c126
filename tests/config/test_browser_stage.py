"""The stage that browser tests stand on."""

import pytest

pytestmark = pytest.mark.browser


def test_a_browser_reaches_the_program_and_a_second_person_has_a_browser_of_her_own(live, new_page):
    first, second = new_page(), new_page(java_script_enabled=False)

    assert first.goto("/halsa/redo").status == 200
    assert second.goto("/halsa/redo").status == 200
    first.context.add_cookies([{"name": "mine", "value": "1", "url": live.url}])
    assert second.context.cookies() == []


def test_axe_finds_what_is_wrong_with_a_page(browser_page, axe):
    browser_page.set_content("<!doctype html><html><head><title>x</title></head><body><img src='x.png'></body></html>")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(browser_page)
