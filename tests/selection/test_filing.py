"""A round's protocols become documents in its case file, in the transaction of the step they tell of."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.casefiles import permissions as casefile_permissions
from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.operations import casefiles
from samspel.kernel import documents as kernel_documents
from samspel.kernel.audit import SYSTEM, history_of
from samspel.kernel.files import storing
from samspel.registry.models import Role
from samspel.selection.extensions import protocols_to_register
from samspel.selection.models import RoundState
from samspel.selection.operations import deciding, filing, proposing
from samspel.selection.operations.refusals import StepNotOpen
from samspel.selection.queries import protocols
from samspel.selection.rules import road
from tests.selection.conftest import NOW, bring, person_with

pytestmark = pytest.mark.django_db


def filed():
    """What is registered, in order: number, title, whether it is secret."""
    return [(one.number, one.title, one.is_secret) for one in Document.objects.order_by("case_file_id", "number")]


CONFIRMED = "Offentligt protokoll när omgången bekräftades"
ACCEPTED = "Fullständigt protokoll när omgången godtogs"
PUBLISHED = "Offentligt protokoll när omgången publicerades"
VOIDED = "Offentligt protokoll när omgången upphävdes"


def test_confirmed_accepted_and_published_each_leave_a_protocol(draft, people):
    round = bring(draft, people, "published")

    assert filed() == [(1, CONFIRMED, False), (2, ACCEPTED, True), (3, PUBLISHED, False)]
    case_file = CaseFile.objects.select_related("series").get()
    assert (case_file.diary_number, case_file.subject) == ("URV 2026:1", f"selection.round:{round.pk}")
    assert case_file.handler == people.officer.key
    assert {one.direction for one in Document.objects.all()} == {"drawn_up"}


def test_a_voided_round_leaves_one_too(draft, people):
    round = bring(draft, people, "proposed")

    deciding.void(round=round, reason="Fel siffror.", by=people.decider, at=NOW)

    assert filed() == [(1, VOIDED, False)]


def test_what_is_kept_is_the_protocol_of_that_moment_to_the_byte(draft, people):
    round = bring(draft, people, "accepted")

    document = Document.objects.select_related("file").get(number=2)

    assert storing.read(document.file) == protocols.full_pdf(round, "sv", round.accepted_at)
    assert document.file.media_type == "application/pdf"
    assert "2033-12-31" in document.secrecy_ground


def test_a_round_confirmed_twice_leaves_a_protocol_of_each(draft, people):
    round = bring(draft, people, "confirmed")
    proposing.return_to_draft(round=round, reason="Siffror saknas.", by=people.decider, at=NOW)
    proposing.propose(round=round, by=people.officer, at=NOW)
    later = NOW.replace(hour=14)

    proposing.confirm(round=round, by=people.decider, at=later)

    assert filed() == [(1, CONFIRMED, False), (2, CONFIRMED, False)]


def test_a_step_that_is_refused_leaves_none(draft, people):
    round = bring(draft, people, "drawn")
    before = filed()

    with pytest.raises(StepNotOpen):
        deciding.publish(round=round, by=people.decider, at=NOW)

    assert filed() == before


def test_a_closed_case_file_is_opened_again_when_the_round_goes_on(draft, people):
    round = bring(draft, people, "accepted")
    casefiles.close(case_file=CaseFile.objects.get(), reason="Klart.", by=SYSTEM, at=NOW)

    deciding.publish(round=round, by=people.decider, at=NOW)

    assert CaseFile.objects.get().is_open
    assert filed()[-1] == (3, PUBLISHED, False)


def test_a_protocol_that_cannot_be_set_never_takes_the_step_with_it(draft, people, monkeypatch, tmp_path):
    round = bring(draft, people, "drawn")
    whole = kernel_documents.PACKAGE
    template = tmp_path / protocols.TEMPLATE
    template.parent.mkdir(parents=True)
    template.write_text('#panic("a template that cannot be set")')
    monkeypatch.setattr(kernel_documents, "PACKAGE", tmp_path)

    round = deciding.accept(round=round, by=people.decider, at=NOW)

    round.refresh_from_db()
    assert round.state == RoundState.ACCEPTED and round.offers.exists()
    assert filed() == [(1, CONFIRMED, False)]
    missing = next(row for row in history_of(round) if row.action == "selection.round.protocol_missing")
    assert missing.facts == {"step": road.ACCEPT, "protocol": "full", "moment": NOW.isoformat()}
    assert [row.address for row in protocols_to_register(people.registrar, NOW)] == [f"/arbete/urval/{round.slug}/"]
    assert list(protocols_to_register(people.officer, NOW)) == []

    job = ProcrastinateJob.objects.get(task_name=filing.TASK)
    monkeypatch.setattr(kernel_documents, "PACKAGE", whole)
    for _time in range(2):  # a job may run twice
        app.tasks[job.task_name].func(**job.args)
    assert filed() == [(1, CONFIRMED, False), (2, ACCEPTED, True)]
    assert list(protocols_to_register(people.registrar, NOW)) == []


def test_process_supporters_never_read_the_full_protocol_whatever_else_they_are(draft, people):
    bring(draft, people, "accepted")
    secret = Document.objects.select_related("case_file").get(is_secret=True)
    both = person_with(Role.EDUCATION_OFFICER, Role.PROCESS_SUPPORTER, name="both")

    readers = [people.officer, people.registrar, people.decider, both, people.process_supporter, people.evaluator]
    assert [casefile_permissions.may_read(one, secret, NOW) for one in readers] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_the_rounds_page_shows_its_diary_number(draft, people, client):
    round = bring(draft, people, "confirmed")

    client.force_login(people.officer)
    assert "/arbete/arenden/urv-2026-1/" in client.get(f"/arbete/urval/{round.slug}/").content.decode()
    client.force_login(people.evaluator)
    page = client.get(f"/arbete/urval/{round.slug}/").content.decode()
    assert "URV 2026:1" in page and "/arbete/arenden/urv-2026-1/" not in page
