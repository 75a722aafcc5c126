"""The files of list, map and round."""

import csv
import io
import json

import pypdf
import pytest

from samspel.reporting.views import downloads

ADDRESSES = ["/huvudman/lista", "/karta/karta", "/urval/omgang-2/omgang"]


@pytest.fixture
def fetch(client, programme):
    def get(address):
        response = client.get(address)
        assert response.status_code == 200
        return response

    return get


def rows_of(response):
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("address", ADDRESSES)
def test_csv_and_json_hold_the_same_rows(fetch, address):
    table, document = rows_of(fetch(f"{address}.csv")), json.loads(fetch(f"{address}.json").content)

    assert [row["Huvudman"] for row in table] == [row["name"] for row in document["rows"]]
    assert len(table) >= 5


def test_a_row_of_the_list_says_it_all(fetch):
    row = next(row for row in rows_of(fetch("/huvudman/lista.csv")) if row["Huvudman"] == "Ängby kommun")

    assert row["Organisationsnummer"] == "299980-0010"
    assert (row["Urvalsomgång"], row["Status"], row["Län"]) == ("Omgång 2", "Erbjuden", "Stockholms län")
    assert (row["Övning"], row["Påhittad"], row["Erbjuden den"]) == ("0", "1", "2026-11-21")
    assert row["Avser"] == downloads.today().isoformat()
    assert row["Källa"] == "Samspel, publicerade urvalsomgångar"


def test_the_map_file_has_codes_as_text_with_their_zero(fetch):
    rows = {row["name"]: row for row in json.loads(fetch("/karta/karta.json").content)["rows"]}

    assert rows["Ängby kommun"]["municipality_codes"] == ["0114"]
    assert rows["Ölunda utbildningsförbund"]["municipality_codes"] == ["2061", "2085"]
    assert rows["Skolbolaget i Skåne"]["municipality_codes"] == []


def test_a_file_follows_the_filter_of_the_page(fetch):
    assert [row["Huvudman"] for row in rows_of(fetch("/huvudman/lista.csv?status=ended"))] == ["Ängby kommun"]
    assert [row["Huvudman"] for row in rows_of(fetch("/karta/karta.csv?lan=24"))] == ["Åby kommun"]


def test_a_file_is_named_by_what_it_is_and_its_day(fetch):
    response = fetch("/huvudman/lista.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="huvudman-{downloads.today().isoformat()}.csv"'


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_pdf_is_tagged_titled_in_its_language_and_holds_the_rows(fetch, address, prefix):
    document = pypdf.PdfReader(io.BytesIO(fetch(f"{prefix}{address}.pdf").content))
    text = " ".join(page.extract_text() for page in document.pages)

    assert document.root_object["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in document.root_object
    assert document.root_object["/Lang"] == (prefix.strip("/") or "sv")
    assert document.metadata.title
    assert "Ängby kommun" in text and "Zinkby kommun" in text
    assert downloads.today().isoformat() in text


def test_a_pdf_is_the_same_bytes_for_the_same_day_and_data(client, programme):
    from samspel.kernel.kept import Shelf

    first = client.get("/karta/karta.pdf").content
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("samspel.kernel.kept.answers.SHELF", Shelf(0))
        assert client.get("/karta/karta.pdf").content == first


def test_a_kind_there_is_not_is_not_found(client, programme):
    assert client.get("/huvudman/lista.xml").status_code == 404


def test_an_empty_list_is_a_file_too(client, db):
    assert rows_of(client.get("/huvudman/lista.csv")) == []
    assert json.loads(client.get("/karta/karta.json").content)["rows"] == []
    assert client.get("/karta/karta.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_demos_files_say_that_the_programme_is_invented(fetch, settings, address):
    settings.SAMSPEL_IS_DEMO = True

    assert "verksamheten som visas här är påhittad" in rows_of(fetch(f"{address}.csv"))[0]["Anmärkning"]
    assert "påhittad" in json.loads(fetch(f"{address}.json").content)["notes"][-1]
    pages = pypdf.PdfReader(io.BytesIO(fetch(f"{address}.pdf").content)).pages
    assert all("påhittad" in " ".join(page.extract_text().split()) for page in pages)


def test_a_real_homes_files_say_nothing_of_a_demo(fetch):
    assert "Anmärkning" not in rows_of(fetch("/huvudman/lista.csv"))[0]
    assert json.loads(fetch("/huvudman/lista.json").content)["notes"] == []
