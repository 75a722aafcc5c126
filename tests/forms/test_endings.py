"""What is written and never submitted comes to an end: warned of, told on the page, and deleted whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspel.forms.models import Answer, AnswerState, Field
from samspel.forms.operations import answers, ending, nightly, saving, submitting
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.rules import endings
from samspel.kernel.audit import SYSTEM, history_of
from samspel.post.models import Message
from tests.forms.conftest import AT, BODY, SUMMARY, TODAY, handed_out, make_version

# The small form keeps for 24 months: warned of 30 days before 22 November 2028.
NEAR = AT + timedelta(days=701)
TOUCHED = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("warned_on", "is_warned", "ends"),
    [
        (None, False, date(2028, 11, 22)),
        (date(2026, 11, 22), False, date(2028, 11, 22)),
        (date(2028, 10, 23), True, date(2028, 11, 22)),
        (date(2028, 12, 1), True, date(2028, 12, 31)),
    ],
)
def test_the_end_comes_with_the_forms_own_time_and_never_sooner_than_thirty_days_after_a_warning(
    warned_on, is_warned, ends
):
    assert endings.is_warned(TOUCHED, warned_on) == is_warned
    assert endings.ends_on(TOUCHED, 24, warned_on) == ends
    assert endings.is_over(TOUCHED, 24, warned_on, ends) == is_warned
    assert not endings.is_over(TOUCHED, 24, warned_on, ends - timedelta(days=1))


@pytest.mark.parametrize(("today", "is_time"), [(date(2028, 10, 22), False), (date(2028, 10, 23), True)])
def test_the_warning_comes_thirty_days_before(today, is_time):
    assert endings.is_to_be_warned(TOUCHED, 24, None, today) == is_time


@pytest.fixture
def written(answer, writer):
    """Something stands in it since two years."""
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=AT, way="page")
    answer.refresh_from_db()
    return answer


def state(answer):
    return Answer.objects.values_list("state", flat=True).get(pk=answer.pk)


def test_those_who_take_part_are_warned_once_and_then_it_is_deleted(written, writer):
    assert nightly.forget_those_due(at=NEAR - timedelta(days=2)).warned == 0
    assert nightly.forget_those_due(at=NEAR).warned == 1
    assert nightly.forget_those_due(at=NEAR + timedelta(days=1)).warned == 0

    warning = Message.objects.get(kind="forms.ends_soon", to_key=writer.key)
    assert warning.subject == "Raderas 22 november 2028 om ingen går vidare: Liten analys, Påhittade 01 kommun"
    assert nightly.forget_those_due(at=NEAR + timedelta(days=29)).ended == 0
    assert nightly.forget_those_due(at=NEAR + timedelta(days=30)).ended == 1
    assert (state(written), Field.objects.filter(answer=written).count()) == (AnswerState.WITHDRAWN, 0)
    assert [one.action for one in history_of(written)][:2] == ["forms.answer.forgotten", "forms.answer.lapsed"]


def test_nothing_is_deleted_without_a_warning_thirty_days_before(written):
    late = AT + timedelta(days=2000)

    assert (nightly.forget_those_due(at=late).warned, state(written)) == (1, AnswerState.WRITING)
    assert nightly.forget_those_due(at=late + timedelta(days=29)).ended == 0
    assert nightly.forget_those_due(at=late + timedelta(days=30)).ended == 1


def test_whoever_goes_on_keeps_it_for_its_whole_time_again(written, writer):
    nightly.forget_those_due(at=NEAR)
    saving.write(answer=written, values={"contact": "Wilma"}, by=writer, at=NEAR + timedelta(days=5), way="page")

    night = nightly.forget_those_due(at=NEAR + timedelta(days=40))

    assert (night.warned, night.ended, state(written)) == (0, 0, AnswerState.WRITING)
    assert nightly.forget_those_due(at=NEAR + timedelta(days=710)).warned == 1


def test_what_was_opened_again_has_its_whole_time_from_then(written, submitter, officer):
    submitting.submit(answer=written, by=submitter, at=AT)
    submitting.reopen(answer=written, reason="Komplettera.", by=officer, at=NEAR)

    assert nightly.forget_those_due(at=NEAR + timedelta(days=60)).warned == 0


def test_before_the_day_to_be_ready_by_it_is_not_left(written):
    Answer.objects.filter(pk=written.pk).update(due_on=date(2030, 1, 1))

    assert nightly.forget_those_due(at=NEAR).warned == 0


def test_where_the_form_says_no_time_nothing_is_ended(organizer, writer):
    body = {key: value for key, value in BODY.items() if key != "personal_data"} | {"slug": "utan-tid"}
    left = handed_out(make_version(body), organizer, (writer, "write"))

    night = nightly.forget_those_due(at=AT + timedelta(days=4000))

    assert (night.warned, state(left)) == (0, AnswerState.WRITING)


def test_one_that_was_never_written_in_ends_too(answer):
    assert nightly.forget_those_due(at=NEAR).warned == 1


@pytest.mark.parametrize("deed", [ending.warn, ending.end])
def test_nobody_ends_it_by_hand_or_before_its_time(written, officer, deed):
    with pytest.raises(PermissionDenied):
        deed(answer=written, by=officer, at=NEAR)
    with pytest.raises(AnswerRefused, match="inte dags"):
        deed(answer=written, by=SYSTEM, at=AT)


def test_a_test_is_not_warned_of(version, editor):
    made = answers.begin(definition=version.definition, is_test=True, by=editor, at=AT)

    with pytest.raises(AnswerRefused):
        ending.warn(answer=made, by=SYSTEM, at=NEAR)


def shown(client, answer, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(reverse("forms:answer", args=[answer.key])).content.decode()


def test_its_page_says_when_it_ends_and_warns_when_that_is_near(client, written, submitter):
    assert "om ingen går vidare, 22 november 2028" in shown(client, written, submitter)

    nightly.forget_those_due(at=NEAR)

    assert "Det som är skrivet raderas 22 november 2028" in shown(client, written, submitter)


def test_the_lists_of_a_night_ask_no_more_for_many(written, version, organizer, writer, django_assert_max_num_queries):
    assert TODAY == TOUCHED
    for n in range(5):
        handed_out(version, organizer, (writer, "write"), about=str(n))

    with django_assert_max_num_queries(12):
        nightly.forget_those_due(at=AT + timedelta(days=300))
