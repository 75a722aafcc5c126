"""Whatever the bytes are, reading gives an answer: rows, or faults, and never an exception."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.registry.rules.official import EXPECTED, FAULT_SENTENCES, Known, ReadFile, read, read_many
from samspel.registry.rules.official.cells import BAD, Cells
from samspel.registry.rules.official.results import MARKS, SEXES, SLICES, SUBJECT_KINDS
from samspel.testing.examples import many

from . import samples

KNOWN = Known(municipalities=samples.MUNICIPALITIES)
WHOLE = [samples.pupils(), samples.kolada(), samples.municipality_table(), samples.plain_table()]
BOOKS = [
    samples.register(),
    samples.shared_workbook(
        ["Indikator", "Kommunkod", "Värde", "År", "Källa", "pupils", "1440", "12", "2024", "Egen"],
        [range(5), range(5, 10)],
    ),
]
NASTY = st.sampled_from(
    ["", ";", ",", "\t", '"', "\n", "\r", "\0", "=1+1", "-1", "~100", "..", ".", "cirka 5", "1e9", "٣", "½", "nan",
     "inf", "0114", "1440", "Kommun", "geo", "year", "Valt läsår: 2024/25", "\ufeff", "\u2028", "x" * 3000, "9" * 400]
)  # fmt: skip


def told(found: ReadFile) -> None:
    """An answer is whole: faults or rows, and each part one of those that are announced."""
    assert bool(found.errors) == bool(found.error_count)
    assert not (found.errors and found.values)
    for fault in found.errors + found.notices:
        assert fault.code in FAULT_SENTENCES
        assert fault.expected in EXPECTED
        assert len(fault.stood) <= 80
        assert fault.row >= 0
    for value in found.values:
        assert (value.slice in SLICES, value.sex in SEXES, value.mark in MARKS) == (True, True, True)
        assert value.subject_kind in SUBJECT_KINDS
        assert len(value.subject_code) <= 10
        assert (value.value is not None) == (value.mark in ("exact", "approximate"))


@given(st.binary(max_size=600))
def test_any_bytes(data):
    told(read("fil", data, KNOWN))


@given(st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"\xef\xbb\xbf"]), st.binary(max_size=300))
def test_any_bytes_that_open_like_something(start, rest):
    for found in read_many([("fil", start + rest)], KNOWN):
        told(found)


@settings(max_examples=many(300), deadline=None)
@given(st.sampled_from(WHOLE), st.data())
def test_a_real_shape_with_anything_put_anywhere(whole, data):
    text = whole.decode("utf-8-sig")
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(NASTY | st.text(max_size=8)) + text[end:]

    told(read("fil", text.encode("utf-8", "surrogatepass"), KNOWN))


@settings(max_examples=many(150), deadline=None)
@given(st.lists(st.lists(NASTY | st.text(max_size=5), min_size=1, max_size=12), max_size=6), st.sampled_from(";,\t"))
def test_a_real_heading_over_any_rows(rows, delimiter):
    for heading in (samples.PUPILS_HEADING, "geo,year,n15505", "Indikator;Kommunkod;Värde;År;Källa"):
        lines = ["Grundskola - Antal elever per årskurs", "Valt läsår: 2024/25", heading, *map(delimiter.join, rows)]
        told(read("fil", ("\n".join(lines) + "\n").encode("utf-8", "replace"), KNOWN))


@settings(max_examples=many(150), deadline=None)
@given(st.data())
def test_a_workbook_with_bytes_changed(data):
    book = bytearray(data.draw(st.sampled_from(BOOKS)))
    for _ in range(data.draw(st.integers(1, 6))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))

    told(read("fil", bytes(book[: data.draw(st.integers(len(book) // 2, len(book)))]), KNOWN))


@settings(max_examples=many(150), deadline=None)
@given(st.data())
def test_a_workbook_with_its_inside_changed(data):
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data.draw(st.sampled_from(BOOKS)))) as old, zipfile.ZipFile(held, "w") as new:
        names = [entry.filename for entry in old.infolist()]
        changed = data.draw(st.sampled_from([name for name in names if name.startswith("xl/")]))
        for name in names:
            part = bytearray(old.read(name))
            if name == changed:
                at = data.draw(st.integers(0, len(part)))
                part[at : at + data.draw(st.integers(0, 20))] = data.draw(
                    st.binary(max_size=12) | NASTY.map(str.encode)
                )
            new.writestr(name, bytes(part))

    told(read("fil", held.getvalue(), KNOWN))


@settings(max_examples=many(60), deadline=None)
@given(st.dictionaries(st.sampled_from(samples.UNIT_HEADING), NASTY.map(lambda t: t.replace("\0", "")) | st.integers()))
def test_a_register_with_any_cells(changed):
    told(read("fil", samples.register([samples.unit_row(**changed)]), KNOWN))


@given(st.text(max_size=20) | NASTY)
def test_a_cell_is_a_value_a_mark_or_a_fault(text):
    value, mark, note = Cells(most=100)[text]

    assert mark in MARKS or (mark == BAD and note in FAULT_SENTENCES)
    assert (value is None) == (mark not in ("exact", "approximate"))


@given(st.decimals(min_value=0, max_value=10**9, places=1), st.sampled_from(["", " ", "\u00a0", "\u202f"]))
def test_a_number_written_the_swedish_way_reads_as_itself(number, separator):
    written = f"{number:,.1f}".replace(",", separator).replace(".", ",")

    assert Cells()[written] == (f"{number:.1f}", "exact", None)


@pytest.mark.parametrize("text", ["..", ".", "...", "-", "*", "NA", "~100", "~ 95"])
def test_a_mark_is_never_a_number(text):
    assert Cells()[text][0] is None
