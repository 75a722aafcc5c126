"""The pages of approving, planning, sending and delivery: they say what is what, and bad input is refused in words."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from samspel.kernel.audit.models import AuditEntry
from samspel.letters.models import Letter, LetterState, LinkCheck, Recipient
from samspel.letters.operations import approving, sending
from samspel.letters.queries import approvals
from samspel.letters.views import sending as pages
from samspel.post.models import Message, MessageState
from samspel.post.operations import write
from samspel.registry.models import Role
from tests.letters.conftest import AT, BODY, approved, at_organizer, make_letter

IN_MARCH, IN_OCTOBER = "2027-03-28", "2027-10-31"


def at(name, letter):
    return reverse(f"letters:{name}", args=[letter.key])


def said(answer):
    return answer.content.decode()


@pytest.fixture
def ready(letter, editor, officer, coordinators):
    """A letter to all coordinators that is approved."""
    return approved(letter, asker=editor, approver=officer)


@pytest.fixture
def sent(ready, officer):
    """The same, sent."""
    return sending.start(letter=ready, by=officer, at=AT)


def test_the_page_shows_all_that_a_yes_is_to_and_the_yes_is_to_that(client, letter, editor, officer, coordinators):
    approving.ask(letter=letter, by=editor, at=AT)
    client.force_login(officer)

    page = said(client.get(at("approve", letter)))
    for words in ("Brev till samordnarna 2026", "Letter to the coordinators 2026", "Fler nätverk", "2 mottagare"):
        assert words in page
    assert "Edit Redaktör ber om godkännandet" in page
    assert approvals.digest(letter) in page

    answer = client.post(at("approve", letter), {"digest": approvals.digest(letter)})
    assert answer.status_code == 302
    assert Letter.objects.get().state == LetterState.APPROVED


def test_a_dead_link_is_warned_about_where_it_is_approved_and_stops_nobody(client, editor, officer, coordinators):
    block = {"key": "c3", "kind": "text", "words": {"sv": "[Läs mer](https://dod.example/x)", "en": "More"}}
    letter = approving.ask(letter=make_letter({**BODY, "blocks": [block]}, by=editor), by=editor, at=AT)
    LinkCheck.objects.create(letter=letter, address="https://dod.example/x", outcome="dead", status=404, checked_at=AT)
    client.force_login(officer)

    page = said(client.get(at("approve", letter)))

    assert "https://dod.example/x fungerar inte" in page
    assert 'name="digest"' in page


@pytest.mark.parametrize("digest", ["", "x", "0" * 64, "\x00", "å" * 1_000_000])
def test_a_yes_to_anything_else_is_refused_in_words(client, letter, editor, officer, coordinators, digest):
    approving.ask(letter=letter, by=editor, at=AT)
    client.force_login(officer)

    answer = client.post(at("approve", letter), {"digest": digest})

    assert answer.status_code == 422
    assert "har ändrats sedan du öppnade sidan" in said(answer)
    assert Letter.objects.get().state == LetterState.FOR_APPROVAL


def test_who_asked_is_told_before_she_tries_that_it_takes_another(client, officer, coordinators):
    letter = approving.ask(letter=make_letter(by=officer), by=officer, at=AT)
    client.force_login(officer)

    page = said(client.get(at("approve", letter)))

    assert "det är du som har bett om godkännandet" in page
    assert 'name="digest"' not in page


def test_a_letter_is_asked_for_sent_back_and_taken_back_by_buttons(client, letter, editor, officer, coordinators):
    client.force_login(editor)
    client.post(at("ask", letter))
    client.force_login(officer)
    assert client.post(at("send_back", letter), {"words": " "}).status_code == 422
    client.post(at("send_back", letter), {"words": "Kortare, tack."})
    assert Letter.objects.get().sent_back_because == "Kortare, tack."
    client.force_login(editor)
    client.post(at("ask", letter))
    answer = client.post(at("take_back", letter), follow=True)

    assert "Brevet är ett utkast igen" in said(answer)
    assert Letter.objects.get().state == LetterState.DRAFT


def test_what_is_wanting_is_told_on_the_letters_page_and_nothing_changes(client, editor):
    letter = make_letter({}, by=editor)
    client.force_login(editor)

    answer = client.post(at("ask", letter), follow=True)

    assert "Brevet har inget ämne på svenska" in said(answer)
    assert Letter.objects.get().state == LetterState.DRAFT


def test_a_time_that_no_clock_shows_is_refused_in_words(client, ready, officer):
    client.force_login(officer)

    answer = client.post(at("plan", ready), {"on": IN_MARCH, "clock": "02:30"})

    assert answer.status_code == 422
    assert "Ingen klocka visar den tiden den dagen" in said(answer)
    assert Letter.objects.get().state == LetterState.APPROVED


def test_of_the_hour_that_is_twice_it_is_asked_which_and_the_answer_says_which(client, ready, officer):
    client.force_login(officer)
    assert 'name="which"' not in said(client.get(at("plan", ready)))

    answer = client.post(at("plan", ready), {"on": IN_OCTOBER, "clock": "02:30"})
    assert answer.status_code == 422
    assert "Klockan visar den tiden två gånger den natten" in said(answer)
    assert said(answer).count('name="which"') == 2

    moments = []
    for which, words in (("first", "innan klockan ställs tillbaka"), ("second", "efter att klockan har ställts")):
        answer = client.post(at("plan", ready), {"on": IN_OCTOBER, "clock": "02:30", "which": which}, follow=True)
        assert words in said(answer)
        moments.append(Letter.objects.get().planned_for)
    assert moments[1] - moments[0] == timedelta(hours=1)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"on": "2026-11-30"},
        {"on": "igår", "clock": "08:00"},
        {"on": "2027-01-01", "clock": "25:61"},
        {"on": "0001-01-01", "clock": "00:00"},
        {"on": "9999-12-31", "clock": "23:59"},
        {"on": "2020-01-01", "clock": "08:00"},
        {"on": "\x00", "clock": "\x00", "which": "\x00"},
        {"on": "2027-10-31", "clock": "02:30", "which": "tredje"},
        {"on": "1" * 1_000_000, "clock": "8" * 1_000_000},
    ],
)
def test_what_is_no_time_to_plan_for_is_refused_in_words(client, ready, officer, given):
    client.force_login(officer)

    answer = client.post(at("plan", ready), given)

    assert answer.status_code == 422
    assert "form-error" in said(answer) or "error" in said(answer)
    assert Letter.objects.get().state == LetterState.APPROVED


def test_sending_says_to_how_many_and_is_done_once_however_often_the_button_is_pressed(client, ready, officer):
    client.force_login(officer)
    assert "Skicka nu till 2 mottagare" in said(client.get(at("send", ready)))

    for _press in range(2):
        answer = client.post(at("send", ready), follow=True)

    assert "Brevet är på väg till 2 mottagare." in said(answer)
    assert Message.objects.count() == 2


def test_the_difference_since_it_was_planned_stands_where_it_is_sent(client, ready, officer, coordinators, organizers):
    sending.plan(letter=ready, moment=timezone.now() + timedelta(days=2), by=officer, at=timezone.now())
    at_organizer(organizers[2], Role.COORDINATOR, "Nora Ny")
    coordinators[0].appointments.update(to_on=date(2021, 1, 1))
    client.force_login(officer)

    page = said(client.get(at("send", ready)))

    assert "1 har kommit till" in page
    assert "Nora Ny" in page
    assert "1 har fallit bort" in page
    assert "Sanna Samordnare" in page


def test_an_audience_that_became_empty_is_told_where_it_would_be_sent(client, ready, officer, coordinators):
    for person in coordinators:
        person.appointments.update(to_on=date(2021, 1, 1))
    client.force_login(officer)

    assert "Ingen finns kvar bland mottagarna" in said(client.get(at("send", ready)))
    answer = client.post(at("send", ready))

    assert (answer.status_code, Message.objects.count()) == (422, 0)
    assert "Ingen finns kvar bland mottagarna" in said(answer)


def test_delivery_tells_who_was_not_reached_and_why(client, sent, editor, coordinators):
    bounced = Message.objects.get(to_address=coordinators[0].email)
    Message.objects.update(state=MessageState.SENT, sent_at=AT)
    Message.objects.filter(pk=bounced.pk).update(state=MessageState.BOUNCED, failed_because="smtp-550-5.1.1")
    client.force_login(editor)

    page = said(client.get(at("delivery", sent)))
    troubled = said(client.get(at("delivery", sent) + "?state=bounced"))

    assert "1 mottagare nåddes inte" in page
    assert "Sixten Samordnare" in page
    assert "Sixten Samordnare" not in troubled
    assert "Mejlservern sa nej: 550 5.1.1" in troubled or "550" in troubled


def test_the_list_of_recipients_is_taken_out_without_formulas_and_without_the_protected(
    client, sent, officer, coordinators
):
    Recipient.objects.filter(person=coordinators[0]).update(address="=cmd@example.org")
    coordinators[1].is_protected = True
    coordinators[1].save()
    client.force_login(officer)

    rows = said(client.get(at("delivery_csv", sent))).splitlines()

    assert len(rows) == 3
    assert "'=cmd@example.org" in rows[1]
    assert "Sixten" not in rows[2]
    assert coordinators[1].email not in rows[2]
    assert AuditEntry.objects.filter(action="letters.letter.delivery_taken_out", by_key=officer.key).count() == 1


def test_who_may_not_take_recipients_out_is_not_offered_it(client, sent, editor):
    client.force_login(editor)

    assert client.get(at("delivery_csv", sent)).status_code == 403
    assert "leverans.csv" not in said(client.get(at("delivery", sent)))


def test_what_is_not_sent_has_no_delivery(client, ready, officer):
    client.force_login(officer)

    assert client.get(at("delivery", ready)).status_code == 404
    assert client.get(at("delivery_csv", ready)).status_code == 404


@pytest.mark.parametrize("number", [1, 40])
def test_delivery_asks_as_much_for_many_as_for_few(
    client, editor, officer, organizers, number, django_assert_max_num_queries
):
    for place in range(number):
        at_organizer(organizers[0], Role.COORDINATOR, f"Samordnare {place}")
    letter = sending.start(letter=approved(make_letter(by=editor), asker=editor, approver=officer), by=officer, at=AT)
    client.force_login(editor)
    client.get(at("delivery", letter))

    with django_assert_max_num_queries(13):
        client.get(at("delivery", letter))


def test_a_test_goes_to_who_is_chosen_and_to_nobody_else(client, letter, editor, officer, coordinator):
    client.force_login(editor)

    assert client.post(at("test_send", letter), {"to": str(coordinator.key)}).status_code == 422
    assert client.post(at("test_send", letter), {"to": "\x00"}).status_code == 422
    assert Message.objects.count() == 0
    client.post(at("test_send", letter), {"to": str(officer.key)})

    assert set(Message.objects.values_list("to_address", flat=True)) == {officer.email}


def test_a_correction_begins_from_the_page_and_is_one_however_often(client, sent, editor):
    client.force_login(editor)
    assert "just de 2 som fick det första" in said(client.get(at("correct", sent)))

    first = client.post(at("correct", sent))
    again = client.post(at("correct", sent))

    assert first.headers["Location"] == again.headers["Location"]
    assert Letter.objects.filter(corrects=sent).count() == 1


def test_one_sees_all_that_one_has_been_sent(client, sent, coordinator, organizer, principal, outsider):
    write(kind="x.y", to_address=coordinator.email, to_key=coordinator.key, subject="Ett annat mejl", body="Hej", at=AT)
    Recipient.objects.create(letter=sent, organizer=organizer, address="kommun@example.org")
    shown = {}
    for person in (coordinator, principal, outsider):
        client.force_login(person)
        shown[person] = said(client.get(reverse("letters:received")))

    assert "Till dig" in shown[coordinator]
    assert "Ett annat mejl" in shown[coordinator]
    assert shown[coordinator].count("Brev till samordnarna 2026") == 1
    assert "Till den officiella adressen där du arbetar" in shown[principal]
    assert "Ett annat mejl" not in shown[principal]
    assert "Du har inte fått något brev." in shown[outsider]


def test_what_came_to_an_official_address_that_is_also_a_persons_is_seen_by_her_colleagues(
    client, sent, coordinator, organizer, principal
):
    Recipient.objects.filter(letter=sent, person=coordinator).update(organizer=organizer)
    client.force_login(principal)

    assert "Till den officiella adressen där du arbetar" in said(client.get(reverse("letters:received")))


def test_a_letter_that_is_not_public_is_read_by_those_who_got_it_alone(client, editor, officer, coordinator, outsider):
    letter = approved(make_letter(by=editor, is_public=False), asker=editor, approver=officer)
    sending.start(letter=letter, by=officer, at=AT)
    page = at("received_letter", letter)
    client.force_login(coordinator)

    assert page in said(client.get(reverse("letters:received")))
    assert "Fler nätverk" in said(client.get(page))
    assert "More networks" in said(client.get(f"/en{page}"))
    assert "/brev/2026" not in Message.objects.first().body
    client.force_login(outsider)
    assert client.get(page).status_code == 404


def test_what_waits_stands_in_to_do(client, letter, editor, officer, coordinators):
    letter = approving.ask(letter=letter, by=editor, at=AT)
    client.force_login(officer)
    assert "Godkänn brevet: Brev till samordnarna 2026" in said(client.get("/arbete/"))

    approving.approve(letter=letter, digest=approvals.digest(letter), by=officer, at=AT)
    assert "Planera eller skicka brevet: Brev till samordnarna 2026" in said(client.get("/arbete/"))

    approving.take_back(letter=letter, by=editor, at=AT)
    letter = approving.ask(letter=letter, by=editor, at=AT)
    approving.send_back(letter=letter, words="Kortare", by=officer, at=AT)
    client.force_login(editor)
    assert "Ändra brevet: Brev till samordnarna 2026" in said(client.get("/arbete/"))


def test_the_offer_of_a_time_is_tomorrow_morning():
    letter = SimpleNamespace(planned_for=None)

    assert pages._offered(letter, AT) == {"on": date(2026, 11, 23), "clock": "08:00"}
