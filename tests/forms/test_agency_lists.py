"""What the agency's people find in lists: submitted forms by those who read them, in order of what is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from samspel.accounts.queries import todo_of
from samspel.forms.models import Answer, AnswerState
from samspel.forms.operations import definitions, handing_out, submitting
from samspel.kernel.permissions import Level
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import BODY, at_organizer, handed_out, make_version, person_with

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
READERS = [Role.REGISTRAR, Role.DECISION_MAKER, Role.EVALUATOR, Role.PROCESS_SUPPORTER]


def log_in(client, person):
    client.force_login(person, backend=BACKEND, level=Level.SIGN)
    return client


def submitted_by(version, organizer, writer):
    made = handed_out(version, organizer, (writer, "write"))
    Answer.objects.filter(pk=made.pk).update(state=AnswerState.SUBMITTED)
    return made


def listed(response):
    table = response.context["table"]
    return [one.pk for one in table.page]


@pytest.mark.parametrize("role", READERS)
def test_who_reads_submitted_forms_finds_them_and_no_others_from_her_forms(client, role, version, organizer, writer):
    submitted = submitted_by(version, organizer, writer)
    handed_out(version, organizer, (writer, "write"), about="skrivs")
    submitted_by(make_version(BODY | {"slug": "egen", "is_private": True}), organizer, writer)
    reader = person_with(role, name="Runa Läsare")
    handed_out(version, make_organizer(9), (reader, "comment"))
    log_in(client, reader)

    found = client.get(reverse("forms:handed_out"))

    assert listed(found) == [submitted.pk]
    assert "Inlämnade formulär" in found.content.decode()
    assert "Lämna ut ett formulär" not in found.content.decode()
    assert reverse("forms:handed_out") in client.get(reverse("forms:mine")).content.decode()


def test_an_officer_finds_what_has_come_in_and_what_is_handed_out_before_her_own(
    client, version, organizer, officer, writer
):
    came = submitted_by(version, organizer, writer)
    other = make_organizer(9)
    at_organizer(other, Role.COORDINATOR, "Sam Samordnare")
    told = {"definition": version.definition, "to": [other], "due_on": timezone.localdate()}
    handing_out.hand_out(**told, by=officer, at=timezone.now())

    page = log_in(client, officer).get(reverse("forms:mine"))

    assert [one.pk for one in page.context["came"].page] == [came.pk]
    assert [(one.begun, one.submitted) for one in page.context["rounds"].page] == [(1, 0)]
    assert not page.context["shows_mine"]
    handed_out(version, make_organizer(10), (officer, "read"))
    again = client.get(reverse("forms:mine")).content.decode()
    assert again.index("Kom in senast") < again.index("Utlämnat senast") < again.index("Det du själv deltar i")


def test_who_reads_what_is_submitted_sees_it_first_and_nothing_handed_out(client, version, organizer, writer):
    came = submitted_by(version, organizer, writer)

    page = log_in(client, person_with(Role.EVALUATOR, name="Eva Läsare")).get(reverse("forms:mine"))

    assert [one.pk for one in page.context["came"].page] == [came.pk]
    assert (page.context["rounds"], page.context["shows_mine"]) == (None, False)


def test_who_writes_sees_her_own_alone(client, answer, writer):
    page = log_in(client, writer).get(reverse("forms:mine"))

    assert (page.context["came"], page.context["rounds"], page.context["shows_mine"]) == (None, None, True)


def test_a_coordinator_has_no_list_of_submitted_forms(client, answer, writer):
    log_in(client, writer)

    assert client.get(reverse("forms:handed_out")).status_code == 403
    assert reverse("forms:handed_out") not in client.get(reverse("forms:mine")).content.decode()


def test_what_is_handed_out_stands_in_order_of_whom_it_is_about(client, version, officer, writer):
    last, first = make_organizer(12), make_organizer(11)
    rows = [handed_out(version, one, (writer, "write")) for one in (last, first)]
    log_in(client, officer)

    assert listed(client.get(reverse("forms:handed_out") + "?sort=whom")) == [rows[1].pk, rows[0].pk]
    assert listed(client.get(reverse("forms:handed_out") + "?sort=-whom")) == [rows[0].pk, rows[1].pk]


def test_forms_stand_in_order_of_the_name_that_is_read(client, db):
    names = {"a-forst": ("Alfa", "Zulu"), "b-sist": ("Ödla", "Ant")}
    for slug, (swedish, english) in names.items():
        make_version(BODY | {"slug": slug, "name": {"sv": swedish, "en": english}})

    swedish = client.get(reverse("forms:public_list"))
    with translation.override("en"):
        english = client.get(reverse("forms:public_list"))

    assert [one.title for one in swedish.context["cards"] if one.title in {"Alfa", "Ödla"}] == ["Alfa", "Ödla"]
    assert [one.title for one in english.context["cards"] if one.title in {"Ant", "Zulu"}] == ["Ant", "Zulu"]


def test_the_history_of_a_form_names_who_did_it(client, version, editor):
    definitions.begin_draft(definition=version.definition, by=editor, at=timezone.now())
    log_in(client, editor)

    page = client.get(reverse("forms:definition", args=[version.definition.slug])).content.decode()

    assert f"av {editor.name}" in page


def test_forms_whose_day_has_gone_by_wait_for_others_in_an_officers_list(client, version, organizer, officer, writer):
    assert [one for one in todo_of(officer, timezone.now()) if "sen" in str(one.title)] == []
    answer = handed_out(version, organizer, (writer, "write"))
    Answer.objects.filter(pk=answer.pk).update(due_on=timezone.localdate() - timedelta(days=1))

    row = next(one for one in todo_of(officer, timezone.now()) if one.title == "1 formulär är försenat")

    assert row.is_waiting_for_others
    assert listed(log_in(client, officer).get(row.address)) == [answer.pk]


def test_a_draft_waits_for_the_editor(version, editor, officer):
    definitions.begin_draft(definition=version.definition, by=editor, at=timezone.now())

    waits = {str(one.title): one.address for one in todo_of(editor, timezone.now())}

    assert waits["Ta i bruk eller kasta: Liten analys, version 2"] == reverse("forms:draft", args=["liten-analys"])
    assert not [one for one in todo_of(officer, timezone.now()) if "Ta i bruk" in str(one.title)]


def test_an_officer_is_told_where_nobody_can_submit(client, version, organizer, officer, writer):
    told = {"form": "liten-analys", "to": organizer.name, "due_on": "2099-01-01"}

    page = log_in(client, officer).post(reverse("forms:hand_out"), told, follow=True)

    assert f"{organizer.name}: Det är utlämnat, men ingen där kan lämna in det." in page.content.decode()


def test_the_next_step_of_a_form_opened_again_says_why(client, answer, officer, submitter):
    Answer.objects.filter(pk=answer.pk).update(state=AnswerState.SUBMITTED)
    answer.refresh_from_db()
    submitting.reopen(answer=answer, reason="Kostnaderna går inte ihop.", due_on=None, by=officer, at=timezone.now())

    page = log_in(client, submitter).get(reverse("forms:answer", args=[answer.key]))

    assert page.context["next"].note == "Öppnat igen: Kostnaderna går inte ihop."


def test_submitted_forms_stand_with_the_newest_first_and_when_they_came(client, version, organizer, writer):
    older, newer = submitted_by(version, organizer, writer), submitted_by(version, make_organizer(14), writer)
    for days, answer in ((2, older), (1, newer)):
        Answer.objects.filter(pk=answer.pk).update(submitted_at=timezone.now() - timedelta(days=days))

    page = log_in(client, person_with(Role.EVALUATOR, name="Eva Läsare")).get(reverse("forms:handed_out"))

    assert listed(page) == [newer.pk, older.pk]
    assert [column.name for column in page.context["table"].columns] == ["form", "whom", "submitted_at"]
