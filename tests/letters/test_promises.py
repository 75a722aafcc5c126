"""What is promised for later: owed by somebody, told when it comes, once, to all it concerns."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.accounts.queries import due_sources
from samspel.accounts.queries.todo import todo_of
from samspel.kernel.audit import history_of
from samspel.letters.models import Promise, PromiseState, Recipient
from samspel.letters.operations import promises
from samspel.letters.operations.promises import PromiseRefused
from samspel.letters.queries import promises as queries
from samspel.post.models import Message
from tests.letters.conftest import AT, TODAY, make_letter, person_with

DUE = date(2026, 12, 1)


@pytest.fixture
def sent(officer, coordinators, organizer):
    """A letter that two coordinators have been sent, and an organizer's own address."""
    letter = make_letter(by=officer, state="sent", sent_at=AT, slug="brev-2026")
    for one in coordinators:
        Recipient.objects.create(letter=letter, person=one, address=one.email, name=one.name)
    Recipient.objects.create(letter=letter, organizer=organizer, address="kommun@organ.example", name="Kommunen")
    return letter


@pytest.fixture
def promise(sent, officer):
    """A link that is to come, about that letter."""
    return promised(sent, officer)


def promised(letter, owner, **more):
    said = {"kind": "link", "words_sv": "Länken mejlas en vecka före.", "due_on": DUE}
    return promises.make(about=f"letters.letter:{letter.key}", owner=owner, by=owner, at=AT, **{**said, **more})


def told():
    return Message.objects.filter(kind="letters.promise_filled")


def test_a_promise_has_an_owner_a_day_and_words_to_read_meanwhile(promise, officer):
    assert (promise.state, promise.owner, promise.due_on) == (PromiseState.OPEN, officer, DUE)
    assert [row.action for row in history_of(promise)] == ["letters.promise.made"]


def test_filling_it_in_tells_everyone_it_concerns_once(promise, officer):
    promises.fill(promise=promise, sv="https://mote.example/abc", by=officer, at=AT)
    for _ in range(2):
        promises.tell_of(promise_key=str(promise.key), at=AT)

    assert {message.to_address for message in told()} == {
        *Recipient.objects.values_list("address", flat=True),
    }
    assert told().count() == 3
    message = told().first()
    assert "Länken mejlas en vecka före." in message.body
    assert "https://mote.example/abc" in message.body.replace(": //", "://").replace(". ", ".")


def test_who_is_forgotten_is_told_nothing_and_who_got_a_letter_on_paper_is_told_on_paper(promise, sent, officer):
    Recipient.objects.create(letter=sent)
    paper = Message.objects.create(
        kind="letters.letter", postal_address="Storgatan 1\n111 11 Orten", state="paper", written_at=AT, due_at=AT
    )
    Recipient.objects.create(letter=sent, name="Skolan", message_key=paper.key)

    promises.fill(promise=promise, sv="Aulan", by=officer, at=AT)
    promises.tell_of(promise_key=str(promise.key), at=AT)

    assert told().count() == 4
    assert {(one.to_address, one.postal_address) for one in told().filter(state="paper")} == {
        ("", paper.postal_address)
    }


def test_each_is_told_in_her_own_language(promise, officer, coordinator):
    coordinator.language = "en"
    coordinator.save()

    promises.fill(promise=promise, sv="Lokalen är Aulan.", en="The venue is the Aula.", by=officer, at=AT)
    promises.tell_of(promise_key=str(promise.key), at=AT)

    words = dict(told().values_list("to_address", "body"))
    assert "The venue is the Aula." in words[coordinator.email]
    assert "Lokalen är Aulan." in words["kommun@organ.example"]


def test_a_link_that_has_come_is_a_link_in_the_mail(promise, officer):
    came = "[Anslut till mötet](https://mote.example/l/abc?d=1)\n\nProgrammet: https://annan.example/program"
    promises.fill(promise=promise, sv=came, by=officer, at=AT)
    promises.tell_of(promise_key=str(promise.key), at=AT)

    one = told().first()
    for address in ("https://mote.example/l/abc?d=1", "https://annan.example/program"):
        assert address in one.body
        assert f'href="{address}"' in one.body_html
    assert "](" not in one.body


def test_who_reads_english_is_led_to_the_english_page(promise, officer, coordinators):
    coordinators[0].language = "en"
    coordinators[0].save()
    promises.fill(promise=promise, sv="Zoom", en="Zoom it is", by=officer, at=AT)
    promises.tell_of(promise_key=str(promise.key), at=AT)

    assert "/en/brev/brev-2026/" in told().get(to_address=coordinators[0].email).body


def test_what_is_about_a_letter_that_is_not_sent_is_filled_in_and_nobody_is_told(officer, letter):
    promise = promised(letter, officer)

    promises.fill(promise=promise, sv="Aulan", by=officer, at=AT)
    promises.tell_of(promise_key=str(promise.key), at=AT)

    assert not told().exists()


def test_the_owner_has_it_to_do_two_weeks_before_and_until_it_is_done(promise, officer):
    assert [row.due_on for row in todo_of(officer, AT) if "Länken" in str(row.title)] == [DUE]
    assert not [row for row in todo_of(officer, AT - timedelta(days=30)) if "Länken" in str(row.title)]

    promises.fill(promise=promise, sv="Här", by=officer, at=AT)

    assert not [row for row in todo_of(officer, AT) if "Länken" in str(row.title)]


def test_reminders_are_made_of_open_promises_alone(promise, officer, second_officer):
    source = due_sources.get(queries.KIND)
    assert [due.due_on for due in source.between(TODAY, DUE, AT)] == [DUE]
    key = next(iter(source.between(TODAY, DUE, AT))).key

    promises.move(promise=promise, due_on=DUE + timedelta(days=7), by=officer, at=AT)
    promises.hand_over(promise=promise, owner=second_officer, by=officer, at=AT)

    assert not list(source.between(TODAY, DUE, AT))
    [due] = source.now([key], AT)
    assert (due.due_on, due.people) == (DUE + timedelta(days=7), {second_officer.pk})

    promises.drop(promise=promise, reason="Mötet är inställt.", by=second_officer, at=AT)

    assert not list(source.now([key], AT))


def test_what_is_late_is_listed_as_late(promise, officer):
    seen = queries.seen_by(officer, AT)

    assert list(queries.overdue(seen, DUE)) == []
    assert list(queries.overdue(seen, DUE + timedelta(days=1))) == [promise]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"words_sv": " \x00 "}, "no_words"),
        ({"kind": "film"}, "no_words"),
        ({"words_sv": "x" * 501}, "too_long"),
        ({"due_on": TODAY - timedelta(days=1)}, "day_has_been"),
    ],
)
def test_what_cannot_be_promised_is_refused_in_words(sent, officer, said, code):
    with pytest.raises(PromiseRefused) as refusal:
        promised(sent, officer, **said)

    assert refusal.value.code == code
    assert not Promise.objects.exists()


def test_nobody_who_has_left_can_owe_it(sent, officer, second_officer):
    second_officer.is_active = False
    second_officer.save()

    with pytest.raises(PromiseRefused, match="stängt"):
        promises.make(
            about=f"letters.letter:{sent.key}", kind="link", words_sv="Länk", owner=second_officer, due_on=DUE,
            by=officer, at=AT,
        )  # fmt: skip


def test_what_somebody_else_has_filled_in_is_not_filled_in_again(promise, officer, second_officer):
    promises.fill(promise=promise, sv="Först", by=second_officer, at=AT)

    with pytest.raises(PromiseRefused, match="Någon hann före"):
        promises.fill(promise=promise, sv="Sedan", by=officer, at=AT)

    assert Promise.objects.get().filled_sv == "Först"


def test_others_than_those_who_write_letters_fill_in_what_they_owe_and_no_more(sent, officer, coordinator, outsider):
    hers = promised(sent, officer)
    promises.hand_over(promise=hers, owner=coordinator, by=officer, at=AT)

    with pytest.raises(PermissionDenied):
        promises.fill(promise=hers, sv="Nej", by=outsider, at=AT)
    assert promises.fill(promise=hers, sv="Ja", by=coordinator, at=AT).state == PromiseState.FILLED
    assert list(queries.seen_by(coordinator, AT)) == [hers]
    assert not queries.seen_by(outsider, AT).exists()


def test_the_pages_show_fill_in_and_refuse_in_words(client, promise, officer):
    client.force_login(officer)

    assert "Länken mejlas en vecka före." in client.get("/arbete/utlovat/").content.decode()
    page = client.get(f"/arbete/utlovat/{promise.key}/").content.decode()
    assert "Fyll i det utlovade" in page
    refused = client.post(f"/arbete/utlovat/{promise.key}/fyll-i/", {"sv": ""})
    assert (refused.status_code, "Skriv på svenska det som har kommit." in refused.content.decode()) == (422, True)
    done = client.post(f"/arbete/utlovat/{promise.key}/fyll-i/", {"sv": "Här är länken"}, follow=True)
    assert "Här är länken" in done.content.decode()


def test_a_promise_is_made_where_it_belongs(client, sent, officer):
    client.force_login(officer)
    about = f"/arbete/utlovat/nytt/?om=letters.letter:{sent.key}"

    assert "Brev till samordnarna 2026" in client.get(about).content.decode()
    given = {"kind": "venue", "words_sv": "Lokalen kommer", "owner": officer.pk, "due_on": "2030-01-01"}
    page = client.post(about, given, follow=True).content.decode()
    assert "Lokalen kommer" in page
    assert client.get("/arbete/utlovat/nytt/?om=letters.letter:nej").status_code == 404
    assert client.post(about, {**given, "owner": person_with(name="Ingen").pk}).status_code == 422


def test_the_list_asks_the_same_however_many_there_are(client, sent, officer):
    client.force_login(officer)
    promised(sent, officer)
    client.get("/arbete/utlovat/")

    def asked():
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as queries_made:
            client.get("/arbete/utlovat/")
        return len(queries_made)

    before = asked()
    for number in range(20):
        promised(sent, officer, words_sv=f"Sak {number}")

    assert asked() == before
