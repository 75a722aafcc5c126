"""A file note sent twice by a double click is one: what is registered is never taken away again."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from samspel.casefiles.models import Document
from samspel.casefiles.operations import notes
from tests.casefiles.conftest import NOW, TODAY


def said(by, case_file, at=NOW, **more):
    given = {"words": "Undrar när mötet är.", "said_by": "Samordnaren", "said_on": TODAY, "by": by, "at": at}
    return notes.note(case_file=case_file, **(given | more))


def test_the_same_note_sent_again_at_once_is_the_one_that_is_there(officer, registrar, case_file):
    first = said(officer, case_file)

    assert said(officer, case_file, at=NOW + timedelta(seconds=1)) == first
    others = [
        said(officer, case_file, words="Tackar för svaret."),
        said(registrar, case_file),
        said(officer, case_file, at=NOW + timedelta(hours=1)),
    ]
    assert [one.number for one in others] == [2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_takes_one_number(officer, case_file):
    ready = threading.Barrier(2)

    def click() -> None:
        try:
            ready.wait()
            said(officer, case_file)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert list(Document.objects.values_list("number", flat=True)) == [1]
