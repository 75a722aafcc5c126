"""What becomes of a submission's document is told on the form's page, and can be tried again from there."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.casefiles.operations import casefiles
from samspel.forms.operations import keeping, saving, submitting
from samspel.kernel.audit import SYSTEM
from tests.forms.conftest import AT, SUMMARY

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def submitted(answer, by, at):
    saving.write(answer=answer, values={"summary": SUMMARY}, by=by, at=at, way="page")
    return submitting.submit(answer=answer, by=by, at=at)


def page(client, answer, person):
    client.force_login(person, backend=BACKEND)
    return unescape(client.get(reverse("forms:answer", args=[answer.key])).content.decode())


def waiting():
    return ProcrastinateJob.objects.filter(task_name="forms.keep_submission", status="todo").count()


def test_while_it_is_being_made_the_page_says_so(client, answer, submitter):
    submitted(answer, submitter, timezone.now())

    shown = page(client, answer, submitter)

    assert ("håller på att göras" in shown, "Gör det en gång till" in shown) == (True, False)


def test_one_that_did_not_come_to_be_is_told_of_and_tried_again_once_at_a_time(client, answer, submitter, writer):
    submitted(answer, submitter, timezone.now() - timedelta(minutes=11))
    assert "Gör det en gång till" in page(client, answer, writer)

    again = reverse("forms:keep_again", args=[answer.key, 1])
    codes = [client.post(again).status_code for _ in range(2)]

    assert (codes, waiting()) == ([302, 302], 2)


def test_what_is_registered_says_as_what_and_is_never_made_twice(client, answer, submitter, organizer):
    casefiles.open_case(series="SAM", title="Samordnare", by=SYSTEM, at=AT, parties=[organizer])
    submission = keeping.keep(submission=submitted(answer, submitter, AT), at=AT)

    shown = page(client, answer, submitter)

    assert f"Registrerat som {submission.document.case_file.diary_number}-1." in shown
    assert not keeping.again(submission=submission, by=submitter, at=AT)
    assert keeping.keep(submission=submission, at=AT).document == submission.document


@pytest.mark.parametrize("who", ["outsider", "editor"])
def test_nobody_else_has_it_made(client, answer, submitter, request, who):
    submitted(answer, submitter, timezone.now() - timedelta(minutes=11))
    client.force_login(request.getfixturevalue(who), backend=BACKEND)

    assert client.post(reverse("forms:keep_again", args=[answer.key, 1])).status_code == 404
    assert waiting() == 1
