"""The demo's case files: believable, about invented organizers, and there once."""

from __future__ import annotations

import pytest

from samspel.casefiles import demo
from samspel.casefiles.models import CaseFile, Document, Party
from samspel.kernel.files import storing
from samspel.registry.models import Role
from tests.casefiles.conftest import NOW, make_organizer, person_with

pytestmark = pytest.mark.django_db
NAMES = ["Björkforsens kommun", "Almviks kommun", "Granviks kommun", "Åkersunda kommun"]


@pytest.fixture
def filled():
    person_with(Role.EDUCATION_OFFICER)
    person_with(Role.REGISTRAR)
    for place, name in enumerate(NAMES, start=1):
        make_organizer(place, name)
    demo.fill(NOW)


def test_there_is_one_of_every_sort(filled):
    assert {one.direction for one in Document.objects.all()} == {"in", "out", "drawn_up"}
    assert Document.objects.filter(is_secret=True).count() == 1
    assert Document.objects.filter(misregistered_at__isnull=False).count() == 1
    assert {one.channel for one in Document.objects.filter(kind="file_note")} == {"phone", "visit"}
    assert CaseFile.objects.filter(state="closed").count() == 1
    assert CaseFile.objects.filter(state="open", handler=None).count() == 1
    assert all(storing.read(one.file).startswith(b"%PDF-") for one in Document.objects.exclude(file=None))
    assert not Party.objects.filter(organizer__is_invented=False).exists()


def test_filling_again_adds_nothing(filled):
    before = list(Document.objects.values_list("case_file", "number")), CaseFile.objects.count()

    demo.fill(NOW)

    assert (list(Document.objects.values_list("case_file", "number")), CaseFile.objects.count()) == before


def test_numbers_follow_days(filled):
    days = [one.opened_at for one in CaseFile.objects.filter(series__code="ALM").order_by("year", "number")]

    assert days == sorted(days)


def test_without_the_demos_people_nothing_is_made():
    demo.fill(NOW)

    assert CaseFile.objects.count() == 0
