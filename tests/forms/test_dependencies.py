"""What uses what: rows within a version, rows from outside, and that nothing in use is lost."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from django.urls import reverse

from samspel.config.demo import DONE_BY_MIGRATING
from samspel.forms.models import Definition, Dependency
from samspel.forms.operations import answers, definitions, dependencies
from samspel.forms.operations.definitions import DefinitionInUse, DefinitionRefusal
from samspel.forms.operations.editions import follow_all
from samspel.forms.rules.uses import Use, parts, uses
from samspel.kernel.audit import SYSTEM, history_of
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.permissions import Level
from samspel.registry.models import Role
from samspel.schemes.operations import editions
from tests.casefiles.conftest import make_organizer, person_with
from tests.forms.conftest import BODY
from tests.forms.test_definitions import AT


def question(data, key):
    return next(each for section in data["sections"] for each in section["questions"] if each["key"] == key)


def without(key, *, of=None, word="questions"):
    """The body without a question, or without one of its options or columns."""
    data = copy.deepcopy(BODY)
    for home in [question(data, of)] if of else data["sections"]:
        home[word] = [each for each in home[word] if each["key"] != key]
    return data


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


def use(first, **more):
    given = {"user_kind": "schemes.edition", "user": "riktade-insatser-2020", "label": "Riktade insatser 2020"} | more
    return dependencies.use(definition=first.definition, by=SYSTEM, at=AT, **given)


# The rule


def test_conditions_use_questions_and_options_and_sums_use_columns_and_answers():
    assert uses(BODY) == [
        Use("ceiling", "sum", "measures"),
        Use("measures/cost", "sum", "measures"),
        Use("need", "condition", "why_high"),
        Use("need=high", "condition", "why_high"),
    ]


@pytest.mark.parametrize(
    "condition",
    [
        [{"question": "need", "is": "high"}],
        {"all": [{"question": "need", "is": "high"}]},
        {"any": [{"all": [{"question": "need", "is": "high"}]}]},
    ],
)
def test_uses_are_found_in_every_shape_of_condition(condition):
    data = copy.deepcopy(BODY)
    question(data, "why_high").pop("asked_when")
    data["sections"][1]["asked_when"] = condition

    assert {each for each in uses(data) if each.kind == "condition"} == {
        Use("need", "condition", "plan"),
        Use("need=high", "condition", "plan"),
    }


@pytest.mark.parametrize("data", [{}, {"sections": 3}, {"sections": [1, {"questions": "x"}, {"key": 7}]}])
def test_data_with_faults_are_read_as_far_as_they_go(data):
    assert (uses(data), parts(data)) == ([], {})


def test_every_part_has_a_name_by_which_it_is_used():
    found = parts(BODY)

    assert {"background", "need", "need=high", "measures", "measures/cost"} <= set(found)
    assert (found["need=high"].kind, found["need=high"].sv, found["need=high"].en) == ("option", "Hög", "High")


# Rows


def rows_of(version):
    return {(row.used, row.user_kind, row.user) for row in version.dependencies.all()}


def test_rows_within_a_version_follow_the_draft(first, draft, author):
    data = copy.deepcopy(BODY)
    question(data, "why_high").pop("asked_when")
    question(data, "contact")["required_when"] = {"question": "trust", "at_most": 2}

    definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)

    assert ("need", "condition", "why_high") in rows_of(first)
    assert rows_of(draft) == {
        ("ceiling", "sum", "measures"),
        ("measures/cost", "sum", "measures"),
        ("trust", "condition", "contact"),
    }


def test_a_use_from_outside_is_noted_once_and_let_go(first):
    use(first)
    use(first, label="Riktade insatser, 2020 års utgåva")

    [row] = Dependency.objects.filter(definition=first.definition, version=None)
    assert row.label == "Riktade insatser, 2020 års utgåva"
    gone = {"user_kind": "schemes.edition", "user": "riktade-insatser-2020"}
    assert dependencies.release(definition=first.definition, by=SYSTEM, at=AT, **gone) == 1
    assert dependencies.release(definition=first.definition, by=SYSTEM, at=AT, **gone) == 0
    told = [row.action for row in history_of(first.definition)]
    assert told == ["forms.definition.released", "forms.definition.used"]


def test_a_part_that_the_form_has_not_is_not_used(first):
    with pytest.raises(DefinitionRefusal, match="finns inte i formuläret"):
        use(first, used="finns_inte")


def test_one_part_is_let_go_and_the_other_kept(first):
    use(first, used="need")
    use(first, used="measures/cost")

    dependencies.release(
        definition=first.definition,
        user_kind="schemes.edition",
        user="riktade-insatser-2020",
        used="need",
        by=SYSTEM,
        at=AT,
    )

    assert Dependency.objects.get(definition=first.definition, version=None).used == "measures/cost"


# Nothing in use is lost


@pytest.mark.parametrize(
    ("data", "used", "who"),
    [
        (without("need"), {"need", "need=high"}, {"why_high"}),
        (without("ceiling"), {"ceiling"}, {"measures"}),
        (without("high", of="need", word="options"), {"need=high"}, {"why_high"}),
        (without("cost", of="measures", word="columns"), {"measures/cost"}, {"measures"}),
    ],
)
def test_a_part_that_the_form_itself_uses_stays(draft, author, data, used, who):
    with pytest.raises(DefinitionInUse) as refusal:
        definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)

    assert {each.used for each in refusal.value.hindrances} == used
    assert {each.user for each in refusal.value.hindrances} == who
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize(
    ("used", "data"),
    [
        ("trust", without("trust")),
        ("areas=calm", without("calm", of="areas", word="options")),
        ("measures/what", without("what", of="measures", word="columns")),
        ("plan", BODY | {"sections": BODY["sections"][:1]}),
    ],
)
def test_a_part_that_something_outside_uses_stays_and_who_is_told(first, draft, author, used, data):
    use(first, used=used)

    with pytest.raises(DefinitionInUse) as refusal:
        definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)

    assert [(each.used, each.label) for each in refusal.value.hindrances] == [(used, "Riktade insatser 2020")]


def test_what_goes_together_with_all_that_uses_it_may_go(draft, author):
    data = without("need")
    data["sections"][0]["questions"] = [each for each in data["sections"][0]["questions"] if each["key"] != "why_high"]

    changed = definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)

    assert changed.revision == 2


def test_a_form_with_an_answer_is_not_taken_away(first, author):
    answers.begin(definition=first.definition, organizer=make_organizer(), by=SYSTEM, at=AT)

    with pytest.raises(DefinitionInUse) as refusal:
        definitions.delete(definition=first.definition, by=author, at=AT)

    assert [(each.user_kind, each.user) for each in refusal.value.hindrances] == [("answers", "1")]


def test_a_form_that_something_uses_is_not_taken_away_or_ended(first, author):
    use(first)

    for deed in (definitions.delete, definitions.end):
        with pytest.raises(DefinitionInUse):
            deed(definition=first.definition, by=author, at=AT)
    assert Definition.objects.filter(pk=first.definition_id, ended_on=None).exists()


def test_a_form_that_nothing_uses_is_taken_away_with_its_versions(first, author):
    definitions.delete(definition=first.definition, by=author, at=AT)

    assert not Definition.objects.filter(slug=BODY["slug"]).exists()
    assert not Dependency.objects.filter(version=first).exists()


def test_a_form_that_comes_with_the_program_is_ended_rather_than_taken_away(author):
    [version] = definitions.load_shipped(at=AT, documents=[BODY])

    with pytest.raises(DefinitionRefusal, match="Avsluta det i stället"):
        definitions.delete(definition=version.definition, by=author, at=AT)


# Editions


def loaded(**changed):
    """An edition of a programme as somebody loads it."""
    document = next(each for each in editions.shipped_documents() if each["slug"] == "samordnarinsatsen-2022")
    document = document | {"slug": "paahittad-2030", "scheme": "paahittad", "valid_from": date(2030, 1, 1)} | changed
    return editions.load(document=document, by=SYSTEM, at=AT)


def named_by(edition):
    rows = Dependency.objects.filter(version=None, user_kind="schemes.edition", user=edition.slug)
    return set(rows.values_list("definition__slug", "label"))


def test_an_edition_uses_the_forms_that_it_names_and_lets_go_of_what_it_no_longer_does(first):
    edition = loaded(forms=["liten-analys", "utvecklingsplan", "finns-inte"])
    assert named_by(edition) == {(slug, "Samordnarinsatsen, 2030") for slug in ("liten-analys", "utvecklingsplan")}

    loaded(forms=["utvecklingsplan"])

    assert named_by(edition) == {("utvecklingsplan", "Samordnarinsatsen, 2030")}


def test_a_form_that_an_edition_names_is_not_ended_or_taken_away_and_says_what_uses_it(first, author, client):
    loaded(forms=["liten-analys"])
    client.force_login(author, backend="allauth.account.auth_backends.AuthenticationBackend", level=Level.SIGN)

    for deed in ("definition_end", "definition_delete"):
        refused = client.post(reverse(f"forms:{deed}", args=["liten-analys"]))
        assert refused.status_code == 422
        assert "Samordnarinsatsen, 2030" in refused.content.decode()
    page = client.get(reverse("forms:definition", args=["liten-analys"])).content.decode()
    assert f'href="{reverse("schemes:edition", args=["paahittad", "paahittad-2030"])}"' in page


def test_every_form_that_a_shipped_edition_names_is_there_and_known_to_be_used(db):
    named = {(slug, each["slug"]) for each in editions.shipped_documents() for slug in each["forms"]}

    rows = Dependency.objects.filter(version=None, user_kind="schemes.edition")
    assert set(rows.values_list("definition__slug", "user")) == named


def test_followed_once_more_nothing_changes(db):
    before = list(Dependency.objects.values_list("pk", flat=True))

    follow_all(at=AT)

    assert list(Dependency.objects.values_list("pk", flat=True)) == before


def test_a_home_in_which_editions_were_followed_can_become_a_demo(db):
    done = AuditEntry.objects.filter(by_key=None).values_list("action", flat=True)

    assert "forms.definition.used" in set(done) <= set(DONE_BY_MIGRATING)
