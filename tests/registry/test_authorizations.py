"""An organization's first administrator: a paper from a public page, judged once by an officer."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samspel.accounts.models import Person
from samspel.accounts.queries import todo_of
from samspel.kernel.audit import SYSTEM, entries_about
from samspel.kernel.files.models import StoredFile
from samspel.kernel.files.storing import FileRefused
from samspel.kernel.permissions import LEVEL, Level
from samspel.post.models import Message
from samspel.registry.models import Appointment, Authorization, Role
from samspel.registry.operations import authorizations
from samspel.registry.operations.appointments import AppointmentRefused
from samspel.registry.operations.authorizations import AuthorizationJudged
from samspel.registry.operations.entrants import EntrantRefused, ReasonMissing
from tests.registry.people import BACKEND, NOW, world
from tests.registry.test_importing_at_once import at_once

PAPER = b"%PDF-1.7 a signed paper"
TYPED = {"name": "Nina Första", "email": "nina@ekviken.example", "phone": "0701-23 45 67", "title": "Kanslichef"}


@pytest.fixture
def w(db):
    """The small world."""
    return world()


def send(w, **facts):
    """An authorization for Ekviken, unless something else is said."""
    given = {"content": PAPER, "file_name": "fullmakt.pdf", "signed_by": "Bo Ek, ordförande", "organizer": w.ekviken}
    return authorizations.submit(by=SYSTEM, at=NOW, **{**given, **TYPED, **facts})


def mails() -> list[tuple[str, str]]:
    return sorted(Message.objects.values_list("kind", "to_address"))


def enter(client, person):
    client.force_login(person, backend=BACKEND)
    session = client.session
    session[LEVEL] = int(Level.SIGN)
    session.save()


def page(w) -> str:
    return reverse("registry:authorize_organizer", args=[w.ekviken.organization_number])


def form(**facts):
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("fullmakt.pdf", facts.pop("content", PAPER))
    return {**TYPED, "signed_by": "Bo Ek", "file": file, **facts}


# --- the operations


def test_an_officer_accepts_nobodys_authorization_of_herself(w):
    one = send(w, name=w.officer.name, email=w.officer.email)

    with pytest.raises(AppointmentRefused) as refused:
        authorizations.accept(authorization=one, by=w.officer, at=NOW)

    assert refused.value.codes == ("to_herself",)
    assert authorizations.accept(authorization=one, by=w.admin, at=NOW).appointment.person == w.officer


def test_what_is_sent_in_waits_and_the_sender_gets_a_receipt(w):
    one = send(w)

    assert (one.state, one.file.media_type, one.signed_by) == ("submitted", "application/pdf", "Bo Ek, ordförande")
    assert mails() == [("registry.authorization_received", TYPED["email"])]
    assert [entry.action for entry in entries_about(one)] == ["registry.authorization.submitted"]


def test_what_keeps_authorizations_is_called_in_the_same_transaction(w):
    def refuse(authorization, by, at):
        raise RuntimeError

    authorizations.keepers.add("test", refuse)
    try:
        with pytest.raises(RuntimeError):
            send(w)
    finally:
        authorizations.keepers._shelf.pop("test")

    assert (Authorization.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "content", [b"", b"MZ an executable", b"<html><script>1</script>", b"PK\x03\x04 a zip", b"GIF89a"]
)
def test_a_file_whose_type_lies_is_refused_and_nothing_is_kept(w, content):
    with pytest.raises(FileRefused):
        send(w, content=content)

    assert (Authorization.objects.count(), StoredFile.objects.count(), mails()) == (0, 0, [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nina@ekviken.example\r\nBcc: all@x.se"),
        ("email", "nina@ekviken.example, all@x.se"),
        ("name", "Nina\nBcc: all@x.se"),
        ("name", "<script>alert(1)</script>"),
        ("title", "Chef\x00"),
        ("signed_by", "Bo\r\nSubject: x"),
        ("signed_by", " "),
        ("phone", "ring mig"),
    ],
)
def test_header_injection_and_markup_are_refused(w, field, value):
    with pytest.raises(EntrantRefused) as refusal:
        send(w, **{field: value})

    assert [fault.field for fault in refusal.value.faults] == [field]
    assert not Authorization.objects.exists()


def test_accepted_she_administers_from_today_and_is_told_where_to_log_in(w):
    one = authorizations.accept(authorization=send(w), by=w.officer, at=NOW)

    person = Person.objects.get(email=TYPED["email"])
    made = Appointment.objects.get(person=person)
    assert (made.role, made.organizer, made.from_on, made.appointed_by) == (
        Role.ADMINISTRATOR, w.ekviken, date(2026, 3, 2), w.officer.key,
    )  # fmt: skip
    assert (one.state, one.judged_by, one.appointment) == ("accepted", w.officer.key, made)
    mail = Message.objects.get(kind="registry.authorization_accepted")
    assert "/konto/logga-in/" in mail.body and mail.to_address == person.email


def test_a_known_address_is_the_same_person(w):
    authorizations.accept(authorization=send(w, email=w.new.email.upper()), by=w.admin, at=NOW)

    assert Appointment.objects.get(person=w.new).role == Role.ADMINISTRATOR


def test_refused_with_a_reason_that_the_sender_reads(w):
    one = authorizations.refuse(authorization=send(w), reason="Underskrift saknas.", by=w.officer, at=NOW)

    assert (one.state, one.appointment) == ("refused", None)
    mail = Message.objects.get(kind="registry.authorization_refused")
    assert "Underskrift saknas." in mail.body and page(w) in mail.body
    assert not Person.objects.filter(email=TYPED["email"]).exists()


def test_a_refusal_without_a_reason_is_none(w):
    one = send(w)
    with pytest.raises(ReasonMissing):
        authorizations.refuse(authorization=one, reason="  ", by=w.officer, at=NOW)

    one.refresh_from_db()
    assert one.state == "submitted"


@pytest.mark.parametrize("who", ["head", "chief", "their_head", "payer", "outsider", "dean"])
def test_nobody_but_officers_and_the_agencys_administrators_judge(w, who):
    one = send(w)
    with pytest.raises(PermissionDenied):
        authorizations.accept(authorization=one, by=getattr(w, who), at=NOW)

    assert not Person.objects.filter(email=TYPED["email"]).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_wins_and_the_other_reads_why():
    w = world()
    one = send(w)

    given = at_once(
        lambda: authorizations.accept(authorization=one, by=w.officer, at=NOW),
        lambda: authorizations.refuse(authorization=one, reason="Nej", by=w.admin, at=NOW),
    )

    refused = [result for result in given if isinstance(result, AuthorizationJudged)]
    won = [result for result in given if isinstance(result, Authorization)]
    assert len(refused) == len(won) == 1
    assert refused[0].facts["by_key"] == won[0].judged_by
    assert len([kind for kind, _ in mails() if kind != "registry.authorization_received"]) == 1


# --- the pages


def test_the_public_page_takes_it_in_without_login_and_shows_no_person(w, client):
    response = client.post(page(w), form(), follow=True)

    assert response.status_code == 200
    assert Authorization.objects.get().email == TYPED["email"]
    text = response.content.decode()
    assert "har kommit in" in text
    assert TYPED["email"] not in text and TYPED["name"] not in text


def test_what_was_typed_stays_when_the_file_lies(w, client, caplog):
    response = client.post(page(w), form(content=b"MZ executable"))

    text = response.content.decode()
    assert response.status_code == 422
    assert all(value in text for value in (TYPED["name"], TYPED["email"], "Bo Ek"))
    assert "annat slag" in text
    assert "upload_refused" in caplog.text and TYPED["email"] not in caplog.text


@pytest.mark.parametrize(
    "facts",
    [
        {"email": "a@x.se\r\nBcc: b@x.se"},
        {"name": "<b>x</b>"},
        {"name": "x" * 100_000},
        {"phone": "\x00"},
        {"signed_by": "a\nb"},
        {"file": "no file"},
        {"email": "å@å"},
        {"title": "\u202e"},
    ],
)
def test_odd_input_is_refused_in_words_and_never_a_500(w, client, facts):
    response = client.post(page(w), form(**facts))

    assert response.status_code == 422
    assert "field__error" in response.content.decode()
    assert not Authorization.objects.exists()


def test_too_many_from_one_place_are_stopped_and_nothing_typed_is_lost(w, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "authorization": "2/h/ip"}
    statuses = [client.post(page(w), form(email=f"n{number}@x.se")).status_code for number in range(3)]

    assert statuses == [302, 302, 429]
    assert Authorization.objects.count() == 2


def test_the_blank_is_a_tagged_pdf_in_both_languages(w, client):
    import io

    import pypdf

    for prefix, word in (("", "Fullmakt"), ("/en", "Authorization")):
        response = client.get(f"{prefix}{page(w)}blankett.pdf")
        read = pypdf.PdfReader(io.BytesIO(response.content))
        text = read.pages[0].extract_text()
        assert word in text and "Ekvikens kommun" in text
        assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_university_has_the_same_page(w, client):
    address = reverse("registry:authorize_university", args=[w.university.slug])
    client.post(address, form())

    assert Authorization.objects.get().university == w.university
    assert client.get(f"{address}blankett.pdf").status_code == 200


def test_an_officer_finds_it_in_att_gora_with_a_date_and_judges_it(w, client):
    one = send(w)
    [row] = [row for row in todo_of(w.officer, NOW) if "fullmakt" in str(row.title)]
    assert row.due_on == date(2026, 3, 9)
    enter(client, w.officer)

    assert TYPED["name"] in client.get(row.address).content.decode()
    response = client.post(row.address, {"answer": "accept"}, follow=True)

    one.refresh_from_db()
    assert one.state == "accepted" and "Godkänd" in response.content.decode()


def test_who_comes_second_reads_what_came_of_it(w, client):
    one = send(w)
    authorizations.refuse(authorization=one, reason="Underskrift saknas.", by=w.admin, at=NOW)
    enter(client, w.officer)

    response = client.post(reverse("registry:authorization", args=[one.key]), {"answer": "accept"})

    text = response.content.decode()
    assert response.status_code == 409
    assert "Underskrift saknas." in text and w.admin.name in text


def test_the_paper_is_saved_and_never_shown_as_a_page_of_ours(w, client):
    one = send(w)
    enter(client, w.officer)

    response = client.get(reverse("registry:authorization_paper", args=[one.key]))

    assert response.content == PAPER
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("who", ["head", "their_head", "outsider", "payer"])
@pytest.mark.parametrize("name", ["authorization", "authorization_paper"])
def test_outsiders_reach_neither_the_page_nor_the_paper(w, client, who, name):
    one = send(w)
    enter(client, getattr(w, who))

    assert client.get(reverse(f"registry:{name}", args=[one.key])).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_worklist_costs_the_same_for_any_number(w, client, rows, django_assert_max_num_queries):
    for number in range(rows):
        send(w, email=f"n{number}@x.se")
    enter(client, w.officer)
    client.get(reverse("registry:authorizations"))

    with django_assert_max_num_queries(12):
        client.get(reverse("registry:authorizations"))
