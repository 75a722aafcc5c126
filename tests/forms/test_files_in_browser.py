"""A file goes in through the page as any answer does, also with the page's script between."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samspel.forms.queries.answers import fields_of
from samspel.testing.sessions import log_in_page
from tests.casefiles.conftest import PDF

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("is_something_unsaved", [False, True])
def test_a_file_is_uploaded_by_its_button_whether_something_else_waits_to_be_saved_or_not(
    live, new_page, answer, writer, tmp_path, axe, is_something_unsaved
):
    (tmp_path / "protokoll.pdf").write_bytes(PDF)
    page = new_page(viewport={"width": 320, "height": 640})
    log_in_page(page, writer, live.url)
    page.goto(reverse("forms:section", args=[answer.key, "plan"]))
    if is_something_unsaved:
        page.get_by_role("textbox").first.fill("12 000")

    page.locator("input[type=file]").set_input_files(tmp_path / "protokoll.pdf")
    page.get_by_role("button", name="Ladda upp").click()

    page.get_by_role("link", name="protokoll.pdf").wait_for()
    assert "minutes" in fields_of(answer)
    axe(page)


def test_on_a_phone_the_first_question_stands_in_the_first_window(live, new_page, answer, writer):
    page = new_page(viewport={"width": 390, "height": 844})
    log_in_page(page, writer, live.url)
    page.goto(reverse("forms:section", args=[answer.key, "background"]))

    top = page.locator(".question").first.bounding_box()["y"]

    assert top < 440, f"it begins {top:.0f} px down"
