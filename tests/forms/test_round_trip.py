"""What is filled in on a sheet comes back as it was written: any answers, with two libraries, as others save."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Name, String
from pypdf.generic import NameObject, TextStringObject

from samspel.forms.operations import handing_in, saving
from samspel.forms.queries import handed_in as queries
from samspel.forms.queries import sheets
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of
from samspel.forms.rules.handed_in import Standing, values_in
from samspel.forms.rules.sheets import names
from samspel.kernel.documents.filled import read_fields
from samspel.kernel.documents.reading import read
from samspel.testing.examples import many
from tests.forms.conftest import AT, make_version
from tests.forms.test_sheets import KNOWN as ANYTHING
from tests.forms.test_sheets import WIDE

KNOWN = ANYTHING | {"pupils": "1200"}

# What a person can write: no control signs but line breaks, no halves of signs, and nothing that is cleaned away.
LINES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=30)
WORDS = st.lists(LINES, min_size=1, max_size=4).map(" ".join)
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
MONEY = st.integers(-(10**9), 10**9)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "summary": TEXTS,
        "contact": WORDS,
        "pupils": st.integers(0, 10**6).map(str),
        "decided": st.dates().map(lambda day: day.isoformat()),
        "begins": st.sampled_from(["HT2026", "VT2027"]),
        "need": st.sampled_from(["low", "high"]),
        "why_high": TEXTS,
        "areas": st.lists(st.sampled_from(["reading", "calm"]), min_size=1, max_size=2, unique=True).map(
            lambda chosen: [key for key in ("reading", "calm") if key in chosen]
        ),
        "trust": st.integers(1, 5),
        "ceiling": MONEY,
        "municipality": st.sampled_from(["0180", "1480"]),
        "measures/new1/what": WORDS,
        "measures/new1/cost": MONEY,
        "measures/new8/what": WORDS,
    },
)


def typed(definition, answers):
    """Field of the sheet to what is filled in there, in all the sheet's fields."""
    from samspel.forms.rules import values
    from samspel.forms.rules.received import asked_at

    found = {}
    for path, value in answers.items():
        if isinstance(value, list):
            found |= {names.option_name(path, key): True for key in value}
        else:
            found[path] = values.typed(asked_at(definition, path), value)
    return found


def by_pypdf(content, fields):
    """Filled in with pypdf, as its own function does it."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(content))
    for page in writer.pages:
        for reference in page.get("/Annots", []):
            widget = reference.get_object()
            if widget["/Subtype"] != "/Widget":
                continue
            field = widget if "/T" in widget else widget["/Parent"].get_object()
            if (value := fields.get(field.get("/T"))) is not None:
                _put(field, widget, value)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _put(field, widget, value):
    if field.get("/FT") != "/Btn":
        field[NameObject("/V")] = TextStringObject(value)
        return
    on = next(name for name in widget["/AP"]["/N"] if name != "/Off")
    state = NameObject(on if value is True else f"/{value}")
    field[NameObject("/V")] = state
    widget[NameObject("/AS")] = NameObject(state if state == on else "/Off")


def by_pikepdf(content, fields):
    """Filled in with pikepdf, the file written anew."""
    with pikepdf.open(BytesIO(content)) as pdf:
        for field in pdf.Root.AcroForm.Fields:
            if (value := fields.get(str(field.get("/T", "")))) is None:
                continue
            if Name.Btn == field.FT:
                field.V = Name.Yes if value is True else Name(f"/{value}")
            else:
                field.V = String(value)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.fixture
def blank(version):
    """A blank sheet of the small form."""
    return sheets.blank(version, "sv")


@settings(
    max_examples=many(40),
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(answers=ANSWERS)
def test_any_answers_filled_in_with_two_libraries_come_back_exactly(version, blank, answers):
    definition = body_of(version)
    fields = typed(definition, answers)

    for fill in (by_pypdf, by_pikepdf):
        back = values_in(definition, read(fill(blank, fields)))
        assert {path: field.value for path, field in back.items() if field.value is not None} == answers
        assert not any(field.fault for field in back.values())


def test_a_sheet_of_what_is_written_says_the_same_when_it_comes_back_untouched(answer, writer):
    saving.write(answer=answer, values=KNOWN, by=writer, at=AT, way="page")
    content = sheets.sheet(answer, writer, "sv", AT)

    handed_in = handing_in.hand_in(answer=answer, content=content, name="a.pdf", way="upload", by=writer, at=AT)

    assert {unit.standing for unit in queries.units_of(handed_in)} == {Standing.SAME}
    assert handed_in.state == "done"


def test_what_is_filled_in_on_the_sheet_stands_in_the_form_when_it_is_accepted(answer, writer):
    saving.write(answer=answer, values=KNOWN, by=writer, at=AT, way="page")
    content = sheets.sheet(answer, writer, "sv", AT)
    new = {"contact": "Bo Öst", "areas=reading": True, "need": "low", "measures/a1/cost": "60 000 kr"}
    new |= {"measures/new1/what": "Ny insats", "summary+": "Tredje stycket.", "municipality": "1480"}
    filled = by_pypdf(content, new)

    handed_in = handing_in.hand_in(answer=answer, content=filled, name="a.pdf", way="upload", by=writer, at=AT)
    found = queries.units_of(handed_in)
    to_decide = {unit.path for unit in found if unit.is_to_decide}
    handing_in.decide(handed_in=handed_in, accepted=to_decide, refused=(), by=writer, at=AT)

    stands = fields_of(answer)
    rows = [path for path in stands if path.count("/") == 1]
    new_row = next(path for path in rows if path not in KNOWN)
    assert stands == KNOWN | {
        "contact": "Bo Öst",
        "areas": ["reading", "calm"],
        "need": "low",
        "measures/a1/cost": 6000000,
        new_row: 3,
        f"{new_row}/what": "Ny insats",
        "summary": f"{KNOWN['summary']}\nTredje stycket.",
        "municipality": "1480",
    }


def test_a_table_of_every_type_comes_back(db):
    version = make_version(WIDE)
    said = {
        "asked/new1/what": "Vad",
        "asked/new1/how": "Först\nsedan",
        "asked/new1/on": "2026-11-22",
        "asked/new1/level": "high",
        "asked/new1/grade": "4",
        "asked/new1/cost": "12 500,50",
        "asked/new1/term": "ht 2026",
        "asked/new1/county": "01",
    }

    read_back = values_in(body_of(version), read(by_pypdf(sheets.blank(version, "en"), said)))

    assert {path: field.value for path, field in read_back.items() if field.value is not None} == {
        "asked/new1/what": "Vad",
        "asked/new1/how": "Först\nsedan",
        "asked/new1/on": "2026-11-22",
        "asked/new1/level": "high",
        "asked/new1/grade": 4,
        "asked/new1/cost": 1250050,
        "asked/new1/term": "HT2026",
        "asked/new1/county": "01",
    }


def test_a_value_of_a_register_may_be_written_by_its_name(version):
    written = {"municipality": "Stockholm", "unit": ""}

    read_back = queries.read_in(body_of(version), written, queries.Answer())

    assert read_back["municipality"].value == "0180"
    assert queries.read_in(body_of(version), {"municipality": "Ingenstans"}, queries.Answer())[
        "municipality"
    ].fault == ("no_such_name")


def test_a_process_of_its_own_reads_a_sheet_as_it_was_handed_out(blank):
    assert read_fields(blank) == read(blank)
