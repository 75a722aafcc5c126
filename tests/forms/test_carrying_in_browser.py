"""A writer in a real browser sees what is new in a form, and goes over to the new version; also on a phone."""

from __future__ import annotations

import pytest

from samspel.forms.models import VersionState
from samspel.forms.operations.saving import write
from samspel.testing.sessions import log_in_page
from tests.forms.conftest import AT, make_version
from tests.forms.test_carrying import FIELDS, second_body

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "has_script"), [(1280, True), (320, True), (390, False)])
def test_a_writer_goes_over_to_the_new_version_from_the_form_s_page(
    live, new_page, axe, answer, writer, width, has_script
):
    write(answer=answer, values=FIELDS, by=writer, at=AT, way="page")
    answer.version.state = VersionState.RETIRED
    answer.version.save()
    make_version(second_body(), number=2, note="Frågan om kontakt ställs inte längre.")
    page = new_page(viewport={"width": width, "height": 900}, java_script_enabled=has_script)
    log_in_page(page, writer, live.url)

    page.goto(f"/arbete/formular/{answer.key}/")
    page.get_by_role("link", name="Se vad som är nytt och gå över till den").click()
    page.get_by_text("Frågan ”Kontakt” är borttagen.").wait_for()
    page.get_by_text("Rektor på skolan").wait_for()
    if has_script:
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Gå över till den nya versionen").press("Enter")

    page.get_by_text("Formuläret har den nya versionen.").wait_for()
    assert page.get_by_role("link", name="Se vad som är nytt").count() == 0
    answer.refresh_from_db()
    assert answer.version.number == 2
