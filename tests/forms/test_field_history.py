"""What a field has been, and what was set aside at it: shown to who may read, decided on by who writes."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspel.forms.models import Answer, AnswerState, SetAside, SetAsideState
from samspel.forms.operations import saving
from samspel.forms.queries.answers import fields_of

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}


def write(answer, by, typed, base=None):
    answer = Answer.objects.get(pk=answer.pk)
    base = answer.revision if base is None else base
    return saving.save(answer=answer, typed=typed, base=base, by=by, at=timezone.now())


@pytest.fixture
def aside(answer, writer, second_writer):
    """What the writer wrote while the other wrote in the same field."""
    write(answer, second_writer, {"contact": "Didriks ord"})
    [row] = write(answer, writer, {"contact": "Wilmas ord"}, base=0).set_aside
    return row


@pytest.fixture
def page(client, writer):
    client.force_login(writer)
    return client


def place(answer, row):
    return reverse("forms:set_aside", args=[answer.key, row.pk])


def history(answer, path):
    return reverse("forms:history", args=[answer.key]) + f"?falt={path}"


def test_without_a_field_every_question_that_was_written_in_is_listed(
    page, answer, writer, second_writer, django_assert_max_num_queries
):
    write(answer, second_writer, {"contact": "Didriks ord"})
    write(answer, writer, {"contact": "Wilmas ord"})

    with django_assert_max_num_queries(30):
        shown = page.get(history(answer, "")).content.decode()

    assert "?falt=contact" in shown and "Wilma" in shown and "Didrik" not in shown
    assert "?falt=summary" not in shown
    assert page.get(reverse("forms:history", args=[answer.key])).status_code == 200
    assert page.get(history(answer, "no_such_field")).status_code == 404


def test_every_change_is_told_newest_first_with_who_and_what(page, answer, writer, second_writer):
    write(answer, writer, {"summary": "Det går bra."})
    write(answer, second_writer, {"summary": "Det går mycket bra."})

    shown = page.get(history(answer, "summary")).content.decode()

    assert shown.index("Didrik Utvecklare") < shown.index("Wilma Rektor")
    assert ' </span>mycket <span class="visually-hidden">]</span></ins>' in shown and "<del>" not in shown


def test_a_table_has_the_history_of_all_its_cells(page, answer, writer):
    write(answer, writer, {"measures/aa/what": "Ett", "measures/aa/cost": "5"})
    write(answer, writer, {"measures/aa": ""})

    shown = page.get(history(answer, "measures")).content.decode()

    assert all(words in shown for words in ("En ny rad", "Raden togs bort", "Kostnad", "Ett", "5\xa0kr"))


def test_queries_do_not_grow_with_changes(page, answer, writer):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert page.get(history(answer, "summary")).status_code == 200
        return len(found)

    write(answer, writer, {"summary": "1"})
    page.get(history(answer, "summary"))
    one = queries()
    for number in range(2, 12):
        write(answer, writer, {"summary": str(number)})

    assert queries() == one


@pytest.mark.parametrize("path", ["no_such", "a/b/c/d", "%00", "x" * 3000, "_revision"])
def test_what_the_form_does_not_have_has_no_history(page, answer, path):
    assert page.get(history(answer, path)).status_code == 404


def test_what_was_set_aside_takes_its_place_and_what_stood_is_kept(page, answer, aside):
    shown = page.get(place(answer, aside)).content.decode()
    assert "Wilmas ord" in shown and "Didriks ord" in shown

    answered = page.post(place(answer, aside), {"deed": "use"})

    assert answered.url == reverse("forms:section", args=[answer.key, "background"]) + "#f-contact"
    assert fields_of(answer)["contact"] == "Wilmas ord"
    assert "Didriks" in page.get(history(answer, "contact")).content.decode()


@pytest.mark.parametrize(
    ("deed", "stands", "state"),
    [
        ("after", "Didriks ord Wilmas ord", SetAsideState.USED),
        ("drop", "Didriks ord", SetAsideState.DROPPED),
    ],
)
def test_it_is_put_after_or_put_away(page, answer, aside, deed, stands, state):
    page.post(place(answer, aside), {"deed": deed})

    assert (fields_of(answer)["contact"], SetAside.objects.get().state) == (stands, state)


def test_a_script_is_told_what_stands_then(page, answer, aside):
    said = page.post(place(answer, aside), {"deed": "after"}, **JSON).json()

    assert (said["path"], said["typed"], said["revision"]) == ("contact", "Didriks ord Wilmas ord", 2)


def test_it_is_decided_once(page, answer, aside):
    page.post(place(answer, aside), {"deed": "drop"})

    assert page.post(place(answer, aside), {"deed": "use"}).status_code == 409
    assert page.post(place(answer, aside), {"deed": "use"}, **JSON).status_code == 409
    assert fields_of(answer)["contact"] == "Didriks ord"


@pytest.mark.parametrize("deed", ["", "no_such", "\x00"])
def test_something_must_be_chosen(page, answer, aside, deed):
    assert page.post(place(answer, aside), {"deed": deed}).status_code == 422


def test_a_commenter_reads_it_and_decides_nothing(client, answer, aside, commenter):
    client.force_login(commenter)

    shown = client.get(place(answer, aside)).content.decode()

    assert "Wilmas ord" in shown and 'name="deed"' not in shown
    assert client.post(place(answer, aside), {"deed": "use"}).status_code == 403
    assert client.get(history(answer, "contact")).status_code == 200


def test_who_takes_no_part_sees_neither(client, answer, aside, outsider):
    client.force_login(outsider)

    assert client.get(place(answer, aside)).status_code == 403
    assert client.get(history(answer, "contact")).status_code == 403


def test_what_is_set_aside_in_another_answer_is_not_found_in_this(page, answer, aside, version, organizer, writer):
    from tests.forms.conftest import handed_out

    other = handed_out(version, organizer, (writer, "write"), about="en annan")

    assert page.get(place(other, aside)).status_code == 404


def test_nothing_is_decided_in_a_form_that_was_submitted(page, answer, aside):
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)

    assert page.post(place(answer, aside), {"deed": "use"}).status_code == 409
    assert fields_of(answer)["contact"] == "Didriks ord"
