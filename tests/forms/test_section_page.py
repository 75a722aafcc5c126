"""The page of a section, as a browser without scripts and the page's script speak with it."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, Field, SetAside, SetAsideWhy
from samspel.forms.operations import saving
from samspel.forms.queries.answers import fields_of
from tests.casefiles.conftest import PDF
from tests.forms.conftest import AT, BODY, make_version

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def page(client, writer, answer):
    """The writer's browser; `page("plan")` is an address."""
    client.force_login(writer)
    return client


def address(answer, section="background", name="section"):
    return reverse(f"forms:{name}", args=[answer.key, section])


def write(answer, by, typed, base=None):
    """Somebody else saves."""
    answer = Answer.objects.get(pk=answer.pk)
    base = answer.revision if base is None else base
    return saving.save(answer=answer, typed=typed, base=base, by=by, at=timezone.now())


def html(response):
    return response.content.decode()


def test_every_type_is_saved_without_a_script(page, answer):
    typed = {
        "summary": "Rad ett.\r\nRad två.",
        "contact": " Anna  Andersson ",
        "pupils": "1 234",
        "decided": "2026-09-30",
        "begins": "HT2026",
        "need": "high",
        "why_high": "Därför.",
        "areas": ["calm", "reading"],
        "trust": "4",
    }

    answered = page.post(address(answer), {"_revision": "0", "_save": "stay", **typed})

    assert (answered.status_code, answered.url) == (302, address(answer))
    assert fields_of(answer) == {
        "summary": "Rad ett.\nRad två.",
        "contact": "Anna Andersson",
        "pupils": "1234",
        "decided": "2026-09-30",
        "begins": "HT2026",
        "need": "high",
        "why_high": "Därför.",
        "areas": ["reading", "calm"],
        "trust": 4,
    }
    shown = html(page.get(address(answer)))
    assert 'value="1\xa0234"' in shown and "Rad ett.\nRad två.</textarea>" in shown
    assert shown.count(" checked") == 4 and '<option value="HT2026" selected>' in shown
    assert "Sparat kl." in shown


def test_save_and_go_on_leads_to_the_next_section_and_at_last_to_the_review(page, answer):
    assert page.post(address(answer), {"_save": "go"}).url == address(answer, "plan")
    assert page.post(address(answer, "plan"), {"_save": "go"}).url == reverse("forms:review", args=[answer.key])


def test_what_is_wrong_is_tied_to_its_field_and_stays_as_typed_while_the_rest_is_saved(page, answer):
    answered = page.post(address(answer), {"_revision": "0", "pupils": "många", "contact": "Anna", "trust": "9"})

    assert answered.status_code == 422
    shown = html(answered)
    assert 'href="#f-pupils"' in shown and 'href="#f-trust-0"' in shown and 'value="många"' in shown
    assert 'id="f-pupils-error"' in shown and 'aria-invalid="true"' in shown
    assert fields_of(answer) == {"contact": "Anna"}


def test_boxes_that_are_all_unticked_are_emptied_only_if_they_stood_on_the_page(page, answer, writer):
    write(answer, writer, {"areas": ["calm"]})

    page.post(address(answer), {"_revision": "1", "contact": "Anna"})
    assert fields_of(answer)["areas"] == ["calm"]
    page.post(address(answer), {"_revision": "2", "_on_page": ["areas"]})
    assert "areas" not in fields_of(answer)


def test_an_answer_that_may_be_left_out_can_be_taken_away(page, answer, writer):
    write(answer, writer, {"need": "high"})

    page.post(address(answer), {"_revision": "1", "need": "high", "_clear": "need"})

    assert "need" not in fields_of(answer)


# Rows


def row_paths(shown, question="measures"):
    """(hidden name, its value) of the rows on a page."""
    start = f'data-row="{question}/'
    return [part.split('"')[0] for part in shown.split(start)[1:]]


def test_a_table_begins_with_blank_rows_and_those_that_are_written_in_are_kept_in_order(page, answer):
    first, second, _third, blank = row_paths(html(page.get(address(answer, "plan"))))
    assert blank == "blank"
    blanks = [f"measures/{row}:{place}" for place, row in enumerate((first, second, _third), 1)]
    typed = {
        f"measures/{second}/what": "Läsgrupper",
        f"measures/{second}/cost": "12 500,50",
        f"measures/{first}/what": "",
    }

    answered = page.post(address(answer, "plan"), {"_revision": "0", "_blank": blanks, **typed})

    assert answered.status_code == 302
    assert fields_of(answer) == {
        f"measures/{second}": 2,
        f"measures/{second}/what": "Läsgrupper",
        f"measures/{second}/cost": 1_250_050,
    }
    assert "12\xa0500,50\xa0kr</output>" in html(page.get(address(answer, "plan")))


def test_add_rows_saves_all_and_gives_three_more_to_write_in(page, answer, writer):
    write(answer, writer, {"measures/aa/what": "Ett"})
    typed = {"_revision": "1", "measures/aa": "1", "measures/aa/what": "Ett och mer", "_add": "measures"}

    answered = page.post(address(answer, "plan"), typed)
    shown = html(page.get(answered.url))

    assert answered.url == f"{address(answer, 'plan')}?rader=measures#f-measures"
    assert len(row_paths(shown)) == 1 + 3 + 1
    assert fields_of(answer)["measures/aa/what"] == "Ett och mer"


def test_add_rows_keeps_what_is_wrong_as_it_was_typed(page, answer, writer):
    write(answer, writer, {"measures/aa/what": "Ett"})
    typed = {"_revision": "1", "measures/aa": "1", "measures/aa/cost": "mycket", "_add": "measures"}

    answered = page.post(address(answer, "plan"), typed)

    assert answered.status_code == 422
    assert 'value="mycket"' in html(answered) and len(row_paths(html(answered))) == 5
    assert 'id="f-measures-aa-cost-error"' in html(answered)


def test_a_row_is_taken_away_by_its_box(page, answer, writer):
    write(answer, writer, {"measures/aa/what": "Ett", "measures/bb/what": "Två"})

    page.post(
        address(answer, "plan"),
        {"_revision": "1", "measures/aa": "1", "measures/aa/what": "Ett", "measures/bb": "2", "_remove": "measures/aa"},
    )

    assert fields_of(answer) == {"measures/bb": 2, "measures/bb/what": "Två"}


def test_no_more_rows_are_proposed_than_a_table_takes(page, answer, writer):
    write(answer, writer, {f"measures/r{number}/what": str(number) for number in range(19)})

    shown = html(page.get(f"{address(answer, 'plan')}?rader=measures"))

    assert len(row_paths(shown)) == 20 + 1
    assert "disabled" in shown


def test_words_in_a_row_too_many_stay_on_the_page_and_are_told_of_there(page, answer, writer):
    write(answer, writer, {f"measures/r{number}/what": str(number) for number in range(20)})
    typed = {"_revision": "0", "measures/x": "1", "measures/x/what": "Mina egna ord", "measures/x/cost": ""}

    answered = page.post(address(answer, "plan"), typed)
    told = page.post(address(answer, "plan"), typed, **JSON).json()

    assert answered.status_code == 422
    assert 'value="Mina egna ord"' in html(answered) and 'href="#f-measures-x-what"' in html(answered)
    assert "Insatser: Vad" in html(answered) and ">measures/x" not in html(answered)
    assert set(told["faults"]) == {"measures/x", "measures/x/what"} and told["kept"] == ["measures/x/cost"]


@pytest.mark.parametrize("more", [[], ["?rader=measures"], ["?rader=nothing"], ["?rader=%00"]])
def test_the_page_opens_whatever_rows_are_asked_for(page, answer, more):
    assert page.get(address(answer, "plan") + "".join(more)).status_code == 200


def test_queries_do_not_grow_with_rows(page, answer, writer, django_assert_num_queries):
    def queries():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as found:
            assert page.get(address(answer, "plan")).status_code == 200
        return len(found)

    answer.version.body["sections"][1]["questions"][1]["most_rows"] = 200
    write(answer, writer, {"measures/r0/what": "0"})
    page.get(address(answer, "plan"))
    one = queries()
    write(answer, writer, {f"measures/r{number}/what": str(number) for number in range(1, 20)})
    assert queries() == one
    assert one <= 25


def test_of_a_sections_help_the_first_paragraph_is_read_and_the_rest_unfolded(page, answer):
    body = deepcopy(BODY)
    body["sections"][0]["help"] = {"sv": "Först det viktiga.\n\nSedan <mer>.\n\nOch mer."}
    Answer.objects.filter(pk=answer.pk).update(version=make_version({**body, "slug": "en-annan"}))

    shown = html(page.get(address(answer)))

    first, folded = shown.split("<summary>Mer om avsnittet</summary>")
    assert "<p>Först det viktiga.</p>" in first and "<p>Sedan &lt;mer&gt;.</p>\n\n<p>Och mer.</p></details>" in folded


# Registers, files


def test_a_name_in_a_register_becomes_its_code_and_one_that_is_not_there_is_a_fault(page, answer):
    assert page.post(address(answer, "plan"), {"_revision": "0", "municipality": " kiruna "}).status_code == 302
    assert fields_of(answer)["municipality"] == "2584"
    answered = page.post(address(answer, "plan"), {"_revision": "1", "municipality": "Kirona"})
    assert answered.status_code == 422 and fields_of(answer)["municipality"] == "2584"


def test_a_file_is_kept_taken_out_by_who_may_read_and_taken_away(page, answer, commenter, outsider, client):
    upload = SimpleUploadedFile("protokoll.pdf", PDF, "application/pdf")

    assert page.post(address(answer, "plan"), {"minutes": upload, "_upload": "minutes"}).status_code == 302
    place = reverse("forms:section_file", args=[answer.key, "plan", "minutes"])
    assert place in html(page.get(address(answer, "plan")))
    client.force_login(commenter)
    taken = client.get(place)
    assert (taken.content, taken.headers["Content-Disposition"]) == (PDF, 'attachment; filename="protokoll.pdf"')
    client.force_login(outsider)
    assert client.get(place).status_code == 403


def test_a_file_that_was_put_aside_is_taken_out_before_one_decides_beside_the_one_that_stands(
    page, answer, writer, second_writer, outsider, client
):
    def upload(name):
        file = SimpleUploadedFile(name, PDF, "application/pdf")
        return client.post(address(answer, "plan"), {"minutes": file, "_upload": "minutes", "_revision": "0"})

    upload("forsta.pdf")
    client.force_login(second_writer)
    upload("andra.pdf")
    place = reverse("forms:set_aside", args=[answer.key, SetAside.objects.get().pk])

    shown = html(client.get(place))
    taken = client.get(f"{place}fil/")

    assert f'<a href="{place}fil/" download>andra.pdf</a>' in shown
    standing = reverse("forms:section_file", args=[answer.key, "plan", "minutes"])
    assert f'<a href="{standing}" download>forsta.pdf</a>' in shown
    assert (taken.content, taken.headers["Content-Disposition"]) == (PDF, 'attachment; filename="andra.pdf"')
    client.force_login(outsider)
    assert client.get(f"{place}fil/").status_code == 403


@pytest.mark.parametrize(("path", "value"), [("minutes", "no key"), ("contact", "Berit")])
def test_of_what_was_put_aside_and_is_no_file_nothing_is_taken_out(page, answer, writer, path, value):
    row = SetAside.objects.create(answer=answer, path=path, value=value, written_at=AT, written_by=writer.key)

    assert page.get(reverse("forms:set_aside_file", args=[answer.key, row.pk])).status_code == 404


def test_a_file_is_taken_away_by_its_button(page, answer):
    upload = SimpleUploadedFile("protokoll.pdf", PDF, "application/pdf")
    page.post(address(answer, "plan"), {"minutes": upload, "_upload": "minutes"})

    page.post(address(answer, "plan"), {"_revision": "1", "_clear": "minutes"})

    assert "minutes" not in fields_of(answer)


def test_a_file_of_another_kind_is_refused_in_words_and_the_rest_is_saved(page, answer):
    upload = SimpleUploadedFile("virus.exe", b"MZ\x90\x00" * 50, "application/pdf")

    answered = page.post(address(answer, "plan"), {"minutes": upload, "_upload": "minutes", "ceiling": "5 000"})

    assert answered.status_code == 422 and "av ett annat slag" in html(answered)
    assert fields_of(answer) == {"ceiling": 500_000}


def test_a_key_of_a_file_cannot_be_typed(page, answer):
    page.post(address(answer, "plan"), {"minutes": "6a0a0000-0000-4000-8000-000000000000"})
    page.post(address(answer, "plan"), {"minutes": "6a0a0000-0000-4000-8000-000000000000"}, **JSON)

    assert fields_of(answer) == {}


def test_a_series_is_fetched_or_it_is_said_that_there_is_none(page, answer):
    answered = page.post(address(answer, "plan"), {"_fetch": "merit"})

    assert answered.status_code == 422 and 'href="#f-merit"' in html(answered)


def test_what_somebody_wrote_is_never_fetched_over(page, answer, writer):
    body = deepcopy(BODY)
    body["sections"][0]["questions"][1]["prefill"] = "organizer.name"
    Answer.objects.filter(pk=answer.pk).update(version=make_version({**body, "slug": "en-annan"}))
    write(answer, writer, {"contact": "Anna"})

    page.post(address(answer), {"_revision": "1", "_fetch": "contact"})

    assert fields_of(answer)["contact"] == "Anna"


# Together


def test_two_who_write_in_different_fields_are_told_what_the_other_changed(page, answer, second_writer):
    write(answer, second_writer, {"contact": "Didrik"})

    answered = page.post(address(answer), {"_revision": "0", "summary": "Min text.", "contact": ""})

    assert answered.status_code == 200
    shown = html(answered)
    assert "Didrik Utvecklare" in shown and "“Didrik”" in shown
    assert fields_of(answer) == {"summary": "Min text.", "contact": "Didrik"}


def test_two_who_write_in_the_same_field_lose_no_words(page, answer, second_writer):
    write(answer, second_writer, {"contact": "Didriks ord"})

    shown = html(page.post(address(answer), {"_revision": "0", "contact": "Wilmas ord"}))

    row = SetAside.objects.get()
    assert (fields_of(answer)["contact"], row.value) == ("Didriks ord", "Wilmas ord")
    assert "Wilmas ord" in shown and reverse("forms:set_aside", args=[answer.key, row.pk]) in shown
    assert "Wilmas ord" in html(page.get(address(answer)))


@pytest.mark.parametrize("said", [{}, {"_revision": ""}, {"_revision": "-1"}, {"_revision": "99999999999999999999"}])
@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "script"])
def test_a_page_without_its_revision_writes_over_nothing(page, answer, second_writer, said, headers):
    write(answer, second_writer, {"contact": "Didrik"})

    assert page.post(address(answer), {**said, "contact": "Wilma", "summary": "Nytt."}, **headers).status_code == 200
    assert fields_of(answer) == {"contact": "Didrik", "summary": "Nytt."}
    assert SetAside.objects.get().value == "Wilma"


def test_a_form_that_was_submitted_meanwhile_keeps_what_was_typed_beside_it(page, answer):
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)

    answered = page.post(address(answer), {"_revision": "0", "summary": "Sent omsider"})

    assert answered.status_code == 409
    assert (SetAside.objects.get().value, SetAside.objects.get().why) == ("Sent omsider", SetAsideWhy.FROZEN)
    assert fields_of(answer) == {} and "Sent omsider" in html(answered)


# The page's script


def test_a_script_saves_what_changed_alone_and_is_told_when(page, answer):
    said = page.post(address(answer), {"_revision": "0", "contact": "Anna", "pupils": "x"}, **JSON).json()

    assert said["revision"] == 1 and said["saved"].startswith("Sparat kl. ") and said["saved"].endswith(", 1 fält.")
    assert list(said["faults"]) == ["pupils"] and said["kept"] == ["contact"]
    assert said["theirs"] == said["put_aside"] == said["brought_back"] == []


def test_a_script_is_never_told_that_all_is_saved_when_something_is_not(page, answer):
    said = page.post(address(answer), {"_revision": "0", "pupils": "x"}, **JSON).json()

    assert list(said["faults"]) == ["pupils"] and said["saved"].startswith("Resten är sparat, kl. ")


def test_a_script_is_told_what_others_changed(page, answer, second_writer):
    write(answer, second_writer, {"summary": "Ur Didriks penna.", "areas": ["calm"], "need": "high"})

    said = page.post(address(answer), {"_revision": "0", "contact": "Anna"}, **JSON).json()

    told = {one["path"]: (one["typed"], one["words"], one["who"]) for one in said["theirs"]}
    assert told == {
        "areas": (["calm"], "Studiero", "Didrik Utvecklare"),
        "need": ("high", "Hög", "Didrik Utvecklare"),
        "summary": ("Ur Didriks penna.", "Ur Didriks penna.", "Didrik Utvecklare"),
    }


def test_a_field_that_the_page_shows_as_of_an_older_revision_is_joined_from_there(page, answer, second_writer):
    write(answer, second_writer, {"contact": "Didrik"})
    typed = {"_revision": "1", "_bases": json.dumps({"contact": 0}), "contact": "Wilma"}

    said = page.post(address(answer), typed, **JSON).json()

    assert [one["words"] for one in said["put_aside"]] == ["Wilma"]
    assert [one["typed"] for one in said["theirs"]] == ["Didrik"]


def test_a_script_is_told_that_the_form_was_submitted(page, answer):
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)

    answered = page.post(address(answer), {"_revision": "0", "contact": "Anna"}, **JSON)

    assert answered.status_code == 409 and answered.json()["state"] and answered.json()["refused"]


def test_what_happens_now_is_told(page, client, answer, writer, second_writer):
    client.force_login(second_writer)
    client.get(address(answer, name="section_now"), {"falt": "contact"})
    write(answer, second_writer, {"contact": "Didrik", "ceiling": "5"})

    client.force_login(writer)
    said = client.get(address(answer, name="section_now"), {"sedan": "0"}).json()

    assert said["here"] == ["Didrik Utvecklare är också här, i ”Kontakt”"]
    assert [(one["path"], one["typed"]) for one in said["theirs"]] == [("contact", "Didrik")]
    assert said["in_fields"] == {"contact": "Didrik Utvecklare är här"}
    assert (said["revision"], said["may_write"], said["state"], said["comments"]) == (1, True, "", "Kommentarer")


# Who may


def test_a_commenter_reads_and_cannot_write(client, answer, commenter, writer):
    write(answer, writer, {"contact": "Anna", "need": "high", "why_high": "Därför"})
    client.force_login(commenter)

    shown = html(client.get(address(answer)))

    assert "Anna" in shown and "Därför" in shown and "<textarea" not in shown and "_save" not in shown
    assert client.post(address(answer), {"contact": "X"}).status_code == 403
    assert client.post(address(answer), {"contact": "X"}, **JSON).status_code == 403
    assert fields_of(answer)["contact"] == "Anna"


@pytest.mark.parametrize("name", ["section", "section_now"])
def test_who_takes_no_part_is_shut_out(client, answer, outsider, officer, name):
    assert client.get(address(answer, name=name)).status_code == 302
    for person in (outsider, officer):
        client.force_login(person)
        assert client.get(address(answer, name=name)).status_code == 403


def test_a_section_that_is_not_there_is_not_found(page, answer):
    assert page.get(address(answer, "nowhere")).status_code == 404


FUZZ = [
    {"contact": "a\x00b"},
    {"contact": "x" * 1_000_000},
    {"summary": "x" * 1_000_000},
    {"no_such_field": "x"},
    {"measures/aa/nothing": "x"},
    {"measures/" + "a" * 400 + "/what": "x"},
    {"measures/AA/what": "x"},
    {"measures/aa": "9" * 40},
    {"_remove": "measures/zz"},
    {"_remove": "summary"},
    {"_blank": "x:y", "_on_page": "x"},
    {"_revision": "-5", "contact": "x"},
    {"_revision": "²", "contact": "x"},
    {"_bases": "[" * 5000, "contact": "x"},
    {"_bases": '{"contact": -1}', "contact": "x"},
    {"_bases": '{"contact": 1e99, "x": true}', "contact": "x"},
    {"_bases": '{"contact": 99999999}', "contact": "x"},
    {"_add": "\x00"},
    {"_clear": "no_such", "_fetch": "summary"},
    {"_fetch": "summary"},
    {"_upload": "minutes"},
    {"pupils": "9" * 300},
    {"pupils": "1e400"},
    {"begins": "HT" + "9" * 4},
    {"decided": "0000-00-00"},
    {"need": "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")},
    {"trust": "٣"},
    {"municipality": "(" * 10_000},
    {"municipality": "\x00"},
    {"unit": "12345678"},
    {"summary/aa/what": "x"},
    {"/": "x", "//": "x", "a/b/c/d": "x"},
    {"areas": ["reading", "no_such"]},
    {"rows": "x", "csrfmiddlewaretoken": "x"},
]


@pytest.mark.parametrize("number", range(len(FUZZ)))
@pytest.mark.parametrize("section", ["background", "plan"])
@pytest.mark.parametrize("headers", [{}, JSON], ids=["page", "script"])
def test_bad_input_is_never_an_error_of_ours(page, answer, number, section, headers):
    answered = page.post(address(answer, section), {"_revision": "0", **FUZZ[number]}, **headers)

    assert answered.status_code < 500
    assert page.get(address(answer, section)).status_code == 200


@pytest.mark.parametrize("query", [{"sedan": "x"}, {"sedan": "9" * 50}, {"falt": "\x00"}, {"falt": "x" * 9000}])
def test_bad_questions_about_now_are_answered(page, answer, query):
    assert page.get(address(answer, name="section_now"), query).status_code == 200


def test_rows_beyond_what_django_takes_by_itself_are_posted(page, answer):
    typed = {f"measures/r{number}/what": "x" for number in range(1500)}

    answered = page.post(address(answer, "plan"), {"_revision": "0", **typed})

    assert answered.status_code == 422
    assert Field.objects.filter(answer=answer, path__regex=r"^measures/[^/]+$").count() == 20
