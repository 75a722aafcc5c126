"""Documents: tagged, titled, in their language, the same bytes for the same data."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pypdf
import pytest

from samspel.kernel import documents
from samspel.kernel.documents import glyphs

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEMPLATE = """
#import "/kernel/documents/house.typ": house, data, language, facts, note
#show: house.with(title: data.title, notice: data.at("notice", default: none))
== Facts
#facts(data.facts)
#note[#data.text]
"""


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A template of the test's own in a package that holds the house style."""
    house = documents.PACKAGE / "kernel" / "documents" / "house.typ"
    (tmp_path / "kernel" / "documents").mkdir(parents=True)
    (tmp_path / "kernel" / "documents" / "house.typ").write_text(house.read_text())
    (tmp_path / "letter.typ").write_text(TEMPLATE)
    monkeypatch.setattr(documents, "PACKAGE", tmp_path)
    return "letter.typ"


DATA = {"title": "Protokoll för Åmål", "facts": [["Dag", "2 mars"]], "text": "#panic() är bara text", "notice": None}


def test_a_document_is_tagged_titled_and_says_its_language(template):
    read = pypdf.PdfReader(io.BytesIO(documents.pdf(template, DATA, "sv", at=AT)))

    assert read.metadata.title == "Protokoll för Åmål"
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"] is True or read.trailer["/Root"]["/MarkInfo"]["/Marked"].value
    assert read.trailer["/Root"]["/Lang"] == "sv"
    assert "/StructTreeRoot" in read.trailer["/Root"]


def test_text_in_the_data_never_becomes_code(template):
    read = pypdf.PdfReader(io.BytesIO(documents.pdf(template, DATA, "sv", at=AT)))

    assert "#panic() är bara text" in read.pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Fel\x80 fil\U0001f600", "Fel fil□"),
        ("\uf0b7 Punkt ur ett annat program", "□ Punkt ur ett annat program"),
        ("en\x07\x1b\u2028rad\toch en till", "en rad och en till"),
        ("مدرسة", "□□□□□"),
        ("A\u030angstro\u0308m ≥ 5 – “så”", "Ångström ≥ 5 – “så”"),
    ],
)
def test_a_character_that_the_fonts_lack_stands_as_a_square_and_stops_nothing(template, text, shown):
    read = pypdf.PdfReader(io.BytesIO(documents.pdf(template, DATA | {"text": text, "title": text}, "sv", at=AT)))

    assert shown in read.pages[0].extract_text()


def test_every_character_that_is_kept_can_be_set(template):
    text = "".join(map(chr, sorted(glyphs.covered())))

    assert documents.pdf(template, DATA | {"text": text}, "sv", at=AT).startswith(b"%PDF")


def test_the_same_data_give_the_same_bytes(template):
    assert documents.pdf(template, DATA, "en", at=AT) == documents.pdf(template, DATA, "en", at=AT)


def test_a_template_that_breaks_the_standard_is_refused(template, tmp_path):
    (tmp_path / "letter.typ").write_text(
        TEMPLATE + '\n#figure(rect())\n#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\'/>"), format: "svg")'
    )

    with pytest.raises(documents.DocumentNotMade):
        documents.pdf(template, DATA, "sv", at=AT)
