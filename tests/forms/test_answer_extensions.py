"""What forms hand down: what is to do, panels, a merge, the register extract, and what holds a person's data."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from samspel.accounts.operations import merging
from samspel.accounts.operations.anonymizing import obstacles
from samspel.accounts.queries import todo_of
from samspel.accounts.queries.extracts import parts_of
from samspel.forms.models import Comment, HandedIn, Participant, Presence, SectionMark
from samspel.forms.operations import answers, comments, differing, emptying, presence, saving, sections
from samspel.forms.queries.panels import of_organizer
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files import storing
from samspel.registry.models import Role
from tests.forms.conftest import AT, SUMMARY, TODAY, handed_out, person_with

DUE = TODAY + timedelta(days=9)
NAME = "Liten analys, Påhittade 01 kommun"


def titles(person, at=AT):
    return [(str(row.title), row.due_on) for row in todo_of(type(person).objects.get(pk=person.pk), at)]


@pytest.fixture
def due(answer):
    """The answer, to be ready by a day."""
    answer.due_on = DUE
    answer.save()
    return answer


def test_those_who_write_and_submit_have_it_to_do_and_those_who_comment_have_not(due, writer, submitter, commenter):
    assert titles(writer) == [(f"Skriv: {NAME}", DUE)]
    assert titles(submitter) == [(f"Skriv och lämna in: {NAME}", DUE)]
    assert titles(commenter) == []


def test_when_every_section_is_ready_only_submitting_is_left(due, writer, submitter):
    for section in ("background", "plan"):
        sections.mark(answer=due, section=section, status="ready", by=writer, at=AT)

    assert titles(writer) == []
    assert titles(submitter) == [(f"Gå igenom och lämna in: {NAME}", DUE)]


def test_a_section_that_is_given_stands_by_its_name_until_it_is_ready(due, writer, second_writer):
    sections.give(answer=due, section="plan", to=second_writer, by=writer, at=AT)
    assert titles(second_writer) == [(f"Skriv ”Plan”: {NAME}", DUE)]

    sections.mark(answer=due, section="plan", status="ready", by=second_writer, at=AT)

    assert titles(second_writer) == [(f"Skriv: {NAME}", DUE)]


def test_comments_wait_for_her_who_has_the_section_and_not_for_the_others(due, writer, second_writer, commenter):
    sections.give(answer=due, section="plan", to=second_writer, by=writer, at=AT)
    said = comments.say(answer=due, section="plan", words="Se över", by=commenter, at=AT)

    assert (f"1 kommentar: {NAME}", DUE) in titles(second_writer)
    assert (f"1 kommentar: {NAME}", DUE) not in titles(writer)
    comments.settle(comment=said, by=second_writer, at=AT)
    assert (f"1 kommentar: {NAME}", DUE) not in titles(second_writer)


def test_a_filled_pdf_waits_for_those_who_write(due, writer, commenter):
    file = storing.keep(b"%PDF-1.7", name="ifylld.pdf", by=writer, at=AT)
    HandedIn.objects.create(answer=due, file=file, read={}, came_at=AT)

    assert (f"Gå igenom en ifylld PDF: {NAME}", DUE) in titles(writer)
    assert titles(commenter) == []


def test_what_is_withdrawn_or_over_is_nobodys_to_do(due, writer, submitter, officer):
    Participant.objects.filter(person=writer).update(to_on=TODAY)
    assert titles(writer, AT + timedelta(days=1)) == []

    answers.withdraw(answer=due, reason="Dubblett", by=officer, at=AT)

    assert titles(submitter) == []


def test_an_organizers_page_shows_its_forms_to_those_who_may_know(answer, organizer, officer, outsider, editor):
    panel = of_organizer(officer, organizer, AT)

    assert [(line.name, line.state) for line in panel.context["answers"]] == [("Liten analys", "Skrivs")]
    assert panel.context["may_hand_out"]
    assert of_organizer(outsider, organizer, AT) is None
    assert of_organizer(editor, organizer, AT) is None


def test_an_evaluator_sees_there_what_is_submitted_alone(answer, organizer):
    evaluator = person_with(Role.EVALUATOR, name="Eva Utvarderare")
    assert of_organizer(evaluator, organizer, AT).context["answers"] == []

    answer.state = "submitted"
    answer.save()

    assert len(of_organizer(evaluator, organizer, AT).context["answers"]) == 1


def test_a_duplicates_parts_and_words_become_hers(answer, version, organizer, writer, commenter, outsider):
    keep = outsider
    other = handed_out(version, organizer, (writer, "write"), (keep, "write"), about="b")
    Participant.objects.filter(person=writer, answer=other).update(to_on=TODAY)
    Participant.objects.filter(person=keep, answer=other).update(to_on=TODAY + timedelta(days=5))
    comments.say(answer=answer, section="plan", words="Se över", by=writer, at=AT)
    differing.differ(answer=answer, words="Annorlunda", by=writer, at=AT)
    sections.give(answer=answer, section="plan", to=writer, by=writer, at=AT)
    presence.seen(answer=answer, person=writer, section="plan", at=AT)

    merging.merge(keep=keep, gone=writer, by=person_with(Role.ADMINISTRATOR, name="Adam Admin"), at=timezone.now())

    rows = Participant.objects.filter(person=keep).order_by("answer_id")
    assert [(row.answer, row.deed, row.to_on) for row in rows] == [
        (answer, "write", None),
        (other, "write", TODAY + timedelta(days=5)),
    ]
    assert not Participant.objects.filter(person=writer).exists()
    assert Comment.objects.get().said_by == keep
    assert SectionMark.objects.get(section="plan").given_to == keep
    assert answer.differing_views.get().person == keep
    assert Presence.objects.count() == 0


def test_the_extract_tells_where_she_takes_part_what_she_said_and_how_much_she_wrote(answer, writer, commenter):
    saving.write(answer=answer, values={"summary": SUMMARY}, by=writer, at=AT, way="page")
    comments.say(answer=answer, section="plan", words="Mina ord", by=writer, at=AT)
    comments.say(answer=answer, section="plan", words="Någon annans", by=commenter, at=AT)
    differing.differ(answer=answer, words="Annorlunda", by=writer, at=AT)

    found = {part.key: part for part in parts_of(writer, AT)}

    def values(key):
        return [{one.key: one.value for one in row} for row in found[key].rows]

    assert values("form_participations") == [
        {"form": "Liten analys", "about": "Påhittade 01 kommun", "deed": "write", "from_on": TODAY, "to_on": None}
    ]
    assert [row["words"] for row in values("form_comments")] == ["Mina ord"]
    assert [row["words"] for row in values("form_differing_views")] == ["Annorlunda"]
    assert values("form_deeds") == [{"changes": 1, "submissions": 0, "reopenings": 0, "pdfs": 0}]
    assert values("forms_about_you") == []


def test_her_data_are_held_as_long_as_she_takes_part_in_what_is_written(answer, commenter, officer):
    reason = "Personen deltar i ett formulär som skrivs."
    assert reason in [str(one) for one in obstacles(commenter, AT)]

    answers.withdraw(answer=answer, reason="Dubblett", by=officer, at=AT)

    assert reason not in [str(one) for one in obstacles(commenter, AT)]


def test_when_her_row_is_emptied_nothing_waits_for_her(answer, writer):
    sections.give(answer=answer, section="plan", to=writer, by=writer, at=AT)
    presence.seen(answer=answer, person=writer, section="plan", at=AT)

    emptying.empty(writer, at=AT)

    assert (Presence.objects.count(), SectionMark.objects.get(section="plan").given_to) == (0, None)


def test_the_system_hands_out_for_higher_apps(version, organizer, writer):
    made = handed_out(version, organizer, (writer, "write"), owner="collaborations.case:1")

    assert (made.owner, made.begun_by) == ("collaborations.case:1", SYSTEM.key)
