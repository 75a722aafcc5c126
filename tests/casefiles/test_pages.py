"""The pages of case files: who sees what, what they refuse, and that they do not grow with rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from samspel.accounts.queries import todo_of
from samspel.casefiles.models import CaseFile, Document
from samspel.casefiles.operations import casefiles, corrections
from samspel.casefiles.operations.documents import Upload
from samspel.kernel.audit import history_of
from samspel.kernel.files.storing import place_of
from samspel.kernel.permissions import Level
from samspel.registry.models import Role
from samspel.registry.queries.organizations import Organization
from samspel.testing.clamav import EICAR
from tests.casefiles.conftest import NOW, PDF, letter, make_organizer, person_with

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def as_(client):
    """Log in as somebody, surely enough for everything here."""

    def log_in(person, level=Level.SIGN):
        client.force_login(person, backend=BACKEND, level=level)
        person.session_level = None  # outside the browser she acts as before
        return client

    return log_in


def address(case_file, *more):
    return "/".join(["/arbete/arenden", case_file.address, *map(str, more), ""])


def now_letter(case_file, by, **changes):
    at = timezone.now()
    return letter(case_file, by, **({"at": at, "on": timezone.localdate(at)} | changes))


def given(**changes):
    today = timezone.localdate().isoformat()
    told = {
        "direction": "in",
        "kind": "letter",
        "channel": "mail",
        "on": today,
        "title": "Brev",
        "counterpart": "Nämnden",
    }
    return told | {"words": "Pappret ligger i akten."} | changes


def shown(response):
    return response.content.decode()


def test_a_case_file_is_opened_with_its_number_and_party(as_, officer, organizer):
    answer = as_(officer).post(
        reverse("casefiles:new"),
        {"series": _series("SAM"), "title": "Samordnare", "organizer": organizer.name, "university": "", "name": ""},
    )

    case_file = CaseFile.objects.get()
    assert answer.headers["Location"] == address(case_file)
    assert (case_file.number, case_file.handler) == (1, officer.key)
    assert [one.organizer for one in case_file.parties.all()] == [organizer]


def _series(code):
    from samspel.casefiles.models import Series

    return Series.objects.get(code=code).pk


@pytest.mark.parametrize("title", ["", "x" * 301, "a\x00b"])
def test_a_case_file_that_cannot_be_opened_keeps_what_was_typed(as_, officer, title):
    answer = as_(officer).post(
        reverse("casefiles:new"), {"series": _series("SAM"), "title": title, "organizer": "9" * 200}
    )

    assert answer.status_code == 422
    assert "Det finns ingen huvudman med just det numret eller namnet." in shown(answer)
    assert CaseFile.objects.count() == 0


def test_the_page_says_what_is_next_and_who_does_it(as_, registrar, officer, case_file):
    page = shown(as_(registrar).get(address(case_file)))
    assert "Ärendet ska få en handläggare." in page

    as_(registrar).post(address(case_file, "handlaggare"), {"handler": str(officer.key)})
    page = shown(as_(registrar).get(address(case_file)))
    assert "Den första handlingen ska diarieföras." in page and officer.name in page

    now_letter(case_file, officer)
    assert "Avsluta ärendet" in shown(as_(officer).get(address(case_file)))
    as_(officer).post(address(case_file, "stang"), {"because": "Besvarat."})
    page = shown(as_(officer).get(address(case_file)))
    assert "ärendet är avslutat" in page and "Besvarat." in page
    assert as_(officer).get(address(case_file, "handling")).status_code == 403


def test_a_document_is_registered_with_its_file_and_handed_out_as_an_attachment(as_, registrar, case_file):
    answer = as_(registrar).post(
        address(case_file, "handling"), given(file=SimpleUploadedFile("bréf.pdf", PDF, content_type="text/html"))
    )
    assert answer.headers["Location"] == address(case_file)

    answer = as_(registrar).get(address(case_file, "handlingar", 1, "fil"))

    assert answer.content == PDF
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Inte viruskontrollerad." in shown(as_(registrar).get(address(case_file, "handlingar", 1)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"file": ("brev.pdf", b"MZ\x90\x00" + b"\x00" * 60)}, "Filen är av ett annat slag"),
        ({"file": ("tom.pdf", b"")}, "Filen är tom."),
        ({"channel": "phone"}, "du skriver in det åt någon annan"),
        ({"on": "2999-01-01"}, "Handlingens dag har inte kommit än."),
        ({"on": "0001-01-01"}, "för långt tillbaka"),
        ({"on": "igår"}, "Skriv en dag som"),
        ({"direction": "sideways"}, "direction"),
        ({"counterpart": ""}, "Ange vem som skickade eller fick den."),
        ({"is_secret": "on"}, "Ange grunden för sekretess"),
        ({"email": "nobody@example.org"}, "Ingen här har den adressen"),
        ({"university": "99999999999999999999"}, "university"),
        ({"organizer": "0000000000"}, "Det finns ingen huvudman"),
        ({"title": "Från 19900101-2384"}, "Den verkar innehålla ett personnummer."),
        ({"words": "a\x00b"}, "words"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_words_and_keeps_what_was_typed(
    as_, registrar, case_file, changes, said
):
    if "file" in changes:
        changes = {"file": SimpleUploadedFile(*changes["file"])}
    answer = as_(registrar).post(address(case_file, "handling"), given(proof="Ring till växeln") | changes)

    page = shown(answer)
    assert answer.status_code == 422
    assert said in page and "Ring till växeln" in page
    assert Document.objects.count() == 0
    case_file.refresh_from_db()
    assert case_file.last_document_number == 0


def test_a_file_beyond_all_limits_is_refused_in_words(as_, registrar, case_file, settings):
    settings.SAMSPEL_UPLOAD_LIMIT = 1000
    answer = as_(registrar).post(
        address(case_file, "handling"), given(file=SimpleUploadedFile("stor.pdf", PDF + b"x" * 2000))
    )

    assert answer.status_code == 413
    assert "Filen är för stor." in shown(answer)
    assert "Pappret ligger i akten." in shown(answer)
    assert Document.objects.count() == 0


def test_a_title_that_is_pointed_out_may_stand_if_she_says_so(as_, registrar, case_file):
    as_(registrar).post(address(case_file, "handling"), given(title="Mejl till a@b.se", title_is_right="on"))

    assert Document.objects.get().title == "Mejl till a@b.se"


def test_a_file_that_was_changed_is_not_handed_out(as_, registrar, case_file):
    content = PDF + b"% changed\n"
    made = now_letter(case_file, registrar, upload=Upload("brev.pdf", content))
    place = Path(default_storage.path(place_of(made.file.digest)))
    try:
        place.write_bytes(b"%PDF-1.7 forged")
        answer = as_(registrar).get(address(case_file, "handlingar", 1, "fil"))
    finally:
        default_storage.delete(place_of(made.file.digest))

    assert answer.status_code == 503
    assert b"forged" not in answer.content
    assert "Filen är inte den som sparades" in shown(answer)
    assert as_(registrar).get(address(case_file, "handlingar", 1, "fil")).status_code == 503


def test_a_secret_document_shows_its_number_alone_to_those_who_may_not_read_it(as_, registrar, case_file):
    payer = person_with(Role.PAYMENTS_OFFICER, name="Pia Utbetalare")
    secret = now_letter(
        case_file,
        registrar,
        title="Elevs behov",
        counterpart="Vårdnadshavaren",
        is_secret=True,
        secrecy_ground="23 kap. 2 § OSL",
        upload=Upload("brev.pdf", PDF),
    )

    page = shown(as_(payer).get(address(case_file)))
    assert "Sekretessmarkering" in page
    assert "Elevs behov" not in page and "Vårdnadshavaren" not in page
    for more in ((), ("fil",), ("sekretess",), ("rubrik",)):
        assert as_(payer).get(address(case_file, "handlingar", 1, *more)).status_code == 403
    assert len(history_of(secret)) == 1

    assert "Elevs behov" in shown(as_(registrar).get(address(case_file, "handlingar", 1)))
    as_(registrar).get(address(case_file, "handlingar", 1, "fil"))
    looked = [row.by_key for row in history_of(secret) if row.action == "casefiles.document.looked_at"]
    assert looked == [registrar.key] * 2


def test_process_supporters_see_organizers_case_files_but_never_the_selections(as_, registrar, organizer, case_file):
    supporter = person_with(Role.PROCESS_SUPPORTER, name="Per Processtöd")
    at = timezone.now()
    selection = casefiles.open_case(series="URV", title="Urval", by=registrar, at=at, parties=[organizer])
    alone = casefiles.open_case(series="ALM", title="Utan part", by=registrar, at=at)

    page = shown(as_(supporter).get("/arbete/arenden/"))

    assert case_file.diary_number in page
    assert selection.diary_number not in page and alone.diary_number not in page
    assert as_(supporter).get(address(selection)).status_code == 404
    assert as_(supporter).get(address(case_file, "handling")).status_code == 403
    assert as_(supporter).get(address(case_file, "notering")).status_code == 403


def test_those_without_a_desk_see_nothing(as_, outsider, case_file, client):
    for path in ("/arbete/arenden/", address(case_file), "/arbete/arenden/diarium/", "/arbete/arenden/nytt/"):
        assert client.get(path).status_code == 302
        assert as_(outsider).get(path).status_code == 403
        client.logout()


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, 2),
        ({"q": "SAM 2026:1"}, 1),
        ({"q": "sam-2026-1"}, 1),
        ({"q": "pahittade"}, 1),
        ({"q": "samordnare"}, 1),
        ({"q": "SAM 2026:999999999999"}, 0),
        ({"q": "\x00"}, 2),
        ({"series": "ALM"}, 1),
        ({"year": "2026"}, 2),
        ({"year": "1999"}, 2),
        ({"year": "999999999999999999999"}, 2),
        ({"state": "closed"}, 1),
        ({"state": "nonsense"}, 2),
        ({"handler": "nobody"}, 2),
        ({"handler": "not-a-key"}, 2),
        ({"sida": "99999999999"}, 2),
    ],
)
def test_case_files_are_found_by_what_is_asked(as_, registrar, case_file, asked, found):
    other = casefiles.open_case(series="ALM", title="Fråga om blankett", by=registrar, at=NOW)
    casefiles.close(case_file=other, reason="Klart.", by=registrar, at=NOW)

    answer = as_(registrar).get("/arbete/arenden/", asked)

    assert answer.status_code == 200
    assert [one.diary_number in shown(answer) for one in (case_file, other)].count(True) == found


@pytest.mark.parametrize("number", ["sam-2026-0", "sam-2026-99999999999", "sam-2026-01", "SAM-2026-1", "x", "sam-2026"])
def test_an_address_that_is_nobodys_is_not_found(as_, registrar, case_file, number):
    assert as_(registrar).get(f"/arbete/arenden/{number}/").status_code == 404


def test_a_document_number_that_is_nobodys_is_not_found(as_, registrar, case_file):
    for number in (0, 1, 99999999999999999999):
        assert as_(registrar).get(address(case_file, "handlingar", number)).status_code == 404


def _queries(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_no_page_asks_more_when_there_are_more_rows(as_, registrar, officer, case_file, organizer):
    client = as_(registrar)
    today = timezone.localdate()
    person = person_with(name="Siv Avsändare")
    now_letter(case_file, registrar, organizer=organizer, person=person, upload=Upload("a.pdf", PDF))
    paths = ["/arbete/arenden/", address(case_file), f"/arbete/arenden/diarium/?first={today}&last={today}"]
    paths += [f"/huvudman/{organizer.organization_number}/"]
    [client.get(path) for path in paths]
    before = [_queries(client, path) for path in paths]

    for place in (2, 3, 4):
        other = make_organizer(place)
        at = timezone.now()
        casefiles.open_case(
            series="ALM", title="Till", by=officer, at=at, parties=[other, organizer], handler=officer.key
        )
        casefiles.add_party(case_file=case_file, party=other, by=registrar, at=at)
        now_letter(
            case_file, officer, organizer=other, person=person_with(name=f"Person {place}"), upload=Upload("b", PDF)
        )

    assert [_queries(client, path) for path in paths] == before


def test_the_journal_masks_what_is_secret_and_who_is_protected(as_, registrar, case_file):
    protected = person_with(name="Vera Skyddad", is_protected=True)
    now_letter(case_file, registrar, title="Öppet brev", person=protected, counterpart="")
    now_letter(case_file, registrar, title="Hemligt", counterpart="Avsändaren", is_secret=True, secrecy_ground="OSL")
    wrong = now_letter(case_file, registrar, title="=HYPERLINK(1)")
    corrections.misregister(document=wrong, because="Dubblett", by=registrar, at=timezone.now())
    today = timezone.localdate().isoformat()
    client = as_(registrar)

    answers = {
        kind: client.get(f"/arbete/arenden/diarium.{kind}", {"first": today, "last": today})
        for kind in ("csv", "json", "pdf")
    }
    page = shown(client.get("/arbete/arenden/diarium/"))

    told = json.loads(answers["json"].content)["documents"]
    assert [one["title"] for one in told] == ["Öppet brev", "Sekretessmarkering", "=HYPERLINK(1)"]
    assert [one["counterpart"] for one in told] == ["Skyddad identitet", "Sekretessmarkering", "Påhittade kommun"]
    assert [one["is_misregistered"] for one in told] == [False, False, True]
    for text in (page, answers["csv"].content.decode(), answers["json"].content.decode()):
        assert "Vera" not in text and "Hemligt" not in text and "Avsändaren" not in text
    assert ";'=HYPERLINK(1);" in answers["csv"].content.decode()
    assert answers["pdf"].content.startswith(b"%PDF-")
    taken = [row for row in history_of(case_file.series) if row.action == "casefiles.journal.taken_out"]
    assert [row.facts["kind"] for row in taken] == ["pdf", "json", "csv"]


@pytest.mark.parametrize(
    "asked",
    [
        {"first": "2026-12-31", "last": "2026-01-01"},
        {"first": "0001-01-01", "last": "9999-12-31"},
        {"first": "x", "last": ""},
        {"first": "2026-01-01", "last": "2026-01-01", "series": "NO"},
    ],
)
def test_a_journal_of_no_period_is_refused_in_words(as_, registrar, asked):
    assert as_(registrar).get("/arbete/arenden/diarium/", asked).status_code == 422
    assert as_(registrar).get("/arbete/arenden/diarium.csv", asked).status_code == 404
    assert as_(registrar).get("/arbete/arenden/diarium.exe").status_code == 404


def test_the_journal_of_the_outermost_days_is_a_page(as_, registrar):
    for day in ("0001-01-01", "9999-12-30"):
        assert as_(registrar).get("/arbete/arenden/diarium/", {"first": day, "last": day}).status_code in (200, 422)


def test_the_journal_is_for_registrars(as_, officer):
    assert as_(officer).get("/arbete/arenden/diarium/").status_code == 403


def test_a_note_needs_what_was_said_and_by_whom_alone(as_, officer, organizer):
    client = as_(officer)
    path = f"/arbete/arenden/notering/{organizer.organization_number}/"
    form = client.get(path).context["form"]
    filled = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}

    answer = client.post(path, filled | {"words": "Undrar när mötet är.", "said_by": "Samordnaren"})

    made = Document.objects.select_related("case_file__series").get()
    assert answer.headers["Location"] == address(made.case_file, "handlingar", 1)
    assert made.title == "Telefonsamtal, Påhittade 01 kommun"
    assert (made.organizer, made.registered_by, made.channel) == (organizer, officer.key, "phone")
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        f"Anteckningen är diarieförd som {made.case_file.diary_number}-1."
    ]


def test_a_note_of_a_visit_is_called_one(as_, officer, organizer):
    client = as_(officer)
    path = f"/arbete/arenden/notering/{organizer.organization_number}/"
    form = client.get(path).context["form"]
    filled = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}

    for title in (filled["title"], "Vad vi kom överens om"):
        client.post(path, filled | {"words": "x", "said_by": "Skolchefen", "channel": "visit", "title": title})

    titles = list(Document.objects.order_by("number").values_list("title", flat=True))
    assert titles == ["Besök, Påhittade 01 kommun", "Vad vi kom överens om"]


def test_a_login_that_is_not_sure_enough_reads_and_writes_nothing(as_, officer, organizer, case_file):
    client = as_(officer, Level.READ)

    note = f"/arbete/arenden/notering/{organizer.organization_number}/"
    assert client.get(address(case_file)).status_code == 200
    # Said before she has typed anything.
    assert [client.get(path).status_code for path in (note, address(case_file, "handling"))] == [403, 403]
    client.post(note, given(said_by="y", said_on=timezone.localdate().isoformat(), channel="phone"))
    client.post(address(case_file, "handling"), given())
    assert Document.objects.count() == 0


def test_an_organizers_public_page_shows_case_files_to_staff_alone(
    as_, officer, outsider, organizer, case_file, client
):
    path = f"/huvudman/{organizer.organization_number}/"

    assert "/arbete/arenden/" not in shown(client.get(path))
    assert case_file.diary_number not in shown(as_(outsider).get(path))
    assert case_file.diary_number in shown(as_(officer).get(path))


def test_an_organizations_own_page_has_the_button_of_a_file_note(as_, officer, organizer, case_file):
    page = shown(as_(officer).get(Organization(organizer=organizer).address))

    assert f"/arbete/arenden/notering/{organizer.organization_number}/" in page
    assert case_file.diary_number in page


@pytest.mark.clamd
def test_an_infected_file_is_refused_on_the_page_and_what_was_typed_stays(
    as_, registrar, case_file, settings, virus_check
):
    settings.SAMSPEL_VIRUS_CHECK = virus_check
    told = given(proof="Ring till växeln")
    send = {"file": SimpleUploadedFile("brev.txt", EICAR)}

    answer = as_(registrar).post(address(case_file, "handling"), told | send)
    assert answer.status_code == 422
    assert "Viruskontrollen hittade något skadligt" in shown(answer) and "Ring till växeln" in shown(answer)
    assert Document.objects.count() == 0

    as_(registrar).post(address(case_file, "handling"), told | {"file": SimpleUploadedFile("brev.pdf", PDF)})
    assert "Viruskontrollerad när den kom" in shown(as_(registrar).get(address(case_file, "handlingar", 1)))


def test_a_registrar_is_told_of_case_files_that_nobody_handles(registrar, officer, case_file):
    at = timezone.now()
    assert [row.title for row in todo_of(registrar, at) if "arenden" in row.address] == ["1 ärende utan handläggare"]

    casefiles.hand_over(case_file=case_file, handler=officer.key, by=registrar, at=at)

    assert [row for row in todo_of(registrar, at) if "arenden" in row.address] == []
    assert [row.address for row in todo_of(officer, at) if "arenden" in row.address] == [address(case_file)]
    now_letter(case_file, officer)
    assert [row for row in todo_of(officer, at) if "arenden" in row.address] == []


def test_what_is_put_right_is_put_right_from_its_page(as_, registrar, case_file):
    now_letter(case_file, registrar, title="Brev")
    client = as_(registrar)
    one = (case_file, "handlingar", 1)

    for word, told in (
        ("sekretess", {"ground": "23 kap. 2 § OSL", "because": "Elevuppgifter"}),
        ("rubrik", {"title": "Brev om samordnare", "because": "Oklar"}),
        ("felregistrerad", {"because": "Dubblett"}),
        ("sekretess/ta-bort", {"because": "Prövad"}),
    ):
        assert client.post(address(*one, word), {}).status_code == 422
        assert client.post(address(*one, word), told).headers["Location"] == address(*one)
    page = shown(client.get(address(*one)))

    assert "Felregistrerad" in page and "Brev om samordnare" in page and "Dubblett" in page and "Prövad" in page
    assert client.post(address(*one, "felregistrerad"), {"because": "Igen"}).status_code == 422


def test_parties_and_handlers_that_are_none_are_refused(as_, registrar, case_file, organizer):
    client = as_(registrar)

    assert client.post(address(case_file, "part"), {}).status_code == 422
    assert client.post(address(case_file, "part"), {"organizer": organizer.name}).status_code == 422
    assert client.post(address(case_file, "part"), {"name": "En förening"}).status_code == 302
    for handler in ("nonsense", str(person_with(name="Okänd").key), "\x00"):
        assert client.post(address(case_file, "handlaggare"), {"handler": handler}).status_code == 422
    assert client.get(address(case_file, "handlaggare")).status_code == 405


def test_all_of_it_can_be_read_in_english(as_, registrar, case_file):
    now_letter(case_file, registrar)
    client = as_(registrar)

    for path in (
        "/arbete/arenden/",
        address(case_file),
        address(case_file, "handlingar", 1),
        "/arbete/arenden/diarium/",
    ):
        page = shown(client.get("/en" + path))
        assert 'lang="en"' in page and "Diary number" in page


def test_the_filter_of_states_is_not_called_state_owned(as_, registrar):
    page = as_(registrar).get("/arbete/arenden/").content.decode()

    assert "Statlig" not in page
    assert "Läge" in page


def test_a_document_sent_twice_by_a_double_click_is_registered_once(as_, registrar, case_file):
    browser = as_(registrar)
    sent = given(once="7d0a9ac1-91d5-4a5c-a5a3-6a1f4c8b6f10")

    answers = [browser.post(address(case_file, "handling"), sent).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert case_file.documents.count() == 1
