"""Drafts: one at a time, one editor at a time, put to use once, and whole before that."""

from __future__ import annotations

import copy
import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from samspel.forms.models import Version, VersionState
from samspel.forms.operations import answers, definitions
from samspel.forms.operations.definitions import DefinitionFaulty, DefinitionRefusal, DraftChanged
from samspel.forms.queries.definitions import in_use, waiting_shipped
from samspel.forms.rules import drafting
from samspel.kernel.audit import SYSTEM, history_of
from samspel.registry.models import Role
from tests.casefiles.conftest import make_organizer, person_with
from tests.forms.conftest import BODY
from tests.forms.test_definitions import AT, DATA, with_question


@pytest.fixture
def author(db):
    """Who writes forms."""
    return person_with(Role.EDITOR, name="Edda Redaktör")


@pytest.fixture
def first(db):
    """The small analysis, version 1 in use."""
    return definitions.load(data=BODY, by=SYSTEM, at=AT)


@pytest.fixture
def draft(first, author):
    """Version 2 of it, as a draft."""
    return definitions.begin_draft(definition=first.definition, by=author, at=AT)


def changed(draft, author, **more):
    data = copy.deepcopy(BODY)
    data["name"] = {"sv": "Större analys"}
    given = {"version": draft, "data": data, "revision": 1, "by": author, "at": AT}
    return definitions.change_draft(**(given | more))


def test_a_draft_begins_as_a_copy_of_what_is_in_use(first, draft):
    assert (draft.number, draft.state, draft.body, draft.digest) == (2, VersionState.DRAFT, first.body, first.digest)
    assert [row.action for row in history_of(draft)] == ["forms.version.begun"]


def test_there_is_one_draft_at_a_time(first, draft, author):
    with pytest.raises(DefinitionRefusal, match="Det finns redan ett utkast"):
        definitions.begin_draft(definition=first.definition, by=author, at=AT)


def test_a_change_counts_the_revision_up_and_leaves_a_trace_without_words(draft, author):
    draft = changed(draft, author)

    assert draft.revision == 2
    entry = history_of(draft)[0]
    assert (entry.action, set(entry.facts)) == ("forms.version.changed", {"revision", "digest"})


def test_the_same_words_once_more_are_no_change(draft, author):
    assert changed(draft, author, data=copy.deepcopy(BODY)).revision == 1


def test_the_name_in_use_is_told_until_the_draft_is_put_to_use(first, draft, author):
    draft = changed(draft, author)
    first.definition.refresh_from_db()
    assert first.definition.name_sv == "Liten analys"

    definitions.publish(version=draft, note="Nytt namn.", by=author, at=AT)

    first.definition.refresh_from_db()
    assert first.definition.name_sv == "Större analys"


def test_who_comes_second_changes_nothing_and_is_told(draft, author):
    changed(draft, author)

    with pytest.raises(DraftChanged, match="Utkastet har ändrats"):
        changed(draft, author, data=BODY | {"name": {"sv": "Min analys"}})

    draft.refresh_from_db()
    assert draft.body["name"] == {"sv": "Större analys"}


def test_a_draft_may_have_faults_but_is_not_put_to_use_with_them(draft, author):
    data = drafting.with_section(BODY, {"key": "empty", "title": {}})
    draft = changed(draft, author, data=data)

    with pytest.raises(DefinitionFaulty) as refusal:
        definitions.publish(version=draft, note="Ny del.", by=author, at=AT)

    assert next((fault.where, fault.code) for fault in refusal.value.faults) == (
        "sections.empty.title",
        "needs_swedish",
    )
    assert in_use(BODY["slug"]).number == 1


def test_putting_to_use_retires_what_was_and_answers_keep_theirs(first, draft, author):
    answer = answers.begin(definition=first.definition, organizer=make_organizer(), by=SYSTEM, at=AT)
    draft = changed(draft, author)

    definitions.publish(version=draft, note="Nytt namn.", by=author, at=AT)

    states = dict(first.definition.versions.values_list("number", "state"))
    assert states == {1: VersionState.RETIRED, 2: VersionState.PUBLISHED}
    answer.refresh_from_db()
    assert answer.version == first
    draft.refresh_from_db()
    assert (draft.note, draft.published_by, draft.published_at) == ("Nytt namn.", author.key, AT)


@pytest.mark.parametrize(("words", "note", "code"), [("Ny", "  ", "no_note"), (None, "Nytt.", "nothing_new")])
def test_what_is_new_is_said_and_is_new(draft, author, words, note, code):
    if words:
        draft = changed(draft, author)

    with pytest.raises(DefinitionRefusal) as refusal:
        definitions.publish(version=draft, note=note, by=author, at=AT)

    assert refusal.value.code == code


def test_what_is_in_use_is_neither_changed_nor_thrown_away(first, author):
    for deed in (
        lambda: changed(first, author),
        lambda: definitions.drop_draft(version=first, by=author, at=AT),
        lambda: definitions.publish(version=first, note="x", by=author, at=AT),
    ):
        with pytest.raises(DefinitionRefusal) as refusal:
            deed()
        assert refusal.value.code == "not_a_draft"


def test_a_draft_thrown_away_is_gone_and_the_next_begins_from_what_is_in_use(first, draft, author):
    draft = changed(draft, author)
    definitions.drop_draft(version=draft, by=author, at=AT)

    with pytest.raises(DefinitionRefusal) as refusal:
        changed(draft, author)
    assert refusal.value.code == "draft_gone"
    again = definitions.begin_draft(definition=first.definition, by=author, at=AT)
    assert (again.number, again.body) == (2, first.body)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BODY | {"slug": "annan"}, "another_slug"),
        (BODY | {"purpose": {"sv": "x" * 1_000_001}}, "too_large"),
        (BODY | {"purpose": {"sv": "a\x00b"}}, "nul"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_words(draft, author, data, code):
    with pytest.raises(DefinitionRefusal) as refusal:
        changed(draft, author, data=data)

    assert refusal.value.code == code
    assert str(refusal.value)


@pytest.mark.parametrize("role", [None, Role.EDUCATION_OFFICER, Role.ADMINISTRATOR])
def test_only_editors_write_forms(first, draft, role):
    other = person_with(*([role] if role else []), name="Någon Annan")

    for deed in (
        lambda: definitions.create(data=DATA, by=other, at=AT),
        lambda: definitions.begin_draft(definition=first.definition, by=other, at=AT),
        lambda: changed(draft, other),
        lambda: definitions.publish(version=draft, note="x", by=other, at=AT),
        lambda: definitions.drop_draft(version=draft, by=other, at=AT),
        lambda: definitions.end(definition=first.definition, by=other, at=AT),
        lambda: definitions.show(definition=first.definition, is_public=False, by=other, at=AT),
        lambda: definitions.delete(definition=first.definition, by=other, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_shipped_version_that_waits_is_offered_as_a_draft(author):
    [first] = definitions.load_shipped(at=AT, documents=[DATA])
    assert waiting_shipped(first.definition) is None

    draft = definitions.begin_draft(definition=first.definition, by=author, at=AT, data=with_question())

    assert [each["key"] for each in draft.body["sections"][0]["questions"]] == ["pupils", "size", "why", "more"]


def test_what_came_with_the_program_waits_for_an_editor_whose_form_has_its_address(author):
    from samspel.forms.models import Definition
    from samspel.forms.queries.definitions import shipped_documents

    shipped = next(one for one in shipped_documents() if one["slug"] == "utvardering-evenemang")
    Definition.objects.get(slug=shipped["slug"]).versions.all().delete()
    Definition.objects.filter(slug=shipped["slug"]).delete()
    own = definitions.create(data=DATA | {"slug": shipped["slug"]}, by=author, at=AT)

    assert definitions.load_shipped(at=AT, documents=[shipped]) == []
    assert waiting_shipped(own.definition) == shipped


# At once


def at_once(*deeds):
    """Run deeds in threads that start together; what each gave or raised."""
    gate = threading.Barrier(len(deeds))
    given = [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(timeout=60)
            given[place] = deed()
        except Exception as error:
            given[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return given


@pytest.mark.django_db(transaction=True)
def test_of_two_who_put_a_draft_to_use_at_once_one_is_told_that_it_is_done():
    author, other = person_with(Role.EDITOR, name="Edda Redaktör"), person_with(Role.EDITOR, name="Egil Redaktör")
    first = definitions.load(data=BODY, by=SYSTEM, at=AT)
    draft = changed(definitions.begin_draft(definition=first.definition, by=author, at=AT), author)

    given = at_once(
        *(lambda by=by: definitions.publish(version=draft, note="Nytt.", by=by, at=AT) for by in (author, other))
    )

    refused = [each for each in given if isinstance(each, DefinitionRefusal)]
    assert [each.code for each in refused] == ["not_a_draft"]
    assert [each.number for each in given if isinstance(each, Version)] == [2]
    assert first.definition.versions.filter(state=VersionState.PUBLISHED).count() == 1
    assert [row.action for row in history_of(draft)].count("forms.version.published") == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_change_a_draft_at_once_one_is_saved_and_the_others_are_told():
    author = person_with(Role.EDITOR, name="Edda Redaktör")
    first = definitions.load(data=BODY, by=SYSTEM, at=AT)
    draft = definitions.begin_draft(definition=first.definition, by=author, at=AT)
    names = [f"Analys {number}" for number in range(6)]

    given = at_once(*(lambda name=name: changed(draft, author, data=BODY | {"name": {"sv": name}}) for name in names))

    saved = [each for each in given if isinstance(each, Version)]
    assert (len(saved), sum(isinstance(each, DraftChanged) for each in given)) == (1, 5)
    draft.refresh_from_db()
    assert (draft.revision, draft.body["name"]) == (2, saved[0].body["name"])


@pytest.mark.django_db(transaction=True)
def test_of_many_who_begin_a_draft_at_once_one_does():
    author = person_with(Role.EDITOR, name="Edda Redaktör")
    first = definitions.load(data=BODY, by=SYSTEM, at=AT)

    given = at_once(*([lambda: definitions.begin_draft(definition=first.definition, by=author, at=AT)] * 4))

    assert sorted(type(each).__name__ for each in given) == ["DefinitionRefusal"] * 3 + ["Version"]


@pytest.mark.django_db(transaction=True)
def test_two_programs_that_start_at_once_load_what_is_shipped_once():
    given = at_once(*([lambda: definitions.load_shipped(at=AT, documents=[DATA])] * 3))

    assert [each for each in given if isinstance(each, Exception)] == []
    assert sum(map(len, given)) >= 1
    assert Version.objects.filter(definition__slug=DATA["slug"]).count() == 1
