"""Answers are begun: by whom, about what, pinned to which version, with who takes part; and withdrawn."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from samspel.forms.models import Answer, AnswerState, FieldChange, Participant, VersionState
from samspel.forms.operations import answers
from samspel.forms.operations.participants import Taking
from samspel.forms.operations.refusals import AnswerRefused
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.lists import offers
from samspel.kernel.audit import SYSTEM, history_of
from samspel.post.models import Message
from samspel.registry.models import Role, SchoolUnit, University
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import AT, BODY, TODAY, at_organizer, handed_out, make_version


def begin(definition, by, **more):
    return answers.begin(definition=definition, by=by, at=AT, **more)


def test_an_answer_is_pinned_to_the_version_in_use_with_those_who_take_part(answer, version, writer, submitter):
    assert (answer.version, answer.state, answer.is_test) == (version, AnswerState.WRITING, False)
    assert set(Participant.objects.filter(answer=answer).values_list("person__name", "deed")) == {
        ("Wilma Rektor", "write"),
        ("Didrik Utvecklare", "write"),
        ("Sara Samordnare", "submit"),
        ("Petra Processtöd", "comment"),
    }
    assert history_of(answer)[-1].action == "forms.answer.begun"


def test_what_is_known_stands_filled_in_by_the_system(organizer, officer):
    body = BODY | {"slug": "forifylld"}
    known = {"key": "name", "type": "short_text", "label": {"sv": "Namn"}, "prefill": "organizer.name"}
    body["sections"] = [{**BODY["sections"][0], "questions": [known]}]

    made = begin(make_version(body).definition, officer, organizer=organizer)

    assert fields_of(made) == {"name": organizer.name}
    assert list(FieldChange.objects.values_list("way", "changed_by")) == [("prefill", None)]
    assert made.marks.count() == 0


def test_who_begins_submits_if_the_form_lets_her_role(definition, organizer, submitter):
    made = begin(definition, submitter, organizer=organizer)

    assert list(made.participants.values_list("person", "deed", "role")) == [(submitter.pk, "submit", "coordinator")]


def test_who_begins_writes_if_the_form_lets_her_role_no_more(definition, organizer, writer):
    made = begin(definition, writer, organizer=organizer)

    assert list(made.participants.values_list("person", "deed", "role")) == [(writer.pk, "write", "principal")]


def test_nobody_begins_at_another_place(definition, submitter):
    with pytest.raises(PermissionDenied):
        begin(definition, submitter, organizer=make_organizer(2))


def test_a_role_that_the_form_does_not_name_begins_nothing(definition, organizer):
    chair = at_organizer(organizer, Role.AUTHORIZED_SIGNATORY, "Fia Firmatecknare")

    with pytest.raises(PermissionDenied):
        begin(definition, chair, organizer=organizer)


def test_who_begins_by_herself_brings_in_nobody_in_the_same_breath(definition, organizer, writer, outsider):
    made = begin(definition, writer, organizer=organizer, participants=[Taking(outsider, "submit", TODAY)])

    assert list(made.participants.values_list("person", flat=True)) == [writer.pk]


def test_one_is_open_at_a_time_of_the_same_subject(answer, definition, organizer, officer):
    with pytest.raises(AnswerRefused, match="skrivs redan") as refusal:
        begin(definition, officer, organizer=organizer)

    assert (refusal.value.code, refusal.value.facts["answer"]) == ("open_already", str(answer.key))


def test_what_tells_it_from_others_or_another_owner_lets_a_second_be_begun(answer, definition, organizer):
    begin(definition, SYSTEM, organizer=organizer, about="hösten 2026")
    begin(definition, SYSTEM, organizer=organizer, owner="collaborations.case:1")

    assert Answer.objects.count() == 3


def test_after_submission_a_new_one_is_begun(answer, definition, organizer):
    Answer.objects.update(state=AnswerState.SUBMITTED)

    assert begin(definition, SYSTEM, organizer=organizer).pk != answer.pk


@pytest.mark.parametrize("subject", [{}, {"university": True}, {"organizer": True, "university": True}])
def test_a_form_is_about_what_it_says(definition, organizer, subject):
    made = {"organizer": organizer, "university": University.objects.create(slug="u", name="U", sort_key="u")}

    with pytest.raises(AnswerRefused, match="något annat"):
        begin(definition, SYSTEM, **{name: made[name] for name in subject})


def test_a_form_about_a_school_unit_belongs_to_its_organizer(organizer, writer):
    unit = SchoolUnit.objects.create(
        code="00000001", name="Skolan", sort_key="skolan", search_key="skolan", organizer=organizer, as_of=TODAY
    )
    version = make_version(BODY | {"slug": "skola", "subject": "school_unit"})

    assert begin(version.definition, writer, school_unit=unit).school_unit == unit


def test_a_form_about_a_preschool_is_its_organizers_and_says_which(organizer, writer):
    """The register of school units has no preschools."""
    definition = make_version(BODY | {"slug": "forskola", "subject": "preschool_unit"}).definition

    with pytest.raises(AnswerRefused, match="vilken förskola"):
        begin(definition, writer, organizer=organizer, about=" ")
    linden = begin(definition, writer, organizer=organizer, about="Förskolan Linden")
    elm = begin(definition, writer, organizer=organizer, about="Förskolan Almen")

    assert (linden.organizer, linden.school_unit, elm.about) == (organizer, None, "Förskolan Almen")
    assert [offer.subject for offer in offers(writer, AT) if offer.version == linden.version] == [organizer]


def test_a_form_about_oneself_is_begun_by_oneself_alone(writer, submitter):
    version = make_version(BODY | {"slug": "person", "subject": "person"})

    assert begin(version.definition, writer, person=writer).person == writer
    with pytest.raises(PermissionDenied):
        begin(version.definition, writer, person=submitter)


@pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.RETIRED])
def test_what_is_not_in_use_is_not_begun(organizer, state, db):
    with pytest.raises(AnswerRefused, match="inte i bruk"):
        begin(make_version(state=state).definition, SYSTEM, organizer=organizer)


def test_a_form_that_has_ended_is_not_begun(version, organizer):
    version.definition.ended_on = TODAY
    version.definition.save()

    with pytest.raises(AnswerRefused, match="inte i bruk"):
        begin(version.definition, SYSTEM, organizer=organizer)


def test_a_draft_is_tried_by_an_editor_and_is_a_test(editor, writer, db):
    draft = make_version(state=VersionState.DRAFT)
    told = {"participants": [Taking(editor, "submit", TODAY)], "is_test": True, "version": draft}

    made = begin(draft.definition, editor, **told)

    assert (made.version, made.is_test) == (draft, True)
    with pytest.raises(PermissionDenied):
        begin(draft.definition, writer, **told)


def test_a_form_that_is_withdrawn_says_why_and_tells_those_who_wrote(answer, officer):
    answers.withdraw(answer=answer, reason="Dubblett", by=officer, at=AT)

    answer.refresh_from_db()
    assert (answer.state, answer.withdrawn_because, answer.withdrawn_by) == ("withdrawn", "Dubblett", officer.key)
    assert Message.objects.filter(kind="forms.withdrawn").count() == 4
    assert "Dubblett" not in str(history_of(answer)[0].facts)


def test_a_form_is_not_withdrawn_without_a_reason_nor_by_those_who_write(answer, officer, submitter):
    with pytest.raises(AnswerRefused, match="Skriv varför"):
        answers.withdraw(answer=answer, reason=" ", by=officer, at=AT)
    with pytest.raises(PermissionDenied):
        answers.withdraw(answer=answer, reason="x", by=submitter, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_does(organizer):
    version = make_version()
    gate, given = threading.Barrier(2), []

    def run():
        try:
            gate.wait(timeout=60)
            given.append(handed_out(version, organizer).pk)
        except AnswerRefused as refusal:
            given.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(map(str, given)) == sorted([str(Answer.objects.get().pk), "open_already"])
