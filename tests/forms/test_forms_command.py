"""`samspel forms list`: every form with its version in use, for people and for programs."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from samspel.config.cli import forms as cli
from samspel.forms.models import Definition
from samspel.forms.operations import definitions
from samspel.forms.queries.definitions import as_documents
from samspel.kernel.audit import SYSTEM
from samspel.registry.models import Role
from tests.casefiles.conftest import person_with
from tests.forms.conftest import BODY
from tests.forms.test_definitions import AT


@pytest.fixture
def three(db):
    """A form in use, one that is a draft alone, and one that is ended; shipped ones out of sight."""
    Definition.objects.update(sort_key="zzz")
    definitions.load(data=BODY | {"slug": "ett"}, by=SYSTEM, at=AT)
    author = person_with(Role.EDITOR, name="Edda Redaktör")
    definitions.create(data=BODY | {"slug": "tva"}, by=author, at=AT)
    ended = definitions.load(data=BODY | {"slug": "tre"}, by=SYSTEM, at=AT)
    definitions.end(definition=ended.definition, by=SYSTEM, at=AT)


def test_programs_are_told_slug_name_version_and_state(three):
    found = {each["slug"]: each for each in as_documents()}

    assert [(slug, found[slug]["version"], found[slug]["state"]) for slug in ("ett", "tva", "tre")] == [
        ("ett", 1, "in use"),
        ("tva", None, "draft"),
        ("tre", 1, "ended"),
    ]
    assert (found["ett"]["name"], found["ett"]["name_en"]) == ("Liten analys", "A small analysis")
    assert len(found["ett"]["digest"]) == 64
    json.dumps(list(found.values()))


def test_the_command_helps():
    told = CliRunner().invoke(cli.command, ["list", "--help"])

    assert told.exit_code == 0
    assert "--json" in told.output
