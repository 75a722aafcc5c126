"""Sheets: every form as a fillable PDF with what is known in it, and as a tagged document when it is submitted."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pypdf
import pytest
from django.core import signing
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samspel.forms.models import Submission, Version
from samspel.forms.operations.differing import differ
from samspel.forms.operations.saving import write
from samspel.forms.queries import sheets
from samspel.forms.queries.answers import fields_of
from samspel.forms.queries.definitions import body_of, in_use, shipped_documents
from samspel.forms.queries.sheets import filling
from samspel.forms.queries.sheets.layout import Layout
from samspel.forms.queries.sheets.parts import Registers
from samspel.forms.rules import sheets as rules
from samspel.forms.rules import values
from samspel.forms.rules.definitions import digest_of, read
from samspel.forms.rules.sheets.plan import Given, plan
from samspel.kernel.audit import SYSTEM
from samspel.kernel.files import storing
from samspel.registry.models import University
from samspel.testing.examples import many
from tests.forms import made_definitions
from tests.forms.conftest import AT, BODY, OPTIONS, make_version

KNOWN = {
    "summary": "Första stycket om å, ä och ö.\n\nAndra stycket – “så” är det.",
    "contact": "Åsa Öberg, é",
    "pupils": "1200.5",
    "decided": "2026-11-01",
    "begins": "HT2026",
    "need": "high",
    "areas": ["calm"],
    "trust": 3,
    "ceiling": 120050,
    "measures/a1": 1,
    "measures/a1/what": "Läsning",
    "measures/a1/cost": 5000000,
    "measures/b2": 2,
    "measures/b2/what": "Sámegiella čáhppes",
    "municipality": "0180",
    "merit": {"indicator": "merit_value", "as_of": "2026-10-01", "values": [{"period": "2024/25", "text": "210,5"}]},
}
TYPED = {
    "summary": "Första stycket om å, ä och ö.\n\nAndra stycket – “så” är det.",
    "summary+": "",
    "contact": "Åsa Öberg, é",
    "pupils": "1\u00a0200,5",
    "decided": "2026-11-01",
    "begins": "HT2026",
    "need": "/high",
    "areas=reading": "/Off",
    "areas=calm": "/Yes",
    "trust": "/3",
    "ceiling": "1\u00a0200,50",
    "measures/a1/what": "Läsning",
    "measures/a1/cost": "50\u00a0000",
    "measures/b2/what": "Sámegiella čáhppes",
    "municipality": "0180",
    "unit": "",
}
FIXED = {"is_fixed": True, "prefill": "organizer.name"}
CELLS = [
    {"key": "what", "type": "short_text", "label": {"sv": "Vad"}, "is_required": True, "width": 2},
    {"key": "how", "type": "long_text", "label": {"sv": "Hur"}},
    {"key": "on", "type": "date", "label": {"sv": "När"}},
    {"key": "level", "type": "one_of", "label": {"sv": "Nivå"}, "options": OPTIONS},
    {"key": "grade", "type": "scale", "label": {"sv": "Grad"}, "least": 1, "most": 5},
    {"key": "cost", "type": "money", "label": {"sv": "Kostnad"}, "has_sum": True},
    {"key": "term", "type": "term", "label": {"sv": "Termin"}},
    {"key": "school", "type": "school_unit", "label": {"sv": "Skola"}},
    {"key": "county", "type": "registry_value", "of": "county", "label": {"sv": "Län"}},
]
WIDE = BODY | {
    "slug": "bred-tabell",
    "sections": [
        {
            "key": "wide",
            "title": {"sv": "Bred tabell"},
            "questions": [
                {"key": "asked", "type": "rows", "label": {"sv": "Allt"}, "pdf_rows": 3, "columns": CELLS},
                {
                    "key": "given",
                    "type": "long_text",
                    "label": {"sv": "Givet"},
                    "is_fixed": True,
                    "prefill": "organizer.name",
                },
            ],
        }
    ],
}


@pytest.fixture
def written(answer, writer):
    """The answer, with something in every field."""
    write(answer=answer, values=KNOWN, by=writer, at=AT, way="page")
    answer.refresh_from_db()
    return answer


@pytest.fixture
def submission(written, writer, submitter):
    """The answer as it was submitted."""
    return Submission.objects.create(
        answer=written,
        number=1,
        values=fields_of(written),
        took_part=[str(writer.key), str(submitter.key)],
        revision=written.revision,
        digest="ab" * 32,
        submitted_at=AT,
        submitted_by=submitter.key,
    )


def _fields(content: bytes) -> dict[str, str]:
    found = pypdf.PdfReader(io.BytesIO(content)).get_fields() or {}
    return {name: str(field.get("/V", "")) for name, field in found.items() if name != "samspel"}


def _shown(content: bytes) -> dict[str, str]:
    return {name: value for name, value in _fields(content).items() if not name.startswith("samspel.")}


def _text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def _names(version) -> list[str]:
    planned = plan(body_of(version), Given({}, "sv"))
    return [box.name for _section, parts in planned for part in parts for box in part.every_box]


# Blank


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_blank_sheet_has_every_field_by_its_path_and_says_what_it_is(version, language):
    found = _fields(sheets.blank(version, language))

    assert sorted(found) == sorted([*_names(version), *rules.HIDDEN])
    assert {name: found[name] for name in rules.HIDDEN} == {
        "samspel.form": "liten-analys",
        "samspel.version": "1",
        "samspel.digest": version.digest,
        "samspel.language": language,
        "samspel.token": "",
    }
    assert {value for name, value in found.items() if name not in rules.HIDDEN} == {"", "/Off"}


def test_the_same_blank_sheet_has_the_same_bytes_and_a_new_version_others(version):
    changed = make_version(BODY | {"purpose": {"sv": "Något annat."}}, number=2, state="retired")

    assert sheets.blank(version, "sv") == sheets.blank(version, "sv")
    assert sheets.blank(version, "sv") != sheets.blank(changed, "sv")
    assert sheets.blank(version, "sv") != sheets.blank(version, "en")


def test_the_first_page_says_how_to_fill_it_in_and_hand_it_in_and_what_becomes_of_the_data(version, settings):
    settings.SAMSPEL_MAILBOX_ADDRESS = "formular@myndighet.example"
    settings.SAMSPEL_URL = "https://samspel.example"
    page = " ".join(pypdf.PdfReader(io.BytesIO(sheets.blank(version, "sv"))).pages[0].extract_text().split())

    for words in (
        "Liten analys",
        "Version 1",
        "Spara filen på din dator innan du börjar.",
        "lämna in filen där: https://samspel.example/arbete/formular/",
        "mejla filen till formular@myndighet.example",
        "Kontakt i ärendet.",
        "De tas bort 24 månader efter att formuläret lämnades in.",
    ):
        assert words in page


def test_conditions_limits_and_room_are_told_in_words(version):
    text = _text(sheets.blank(version, "sv"))

    for words in (
        "Besvaras om ”Behov” är Hög.",
        "Måste besvaras.",
        "Högst 200 ord.",
        "Här ryms 750 tecken, och 850 till i fortsättningen.",
        "8 rader här och 8 till på fortsättningsbladet.",
        "Summor räknar Samspel när filen lämnas in: Kostnad.",
        "Fortsättning på sida",
        "Hämtas av Samspel. Här skrivs ingenting.",
        "Filen lämnas på formulärets sida i Samspel, inte här.",
    ):
        assert words in text


def test_a_draft_says_on_every_page_that_it_cannot_be_handed_in(db):
    draft = make_version(state="draft")
    pages = pypdf.PdfReader(io.BytesIO(sheets.blank(draft, "sv"))).pages

    assert all("Utkast: kan inte lämnas in" in page.extract_text() for page in pages)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("data", shipped_documents(), ids=lambda data: data["slug"])
def test_every_shipped_form_is_a_sheet_and_a_document_in_both_languages(db, answer, submitter, data, language):
    made = answer.version = in_use(data["slug"])
    finished = Submission(answer=answer, number=1, values={}, submitted_at=AT, submitted_by=submitter.key)

    assert sorted(_shown(sheets.blank(made, language))) == sorted(_names(made))
    assert sheets.finished(finished, language).startswith(b"%PDF")


@settings(max_examples=many(15), deadline=None)
@given(made_definitions.definitions())
def test_any_definition_is_a_sheet_with_a_field_for_each_thing_that_can_be_written(data):
    version = Version(body=data, digest=digest_of(read(data)), number=1, state="published")
    registers = Registers({}, {})
    layout = Layout(body_of(version), Given({}, "sv"), registers)
    content = filling._made(layout, version, {"facts": [], "notice": "", "steps": [], "address": ""}, "", AT)

    assert sorted(_shown(content)) == sorted(_names(version))
    assert _off_the_page(content) == []


def test_however_much_is_asked_with_however_many_words_every_field_is_on_a_page(db):
    long, longer = {"sv": "Ett ord till om detta. " * 20}, {"sv": "Ett ord till om detta. " * 90}
    choices = [{"key": f"o{n}", "label": long} for n in range(30)]
    columns = [
        {"key": f"c{n}", "type": type_, "label": {"sv": "Kolumn"}, "help": {"sv": "Ett ord till. " * 20}}
        for n, type_ in enumerate(["long_text", "date"] * 10)
    ]
    questions = [
        {"key": "one", "type": "one_of", "label": long, "help": longer, "options": choices[:20]},
        {"key": "many", "type": "several_of", "label": long, "help": longer, "options": choices},
        {"key": "text", "type": "long_text", "label": long, "help": longer, "pdf_lines": 40},
        {"key": "rows", "type": "rows", "label": long, "columns": columns, "pdf_rows": 2},
        {"key": "table", "type": "rows", "label": long, "columns": columns[:5], "pdf_rows": 40},
    ]
    body = BODY | {"slug": "mycket", "sections": [{"key": "s", "title": {"sv": "Allt " * 30}, "questions": questions}]}
    content = sheets.blank(make_version(body), "sv")

    assert len(_shown(content)) == 1 + 30 + 2 + 4 * 20 + 80 * 5
    assert _off_the_page(content) == []


def test_a_text_of_a_hundred_thousand_characters_is_divided_and_kept_whole(answer, writer):
    text = ("Ett stycke om detta.\n\n" * 4500).rstrip()
    write(answer=answer, values={"summary": text}, by=writer, at=AT, way="page")
    found = _shown(sheets.sheet(answer, writer, "sv", AT))

    assert rules.joined(found["summary"], found["summary+"]) == text


def _off_the_page(content: bytes) -> list[str]:
    """Names of the fields that do not lie whole within the margins of their page, and faults in the file."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        outside = [
            str(widget.get("/T", widget.get("/Parent", {}).get("/T")))
            for page in pdf.pages
            for widget in page.obj.get("/Annots", [])
            if widget["/Subtype"] == "/Widget" and not int(widget["/F"]) & 2
            for left, low, right, high in [[float(edge) for edge in widget.Rect]]
            if left < 50 or low < 60 or right > 545.5 or high > 785
        ]
        return outside + pdf.check_pdf_syntax()


# Filled with what is known


def test_a_sheet_holds_what_stands_in_the_answer(written, writer):
    found = _shown(sheets.sheet(written, writer, "sv", AT))

    assert {name: found[name] for name in TYPED} == TYPED
    assert {value for name, value in found.items() if name not in TYPED} == {""}


def test_a_sheet_carries_a_signed_word_of_what_it_was_taken_out_of(written, writer):
    token = _fields(sheets.sheet(written, writer, "sv", AT))["samspel.token"]

    assert signing.loads(token, salt=rules.SALT) == {"a": str(written.key), "v": 1, "r": written.revision}


def test_a_sheet_says_whom_it_is_about_who_took_it_out_and_by_when_it_is_due(written, writer, organizer):
    written.due_on = date(2026, 12, 1)
    text = _text(sheets.sheet(written, writer, "sv", AT))

    for words in (organizer.name, "Wilma Rektor", "Lämnas in senast 1 december 2026"):
        assert words in text
    assert f"/{written.key}/pdf/" in text.replace(" ", "")


def test_a_code_is_told_by_name_and_chosen_by_name_where_that_can_be_done(written, writer):
    with pikepdf.open(io.BytesIO(sheets.sheet(written, writer, "sv", AT))) as pdf:
        field = next(field for field in pdf.Root.AcroForm.Fields if field.T == "municipality")

        assert (str(field.FT), str(field.V)) == ("/Ch", "0180")
        assert ["0180", "Stockholm"] in [[str(part) for part in pair] for pair in field.Opt]


def test_a_long_text_goes_on_where_its_field_ends(answer, writer):
    text = "\n".join(f"Stycke {n} " + "x" * 60 for n in range(30))
    write(answer=answer, values={"summary": text}, by=writer, at=AT, way="page")
    found = _shown(sheets.sheet(answer, writer, "sv", AT))

    assert found["summary"] == "\n".join(text.split("\n")[:10])
    assert rules.joined(found["summary"], found["summary+"]) == text


def test_fixed_values_stand_but_cannot_be_written_over(answer, writer):
    fixed = BODY | {
        "sections": [
            {
                "key": "s",
                "title": {"sv": "Del"},
                "questions": [
                    {
                        "key": "contact",
                        "type": "short_text",
                        "label": {"sv": "Kontakt"},
                        "is_fixed": True,
                        "prefill": "organizer.name",
                    },
                    {
                        "key": "given",
                        "type": "long_text",
                        "label": {"sv": "Givet"},
                        "is_fixed": True,
                        "prefill": "organizer.name",
                    },
                ],
            }
        ]
    }
    answer.version = make_version(fixed | {"slug": "fast"})
    write(answer=answer, values={"contact": "Åsa", "given": "Står så.\nOch så."}, by=writer, at=AT, way="prefill")
    content = sheets.sheet(answer, writer, "sv", AT)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        field = next(field for field in pdf.Root.AcroForm.Fields if field.T == "contact")
        assert (str(field.V), int(field.Ff)) == ("Åsa", 1)
    assert _shown(content) == {"contact": "Åsa"}
    assert "Står så. Och så." in _text(content)


def test_a_field_says_question_row_column_and_how_it_is_written(written, writer):
    with pikepdf.open(io.BytesIO(sheets.sheet(written, writer, "sv", AT))) as pdf:
        said = {str(field.get("/T", "")): str(field.get("/TU", "")) for field in pdf.Root.AcroForm.Fields}

    assert said["measures/b2/cost"] == "Insatser, rad 2, Kostnad. Belopp i kronor, till exempel 12 500"
    assert said["areas=calm"] == "Områden, Studiero"
    assert said["summary+"].startswith("Sammanfattning, fortsättning. ")
    assert said["summary"] == "Sammanfattning. Måste besvaras. Plats för 750 tecken"
    assert said["why_high"].startswith("Varför högt. Besvaras om ”Behov” är Hög. ")


@pytest.mark.parametrize("body", [BODY, WIDE], ids=["every type", "wide table"])
def test_every_field_of_a_sheet_is_tagged_labelled_and_in_reading_order(db, body):
    with pikepdf.open(io.BytesIO(sheets.blank(make_version(body), "sv"))) as pdf:
        forms = _forms(pdf.Root.StructTreeRoot)
        widgets = [
            widget
            for page in pdf.pages
            for widget in page.obj.get("/Annots", [])
            if widget["/Subtype"] == "/Widget" and not int(widget["/F"]) & 2
        ]

        assert [form.K.Obj.objgen for form in forms] == [widget.objgen for widget in widgets]
        assert all(str(widget.TU) for widget in widgets)
        assert {str(page.obj.Tabs) for page in pdf.pages} == {"/S"}
        assert {str(form.K.Type) for form in forms} == {"/OBJR"}
        assert str(pdf.Root.Lang) == "sv"


def _forms(element) -> list:
    if not isinstance(element, pikepdf.Dictionary):
        return []
    if element.get("/S") == "/Form":
        return [element]
    kids = element.get("/K", [])
    return [form for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for form in _forms(kid)]


def test_a_sheet_needs_no_more_queries_for_more_rows(answer, writer, django_assert_num_queries):
    def rows(number):
        cells = {f"measures/r{n}/what": f"Insats {n}" for n in range(number)}
        return {f"measures/r{n}": n for n in range(number)} | cells | {"municipality": "0180"}

    with translation.override("sv"):
        write(answer=answer, values=rows(1), by=writer, at=AT, way="page")
        with django_assert_num_queries(4):
            sheets.sheet(answer, writer, "sv", AT)
        write(answer=answer, values=rows(19), by=writer, at=AT, way="page")
        with django_assert_num_queries(4):
            sheets.sheet(answer, writer, "sv", AT)


_words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=120)
_lines = st.lists(_words, max_size=20).map("\n".join)


@settings(max_examples=many(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {
            "summary": _lines,
            "contact": _words,
            "pupils": st.decimals(0, 10**9, places=2).map(str),
            "decided": st.dates().map(lambda day: day.isoformat()),
            "need": st.sampled_from(["", "low", "high"]),
            "areas": st.lists(st.sampled_from(["reading", "calm"]), unique=True),
            "trust": st.sampled_from(["", "1", "5"]),
            "ceiling": st.decimals(-(10**9), 10**9, places=2).map(str),
            "measures/r1/what": _words,
        }
    )
)
def test_whatever_is_kept_stands_in_the_fields_and_is_read_back_the_same(version, answer, writer, typed):
    body = body_of(version)
    fields = {"measures/r1": 1}
    for path, text in typed.items():
        asked = body.questions["measures"].columns[0] if "/" in path else body.questions[path]
        try:
            fields[path] = values.parse(asked, text)
        except values.ValueRefused:
            continue
    write(answer=answer, values=fields, by=writer, at=AT, way="page")
    found = _shown(sheets.sheet(answer, writer, "sv", AT))

    assert {path: values.parse(*_read(body, path, found)) for path in fields if path != "measures/r1"} == {
        path: value for path, value in fields.items() if path != "measures/r1"
    }


def _read(body, path, found):
    asked = body.questions["measures"].columns[0] if "/" in path else body.questions[path]
    if path == "areas":
        return asked, [key for key in ("reading", "calm") if found[f"areas={key}"] == "/Yes"]
    if path == "summary":
        return asked, rules.joined(found["summary"], found["summary+"])
    return asked, found[path].removeprefix("/Off").removeprefix("/") if path in ("need", "trust") else found[path]


# Submitted


def test_what_was_submitted_is_a_tagged_document_for_the_archive(submission):
    content = sheets.finished(submission, "sv")
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert metadata["dc:title"] == "Liten analys"
        assert "/AcroForm" not in pdf.Root

    assert sheets.finished(submission, "sv") == content


def test_it_says_every_answer_with_sums_and_leaves_out_what_was_not_asked(submission, organizer):
    text = _text(sheets.finished(submission, "sv"))

    for words in (
        f"Om {organizer.name}",
        "Första stycket om å, ä och ö.",
        "1 200,5 elever",
        "höstterminen 2026",
        "Behov Hög",
        "• Studiero",
        "3, på en skala från 1 till 5",
        "Läsning 50 000 kr",
        "Summa 50 000 kr",
        "Stockholm (0180)",
        "2024/25 210,5",
        "Varför högt Inte besvarad.",
        "ab" * 32,
    ):
        assert words in text.replace("\u00a0", " ")

    submission.values = submission.values | {"need": "low"}
    assert "Varför högt" not in _text(sheets.finished(submission, "sv"))


def test_a_wide_table_is_told_row_by_row_with_sums_and_a_scale_with_its_words(answer, writer, submitter):
    scale = {"key": "trust", "type": "scale", "label": {"sv": "Tillit"}, "least": 1, "most": 4, "high": {"sv": "fullt"}}
    section = WIDE["sections"][0]
    body = WIDE | {"sections": [section | {"questions": [*section["questions"], scale]}]}
    answer.version = make_version(body | {"slug": "bred-med-skala"})
    cells = {"what": "Läsning", "on": "2026-12-01", "level": "high", "grade": 4, "cost": 250050, "county": "01"}
    fields = {f"asked/r1/{key}": value for key, value in cells.items()}
    known = {"values": fields | {"asked/r1": 1, "asked/r2": 2, "asked/r2/cost": 100, "trust": 4}}
    submission = Submission(answer=answer, number=1, submitted_at=AT, submitted_by=submitter.key, **known)
    text = _text(sheets.finished(submission, "sv")).replace("\u00a0", " ")

    for words in (
        "Rad 1 Vad Läsning När 2026-12-01 Nivå Hög Grad 4 Kostnad 2 500,50 kr Län Stockholms län (01)",
        "Rad 2 Kostnad 1 kr",
        "Summa Kostnad 2 501,50 kr",
        "Tillit 4, på en skala från 1 till 4 (fullt)",
    ):
        assert words in text


def test_a_file_that_was_handed_in_is_told_by_name(answer, submitter):
    kept = storing.keep_own(b"%PDF-1.7 protokoll", name="protokoll.pdf", by=SYSTEM, at=AT)
    told = {"values": {"minutes": str(kept.key)}, "submitted_at": AT, "submitted_by": submitter.key}

    assert "Protokoll protokoll.pdf" in _text(sheets.finished(Submission(answer=answer, number=1, **told), "sv"))


def test_who_took_part_and_who_saw_it_otherwise_stand_on_it(submission, writer, second_writer):
    submission.answer.state = "submitted"
    submission.answer.save(update_fields=["state"])
    differ(answer=submission.answer, words="Jag ser det annorlunda.", by=second_writer, at=AT)
    text = _text(sheets.finished(submission, "sv"))

    assert "Vilka som deltog • Wilma Rektor • Sara Samordnare" in text
    assert "Avvikande meningar Didrik Utvecklare, 22 november 2026" in text
    assert "Jag ser det annorlunda." in text
    assert "Inlämnat 22 november 2026 kl. 10.00, Sara Samordnare" in text


def test_nobody_with_protected_identity_is_named_on_it(submission, writer):
    writer.is_protected = True
    writer.save(update_fields=["is_protected"])
    text = _text(sheets.finished(submission, "sv"))

    assert "Wilma" not in text
    assert "Skyddad identitet" in text


def test_of_who_has_protected_identity_her_role_alone_stands_on_it(submission, writer):
    submission.answer.participants.filter(person=writer).update(role="principal")
    writer.is_protected = True
    writer.save(update_fields=["is_protected"])

    assert "Vilka som deltog • Rektor • Sara Samordnare" in _text(sheets.finished(submission, "sv"))


def test_a_university_is_told_by_name_and_not_by_our_key_for_it(answer, submitter):
    University.objects.create(slug="ekvik", name="Ekviks universitet", sort_key="ekvik")
    asked = {"key": "home", "type": "registry_value", "of": "university", "label": {"sv": "Lärosäte"}}
    section = WIDE["sections"][0]
    answer.version = make_version(WIDE | {"slug": "larosatet", "sections": [section | {"questions": [asked]}]})
    told = {"values": {"home": "ekvik"}, "submitted_at": AT, "submitted_by": submitter.key}

    text = _text(sheets.finished(Submission(answer=answer, number=1, **told), "sv"))

    assert "Lärosäte Ekviks universitet" in text
    assert "ekvik)" not in text


def test_what_the_fonts_lack_and_what_looks_like_markup_is_text_as_any_other(answer, writer, submitter):
    odd = "#panic() *inte* fet _alls_ $x$ <label> @ref \U0001f600 // slut"
    write(answer=answer, values={"summary": odd, "contact": odd}, by=writer, at=AT, way="page")
    found = _shown(sheets.sheet(answer, writer, "sv", AT))

    assert (found["summary"], found["contact"]) == (odd, odd)
    finished = Submission(
        answer=answer, number=1, values=fields_of(answer), submitted_at=AT, submitted_by=submitter.key
    )
    assert "#panic() *inte* fet _alls_ $x$ <label> @ref □ // slut" in _text(sheets.finished(finished, "sv"))
