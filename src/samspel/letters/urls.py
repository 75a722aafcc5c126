"""Addresses of letters: the public archive, the workspace, and what mail programs call."""

from django.urls import path

from samspel.letters.views import (
    approving,
    archive,
    audiences,
    delivery,
    key_dates,
    letters,
    lists,
    passing_on,
    pictures,
    preview,
    promises,
    received,
    reminders,
    sending,
    unsubscribing,
    writing,
)

app_name = "letters"

_PROMISES = [
    path("arbete/utlovat/", promises.listed, name="promises"),
    path("arbete/utlovat/nytt/", promises.make, name="promise_make"),
    path("arbete/utlovat/<uuid:key>/", promises.one, name="promise"),
    path("arbete/utlovat/<uuid:key>/fyll-i/", promises.fill, name="promise_fill"),
    path("arbete/utlovat/<uuid:key>/flytta/", promises.move, name="promise_move"),
    path("arbete/utlovat/<uuid:key>/lamna-over/", promises.hand_over, name="promise_hand_over"),
    path("arbete/utlovat/<uuid:key>/kommer-inte/", promises.drop, name="promise_drop"),
]
_KEY_DATES = [
    path("arbete/datum/", key_dates.listed, name="key_dates"),
    path("arbete/datum/nytt/", key_dates.make, name="key_date_make"),
    path("arbete/datum/<uuid:key>/", key_dates.one, name="key_date"),
    path("arbete/datum/<uuid:key>/andra/", key_dates.change, name="key_date_change"),
    path("arbete/datum/<uuid:key>/stall-in/", key_dates.cancel, name="key_date_cancel"),
]
_AUDIENCES = [
    path("arbete/brev/<uuid:key>/mottagare/", audiences.audience, name="audience"),
    path("arbete/brev/<uuid:key>/mottagare.csv", audiences.audience_csv, name="audience_csv"),
    path("arbete/brev/<uuid:key>/skicka-vidare/", passing_on.pass_on, name="pass_on"),
    path("arbete/brev/<uuid:key>/vidare/", passing_on.passed_on, name="passed_on"),
    path("arbete/brev/listor/", lists.listed, name="lists"),
    path("arbete/brev/listor/ny/", lists.make, name="list_make"),
    path("arbete/brev/listor/<uuid:key>/", lists.one, name="list"),
    path("arbete/brev/listor/<uuid:key>/andra/", lists.change, name="list_change"),
    path("arbete/brev/listor/<uuid:key>/avsluta/", lists.end, name="list_end"),
]

_LETTER = "arbete/brev/<uuid:key>/"
_SENDING = [
    path(_LETTER + "begar/", approving.ask, name="ask"),
    path(_LETTER + "godkann/", approving.approve, name="approve"),
    path(_LETTER + "skicka-tillbaka/", approving.send_back, name="send_back"),
    path(_LETTER + "ta-tillbaka/", approving.take_back, name="take_back"),
    path(_LETTER + "prov/", sending.test_send, name="test_send"),
    path(_LETTER + "planera/", sending.plan, name="plan"),
    path(_LETTER + "avplanera/", sending.unplan, name="unplan"),
    path(_LETTER + "skicka/", sending.send, name="send"),
    path(_LETTER + "ratta/", sending.correct, name="correct"),
    path(_LETTER + "leverans/", delivery.delivery_page, name="delivery"),
    path(_LETTER + "leverans.csv", delivery.delivery_csv, name="delivery_csv"),
    path("arbete/brev/till-mig/", received.received, name="received"),
    path("arbete/brev/till-mig/<uuid:key>/", received.received_letter, name="received_letter"),
    path("brev/avprenumerera/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]

_REMINDERS = [
    path("arbete/paminnelser/", reminders.listed, name="reminders"),
    path("arbete/paminnelser/mina/", reminders.mine, name="my_reminders"),
    path("arbete/paminnelser/regler/", reminders.rules, name="reminder_rules"),
    path("arbete/paminnelser/regler/ny/", reminders.make_rule, name="reminder_rule_make"),
    path("arbete/paminnelser/regler/<uuid:key>/avsluta/", reminders.end_rule, name="reminder_rule_end"),
]

_ARCHIVE = [
    path("brev/", archive.archive, name="archive"),
    path("brev/flode.xml", archive.feed, name="feed"),
    path("brev/bild/<uuid:key>/", archive.picture, name="picture"),
    path("brev/<slug:slug>/", archive.archived, name="archived"),
    path("brev/<slug:slug>/brev.pdf", archive.archived_pdf, name="archived_pdf"),
]

_WRITING = [
    path("arbete/brev/", letters.listing, name="letters"),
    path("arbete/brev/nytt/", letters.begin, name="begin"),
    path("arbete/brev/<uuid:key>/", letters.detail, name="letter"),
    path("arbete/brev/<uuid:key>/om/", letters.about, name="about"),
    path("arbete/brev/<uuid:key>/skriv/", writing.write, name="write"),
    path("arbete/brev/<uuid:key>/skriv/las/", writing.look, name="look"),
    path("arbete/brev/<uuid:key>/skriv/avgor/", writing.settle, name="settle"),
    path("arbete/brev/<uuid:key>/bilder/", pictures.pictures, name="pictures"),
    path("arbete/brev/<uuid:key>/bilder/<uuid:picture>/ta-bort/", pictures.remove, name="picture_remove"),
    path("arbete/brev/<uuid:key>/forhandsvisa/", preview.preview, name="preview"),
    path("arbete/brev/<uuid:key>/forhandsvisa/mejl/", preview.preview_mail, name="preview_mail"),
    path("arbete/brev/<uuid:key>/forhandsvisa/brev.pdf", preview.preview_pdf, name="preview_pdf"),
    path("arbete/brev/<uuid:key>/historik/", letters.history, name="history"),
    path("arbete/brev/<uuid:key>/historik/hamta/", letters.restore, name="restore"),
    path("arbete/brev/<uuid:key>/skickas-inte/", letters.withdraw, name="withdraw"),
]

urlpatterns = [*_WRITING, *_ARCHIVE, *_REMINDERS, *_SENDING, *_PROMISES, *_KEY_DATES, *_AUDIENCES]
