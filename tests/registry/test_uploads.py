"""Whatever is handed in, the page answers with a sentence and never breaks; nothing half imported."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from samspel.kernel.files.uploads import upload_refused
from samspel.registry.models import ImportBatch, IndicatorValue
from samspel.testing.examples import many
from samspel.testing.sessions import Client
from tests.registry.conftest import kolada, statistics

ANSWERS = {302, 413, 422}


@pytest.fixture
def hand_in(client, officer):
    """Hand one file in on the page; the status of the answer."""
    client.force_login(officer)

    def hand(data: bytes, name: str = "fil.csv") -> int:
        given = SimpleUploadedFile(name, data)
        return client.post("/arbete/importer/", {"files": [given]}).status_code

    return hand


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip file."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook with one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


GOOD = statistics({"0114": "24,3"})
REGISTER_HEAD = ["ORGANISATIONSNR", "HUVUDMANNATYP", "NAMN", "JURIDISK FORM"]
HOSTILE = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "nul": b"\0" * 2000,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "truncated in the middle of a row": GOOD[: len(GOOD) // 2],
    "cp1252": GOOD.decode("utf-8-sig").encode("cp1252", "replace"),
    "CRLF": GOOD.replace(b"\n", b"\r\n"),
    "UTF-16": GOOD.decode("utf-8-sig").encode("utf-16"),
    "unknown municipality": kolada({"9998": "200"}),
    "code without its zero": kolada({"114": "200"}),
    "twice the same": b"geo,year,n15505\n0114,2022,200\n0114,2022,201\n",
    "drifted heading": GOOD.replace(b"Kommun-kod", b"Kommunnummer"),
    "formula": kolada({"0114": "=1+1"}),
    "negative": kolada({"0114": "-5"}, kpi="n15809"),
    "a number of a thousand digits": kolada({"0114": "9" * 1000}),
    "infinite": kolada({"0114": "inf"}),
    "one line without end": b"x" * 2_000_000,
    "quotes without end": b'geo,year,n15505\n"0114,2022,200\n' * 50,
    "zip bomb": zipped({"a.csv": b"0" * 80_000_000}),
    "zip in a zip": zipped({"inner.zip": zipped({"a.csv": GOOD})}),
    "broken zip": zipped({"a.csv": GOOD})[:-30],
    "broken workbook": workbook([["Kommun", "Kommun-kod"]])[:-200],
    "workbook of nothing known": workbook([["a", "b"], [1, 2]]),
    "personal number as organizer": workbook([REGISTER_HEAD, ["8112289874", "Enskild", "Någon", "Fysisk person"]]),
    "check digit": workbook([REGISTER_HEAD, ["2120000018", "Kommunal", "En kommun", "Kommuner"]]),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_answered_with_a_sentence(hand_in, data):
    assert hand_in(data) in ANSWERS
    assert not IndicatorValue.objects.exists()


REFUSED = set(HOSTILE) - {"cp1252", "CRLF", "UTF-16"}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_bad_file_is_refused_whole(hand_in, name):
    assert hand_in(HOSTILE[name]) == 422
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("name", ["cp1252", "CRLF"])
def test_other_encodings_and_line_ends_are_read(hand_in, name):
    assert hand_in(HOSTILE[name]) == 302


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 400 + ".csv", "å\u202eä\u0000.csv", "<b>.csv", ".csv"])
def test_any_file_name_will_do(hand_in, name):
    assert hand_in(kolada({"0114": "x"}), name) in ANSWERS


@settings(max_examples=many(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace"))))
def test_no_bytes_break_the_page(hand_in, data):
    assert hand_in(data) in ANSWERS


_CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
_PLACE = st.tuples(st.integers(0, 8), st.integers(0, 6), _CELL)


@settings(max_examples=many(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PLACE, min_size=1, max_size=4))
def test_no_changed_cell_breaks_the_page(hand_in, changes):
    lines = [line.split(";") for line in GOOD.decode().split("\n")]
    for row, column, text in changes:
        line = lines[min(row, len(lines) - 1)]
        line[min(column, len(line) - 1)] = text

    assert hand_in("\n".join(map(";".join, lines)).encode()) in ANSWERS


def test_an_upload_beyond_the_limit_is_never_held(officer, settings, rf):
    settings.SAMSPEL_UPLOAD_LIMIT = 300_000
    request = rf.post("/arbete/importer/", {"files": SimpleUploadedFile("stor.csv", b"x" * 3_000_000)})

    refused = upload_refused(request)

    assert (refused.file_name, refused.limit) == ("stor.csv", 300_000)
    assert list(request.FILES) == []


def test_several_files_count_together(settings, rf):
    settings.SAMSPEL_UPLOAD_LIMIT = 300_000
    files = [SimpleUploadedFile(f"{number}.csv", b"x" * 200_000) for number in range(3)]

    assert upload_refused(rf.post("/arbete/importer/", {"files": files})) is not None


def test_a_forged_upload_is_refused_before_anything(officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)

    answer = strict.post("/arbete/importer/", {"files": [SimpleUploadedFile("a.csv", GOOD)]})

    assert answer.status_code == 403 and not ImportBatch.objects.exists()
