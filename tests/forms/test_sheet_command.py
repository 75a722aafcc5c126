"""`samspel forms pdf`: a blank sheet from the command line."""

from __future__ import annotations

from contextlib import nullcontext

import pypdf
import pytest
from click.testing import CliRunner

from samspel.config.cli import main, program
from samspel.config.supervisor import borrow
from tests.forms.conftest import BODY, make_version


@pytest.fixture
def forms_pdf(monkeypatch, db):
    """`forms_pdf("liten-analys", path)`: what the command answered. The database is the test's own, and stays open."""
    monkeypatch.setattr(borrow, "database", lambda deed: nullcontext())
    monkeypatch.setattr(program, "_close", lambda: None)
    return lambda *words: CliRunner().invoke(main, ["forms", "pdf", *map(str, words)])


def _said(path) -> dict[str, str]:
    fields = pypdf.PdfReader(path).get_fields()
    return {name: fields[f"samspel.{name}"]["/V"] for name in ("form", "version", "language", "token")}


def test_the_version_in_use_is_written_blank(forms_pdf, version, tmp_path):
    done = forms_pdf("liten-analys", tmp_path / "ut.pdf")

    assert (done.exit_code, "liten-analys, version 1" in done.output) == (0, True)
    assert _said(tmp_path / "ut.pdf") == {"form": "liten-analys", "version": "1", "language": "sv", "token": ""}


def test_another_version_and_language_can_be_asked_for(forms_pdf, version, tmp_path):
    make_version(BODY | {"purpose": {"sv": "Nytt."}}, number=2, state="draft")
    done = forms_pdf("liten-analys", tmp_path / "ut.pdf", "--number", 2, "--language", "en")

    assert done.exit_code == 0
    assert _said(tmp_path / "ut.pdf") == {"form": "liten-analys", "version": "2", "language": "en", "token": ""}


@pytest.mark.parametrize(
    "words", [("finns-inte",), ("liten-analys", "--number", 9), ("liten-analys", "--number", 10**12)]
)
def test_a_form_that_is_not_there_is_refused_in_a_sentence(forms_pdf, version, tmp_path, words):
    done = forms_pdf(words[0], tmp_path / "ut.pdf", *words[1:])

    assert done.exit_code == 1
    assert "There is no form" in done.output
    assert not (tmp_path / "ut.pdf").exists()


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(forms_pdf, version, tmp_path):
    done = forms_pdf("liten-analys", tmp_path / "saknas" / "ut.pdf")

    assert done.exit_code == 1
    assert "Cannot write" in done.output
