"""The registry's pages: what stands on them, in both languages, with queries that do not grow."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samspel.registry.models import BatchState, ImportBatch, IndicatorValue, Organizer, SchoolUnit
from samspel.registry.operations import imports
from samspel.registry.queries import organizers
from tests.registry.conftest import NOW, kolada, statistics

UPPLANDS_VASBY = "2120000019"


def add_unit(code: str, name: str, number: str = UPPLANDS_VASBY) -> SchoolUnit:
    """A school unit with one form."""
    unit = SchoolUnit.objects.create(
        code=code,
        name=name,
        sort_key=name.lower(),
        search_key=name.lower(),
        organizer=Organizer.objects.get(organization_number=number),
        municipality_id="0114",
        as_of=date(2026, 1, 1),
    )
    unit.forms.create(form="GR", grades="1 2 3", pupils=120)
    return unit


@pytest.fixture
def figures(import_now):
    import_now(
        {
            "2023.csv": statistics({"0114": "23,3"}, year="2023/24"),
            "2024.csv": statistics({"0114": "24,3"}),
            "merit.csv": kolada({"0114": "224.2", "1440": "210"}),
        }
    )


def test_an_organizers_page_shows_facts_area_units_and_figures_with_source(client, figures):
    add_unit("74174879", "Bollstanäs skola")

    page = client.get(f"/huvudman/{UPPLANDS_VASBY}/")

    text = page.content.decode()
    assert page.status_code == 200
    for told in (
        "Upplands Väsby kommun",
        "212000-0019",
        "Stockholms län",
        "Skolenhetsregistret",
        "Bollstanäs skola",
        "grundskola",
        "24,3",
        "224,2",
        "Skolverket, Grundskola - Antal elever per årskurs",
        "kommunala skolorna i Upplands Väsby",
        "nyckeltal.csv",
    ):
        assert told in text


def test_an_organizers_page_speaks_english(client, figures):
    text = client.get(f"/en/huvudman/{UPPLANDS_VASBY}/").content.decode()

    assert "Organization number" in text and "Share of pupils with a foreign background" in text
    assert "Organisationsnummer" not in text


@pytest.mark.parametrize("written", ["212000-0019", "16212000-0019"])
def test_a_number_written_otherwise_leads_to_the_page(client, db, written):
    answer = client.get(f"/huvudman/{written}/")

    assert (answer.status_code, answer["Location"]) == (301, f"/huvudman/{UPPLANDS_VASBY}/")


@pytest.mark.parametrize("address", ["/huvudman/2120000018/", "/huvudman/x/", "/skolenhet/1/", "/kommun/9999/"])
def test_what_does_not_exist_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


def test_a_federation_has_its_members_and_no_figures_of_theirs(client, figures):
    text = client.get("/huvudman/2220000802/").content.decode()

    assert "Ludvika" in text and "Smedjebacken" in text
    assert "Inga siffror är publicerade här" in text


def test_an_invented_organizer_says_so(client, db):
    Organizer.objects.filter(organization_number=UPPLANDS_VASBY).update(is_invented=True)

    text = client.get(f"/huvudman/{UPPLANDS_VASBY}/").content.decode()

    assert "Den här huvudmannen finns inte" in text


def test_higher_apps_put_panels_on_the_page(client, db, settings, tmp_path):
    (tmp_path / "panel.html").write_text("<p>Med i {{ panel.round }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    panel = organizers.Panel("support", "Stöd", "panel.html", {"round": "urvalet 2024"})
    organizers.organizer_panels.add("test", lambda request, organizer: panel)
    try:
        text = client.get(f"/huvudman/{UPPLANDS_VASBY}/").content.decode()
    finally:
        organizers.organizer_panels.add("test", lambda request, organizer: None)

    assert "<h2>Stöd</h2>" in text and "Med i urvalet 2024" in text


def test_the_figures_of_an_organizer_come_as_csv_and_json(client, figures):
    sheet = client.get(f"/huvudman/{UPPLANDS_VASBY}/nyckeltal.csv").content.decode("utf-8-sig")
    told = json.loads(client.get(f"/huvudman/{UPPLANDS_VASBY}/nyckeltal.json").content)

    assert sheet.splitlines()[0].startswith("organization_number;organizer;invented;")
    assert [(row["indicator"], row["period"], row["value"]) for row in told["figures"]] == [
        ("foreign_background", "2023/24", "23.3"),
        ("foreign_background", "2024/25", "24.3"),
        ("kolada_n15505", "2021/22", "224.2"),
    ]
    assert {row["file"] for row in told["figures"]} == {"2023.csv", "2024.csv", "merit.csv"}


def test_in_a_demo_every_row_of_a_file_says_so(client, figures, settings):
    settings.SAMSPEL_IS_DEMO = True

    sheet = client.get(f"/huvudman/{UPPLANDS_VASBY}/nyckeltal.csv").content.decode("utf-8-sig").splitlines()

    assert sheet[0].endswith(";notice") and all("Demonstration" in line for line in sheet[1:])


def test_a_school_units_page_and_a_municipalitys_page(client, figures):
    add_unit("74174879", "Bollstanäs skola")

    unit = client.get("/skolenhet/74174879/").content.decode()
    place = client.get("/kommun/0114/").content.decode()

    assert "Bollstanäs skola" in unit and "Upplands Väsby kommun" in unit and "120" in unit
    assert "Upplands Väsby kommun" in place and "49\u00a0262" in place and "Vem som ansvarar" in place


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("orebro", "Örebro kommun"),
        ("ÖREBRO", "Örebro kommun"),
        ("212000-1967", "Örebro kommun"),
        ("16212000-1967", "Örebro kommun"),
        ("utbildningsforbund vasterbergs", "Västerbergslagens utbildningsförbund"),
        ("7417", "Bollstanäs skola"),
    ],
)
def test_search_finds_whatever_the_marks(client, db, sought, found):
    add_unit("74174879", "Bollstanäs skola")

    assert found in client.get("/sok/", {"q": sought}).content.decode()


@pytest.mark.parametrize("sought", ["", " ", "%", "\0", "'; drop table", "å" * 5000, "finns inte alls"])
def test_search_answers_anything(client, db, sought):
    assert client.get("/sok/", {"q": sought}).status_code == 200


def test_indicators_say_definition_source_and_caveat(client, figures):
    listing = client.get("/indikatorer/").content.decode()
    one = client.get("/indikatorer/foreign_background/").content.decode()

    assert "utländsk bakgrund" in listing
    for told in ("Född utomlands", "2022/23", "Grundskola - Antal elever per årskurs", "Skolverket"):
        assert told in one


@pytest.mark.parametrize(
    "address",
    [f"/huvudman/{UPPLANDS_VASBY}/", "/sok/?q=skola", "/kommun/0114/", "/indikatorer/", "/indikatorer/kolada_n15505/"],
)
def test_pages_ask_as_much_of_the_database_with_one_row_as_with_three(
    client, import_now, address, django_assert_num_queries
):
    def counted() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    add_unit("74174879", "En skola")
    add_unit("74174882", "En annans skola", "2120000027")
    import_now({"2022.csv": kolada({"0114": "224.2"})})
    with_one = counted()
    add_unit("74174880", "Två skola")
    add_unit("74174881", "Tre skola", "2120000027")
    import_now({"n15419.csv": kolada({"0114": "71"}, kpi="n15419"), "n15822.csv": kolada({"0114": "25"}, kpi="n15822")})

    assert counted() == with_one


def upload(client, **files: bytes):
    """Hand files in on the page."""
    given = [SimpleUploadedFile(f"{name}.csv", data) for name, data in files.items()]
    return client.post("/arbete/importer/", {"files": given})


def test_an_officer_hands_in_looks_and_imports(client, officer):
    client.force_login(officer)

    handed_in = upload(client, merit=kolada({"0114": "224.2"}), antal=statistics({"0114": "24,3"}))
    page = client.get(handed_in["Location"])
    assert handed_in.status_code == 302 and "Vad den skulle ändra" in page.content.decode()
    assert not IndicatorValue.objects.exists()

    done = client.post(handed_in["Location"] + "importera/", follow=True)

    assert "Importen är klar" in done.content.decode()
    assert IndicatorValue.objects.count() == 2
    assert ImportBatch.objects.get().started_by == officer


def test_a_waiting_import_stands_in_att_gora(client, officer):
    client.force_login(officer)
    upload(client, merit=kolada({"0114": "224.2"}))

    assert "1 import väntar på beslut" in client.get("/arbete/").content.decode()


def test_faults_are_shown_with_place_and_expectation(client, officer):
    client.force_login(officer)

    answer = upload(client, merit=kolada({"0114": "x"}))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Ingenting importerades: 1 fel hittades." in text
    assert "merit.csv" in text and "”x” är inget tal" in text
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize("deed", ["importera", "kasta", "jamfor", "aterkalla"])
def test_only_those_who_may_import_decide(client, officer, supporter, deed):
    batch = imports.propose(files=[("merit.csv", kolada({"0114": "224.2"}))], by=officer, at=NOW)
    address = f"/arbete/importer/{batch.key}/{deed}/"

    assert client.post(address)["Location"].startswith("/konto/logga-in/")
    client.force_login(supporter)
    assert client.post(address).status_code == 403
    batch.refresh_from_db()
    assert batch.state == BatchState.PROPOSED


def test_a_withdrawal_that_must_wait_says_for_what(client, officer, import_now):
    first = import_now({"first.csv": kolada({"0114": "224.2"})})
    import_now({"second.csv": kolada({"0114": "225"})})
    client.force_login(officer)

    answer = client.post(f"/arbete/importer/{first.key}/aterkalla/")

    assert answer.status_code == 409 and "second.csv" in answer.content.decode()


def test_an_upload_beyond_the_limit_is_refused_with_a_sentence(client, officer, settings):
    settings.SAMSPEL_UPLOAD_LIMIT = 1000
    client.force_login(officer)

    answer = upload(client, stor=b"x" * 100_000)

    assert answer.status_code == 413
    assert "stor.csv" in answer.content.decode() and not ImportBatch.objects.exists()


def test_no_file_at_all_is_an_empty_field(client, officer):
    client.force_login(officer)

    answer = client.post("/arbete/importer/", {})

    assert answer.status_code == 422


def _workspace(client) -> list[str]:
    strip = client.get("/").content.decode().partition('class="site-work"')[2].partition("</nav>")[0]
    return [address for address in ("/arbete/", "/arbete/importer/", "/arbete/urval/") if f'href="{address}"' in strip]


def test_the_pages_one_works_in_stand_apart_from_those_that_everybody_reads(client, officer, supporter):
    assert _workspace(client) == []

    client.force_login(supporter)
    assert _workspace(client) == ["/arbete/", "/arbete/urval/"]

    client.force_login(officer)
    assert _workspace(client) == ["/arbete/", "/arbete/importer/", "/arbete/urval/"]


def test_addresses_have_names():
    assert reverse("search") == "/sok/"
    assert reverse("registry:organizer", args=[UPPLANDS_VASBY]) == f"/huvudman/{UPPLANDS_VASBY}/"
