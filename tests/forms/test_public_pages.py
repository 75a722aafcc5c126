"""Forms in public: what is in use is shown blank to anybody, with its instruction; a draft never is."""

from __future__ import annotations

import copy

import pytest
from django.urls import reverse

from samspel.forms.models import Definition
from samspel.forms.operations import definitions
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Role
from tests.casefiles.conftest import person_with
from tests.forms.conftest import BODY
from tests.forms.test_definitions import AT

SLUG = BODY["slug"]


@pytest.fixture
def in_use(db):
    """The small analysis in use, and nothing else."""
    Definition.objects.update(is_public=False)
    return definitions.load(data=BODY, by=SYSTEM, at=AT)


def page(client, name, *arguments, language="sv"):
    address = reverse(f"forms:{name}", args=arguments)
    return client.get(address if language == "sv" else f"/en{address}")


def with_secret_draft(definition):
    """A draft beside the version in use that asks one thing more."""
    author = person_with(Role.EDITOR, name="Edda Redaktör")
    draft = definitions.begin_draft(definition=definition, by=author, at=AT)
    data = copy.deepcopy(BODY)
    data["name"]["sv"] = "Hemligt utkast"
    data["sections"][0]["questions"][0]["label"]["sv"] = "Hemlig fråga"
    return definitions.change_draft(version=draft, data=data, revision=1, by=author, at=AT)


def test_anybody_sees_which_forms_there_are_what_for_and_who_answers(client, in_use):
    shown = page(client, "public_list").content.decode()

    assert "Liten analys" in shown
    assert "Visar hur det står till." in shown
    assert "Samordnare, Rektor, Utvecklingsledare" in shown


def test_the_blank_form_tells_every_question_with_its_limits_and_conditions(client, in_use):
    shown = page(client, "public_form", SLUG).content.decode()

    for words in (
        "Sammanfattning",
        "Högst 200 ord.",
        "Måste besvaras.",
        "Bara om ”Behov” är Hög.",
        "Låg",
        "Från 1 till 5.",
        "Summan av ”Kostnad” är högst det som ”Ram” säger.",
        "Högst 20 rader.",
        "Enhet: elever.",
        "Minst 0.",
    ):
        assert words in shown, words
    assert "<input" not in shown.partition("<main")[2].partition("</main")[0]


def test_the_instruction_tells_purpose_who_how_and_what_becomes_of_personal_data(client, in_use):
    shown = page(client, "public_instruction", SLUG).content.decode()

    for words in ("Anvisning till Liten analys", "Kontakt i ärendet.", "raderas 24 månader efter", "Meritvärde"):
        assert words in shown, words


def test_the_pages_are_whole_in_english(client, in_use):
    shown = "".join(page(client, name, SLUG, language="en").content.decode() for name in ("public_form",))

    assert "A small analysis" in shown
    assert "Only if “Need” is High." in shown


def test_a_draft_never_leaks(client, in_use):
    with_secret_draft(in_use.definition)

    for address in (
        reverse("forms:public_list"),
        reverse("forms:public_form", args=[SLUG]),
        reverse("forms:public_instruction", args=[SLUG]),
    ):
        assert "emligt" not in client.get(address).content.decode()


@pytest.mark.parametrize("hidden", ["a_draft_alone", "ended", "not_public", "unknown"])
def test_what_is_not_in_use_in_public_is_nowhere(client, in_use, hidden):
    definition = in_use.definition
    slug = SLUG
    if hidden == "a_draft_alone":
        author = person_with(Role.EDITOR, name="Edda Redaktör")
        definitions.create(data=BODY | {"slug": "bara-utkast"}, by=author, at=AT)
        slug = "bara-utkast"
    elif hidden == "ended":
        definitions.end(definition=definition, by=SYSTEM, at=AT)
    elif hidden == "not_public":
        definitions.show(definition=definition, is_public=False, by=SYSTEM, at=AT)
    else:
        slug = "finns-inte"

    assert [page(client, name, slug).status_code for name in ("public_form", "public_instruction")] == [404, 404]
    assert f"/formular/{slug}/" not in page(client, "public_list").content.decode()


def test_the_list_asks_the_database_no_more_when_there_are_more_forms(client, in_use, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as one:
        page(client, "public_list")
    for number in range(5):
        definitions.load(data=BODY | {"slug": f"form-{number}"}, by=SYSTEM, at=AT)

    with django_assert_num_queries(len(one)):
        page(client, "public_list")


def test_every_shipped_form_has_its_pages(client, db):
    slugs = list(Definition.objects.filter(is_shipped=True, is_public=True).values_list("slug", flat=True))

    found = {
        slug: {page(client, name, slug).status_code for name in ("public_form", "public_instruction")} for slug in slugs
    }

    assert set().union(*found.values()) <= {200}
