"""The demo's forms: an answer in every state, by invented people about invented organizers, and there once."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from samspel.accounts.models import Person
from samspel.forms import demo, permissions
from samspel.forms.demo import reading
from samspel.forms.models import (
    Answer,
    AnswerState,
    Comment,
    DifferingView,
    FieldChange,
    HandedIn,
    HandOut,
    Participant,
    Reopening,
    SectionMark,
    SetAside,
    Submission,
    Version,
    VersionState,
)
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules import checking, tables
from samspel.forms.rules.findings import places
from tests.forms.demo_people import NOW, add_people

STORIES = list(reading.stories())


@pytest.fixture(scope="module")
def _filled(django_db_setup, django_db_blocker):
    """Filled once for all that only look at it."""
    with django_db_blocker.unblock(), override_settings(SAMSPEL_IS_DEMO=True), transaction.atomic():
        add_people()
        demo.fill(NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def filled(_filled, db):
    return None


def of(slug: str, **more: object) -> Answer:
    return Answer.objects.get(version__definition__slug=slug, **more)


def test_every_story_is_told(filled):
    assert Answer.objects.filter(hand_out=None).count() == len(STORIES)


def test_a_form_is_handed_out_to_many_and_somebody_was_left_out(filled):
    decided = HandOut.objects.get()

    assert decided.state == "done"
    assert decided.answers.count() >= 3


def test_nothing_that_a_story_writes_is_refused(filled):
    for story in STORIES:
        about = reading.counted(story.told.get("about", ""), NOW.date())
        answer = of(story.told["definition"], about=about, **where(story))
        written = set(FieldChange.objects.filter(answer=answer).values_list("path", flat=True))
        for step in [step for step in story.told["steps"] if step["do"] == "save"]:
            assert set(step.get("values", {})) - {"organization"} <= written, story.name
            for table, rows in step.get("rows", {}).items():
                cells = {path.split("/")[1:][-1] for path in written if path.startswith(f"{table}/")}
                assert sum(path.startswith(f"{table}/") and path.count("/") == 1 for path in written) == len(rows)
                assert {column for row in rows for column in row} <= cells, story.name


def where(story: reading.Story) -> dict[str, str]:
    if "university" in story.told:
        return {"university__slug": story.told["university"]}
    if "school_unit" in story.told:
        return {"school_unit__name": story.told["school_unit"]}
    return {"organizer__name": story.told["organizer"]}


def test_there_is_one_in_every_state(filled):
    assert {one.state for one in Answer.objects.all()} >= {AnswerState.WRITING, AnswerState.SUBMITTED}
    assert Reopening.objects.get().answer.state == AnswerState.WRITING
    assert DifferingView.objects.get().answer == of("atgardsplan")
    assert Answer.objects.filter(state=AnswerState.WRITING, due_on__lt=timezone.localdate(NOW)).count() == 1
    assert Answer.objects.filter(revision=1, saved_at__isnull=False).count() >= 1


def test_three_write_the_analysis_and_one_text_is_set_aside(filled):
    answer = of("nulagesanalys-huvudman")
    writers = set(FieldChange.objects.filter(answer=answer, way="page").values_list("changed_by", flat=True))
    assert len(writers) == 3
    assert SetAside.objects.get().path == "organization"
    assert Comment.objects.filter(answer=answer).count() == 3
    assert Comment.objects.filter(answer=answer, settled_at__isnull=False).count() == 1
    assert SectionMark.objects.filter(answer=answer, given_to__isnull=False).count() == 2


def test_there_is_one_place_to_look_at_before_the_analysis_is_submitted(filled):
    answer = of("nulagesanalys-huvudman")
    assert [place.path for place in places(body_of(answer.version), fields_of(answer))] == ["voice_says"]


def test_no_other_text_looks_like_it_tells_of_somebody(filled):
    for answer in Answer.objects.exclude(pk=of("nulagesanalys-huvudman").pk):
        assert places(body_of(answer.version), fields_of(answer)) == []


def test_the_submitted_plan_keeps_within_what_it_asks_for(filled):
    answer = of("atgardsplan")
    body = body_of(answer.version)
    assert checking.check(body, fields_of(answer)) == []
    budget = tables.by_question(body, fields_of(answer))["budget"]
    assert len(budget) == 6
    assert Submission.objects.get(answer=answer).number == 1


def test_a_handed_in_sheet_waits_to_be_gone_through(filled):
    handed = HandedIn.objects.get(way="upload")
    assert handed.answer == of("nulagesanalys-skola")
    assert handed.state == "waiting"


def test_a_sheet_that_came_by_mail_waits_for_those_who_write(filled):
    came = HandedIn.objects.get(way="mail")

    assert (came.state, came.answer.about) == ("waiting", "Förskolan Kotten")
    assert {path for path, one in came.read.items() if one["typed"] == "67"} == {"children"}
    assert came.file.name == "nulagesanalys-kotten.pdf"


def test_the_analysis_has_figures_that_say_they_are_invented(filled):
    fields = fields_of(of("nulagesanalys-huvudman"))

    figures = fields["series_all_subjects"]
    assert (len(figures["values"]), figures["source"]) == (5, "Påhittade siffror")
    assert sum(key.startswith("series_") for key in fields) == 5


def test_an_editor_has_a_draft_that_can_be_read(filled):
    draft = Version.objects.get(state=VersionState.DRAFT)
    assert draft.number == 2
    assert set(body_of(draft).questions) - set(body_of(draft.definition.versions.get(number=1)).questions) == {
        "colleague"
    }


def test_what_is_told_lies_in_the_past_and_follows_in_time(filled):
    assert not Answer.objects.filter(begun_at__gt=NOW).exists()
    for answer in Answer.objects.all():
        times = list(
            FieldChange.objects.filter(answer=answer).order_by("revision").values_list("changed_at", flat=True)
        )
        assert times == sorted(times)
        assert all(answer.begun_at <= each <= NOW for each in times)


def test_a_coordinators_report_is_read_by_the_network_leader_and_not_at_the_agency(filled):
    report = of("arsredovisning-samordnare", organizer__name__startswith="Trekanalen")
    leader, officer = (Person.objects.get(email__startswith=name) for name in ("petra.noren", "majken.ostlund"))
    assert permissions.may_read(leader, report, NOW)
    assert not permissions.may_read(officer, report, NOW)
    assert permissions.may_read(officer, of("atgardsplan"), NOW)


def test_only_invented_people_and_organizers_take_part(filled):
    assert not Participant.objects.filter(person__is_invented=False).exists()
    assert not Answer.objects.filter(organizer__is_invented=False).exists()
