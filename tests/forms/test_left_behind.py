"""A login that ended while somebody wrote without a script takes nothing of what she wrote with it."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, SetAside
from samspel.forms.operations import saving
from samspel.forms.queries.answers import fields_of
from samspel.post.models import Message
from samspel.testing.sessions import Client, log_in_page

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def address(answer, section="background"):
    return reverse("forms:section", args=[answer.key, section])


def html(response):
    return response.content.decode()


def sent(client, answer, writer, section="background", **typed):
    """What her page sends after her login has ended."""
    posted = {"_revision": "0", "_writer": str(writer.key), "_save": "stay", **typed}
    return client.post(address(answer, section), posted, HTTP_ORIGIN=HERE)


def key_in(shown):
    return re.search(r'value="save:(\w+)"', shown)[1]


def test_what_is_sent_after_the_login_ended_waits_on_the_page_until_she_has_logged_in_and_is_saved_there(
    client, answer, writer
):
    answered = sent(client, answer, writer, contact="<b>Anna</b>", pupils="120")
    login = client.get(answered.url, follow=True)
    assert (answered.status_code, answered.url) == (302, address(answer))
    assert "/konto/logga-in/" in login.redirect_chain[0][0] and "Det du skrev är kvar" in html(login)
    assert fields_of(answer) == {}

    client.force_login(writer)
    shown = html(client.get(address(answer)))
    assert "Skrivet när du inte längre var inloggad" in shown and "&lt;b&gt;Anna&lt;/b&gt;" in shown
    assert "<dt>Sammanfattning</dt>" not in shown
    saved = client.post(address(answer), {"_left": f"save:{key_in(shown)}"})

    assert saved.status_code == 302
    assert fields_of(answer) == {"contact": "<b>Anna</b>", "pupils": "120"}
    assert "inte längre var inloggad" not in html(client.get(address(answer)))


def test_it_is_joined_with_what_others_wrote_meanwhile(client, answer, writer, second_writer):
    sent(client, answer, writer, contact="Wilmas ord", pupils="120")
    saving.save(answer=answer, typed={"contact": "Didriks ord"}, base=0, by=second_writer, at=timezone.now())
    client.force_login(writer)

    saved = client.post(address(answer), {"_left": f"save:{key_in(html(client.get(address(answer))))}"})

    assert fields_of(answer) == {"contact": "Didriks ord", "pupils": "120"}
    assert [row.value for row in SetAside.objects.all()] == ["Wilmas ord"]
    assert "Wilmas ord" in html(saved)


def test_what_is_wrong_in_it_stands_in_its_field_and_the_rest_is_saved(client, answer, writer):
    sent(client, answer, writer, contact="Anna", pupils="många")
    client.force_login(writer)

    saved = client.post(address(answer), {"_left": f"save:{key_in(html(client.get(address(answer))))}"})

    assert (saved.status_code, fields_of(answer)) == (422, {"contact": "Anna"})
    assert 'value="många"' in html(saved) and 'value="save:' not in html(saved)


def test_it_is_shown_to_nobody_but_the_one_whose_page_it_was(client, answer, writer, second_writer):
    sent(client, answer, writer, contact="Anna")
    client.force_login(second_writer)

    assert "Anna" not in html(client.get(address(answer)))
    assert client.post(address(answer), {"_left": "save:0", "contact": "Anna"}).status_code == 302
    assert fields_of(answer) == {}


def test_she_may_let_it_go(client, answer, writer):
    sent(client, answer, writer, contact="Anna")
    client.force_login(writer)
    key = key_in(html(client.get(address(answer))))

    client.post(address(answer), {"_left": f"drop:{key}"})

    assert "Anna" not in html(client.get(address(answer))) and fields_of(answer) == {}


def test_two_pages_are_both_kept_and_the_same_page_once(client, answer, writer):
    for _ in range(2):
        sent(client, answer, writer, contact="Anna")
    sent(client, answer, writer, pupils="5")
    sent(client, answer, writer, "plan", ceiling="500")
    client.force_login(writer)

    assert html(client.get(address(answer))).count('value="save:') == 2
    assert html(client.get(address(answer, "plan"))).count('value="save:') == 1


def test_a_form_that_was_submitted_meanwhile_keeps_it_beside_itself(client, answer, writer):
    sent(client, answer, writer, contact="Anna")
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)
    client.force_login(writer)

    saved = client.post(address(answer), {"_left": f"save:{key_in(html(client.get(address(answer))))}"})

    assert saved.status_code == 409 and "vid sidan av" in html(saved)
    assert [row.value for row in SetAside.objects.all()] == ["Anna"] and 'value="save:' not in html(saved)


@pytest.mark.parametrize("typed", [{"_writer": ""}, {"_writer": "\x00" * 50, "contact": "x" * 1_000_000}])
def test_what_no_page_of_ours_sends_ends_at_the_login(client, answer, writer, typed):
    answered = client.post(address(answer), {"contact": "Anna", **typed})
    client.force_login(writer)

    assert answered.status_code == 302 and "save:" not in html(client.get(address(answer)))


def test_nothing_is_kept_of_forms_and_sections_that_are_not_there(client, answer, writer):
    for there in (address(answer, "nowhere"), reverse("forms:section", args=[writer.key, "background"])):
        client.post(there, {"_writer": str(writer.key), "contact": "Anna"})

    assert "forms.left_behind" not in client.session


# A page that was open when somebody logged in anew has an old token


@pytest.fixture
def strict(writer):
    """The writer's browser, which checks tokens as a real one does."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(writer)
    return client


def test_a_page_from_before_a_new_login_loses_nothing_either(strict, answer, writer):
    answered = sent(strict, answer, writer, contact="Anna")

    assert (answered.status_code, answered.url, fields_of(answer)) == (302, address(answer), {})
    shown = html(strict.get(address(answer)))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown)[1]
    strict.post(address(answer), {"_left": f"save:{key_in(shown)}", "csrfmiddlewaretoken": token}, HTTP_ORIGIN=HERE)
    assert fields_of(answer) == {"contact": "Anna"}


def test_a_page_of_somebody_else_is_refused(strict, answer, writer, second_writer):
    answered = sent(strict, answer, second_writer, contact="Anna")

    assert (answered.status_code, fields_of(answer)) == (403, {})


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_another_site_gets_nothing_in(strict, answer, writer, origin):
    posted = {"_revision": "0", "_writer": str(writer.key), "contact": "Anna"}
    answered = strict.post(address(answer), posted, **({"HTTP_ORIGIN": origin} if origin else {}))

    assert (answered.status_code, fields_of(answer)) == (403, {})
    assert "Anna" not in html(strict.get(address(answer)))


def test_a_script_is_told_by_number_as_before(strict, answer):
    answered = strict.post(address(answer), {"contact": "Anna"}, HTTP_ACCEPT="application/json", HTTP_ORIGIN=HERE)

    assert answered.status_code == 403 and "forms.left_behind" not in strict.session


@pytest.mark.browser
def test_without_a_script_she_logs_in_again_and_saves_what_she_wrote(live, new_page, answer, writer):
    cache.clear()
    writer.email = "wilma.rektor@example.org"
    writer.save()
    page = new_page(java_script_enabled=False)
    log_in_page(page, writer, live.url)
    page.goto(address(answer))
    page.get_by_label("Sammanfattning").fill("Skriven länge.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Spara", exact=True).last.click()
    page.get_by_text("Det du skrev är kvar").wait_for()

    page.locator("[name=email]").fill(writer.email)
    page.get_by_role("button", name="Skicka koden").click()
    page.locator("[name=code]").fill(re.search(r"\b\d{4}-\d{4}\b", Message.objects.latest("id").body)[0])
    page.locator("[name=code]").press("Enter")
    page.get_by_role("heading", name="Skrivet när du inte längre var inloggad").wait_for()
    page.get_by_role("button", name="Spara det").click()
    page.get_by_text("Sparat kl.").first.wait_for()

    assert fields_of(answer) == {"summary": "Skriven länge."}
