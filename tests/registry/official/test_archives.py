"""Zip files and workbooks are opened without trusting what they say of themselves."""

import io
import re
import struct
import zipfile

import pytest

from samspel.registry.rules.official import ArchiveRefused, open_archive, read, read_many, received

from . import samples
from .samples import archive


def refusal(data):
    """Why a zip file is refused."""
    with pytest.raises(ArchiveRefused) as refused:
        list(open_archive("fil.zip", data))
    return refused.value.fault.code


def test_a_bomb_is_refused_while_it_unpacks():
    assert refusal(archive(bomb__csv=b"\0" * 40_000_000)) == "archive_too_large"


def test_many_files_are_too_many():
    assert refusal(archive(**{f"f{n}": b"x" for n in range(1001)})) == "archive_too_many"


def test_a_zip_file_inside_a_zip_file_is_refused():
    assert refusal(archive(inner__zip=archive(a__csv=b"x"))) == "archive_nested"


def test_an_encrypted_zip_file_is_refused():
    data = bytearray(archive(a__csv=b"x" * 100))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + at] |= 1

    assert refusal(bytes(data)) == "archive_encrypted"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_zip_file_cut_short_is_refused(share):
    data = archive(a__csv=samples.pupils(), b__csv=samples.kolada())

    assert refusal(data[: int(len(data) * share)]) == "broken_archive"


def test_a_refused_zip_file_is_a_file_with_that_fault():
    (found,) = read_many([("fil.zip", archive(inner__zip=archive(a__csv=b"x")))])

    assert (found.kind.value, [e.code for e in found.errors]) == ("unknown", ["archive_nested"])


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd", "passwd"),
        ("/abs/a.csv", "a.csv"),
        ("C:\\x\\b.csv", "b.csv"),
        ("..", "file"),
        ("a\nb", "ab"),
    ],
)
def test_names_inside_lead_nowhere(name, harmless):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr(zipfile.ZipInfo(name), b"x")

    assert [inner for inner, _ in open_archive("fil.zip", held.getvalue())] == [harmless]


def test_folders_and_what_a_mac_adds_are_passed_over():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        for name in ("mapp/", "__MACOSX/mapp/._a.csv", "mapp/._a.csv", "mapp/a.csv"):
            packed.writestr(name, b"x" if not name.endswith("/") else b"")

    assert [name for name, _ in open_archive("fil.zip", held.getvalue())] == ["a.csv"]


def rebuilt(data, change, part_name="xl/worksheets/sheet1.xml"):
    """A workbook with one part of its XML changed."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            part = old.read(entry)
            new.writestr(entry.filename, change(part) if entry.filename == part_name else part)
    return held.getvalue()


def codes(data):
    """The codes of a file's errors."""
    return [e.code for e in read("fil.xlsx", data).errors]


def test_a_workbook_that_unpacks_to_a_bomb_is_refused():
    assert codes(rebuilt(samples.register(), lambda part: part + b" " * 60_000_000)) == ["workbook_too_large"]


@pytest.mark.parametrize("place", [b"XFD1048576", b"A1048576000", b"ZZZZZZZZ1", b"xfd999999"])
def test_one_cell_far_out_does_not_cost_a_full_sheet(place):
    assert codes(rebuilt(samples.register(), lambda part: part.replace(b'r="B2"', b'r="' + place + b'"'))) == [
        "workbook_too_large"
    ]


def test_a_workbook_that_lies_about_its_size_is_measured_and_not_believed():
    data = bytearray(rebuilt(samples.register(), lambda part: part + b" " * 60_000_000))
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        at = found.start()
        if b"sheet1.xml" in data[at + 46 : at + 46 + 30]:
            data[at + 24 : at + 28] = struct.pack("<I", 1000)

    assert codes(bytes(data)) in (["workbook_too_large"], ["broken_workbook"])


@pytest.mark.parametrize(
    "junk", [b"", b"<", b"<worksheet>", b"\xff\xfe<\0", b"<worksheet><sheetData><row r='0'><c/></row>"]
)
def test_a_sheet_that_is_no_xml_is_refused(junk):
    assert codes(rebuilt(samples.register(), lambda part: junk)) != []


def test_an_upload_is_refused_as_soon_as_it_is_too_large():
    taken = []

    def pieces():
        for n in range(1_000_000):
            taken.append(n)
            yield b"x" * 1_000_000

    with pytest.raises(ArchiveRefused) as refused:
        received("stor.csv", pieces())

    assert (refused.value.fault.code, len(taken)) == ("file_too_large", 51)


def test_texts_that_cells_point_at_are_read():
    texts = ["Indikator", "Kommunkod", "Värde", "År", "Källa", "pupils", "1440", "12", "2024", "Egen räkning"]
    found = read("fil.xlsx", samples.shared_workbook(texts, [range(5), range(5, 10)]))

    assert [(v.indicator_key, v.subject_code, v.value, v.row) for v in found.values] == [("pupils", "1440", "12", 2)]


def test_one_long_text_that_many_cells_point_at_is_refused():
    assert codes(samples.shared_workbook(["x" * 30_000], [[0] * 50] * 200)) == ["workbook_too_large"]


@pytest.mark.parametrize("disguise", [b"<v><![CDATA[1]]></v>", b"<v>&#49;</v>", b"<v><!-- -->1</v>"])
def test_a_workbook_that_hides_what_its_cells_point_at_is_refused(disguise):
    assert codes(rebuilt(samples.register(), lambda part: re.sub(b"<v>[0-9]+</v>", disguise, part))) == [
        "broken_workbook"
    ]


def test_the_same_sheet_named_many_times_is_counted_each_time():
    data = rebuilt(samples.register(), lambda part: part.replace(b'r="B2"', b'r="ZZ3000"'))
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in (1, 2, 3))
    change = re.compile(b"<sheets>.*</sheets>", re.S)
    relations = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

    def named_often(part):
        part = change.sub(f"<sheets>{sheets}</sheets>".encode(), part)
        return part if relations in part else part.replace(b"<workbook ", b"<workbook " + relations + b" ")

    assert codes(rebuilt(data, named_often, "xl/workbook.xml")) == ["workbook_too_large"]


def test_a_text_of_very_many_lines_or_cells_is_refused():
    assert [e.code for e in read("fil", b"a,b,c\n" * 1_000_001).errors] == ["table_too_large"]
    assert [e.code for e in read("fil", b"geo,year,n15505\n" + (b"," * 90_000 + b"\n") * 45).errors] == [
        "table_too_large"
    ]
