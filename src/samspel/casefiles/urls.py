"""Addresses of case files and of the shared mailbox."""

from __future__ import annotations

from django.urls import include, path

from samspel.casefiles.views import casefiles, documents, handling, journal, notes, questions

CASE_FILE = "arbete/arenden/<slug:address>/"
DOCUMENT = CASE_FILE + "handlingar/<int:number>/"

pages = [
    path("arbete/arenden/", casefiles.listing, name="list"),
    path("arbete/arenden/nytt/", casefiles.new, name="new"),
    path("arbete/arenden/diarium/", journal.page, name="journal"),
    path("arbete/arenden/diarium.<slug:kind>", journal.export, name="journal_export"),
    path("arbete/arenden/notering/<slug:number>/", notes.of_organizer, name="organizer_note"),
    path(CASE_FILE, casefiles.detail, name="detail"),
    path(CASE_FILE + "notering/", notes.of_case_file, name="note"),
    path(CASE_FILE + "handling/", documents.register, name="register"),
    path(CASE_FILE + "handlaggare/", handling.hand_over, name="hand_over"),
    path(CASE_FILE + "part/", handling.add_party, name="add_party"),
    path(CASE_FILE + "stang/", handling.close, name="close"),
    path(CASE_FILE + "oppna/", handling.reopen, name="reopen"),
    path(DOCUMENT, documents.detail, name="document"),
    path(DOCUMENT + "fil/", documents.file, name="document_file"),
    path(DOCUMENT + "sekretess/", handling.mark_secret, name="mark_secret"),
    path(DOCUMENT + "sekretess/ta-bort/", handling.lift_secrecy, name="lift_secrecy"),
    path(DOCUMENT + "rubrik/", handling.retitle, name="retitle"),
    path(DOCUMENT + "felregistrerad/", handling.misregister, name="misregister"),
]

mailbox = [
    path("arbete/fragor/", questions.listing, name="questions"),
    path("arbete/fragor/<uuid:key>/", questions.detail, name="question"),
    path("arbete/fragor/<uuid:key>/svara/", questions.answer, name="question_answer"),
    path("arbete/fragor/<uuid:key>/ta/", questions.take, name="question_take"),
    path("arbete/fragor/<uuid:key>/vem/", questions.give, name="question_give"),
    path("arbete/fragor/<uuid:key>/koppla/", questions.link, name="question_link"),
    path("arbete/fragor/<uuid:key>/registrera/", questions.register, name="question_register"),
    path("arbete/fragor/<uuid:key>/utkast/", questions.draft, name="question_draft"),
    path("arbete/fragor/<uuid:key>/stang/", questions.close, name="question_close"),
    path("arbete/fragor/<uuid:key>/bilaga/<int:number>/", questions.attachment, name="question_file"),
    path("arbete/fragor/<uuid:key>/original/<int:number>/", questions.original, name="question_original"),
]

urlpatterns = [path("", include(([*pages, *mailbox], "casefiles")))]
