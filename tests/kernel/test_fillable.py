"""Fillable documents: every field named, labelled, tagged and filled, and nothing that runs."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pikepdf
import pypdf
import pytest

from samspel.kernel import documents
from samspel.kernel.documents import fillable as module
from samspel.kernel.documents.fillable import FieldsDiffer, FieldSpec, fillable

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TEMPLATE = """
#import "/kernel/documents/house.typ": house, data, language, facts, note
#import "/kernel/documents/fillable.typ": text-field, tick, button
#show: house.with(title: data.title)
== Frågor
Namn
#text-field("name")
Beskrivning
#text-field("words", lines: 4)
#table(columns: (1fr, 1fr), table.header([Mål], [Belopp]),
  text-field("goals/new1/goal"), text-field("goals/new1/amount"),
  text-field("goals/new2/goal"), text-field("goals/new2/amount", fixed: true))
#pagebreak()
#button("yes_or_no=yes", [Ja])
#button("yes_or_no=no", [Nej])
#tick("several=a", [Första])
#tick("several=b", [Andra])
#text-field("kind")
"""
DATA = {"title": "Blankett för Åmål"}
OPTIONS = (("yes", "Ja"), ("no", "Nej"))
FIELDS = [
    FieldSpec("name", "text", "Namn", value="Åsa Öberg, é", max_length=40, is_required=True),
    FieldSpec("words", "multiline", "Beskrivning", value="En rad.\nEn rad till om åtgärder.", max_length=200),
    FieldSpec("goals/new1/goal", "text", "Mål, rad 1", value="Sámi giella: čáhppes ŋ đ"),
    FieldSpec("goals/new1/amount", "text", "Belopp, rad 1"),
    FieldSpec("goals/new2/goal", "text", "Mål, rad 2"),
    FieldSpec("goals/new2/amount", "text", "Belopp, rad 2", value="1 200", is_read_only=True),
    FieldSpec("yes_or_no", "radio", "Ja eller nej", value="no", options=OPTIONS),
    FieldSpec("several=a", "checkbox", "Flera: första"),
    FieldSpec("several=b", "checkbox", "Flera: andra", value="b"),
    FieldSpec("kind", "choice", "Slag", value="yes", options=OPTIONS),
]
HIDDEN = {"samspel.form": "prov", "samspel.version": "3"}


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A template of the test's own in a package that holds the house style."""
    (tmp_path / "kernel" / "documents").mkdir(parents=True)
    for name in ("house.typ", "fillable.typ"):
        source = documents.PACKAGE / "kernel" / "documents" / name
        (tmp_path / "kernel" / "documents" / name).write_text(source.read_text())
    (tmp_path / "sheet.typ").write_text(TEMPLATE)
    monkeypatch.setattr(documents, "PACKAGE", tmp_path)
    return "sheet.typ"


@pytest.fixture
def made(template):
    return fillable(template, DATA, "sv", fields=FIELDS, hidden=HIDDEN, at=AT)


def _widgets(pdf: pikepdf.Pdf) -> list[tuple[int, pikepdf.Object]]:
    """(page, widget), in the pages' order; without those that are never seen."""
    return [
        (number, annotation)
        for number, page in enumerate(pdf.pages)
        for annotation in page.obj.get("/Annots", [])
        if annotation["/Subtype"] == "/Widget" and not int(annotation["/F"]) & 2
    ]


def _forms(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements Form beneath an element, in reading order."""
    if not isinstance(element, pikepdf.Dictionary):
        return []
    if element.get("/S") == "/Form":
        return [element]
    kids = element.get("/K", [])
    return [form for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for form in _forms(kid)]


def test_every_field_is_read_back_by_its_name_with_its_value(made):
    fields = pypdf.PdfReader(io.BytesIO(made)).get_fields()

    assert {name: field.get("/V") for name, field in fields.items() if name != "samspel"} == {
        "name": "Åsa Öberg, é",
        "words": "En rad.\nEn rad till om åtgärder.",
        "goals/new1/goal": "Sámi giella: čáhppes ŋ đ",
        "goals/new1/amount": "",
        "goals/new2/goal": "",
        "goals/new2/amount": "1 200",
        "yes_or_no": "/no",
        "several=a": "/Off",
        "several=b": "/Yes",
        "kind": "yes",
        "samspel.form": "prov",
        "samspel.version": "3",
    }


def test_each_widget_stands_alone_in_an_element_form_that_the_parent_tree_leads_to(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        forms = _forms(pdf.Root.StructTreeRoot)
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        tree = {int(numbers[n]): numbers[n + 1].objgen for n in range(0, len(numbers), 2) if numbers[n + 1].is_indirect}

        assert [form.K.Obj.objgen for form in forms] == [widget.objgen for _page, widget in _widgets(pdf)]
        assert [tree[int(form.K.Obj.StructParent)] for form in forms] == [form.objgen for form in forms]
        assert all("/Alt" not in form for form in forms)


def test_each_widget_says_what_it_asks_and_pages_are_walked_as_they_are_read(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        labels = [str(widget.TU) for _page, widget in _widgets(pdf)]

        assert labels == [
            *(field.label for field in FIELDS[:6]),
            "Ja eller nej: Ja",
            "Ja eller nej: Nej",
            *(field.label for field in FIELDS[7:]),
        ]
        assert [page.obj.Tabs for page in pdf.pages] == ["/S", "/S"]


def test_a_field_lies_on_its_page_where_its_frame_is_drawn(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pages = [number for number, _widget in _widgets(pdf)]
        boxes = [[float(edge) for edge in widget.Rect] for _page, widget in _widgets(pdf)]

    assert pages == [0] * 6 + [1] * 5
    assert all(0 < left < right < 596 and 0 < low < high < 842 for left, low, right, high in boxes)
    assert boxes[0][2] - boxes[0][0] > 400
    assert 50 < boxes[1][3] - boxes[1][1] < 65


def test_tags_title_and_language_stay_and_nothing_runs(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.Root.Lang == "sv"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert pdf.open_metadata()["dc:title"] == "Blankett för Åmål"
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        assert "/XFA" not in pdf.Root.AcroForm
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                assert not {"/AA", "/OpenAction", "/JS"} & set(thing.keys())
                assert thing.get("/S") != "/JavaScript"


def test_the_file_is_whole(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_field_keeps_its_rules(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}

        assert (int(fields["name"].MaxLen), int(fields["name"].Ff)) == (40, 2)
        assert int(fields["words"].Ff) == 1 << 12
        assert int(fields["goals/new2/amount"].Ff) == 1
        assert [str(part) for part in fields["kind"].Opt[1]] == ["yes", "Ja"]
        assert fields["name"].DA == pdf.Root.AcroForm.DA == "/InterField 10 Tf 0 g"
        assert pdf.Root.AcroForm.DR.Font.InterField.FontDescriptor.FontFile3.Subtype == "/Type1C"


def test_a_value_longer_than_its_room_is_never_cut(template):
    long = [FieldSpec("name", "text", "Namn", value="x" * 60, max_length=40), *FIELDS[1:]]

    with pikepdf.open(io.BytesIO(fillable(template, DATA, "sv", fields=long, at=AT))) as pdf:
        field = next(field for field in pdf.Root.AcroForm.Fields if field.T == "name")

        assert (str(field.V), int(field.MaxLen)) == ("x" * 60, 60)


@pytest.mark.parametrize(
    ("value", "drawn"),
    [("Åsa Öberg é – “så” €", "Åsa Öberg é – “så” €"), ("Čáhppes ŋđ", "Čáhppes ŋđ"), ("школа ok", "□□□□□ ok")],
)
def test_what_stands_in_a_field_is_drawn_with_letters_that_can_be_read_out_again(template, value, drawn):
    fields = [FieldSpec("name", "text", "Namn", value=value), *(each for each in FIELDS[1:])]
    made = fillable(template, DATA, "sv", fields=fields, at=AT)

    with pikepdf.open(io.BytesIO(made)) as pdf:
        look = next(field for field in pdf.Root.AcroForm.Fields if field.T == "name").AP.N
        fonts = {str(name): font for name, font in look.Resources.Font.items()}
        shown = [(str(op.operands[0]), None) if op.operator == pikepdf.Operator("Tf") else (None, bytes(op.operands[0]))
                 for op in pikepdf.parse_content_stream(look) if str(op.operator) in ("Tf", "Tj")]  # fmt: skip
        assert _read(fonts, shown) == drawn


def _read(fonts, shown) -> str:
    font, text = None, ""
    names = {each[0]: sign for sign, each in module.fonts._glyphs().items()}
    for name, written in shown:
        if name:
            font = fonts[name]
        elif isinstance(font.Encoding, pikepdf.Name):
            text += written.decode("cp1252")
        else:
            text += "".join(names[str(font.Encoding.Differences[code])[1:]] for code in written)
    return text


def test_a_field_that_is_drawn_or_said_alone_is_a_fault_of_ours(template):
    with pytest.raises(FieldsDiffer, match="kind"):
        fillable(template, DATA, "sv", fields=FIELDS[:-1], at=AT)

    with pytest.raises(FieldsDiffer, match="more"):
        fillable(template, DATA, "sv", fields=[*FIELDS, FieldSpec("more", "text", "Mer")], at=AT)


def test_the_same_form_has_the_same_bytes(template, made):
    assert fillable(template, DATA, "sv", fields=FIELDS, hidden=HIDDEN, at=AT) == made


def test_what_a_program_fills_in_stands_in_the_field_and_in_its_look(made):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(made))
    writer.update_page_form_field_values(None, {"name": "Örjan Ek", "yes_or_no": "/yes", "several=a": "/Yes"})
    out = io.BytesIO()
    writer.write(out)

    fields = pypdf.PdfReader(out).get_fields()
    assert [fields[name]["/V"] for name in ("name", "yes_or_no", "several=a")] == ["Örjan Ek", "/yes", "/Yes"]
