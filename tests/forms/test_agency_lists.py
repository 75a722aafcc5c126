"""What the agency's people find in lists: submitted forms by those who read them, in order of what is shown."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from samspel.forms.models import Answer, AnswerState
from samspel.forms.operations import definitions
from samspel.kernel.permissions import Level
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer
from tests.forms.conftest import BODY, handed_out, make_version, person_with

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
    log_in(client, person_with(role, name="Runa Läsare"))

    found = client.get(reverse("forms:handed_out"))

    assert listed(found) == [submitted.pk]
    assert "Inlämnade formulär" in found.content.decode()
    assert "Lämna ut ett formulär" not in found.content.decode()
    assert reverse("forms:handed_out") in client.get(reverse("forms:mine")).content.decode()


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
