"""The fields of a filled PDF are read as they stand, whoever wrote the file; what is no plain form is refused."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO

import pikepdf
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import NameObject, TextStringObject

from samspel.kernel.documents import filled
from samspel.kernel.documents.filled import PdfRefused, read_fields
from samspel.kernel.documents.reading import Unreadable, caps, read
from samspel.kernel.documents.reading.texts import decoded
from samspel.testing.examples import many
from tests.forms import pdf_makers
from tests.forms.pdf_makers import changed, plain, saved

FIELDS = {"namn": "Anna Åström", "val=a": True, "val=b": False, "grupp": ("ja", ["ja", "nej"]), "tom": ""}
SAID = {"namn": "Anna Åström", "val=a": "Yes", "val=b": "", "grupp": "ja", "tom": ""}


def code_of(content: bytes) -> str:
    """Why it is refused, here in this process."""
    with pytest.raises(Unreadable) as refused:
        read(content)
    assert refused.value.code in filled.SAID
    return refused.value.code


def test_a_process_of_its_own_reads_the_fields_of_a_form():
    assert read_fields(plain(FIELDS)) == SAID


@pytest.mark.parametrize("content", [b"", b"hej", b"%PDF-1.7\n", b"%PDF-1.7" + b"\x00" * 500])
def test_it_refuses_in_words_what_is_no_pdf(content):
    with pytest.raises(PdfRefused) as refused:
        read_fields(content)

    assert refused.value.code in ("not_pdf", "damaged")
    assert str(refused.value)


def test_every_reason_is_a_sentence():
    assert all(str(PdfRefused(code)).endswith(".") for code in filled.SAID)


def test_what_reads_is_loaded_where_something_is_read():
    told = "import sys, samspel.kernel.documents.filled; print('pypdf' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", told], capture_output=True, check=True).stdout.strip() == b"False"


# Texts


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"plain", "plain"),
        (b"caf\xe9 \x80 \xa0", "café • €"),
        (b"\xfe\xff\x00\xe5\x20\xac", "å€"),
        (b"\xff\xfe\xe5\x00\xac\x20", "å€"),
        (b"\xef\xbb\xbf\xc3\xa5\xe2\x82\xac", "å€"),
        (b"\xfe\xff\x00\x1b\x00s\x00v\x00\x1b\x00h\x00e\x00j", "hej"),
        (b"\xfe\xff\xd8\x3d\xde\x00", "\U0001f600"),
        (b"\xfe\xff\xd8", "\ufffd"),
        (b"odd \x9f here", "odd \ufffd here"),
        (b"\xfe\xff", ""),
    ],
)
def test_text_is_read_in_every_encoding_that_pdf_has(raw, text):
    assert decoded(raw) == text


def test_long_text_in_a_stream_and_a_value_that_is_a_name_are_read():
    def as_stream(pdf):
        fields = pdf.Root.AcroForm.Fields
        fields[0].V = pikepdf.Stream(pdf, "\ufeffÅ".encode("utf-16-be") + "lång text".encode("utf-16-be"))
        fields[1].V = Name("/Namn som namn")

    content = changed(plain({"a": "x", "b": "y"}), as_stream)

    assert read(content) == {"a": "Ålång text", "b": "Namn som namn"}


def test_rich_text_beside_the_value_is_not_read():
    def with_rich(pdf):
        pdf.Root.AcroForm.Fields[0].RV = String("<body><p>Annat</p></body>")

    assert read(changed(plain({"a": "Det som gäller"}), with_rich)) == {"a": "Det som gäller"}


def test_several_chosen_in_a_list_are_a_list():
    def as_list(pdf):
        field = pdf.Root.AcroForm.Fields[0]
        field.FT, field.V = Name.Ch, Array([String("ett"), String("två")])

    assert read(changed(plain({"a": ""}), as_list)) == {"a": ["ett", "två"]}


@pytest.mark.parametrize(("written", "chosen"), [("high", "high"), ("Hög", "high"), ("", ""), ("Annat", "Annat")])
def test_a_list_says_what_the_form_knows_also_where_what_is_shown_was_written(written, chosen):
    def as_list(pdf):
        field = pdf.Root.AcroForm.Fields[0]
        field.FT, field.V = Name.Ch, String(written)
        field.Opt = Array([Array([String(key), String(shown)]) for key, shown in (("low", "Låg"), ("high", "Hög"))])

    assert read(changed(plain({"a": ""}), as_list)) == {"a": chosen}


def test_line_breaks_stand_as_they_were_written():
    assert read(plain({"a": "ett\rtvå\r\ntre"})) == {"a": "ett\rtvå\r\ntre"}


# Boxes and groups


def test_a_box_without_a_value_is_what_it_looks_like():
    def only_looks(pdf):
        for field in pdf.Root.AcroForm.Fields:
            del field["/V"]

    assert read(changed(plain({"a": True, "b": False}), only_looks)) == {"a": "Yes", "b": ""}


def test_what_the_field_says_goes_before_what_it_looks_like():
    def looks_otherwise(pdf):
        pdf.Root.AcroForm.Fields[0].AS = Name.Off

    assert read(changed(plain({"a": True}), looks_otherwise)) == {"a": "Yes"}


def test_states_that_are_numbered_are_told_by_their_names():
    def numbered(pdf):
        group = pdf.Root.AcroForm.Fields[0]
        group.V, group.Opt = Name("/1"), Array([String("låg"), String("hög")])

    assert read(changed(plain({"a": ("", ["0", "1"])}), numbered)) == {"a": "hög"}


def test_names_are_whole_also_where_fields_lie_in_fields():
    def nested(pdf):
        kid = pdf.make_indirect(Dictionary(T=String("form"), V=String("x")))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("samspel"), Kids=[kid])))

    assert read(changed(plain({"a": ""}), nested)) == {"a": "", "samspel.form": "x"}


def test_push_buttons_and_empty_signature_fields_say_nothing():
    def more(pdf):
        for kind, flags in ((Name.Btn, 1 << 16), (Name.Sig, 0)):
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(Dictionary(FT=kind, Ff=flags, T=String(str(kind)))))

    assert read(changed(plain({"a": "x"}), more)) == {"a": "x"}


# As others write


def test_a_form_saved_as_acrobat_does_is_read_as_it_was_last_saved():
    content = pdf_makers.as_acrobat(plain(FIELDS), {"namn": "Bo Öst €", "val=b": True, "grupp": "nej"})

    assert content.startswith(plain(FIELDS)[:1000])
    assert read(content) == SAID | {"namn": "Bo Öst €", "val=b": "Yes", "grupp": "nej"}


def test_a_form_saved_as_preview_does_is_read():
    content = pdf_makers.as_preview(plain(FIELDS), {"namn": "Bo Öst €", "val=b": True, "grupp": "nej"})

    assert b"NeedAppearances" not in content
    assert read(content) == SAID | {"namn": "Bo Öst €", "val=b": "Yes", "grupp": "nej"}


def test_fields_that_stand_on_the_pages_alone_are_read_there():
    def without_list(pdf):
        pdf.Root.AcroForm.Fields = Array([])

    assert read(changed(plain(FIELDS), without_list)) == SAID


def test_what_the_reader_is_to_draw_itself_makes_no_difference():
    def need(pdf):
        pdf.Root.AcroForm.NeedAppearances = True

    assert read(changed(plain(FIELDS), need)) == SAID


@pytest.mark.parametrize(
    "save", [{"object_stream_mode": pikepdf.ObjectStreamMode.generate}, {"linearize": True}, {"force_version": "1.3"}]
)
def test_however_the_file_is_laid_out(save):
    assert read(plain(FIELDS, **save)) == SAID


# What is refused


def test_too_large_and_too_many_pages():
    assert code_of(b"%PDF-" + b"0" * caps.LARGEST) == "too_large"
    assert code_of(plain({"a": "x"}, pages=caps.MOST_PAGES + 1)) == "too_many_pages"


@pytest.mark.parametrize("password", ["", "hemligt"])
def test_encrypted_also_where_it_opens_without_a_password(password):
    locked = pikepdf.Encryption(owner="ägare", user=password)

    assert code_of(plain(FIELDS, encryption=locked)) == "encrypted"


def test_xfa_is_told_apart_from_a_form_without_fields():
    def with_xfa(pdf):
        pdf.Root.AcroForm.XFA = pikepdf.Stream(pdf, b"<xdp/>")

    assert code_of(changed(plain(FIELDS), with_xfa)) == "xfa"
    assert code_of(changed(plain({}), with_xfa)) == "xfa"


def test_printed_to_pdf_has_no_fields():
    def flattened(pdf):
        pdf.Root.AcroForm.Fields = Array([])
        del pdf.pages[0].obj["/Annots"]

    printed = pikepdf.new()
    printed.add_blank_page()

    assert code_of(saved(printed)) == "no_fields"
    assert code_of(changed(plain(FIELDS), flattened)) == "no_fields"


JAVASCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert('hej')"))


def _in_names(pdf):
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), JAVASCRIPT])))


def _on_opening(pdf):
    pdf.Root.OpenAction = JAVASCRIPT


def _after_a_link(pdf):
    pdf.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([0]), Next=Array([JAVASCRIPT]))


def _of_the_document(pdf):
    pdf.Root.AA = Dictionary(WC=JAVASCRIPT)


def _of_a_page(pdf):
    pdf.pages[0].obj.AA = Dictionary(O=JAVASCRIPT)


def _of_a_field(pdf):
    pdf.Root.AcroForm.Fields[0].AA = Dictionary(K=JAVASCRIPT)


def _of_a_field_on_no_page(pdf):
    field = Dictionary(FT=Name.Tx, T=String("dolt"), AA=Dictionary(C=JAVASCRIPT))
    pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))


def _of_a_widget(pdf):
    pdf.pages[0].obj.Annots[0].A = JAVASCRIPT


@pytest.mark.parametrize(
    "place",
    [
        _in_names,
        _on_opening,
        _after_a_link,
        _of_the_document,
        _of_a_page,
        _of_a_field,
        _of_a_field_on_no_page,
        _of_a_widget,
    ],
)
def test_scripts_wherever_they_lie(place):
    assert code_of(changed(plain(FIELDS), place)) == "scripts"


@pytest.mark.parametrize("kind", ["Launch", "SubmitForm", "ImportData", "GoToE", "GoToR"])
def test_what_reaches_out_when_it_is_opened(kind):
    def opens(pdf):
        pdf.Root.OpenAction = Dictionary(S=Name(f"/{kind}"), F=String("program.exe"))

    assert code_of(changed(plain(FIELDS), opens)) == "actions"


def test_a_place_to_open_at_and_a_link_are_no_harm():
    def harmless(pdf):
        pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])
        link = Dictionary(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://example.org")))
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(link))

    assert read(changed(plain(FIELDS), harmless)) == SAID


def test_files_inside():
    def attach(pdf):
        pdf.attachments["fil.txt"] = b"hej"

    def noted(pdf):
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(Dictionary(Subtype=Name.FileAttachment)))

    assert [code_of(changed(plain(FIELDS), change)) for change in (attach, noted)] == ["embedded_files"] * 2


def test_two_fields_of_a_name_that_say_otherwise():
    def twice(value):
        def change(pdf):
            field = Dictionary(FT=Name.Tx, T=String("namn"), V=String(value))
            pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

        return change

    assert code_of(changed(plain(FIELDS), twice("Annan"))) == "duplicate_names"
    assert read(changed(plain(FIELDS), twice("Anna Åström"))) == SAID


# Signed


def test_a_signed_form_is_read_and_one_changed_after_it_was_signed_is_refused(signed_form):
    assert read(signed_form) == {"namn": "Anna"}
    changed_byte = signed_form.replace(b"(Anna)", b"(Ulla)")
    assert changed_byte != signed_form
    assert code_of(changed_byte) == "broken_signature"


def test_a_process_of_its_own_judges_signatures_too(signed_form):
    assert read_fields(signed_form) == {"namn": "Anna"}
    with pytest.raises(PdfRefused) as refused:
        read_fields(signed_form.replace(b"(Anna)", b"(Ulla)"))
    assert refused.value.code == "broken_signature"


def test_a_signed_form_that_is_filled_in_afterwards_holds(signed_form):
    content = pdf_makers.as_acrobat(signed_form, {"namn": "Bo"})

    assert read(content) == {"namn": "Bo"}


def test_a_signature_that_is_none_is_broken():
    def false(pdf):
        value = Dictionary(
            Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=String("x"), ByteRange=Array([0, 1, 2, 3])
        )
        field = Dictionary(FT=Name.Sig, T=String("s"), V=pdf.make_indirect(value))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(field))

    assert code_of(changed(plain(FIELDS), false)) == "broken_signature"


@pytest.fixture(scope="module")
def signed_form():
    """A form signed by a made-up certificate."""
    return pdf_makers.signed(plain({"namn": "Anna"}))


# Made to do harm


def test_a_form_that_goes_in_circles_ends():
    def in_circles(pdf):
        field = pdf.Root.AcroForm.Fields[0]
        field.Kids = Array([field])
        field.Parent = field

    def pages_in_circles(pdf):
        pdf.Root.Pages.Kids.append(pdf.Root.Pages)

    assert read(changed(plain({"a": "x", "b": "y"}), in_circles))["b"] == "y"
    raw = plain({"a": "x"}).replace(b"/Kids [ 3 0 R ]", b"/Kids [ 2 0 R ]")
    with pytest.raises(Unreadable):
        for content in (raw, changed(plain({"a": "x"}), pages_in_circles)):
            read(content)


def test_a_value_that_grows_without_end_when_it_is_unpacked_is_left_unread():
    def bomb(pdf):
        pdf.Root.AcroForm.Fields[0].V = pikepdf.Stream(pdf, b"A" * (caps.LARGEST_STREAM + 1000))

    with pytest.raises(PdfRefused) as refused:
        read_fields(changed(plain({"a": "x"}), bomb, compress_streams=True))
    assert refused.value.code in ("too_heavy", "damaged")


def test_a_file_that_takes_longer_than_it_may_is_left_unread(monkeypatch):
    monkeypatch.setattr(filled, "SECONDS", 0.001)

    with pytest.raises(PdfRefused) as refused:
        read_fields(plain(FIELDS))
    assert refused.value.code == "too_heavy"


def test_where_the_system_has_no_room_for_the_process_that_reads_it_is_said(monkeypatch):
    monkeypatch.setattr(filled.sys, "executable", "/there/is/no/such/program")

    with pytest.raises(PdfRefused) as refused:
        read_fields(plain(FIELDS))
    assert refused.value.code == "busy"


def test_a_few_are_read_at_a_time_and_others_are_told_to_come_again(monkeypatch):
    monkeypatch.setattr(filled, "WAIT", 0.01)
    taken = [filled._room.acquire(blocking=False) for _ in range(filled.AT_ONCE)]
    try:
        with pytest.raises(PdfRefused) as refused:
            read_fields(plain(FIELDS))
    finally:
        for _ in taken:
            filled._room.release()

    assert (taken, refused.value.code) == ([True] * filled.AT_ONCE, "busy")
    assert read_fields(plain(FIELDS)) == SAID


def test_the_process_that_reads_knows_nothing_of_ours(monkeypatch):
    monkeypatch.setenv("SAMSPEL_SECRET_KEY", "hemligt")

    assert "hemligt" not in filled._environment().values()


def test_more_fields_or_text_than_any_form_has_are_left_unread():
    assert code_of(plain({"a": "x" * (caps.LONGEST_TEXT + 1)})) == "too_heavy"
    assert code_of(plain({f"f{n}": "x" * 900_000 for n in range(7)})) == "too_heavy"


def test_deep_fields_are_left_unread():
    def deep(pdf):
        node = pdf.make_indirect(Dictionary(T=String("z"), FT=Name.Tx, V=String("x")))
        for n in range(caps.DEEPEST + 5):
            node = pdf.make_indirect(Dictionary(T=String(f"n{n}"), Kids=Array([node])))
        pdf.Root.AcroForm.Fields.append(node)

    assert code_of(changed(plain({"a": "x"}), deep)) == "too_heavy"


GOOD = plain(FIELDS)
LAID_OUT = plain(FIELDS, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)


@settings(max_examples=many(150), deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(data=st.data())
def test_a_file_with_any_bytes_changed_or_cut_is_read_or_refused(data):
    content = bytearray(data.draw(st.sampled_from([GOOD, LAID_OUT])))
    for place, byte in data.draw(
        st.lists(st.tuples(st.integers(0, len(content) - 1), st.integers(0, 255)), min_size=1, max_size=30)
    ):
        content[place] = byte
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(content)), st.integers(0, len(content)))))
    if data.draw(st.booleans()):
        del content[start:end]

    try:
        said = read(bytes(content))
    except Unreadable as refused:
        assert refused.code in filled.SAID
    else:
        assert all(isinstance(value, str | list) for value in said.values())


# What a person can write: no control signs but line breaks, no halves of signs.
WRITTEN = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=60)
NAMES = st.from_regex(r"[a-z_]{1,8}(/[a-z0-9]{1,4}/[a-z]{1,6})?", fullmatch=True)


@settings(max_examples=many(60), deadline=None, derandomize=True)
@given(st.dictionaries(NAMES, WRITTEN, min_size=1))
def test_any_text_filled_in_by_two_libraries_comes_back_as_it_was(texts):
    blank = plain(dict.fromkeys(texts, ""))

    assert read(by_pypdf(blank, texts)) == texts
    assert read(changed(blank, lambda pdf: by_pikepdf(pdf, texts))) == texts


def by_pypdf(content: bytes, texts: dict[str, str]) -> bytes:
    """Filled in with pypdf, each value put where its field says."""
    writer = pypdf.PdfWriter(clone_from=BytesIO(content))
    for reference in writer._root_object["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        field[NameObject("/V")] = TextStringObject(texts[field["/T"]])
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def by_pikepdf(pdf: pikepdf.Pdf, texts: dict[str, str]) -> None:
    """Filled in with pikepdf."""
    for field in pdf.Root.AcroForm.Fields:
        field.V = String(texts[str(field.T)])
