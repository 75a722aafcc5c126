"""What two windows, two people, or one page that says two things at once send: all of it is kept, and told."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, SetAside
from samspel.forms.operations import saving, set_aside
from samspel.forms.queries.answers import fields_of
from samspel.kernel.files.models import StoredFile
from samspel.registry.models import University
from samspel.testing.sessions import Client
from tests.casefiles.conftest import PDF
from tests.forms.conftest import handed_out, make_version

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def address(answer, section="background"):
    return reverse("forms:section", args=[answer.key, section])


def browser(person):
    client = Client()
    client.force_login(person)
    return client


def html(response):
    return response.content.decode()


def names(answer):
    """(name of the file that stands, names of those put aside)."""
    key = fields_of(answer).get("minutes")
    aside = [StoredFile.objects.get(key=row.value).name for row in SetAside.objects.filter(path="minutes")]
    return key and StoredFile.objects.get(key=key).name, aside


def upload(client, answer, name, revision="0", **more):
    file = SimpleUploadedFile(name, PDF + name.encode(), "application/pdf")
    posted = {"_revision": revision, "_upload": "minutes", "minutes": file, **more}
    return client.post(address(answer, "plan"), posted)


# Files


def test_of_two_files_put_in_at_once_the_first_stands_and_the_second_is_put_aside_and_told(
    answer, writer, second_writer
):
    upload(browser(writer), answer, "wilma.pdf")
    answered = upload(browser(second_writer), answer, "didrik.pdf", ceiling="500")

    assert names(answer) == ("wilma.pdf", ["didrik.pdf"])
    assert answered.status_code == 200 and "didrik.pdf" in html(answered) and "wilma.pdf" in html(answered)
    assert fields_of(answer)["ceiling"] == 50_000
    set_aside.use(set_aside=SetAside.objects.get(), by=second_writer, at=timezone.now())
    assert names(answer)[0] == "didrik.pdf"


def test_a_file_that_takes_the_place_of_the_one_on_the_page_does_so(answer, writer, second_writer):
    upload(browser(writer), answer, "wilma.pdf")

    assert upload(browser(second_writer), answer, "didrik.pdf", revision="1").status_code == 302
    assert names(answer) == ("didrik.pdf", [])


def test_a_file_that_somebody_put_in_meanwhile_is_not_taken_away(answer, writer, second_writer):
    upload(browser(writer), answer, "wilma.pdf")
    upload(browser(second_writer), answer, "didrik.pdf", revision="1")

    browser(writer).post(address(answer, "plan"), {"_revision": "1", "_clear": "minutes"})

    assert names(answer)[0] == "didrik.pdf"


# Two windows of one person


def test_what_she_wrote_in_another_window_is_not_written_over(answer, writer):
    hers = browser(writer)
    hers.post(address(answer), {"_revision": "0", "contact": "Ett", "trust": "3"})

    answered = hers.post(address(answer), {"_revision": "0", "contact": "Något annat", "trust": "4"})

    assert fields_of(answer) == {"contact": "Ett", "trust": 4}
    assert [row.value for row in SetAside.objects.all()] == ["Något annat"]
    assert "Skrivet i två fönster." in html(answered) and "Något annat" in html(answered)


def test_what_her_own_page_wrote_on_in_takes_its_place(answer, writer):
    hers = browser(writer)
    hers.post(address(answer), {"_revision": "0", "contact": "Ett"})

    hers.post(address(answer), {"_revision": "0", "contact": "Ett och två"})

    assert fields_of(answer) == {"contact": "Ett och två"} and not SetAside.objects.exists()


def test_a_script_that_heard_no_answer_says_what_it_had_sent(answer, writer):
    hers = browser(writer)
    hers.post(address(answer), {"_revision": "0", "contact": "Anna "}, **JSON)

    sent = json.dumps({"contact": ["Ann", "Anna "]})
    hers.post(address(answer), {"_revision": "0", "contact": "Annika", "_sent": sent}, **JSON)

    assert fields_of(answer) == {"contact": "Annika"} and not SetAside.objects.exists()


@pytest.mark.parametrize(
    "junk", ["[", "[]", '{"contact": 1}', '{"contact": [1, null]}', '{"\\u0000": ["x"]}', "[" * 9999]
)
def test_what_a_script_says_it_had_sent_may_be_anything(answer, writer, junk):
    answered = browser(writer).post(address(answer), {"_revision": "0", "contact": "Anna", "_sent": junk}, **JSON)

    assert answered.status_code == 200 and fields_of(answer) == {"contact": "Anna"}


# A row that is written in and ticked to go


@pytest.fixture
def rows(answer, writer):
    typed = {"measures/aa/what": "Ett", "measures/bb/what": "Två"}
    saving.save(answer=answer, typed=typed, base=0, by=writer, at=timezone.now())
    return {
        "_revision": "1",
        "measures/aa": "1",
        "measures/aa/what": "Ett",
        "measures/bb": "2",
        "measures/bb/what": "Två",
    }


def test_a_row_that_she_wrote_in_and_ticked_stays_with_what_she_wrote_and_she_is_told(answer, writer, rows):
    hers = browser(writer)
    written = {**rows, "measures/aa/what": "Läsgrupper", "_remove": ["measures/aa", "measures/bb"]}
    answered = hers.post(address(answer, "plan"), written, follow=True)

    assert fields_of(answer) == {"measures/aa": 1, "measures/aa/what": "Läsgrupper"}
    assert "också kryssade för att ta bort" in html(answered)
    again = {"_revision": "2", "measures/aa": "1", "measures/aa/what": "Läsgrupper", "_remove": "measures/aa"}
    hers.post(address(answer, "plan"), again)
    assert fields_of(answer) == {}


def test_what_is_wrong_in_such_a_row_stays_in_its_cell(answer, writer, rows):
    answered = browser(writer).post(
        address(answer, "plan"), {**rows, "measures/aa/cost": "mycket", "_remove": "measures/aa"}
    )

    assert answered.status_code == 422 and 'value="mycket"' in html(answered)
    assert fields_of(answer)["measures/aa"] == 1


def test_a_blank_row_that_is_written_in_and_ticked_is_kept(answer, writer):
    posted = {"_revision": "0", "_blank": "measures/cc:1", "measures/cc/what": "Tre", "_remove": "measures/cc"}
    browser(writer).post(address(answer, "plan"), posted)

    assert fields_of(answer) == {"measures/cc": 1, "measures/cc/what": "Tre"}


# What can be chosen no more


@pytest.fixture
def with_universities(organizer, writer):
    """An answer that asks for a university, of more than one chooses from a list, and has one."""
    for number in range(45):
        University.objects.create(slug=f"larosate-nr-{number}", name=f"Lärosäte {number}")
    question = {"key": "place", "type": "registry_value", "of": "university", "label": {"sv": "Plats", "en": "Place"}}
    return ask(question, organizer, writer, "larosate-nr-7")


def ask(question, organizer, writer, code):
    body = make_version().body | {"slug": "plats"}
    section = {"key": "where", "title": {"sv": "Var", "en": "Where"}, "questions": [question]}
    answer = handed_out(make_version(body | {"sections": [section]}), organizer, (writer, "write"))
    saving.save(answer=answer, typed={"place": code}, base=0, by=writer, at=timezone.now())
    return Answer.objects.get(pk=answer.pk)


def value_on(shown):
    return shown.split('name="place" value="')[1].split('"')[0]


@pytest.mark.parametrize("typed", ["larosate-nr-7", "Lärosäte 7", "lärosäte 7 (larosate-nr-7)", None])
def test_a_long_register_takes_a_value_as_the_page_shows_it_and_as_people_write_it(with_universities, writer, typed):
    hers = browser(writer)
    typed = typed or value_on(html(hers.get(address(with_universities, "where"))))

    answered = hers.post(address(with_universities, "where"), {"_revision": "1", "place": typed})

    assert answered.status_code == 302 and fields_of(with_universities) == {"place": "larosate-nr-7"}


def test_an_organizer_that_has_ended_since_stands_by_its_name_and_is_saved_unchanged(organizer, writer):
    question = {"key": "place", "type": "registry_value", "of": "organizer", "label": {"sv": "Plats", "en": "Place"}}
    answer = ask(question, organizer, writer, organizer.organization_number)
    type(organizer).objects.filter(pk=organizer.pk).update(ended_on="2026-01-01")
    hers = browser(writer)

    shown = value_on(html(hers.get(address(answer, "where"))))
    answered = hers.post(address(answer, "where"), {"_revision": "1", "place": shown})

    assert (shown, answered.status_code) == (f"{organizer.name} ({organizer.organization_number})", 302)
    assert fields_of(answer) == {"place": organizer.organization_number}
    assert organizer.name in html(hers.get(reverse("forms:review", args=[answer.key])))


# Words that stand with a name are looked through as answers are


@pytest.mark.parametrize("name", ["differ", "comments"])
def test_words_with_personal_data_are_shown_before_they_stand_and_she_decides(answer, writer, name):
    hers, at = (
        browser(writer),
        reverse(f"forms:{name}", args=[answer.key, *(["background"] if name != "differ" else [])]),
    )
    typed = {"words": "Ring mig på 070-123 45 67 eller skriv till a@example.org."}

    shown = hers.post(at, typed)
    keys = re.findall(r'name="keep" value="(\w+)"', html(shown))
    assert shown.status_code == 422 and len(keys) == 2 and "070-123 45 67</" in html(shown)
    assert hers.post(at, {**typed, "keep": keys[:1]}).status_code == 422
    assert hers.post(at, {**typed, "words": typed["words"] + " Mejla b@example.org.", "keep": keys}).status_code == 422
    assert not answer.differing_views.exists() and not answer.comments.exists()

    assert hers.post(at, {**typed, "keep": keys}).status_code == 302
    assert [one.words for one in (*answer.differing_views.all(), *answer.comments.all())] == [typed["words"]]


def test_words_without_any_stand_at_once(answer, writer):
    answered = browser(writer).post(reverse("forms:differ", args=[answer.key]), {"words": "Jag ser det så här."})

    assert answered.status_code == 302 and answer.differing_views.count() == 1


# A long form is found one's way in


def test_going_through_leads_to_each_section(answer, writer):
    shown = html(browser(writer).get(reverse("forms:review", args=[answer.key])))

    assert 'href="#part-background"' in shown and 'href="#part-plan"' in shown


def test_one_button_fetches_all_figures_of_a_section(organizer, writer):
    def series(key):
        label = {"sv": key, "en": key}
        return {"key": key, "type": "indicator_series", "indicator": "merit_value", "label": label}

    section = {"key": "where", "title": {"sv": "Var", "en": "Where"}, "questions": [series("one"), series("two")]}
    body = make_version().body | {"slug": "serier", "sections": [section]}
    answer = handed_out(make_version(body), organizer, (writer, "write"))
    hers = browser(writer)

    assert 'name="_fetch" value="_all"' in html(hers.get(address(answer, "where")))
    answered = hers.post(address(answer, "where"), {"_fetch": "_all"})
    assert answered.status_code == 422
    assert 'id="f-one-error"' in html(answered) and html(answered).count("question--wrong") == 2
