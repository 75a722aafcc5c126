"""Definitions: taken in, made as drafts, put to use one version at a time, ended, and never lost while in use."""

from __future__ import annotations

import copy
from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from samspel.forms.models import Definition, Version, VersionState
from samspel.forms.operations import definitions
from samspel.forms.queries.definitions import SHIPPED, body_of, in_use, shipped_documents
from samspel.kernel.audit import SYSTEM, history_of
from samspel.registry.models import Role
from tests.casefiles.conftest import person_with

AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

DATA = {
    "format": "samspel.form/1",
    "slug": "provformular",
    "name": {"sv": "Provformulär", "en": "Trial form"},
    "sections": [
        {
            "key": "background",
            "title": {"sv": "Bakgrund"},
            "questions": [
                {"key": "pupils", "type": "number", "label": {"sv": "Antal elever"}},
                {
                    "key": "size",
                    "type": "one_of",
                    "label": {"sv": "Storlek"},
                    "options": [
                        {"key": "small", "label": {"sv": "Liten"}},
                        {"key": "large", "label": {"sv": "Stor"}},
                    ],
                },
                {
                    "key": "why",
                    "type": "long_text",
                    "label": {"sv": "Varför"},
                    "asked_when": {"question": "size", "is": "large"},
                },
            ],
        }
    ],
}


def with_question(data=DATA, **question):
    """The data with one more question in its first section."""
    changed = copy.deepcopy(data)
    changed["sections"][0]["questions"].append({"key": "more", "type": "short_text", "label": {"sv": "Mer"}} | question)
    return changed


@pytest.fixture
def author(db):
    """Who writes forms."""
    return person_with(Role.EDITOR, name="Edda Redaktör")


@pytest.fixture
def loaded(db):
    """The trial form, version 1 in use."""
    return definitions.load(data=DATA, by=SYSTEM, at=AT)


def test_a_definition_taken_in_is_in_use_at_once_and_leaves_a_trace(loaded):
    assert in_use("provformular") == loaded
    assert (loaded.number, loaded.state, loaded.published_at) == (1, VersionState.PUBLISHED, AT)
    assert (loaded.definition.name_sv, loaded.definition.name_en) == ("Provformulär", "Trial form")
    assert list(body_of(loaded).questions) == ["pupils", "size", "why"]
    assert [row.action for row in history_of(loaded)] == ["forms.version.loaded"]


def test_the_same_data_once_more_changes_nothing(loaded):
    again = definitions.load(data=copy.deepcopy(DATA), by=SYSTEM, at=AT)

    assert again == loaded
    assert Version.objects.filter(definition=loaded.definition).count() == 1


def test_other_data_becomes_the_next_version_and_retires_the_one_before(loaded):
    second = definitions.load(data=with_question(), by=SYSTEM, at=AT)

    loaded.refresh_from_db()
    assert (second.number, second.state, loaded.state) == (2, VersionState.PUBLISHED, VersionState.RETIRED)
    assert list(body_of(loaded).questions) == ["pupils", "size", "why"]


def test_data_with_faults_is_refused_with_every_fault_and_leaves_nothing(db):
    with pytest.raises(definitions.DefinitionFaulty) as refusal:
        definitions.load(data=with_question(key="why", type="odd"), by=SYSTEM, at=AT)

    assert [(fault.where, fault.code) for fault in refusal.value.faults] == [
        ("sections.background.why.type", "not_one_of"),
        ("sections", "key_twice"),
    ]
    assert not Definition.objects.filter(slug="provformular").exists()


def test_outsiders_take_nothing_in(db):
    with pytest.raises(PermissionDenied):
        definitions.load(data=DATA, by=person_with(name="Ulla Utomstående"), at=AT)


@pytest.mark.parametrize("change", [{"body": {}}, {"digest": "0" * 64}])
def test_the_database_itself_keeps_a_published_version_as_it_is(loaded, change):
    with pytest.raises(DatabaseError, match="a published version is not changed"), transaction.atomic():
        Version.objects.filter(pk=loaded.pk).update(**change)


# What comes with the program


def shipped(*documents):
    return definitions.load_shipped(at=AT, documents=documents)


def test_a_shipped_definition_is_put_to_use_by_the_system(db):
    [version] = shipped(DATA)

    assert (version.state, version.created_by, version.definition.is_shipped) == (VersionState.PUBLISHED, None, True)
    assert shipped(DATA) == []


def test_a_changed_shipped_definition_becomes_the_next_version_by_itself(db):
    shipped(DATA)

    [version] = shipped(with_question())

    assert (version.number, version.state) == (2, VersionState.PUBLISHED)


def test_an_older_program_does_not_bring_back_older_words(db):
    shipped(DATA)
    shipped(with_question())

    assert shipped(DATA) == []
    assert in_use("provformular").number == 2


def test_a_shipped_definition_waits_where_an_editor_has_made_a_version_of_her_own(author):
    [first] = shipped(DATA)
    draft = definitions.begin_draft(definition=first.definition, by=author, at=AT)

    assert shipped(with_question()) == []
    definitions.drop_draft(version=draft, by=author, at=AT)
    [second] = shipped(with_question())
    draft = definitions.begin_draft(definition=first.definition, by=author, at=AT)
    draft = definitions.change_draft(version=draft, data=with_question(key="own"), revision=1, by=author, at=AT)
    definitions.publish(version=draft, note="En egen fråga.", by=author, at=AT)
    assert shipped(with_question(key="newest")) == []
    assert (second.number, in_use("provformular").number) == (2, 3)


def test_a_shipped_definition_that_is_ended_stays_ended(author):
    [first] = shipped(DATA)
    definitions.end(definition=first.definition, by=author, at=AT)

    assert shipped(with_question()) == []
    assert in_use("provformular") is None


def test_every_definition_that_comes_with_the_program_is_in_use_in_a_new_database(db):
    assert [each["slug"] for each in shipped_documents()] == sorted(path.stem for path in SHIPPED.glob("*.toml"))
    assert [fault for each in shipped_documents() for fault in definitions.keeping.faults(each)] == []
    assert {each["slug"] for each in shipped_documents()} == set(
        Version.objects.filter(state=VersionState.PUBLISHED).values_list("definition__slug", flat=True)
    )
