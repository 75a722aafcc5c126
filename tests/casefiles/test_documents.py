"""Documents: what is needed to register one, and what may be done to it afterwards."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from samspel.casefiles import permissions
from samspel.casefiles.models import CaseFile, Document, Party, Remark, RemarkKind, Series, SeriesYear
from samspel.casefiles.operations import casefiles, corrections, looking, notes
from samspel.casefiles.operations.documents import Upload
from samspel.casefiles.operations.refusals import CaseFileRefused, DocumentRefused
from samspel.casefiles.rules import registering
from samspel.casefiles.rules.registering import Facts
from samspel.kernel.audit import history_of
from samspel.kernel.audit.models import AuditEntry
from samspel.kernel.files.storing import FileRefused
from samspel.registry.models import Role
from tests.casefiles.conftest import NOW, PDF, TODAY, letter, make_organizer, person_with

WHOLE = {"direction": "in", "kind": "letter", "channel": "mail", "title": "Brev", "on": TODAY, "today": TODAY}


def facts(**changes):
    return Facts(**(WHOLE | {"has_file": True, "has_counterpart": True} | changes))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"title": "  "}, ["no_title"]),
        ({"has_file": False}, ["no_content"]),
        ({"has_file": False, "words": "Pappret ligger i akten."}, []),
        ({"kind": "file_note"}, ["no_words"]),
        ({"has_counterpart": False}, ["no_counterpart"]),
        ({"has_counterpart": False, "direction": "out"}, ["no_counterpart"]),
        ({"has_counterpart": False, "direction": "drawn_up"}, []),
        ({"on": TODAY + timedelta(1)}, ["day_ahead"]),
        ({"on": date(1026, 11, 20)}, ["day_long_ago"]),
        ({"is_secret": True}, ["secret_without_ground"]),
        ({"is_secret": True, "secrecy_ground": "23 kap. 2 § OSL"}, []),
        ({"channel": "post"}, ["no_said_by", "no_said_on"]),
        ({"channel": "visit"}, ["no_said_by", "no_said_on"]),
        ({"channel": "phone", "said_by": "Rektorn"}, ["no_said_on"]),
        ({"channel": "phone", "said_by": "Rektorn", "said_on": TODAY + timedelta(1)}, ["said_ahead"]),
        ({"channel": "phone", "said_by": "Rektorn", "said_on": TODAY}, []),
        # What we send by post nobody else said.
        ({"channel": "post", "direction": "out"}, []),
    ],
)
def test_what_keeps_a_document_from_being_registered(changes, found):
    assert registering.obstacles(facts(**changes)) == found


@pytest.mark.parametrize(
    ("title", "names", "found"),
    [
        ("Ansökan om medverkan, läsåret 2026/27", (), []),
        ("Dnr SAM 2026:117, 2026-11-20", (), []),
        ("Klagomål från 19900101-2384", (), ["personal_number"]),
        ("Klagomål från 900161 2384", (), ["personal_number"]),
        ("Brev från rektor@example.org", (), ["mail_address"]),
        ("Ring 070-123 45 67", (), ["telephone"]),
        ("Samtal med Ulla Utomstående", ("Ulla Utomstående",), ["named_person"]),
        ("Samtal med rektorn", ("Ulla Utomstående", ""), []),
    ],
)
def test_what_a_title_of_the_public_diary_should_not_hold(title, names, found):
    assert registering.warnings(title, names=names) == found


def test_a_document_is_registered_with_its_number_and_leaves_a_trace(registrar, case_file):
    made = letter(case_file, registrar, title="Brev  om\nuppdraget ", upload=Upload("brev.pdf", PDF))

    assert (made.number, made.title, made.file.media_type) == (1, "Brev om uppdraget", "application/pdf")
    assert looking.take_file(document=made, by=registrar, at=NOW) == PDF
    row = history_of(made)[0]
    assert (row.action, row.by_key, row.facts["number"]) == ("casefiles.document.registered", registrar.key, 1)
    assert "uppdraget" not in str(AuditEntry.objects.latest("id").facts)


def test_what_is_refused_takes_no_number_and_keeps_no_file(registrar, case_file):
    with pytest.raises(DocumentRefused) as refusal:
        letter(case_file, registrar, title="", counterpart="", upload=Upload("brev.pdf", PDF))

    assert refusal.value.codes == ("no_title", "no_counterpart")
    assert str(refusal.value).startswith("Skriv i korthet vad handlingen gäller.")
    case_file.refresh_from_db()
    assert case_file.last_document_number == 0


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tom.pdf", b"", "empty"),
        ("brev.pdf", b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 60, "kind"),
        ("brev.pdf", b"\x7fELF\x02\x01\x01" + b"\x00" * 60, "kind"),
        ("stor.pdf", PDF + b"x" * (20 * 1024 * 1024), "too_large"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_in_words(registrar, case_file, name, content, code):
    with pytest.raises(FileRefused) as refusal:
        letter(case_file, registrar, upload=Upload(name, content))

    assert refusal.value.code == code
    assert Document.objects.count() == 0


def test_a_file_name_loses_folders_and_marks_that_turn_the_reading_direction(registrar, case_file):
    made = letter(case_file, registrar, upload=Upload("../../etc/brev\u202efdp.exe\x00", PDF))

    assert made.file.name == "_.._etc_brev_fdp.exe_"


def test_only_those_of_the_table_register(outsider, case_file):
    with pytest.raises(PermissionDenied):
        letter(case_file, outsider)

    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"words": "Annat"},
        {"number": 7},
        {"on": date(2026, 1, 1)},
        {"counterpart": "Någon annan"},
        {"direction": "out"},
        {"registered_at": NOW - timedelta(1)},
        {"origin": "x"},
        {"said_by": "x"},
    ],
)
def test_the_database_refuses_to_change_what_was_registered(registrar, case_file, change):
    made = letter(case_file, registrar)

    with pytest.raises(ProgrammingError, match="not changed"), transaction.atomic():
        Document.objects.filter(pk=made.pk).update(**change)


def test_the_database_refuses_to_delete_and_to_empty(registrar, case_file):
    made = letter(case_file, registrar)
    corrections.misregister(document=made, because="Fel akt.", by=registrar, at=NOW)

    for model in (Remark, Document, Party, CaseFile, SeriesYear, Series):
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with pytest.raises(ProgrammingError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)


def test_the_database_refuses_a_number_given_back_or_jumped_over(case_file):
    for number in (0, 5):
        with pytest.raises(ProgrammingError, match="one after the other"), transaction.atomic():
            SeriesYear.objects.update(last_number=number)
    with pytest.raises(ProgrammingError, match="one after the other"), transaction.atomic():
        CaseFile.objects.filter(pk=case_file.pk).update(last_document_number=2)
    with pytest.raises(ProgrammingError, match="not changed"), transaction.atomic():
        CaseFile.objects.filter(pk=case_file.pk).update(number=9)


def test_a_secrecy_mark_has_a_ground_and_a_reason_and_can_be_taken_away(officer, case_file):
    made = letter(case_file, officer)

    for ground, because in (("", "Elevuppgifter"), ("23 kap. 2 § OSL", " ")):
        with pytest.raises(CaseFileRefused):
            corrections.mark_secret(document=made, ground=ground, because=because, by=officer, at=NOW)
    made.refresh_from_db()
    assert not made.is_secret

    marked = corrections.mark_secret(
        document=made, ground="23 kap. 2 § OSL", because="Elevuppgifter", by=officer, at=NOW
    )
    assert (marked.is_secret, marked.secrecy_ground) == (True, "23 kap. 2 § OSL")
    lifted = corrections.lift_secrecy(document=made, because="Prövat vid begäran", by=officer, at=NOW)
    assert (lifted.is_secret, lifted.secrecy_ground) == (False, "")
    assert [(one.kind, one.because, one.before) for one in Remark.objects.all()] == [
        (RemarkKind.SECRECY_MARKED, "Elevuppgifter", ""),
        (RemarkKind.SECRECY_LIFTED, "Prövat vid begäran", "23 kap. 2 § OSL"),
    ]
    assert "Elevuppgifter" not in str(list(AuditEntry.objects.values_list("facts", flat=True)))


def test_a_title_is_put_right_and_the_old_one_stays(registrar, officer, case_file):
    made = letter(case_file, registrar, title="Brev från Ulla")

    with pytest.raises(PermissionDenied):
        corrections.retitle(document=made, title="Brev", because="Namn", by=officer, at=NOW)
    with pytest.raises(CaseFileRefused):
        corrections.retitle(document=made, title="Brev från Ulla", because="Namn", by=registrar, at=NOW)
    corrections.retitle(document=made, title="Brev", because="Namn på enskild", by=registrar, at=NOW)

    made.refresh_from_db()
    assert (made.title, Remark.objects.get().before) == ("Brev", "Brev från Ulla")


def test_a_wrong_entry_is_marked_once_and_its_number_stays(registrar, case_file):
    made = letter(case_file, registrar)

    corrections.misregister(document=made, because="Hör till ett annat ärende.", by=registrar, at=NOW)
    with pytest.raises(CaseFileRefused):
        corrections.misregister(document=made, because="Igen", by=registrar, at=NOW)

    made.refresh_from_db()
    assert (made.number, made.misregistered_at) == (1, NOW)
    assert letter(case_file, registrar).number == 2


def test_a_case_file_is_closed_and_opened_again_each_with_a_reason(officer, case_file):
    with pytest.raises(CaseFileRefused):
        casefiles.close(case_file=case_file, reason=" ", by=officer, at=NOW)
    with pytest.raises(CaseFileRefused):
        casefiles.reopen(case_file=case_file, reason="Mer har kommit.", by=officer, at=NOW)
    casefiles.close(case_file=case_file, reason="Klart.", by=officer, at=NOW)
    with pytest.raises(CaseFileRefused):
        casefiles.close(case_file=case_file, reason="Klart.", by=officer, at=NOW)
    casefiles.reopen(case_file=case_file, reason="Mer har kommit.", by=officer, at=NOW)

    case_file.refresh_from_db()
    assert (case_file.state, case_file.closed_at) == ("open", None)
    assert [one.because for one in Remark.objects.all()] == ["Klart.", "Mer har kommit."]


def test_a_handler_has_a_desk_at_the_agency(registrar, officer, outsider, case_file):
    casefiles.hand_over(case_file=case_file, handler=officer.key, by=registrar, at=NOW)
    with pytest.raises(CaseFileRefused):
        casefiles.hand_over(case_file=case_file, handler=outsider.key, by=registrar, at=NOW)

    case_file.refresh_from_db()
    assert case_file.handler == officer.key


def test_a_party_is_added_once(registrar, organizer, case_file):
    casefiles.add_party(case_file=case_file, party="Föräldraföreningen", by=registrar, at=NOW)

    for party in (organizer, "Föräldraföreningen", "  "):
        with pytest.raises(CaseFileRefused):
            casefiles.add_party(case_file=case_file, party=party, by=registrar, at=NOW)
    assert case_file.parties.count() == 2


def said(by, **more):
    given = {"words": "Undrar när mötet är.", "said_by": "Samordnaren", "said_on": TODAY, "by": by, "at": NOW}
    return notes.note(**(given | more))


def test_a_note_goes_into_the_organizers_open_case_file(officer, organizer, case_file):
    made = said(officer, organizer=organizer)

    assert (made.case_file, made.number, made.kind, made.channel) == (case_file, 1, "file_note", "phone")
    assert made.title == "Telefonsamtal, Påhittade 01 kommun"


def test_a_note_opens_a_general_case_file_where_there_is_none(officer, organizer, case_file):
    casefiles.close(case_file=case_file, reason="Klart.", by=officer, at=NOW)

    first, second = said(officer, organizer=organizer), said(officer, organizer=organizer, channel="visit")

    assert first.case_file.diary_number == "ALM 2026:1"
    assert (second.case_file, second.number) == (first.case_file, 2)
    assert list(first.case_file.parties.values_list("organizer", flat=True)) == [organizer.pk]


def test_a_note_does_not_go_among_what_is_marked_as_secret(officer, registrar, organizer, case_file):
    letter(case_file, registrar, is_secret=True, secrecy_ground="23 kap. 2 § OSL")

    assert said(officer, organizer=organizer).case_file != case_file


def test_a_note_does_not_go_into_a_matter_of_its_own(officer, registrar):
    organizer = make_organizer(5)
    casefiles.open_case(
        series="FUL", title="Fullmakt", subject="registry.authorization:x", parties=[organizer], by=registrar, at=NOW
    )

    assert said(officer, organizer=organizer).case_file.series.code == "ALM"


def test_a_note_that_is_refused_opens_no_case_file(officer):
    organizer = make_organizer(6)

    with pytest.raises(DocumentRefused):
        said(officer, organizer=organizer, words=" ")

    assert CaseFile.objects.count() == 0
    assert SeriesYear.objects.count() == 0


def test_who_reads_a_secret_document_is_kept(registrar, case_file):
    made = letter(case_file, registrar, is_secret=True, secrecy_ground="23 kap. 2 § OSL")
    payer = person_with(Role.PAYMENTS_OFFICER)

    looking.look_at(document=made, by=registrar, at=NOW)
    with pytest.raises(PermissionDenied):
        looking.look_at(document=made, by=payer, at=NOW)

    assert [row.action for row in history_of(made)] == ["casefiles.document.looked_at", "casefiles.document.registered"]
    assert permissions.may_see_any(payer, NOW)
