"""Key dates: shown as they now stand, told when they move, to those who were sent a letter with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samspel.letters.models import KeyDate, KeyDateState, Recipient
from samspel.letters.operations import key_dates
from samspel.letters.operations.key_dates import KeyDateRefused, Said
from samspel.letters.queries import handed
from samspel.letters.queries import key_dates as queries
from samspel.post.models import Message
from tests.letters.conftest import AT, BODY, make_letter

STARTS = datetime(2027, 3, 14, 14, 0, tzinfo=UTC)
SEMINAR = Said(
    title_sv="Temaseminarium",
    title_en="Theme seminar",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=90),
    place_sv="Digitalt",
    place_en="Online",
)


@pytest.fixture
def seminar(officer):
    """A seminar in March, an hour and a half."""
    return key_dates.make(said=SEMINAR, owner=officer, by=officer, at=AT)


@pytest.fixture
def sent(seminar, officer, coordinator):
    """A letter that shows it, sent to a coordinator; and one that does not, sent to nobody here."""
    block = {"key": "d1", "kind": "live", "ref": f"letters.date:{seminar.key}"}
    letter = make_letter(
        {**BODY, "blocks": [*BODY["blocks"], block]}, by=officer, state="sent", sent_at=AT, slug="brev"
    )
    Recipient.objects.create(letter=letter, person=coordinator, address=coordinator.email, name=coordinator.name)
    return letter


def changed(date, officer, *, is_told=True, **said):
    return key_dates.change(
        date=date,
        said=Said(**{**vars(SEMINAR), **said}),
        revision=date.revision,
        is_told=is_told,
        by=officer,
        at=AT,
    )


def live(date, language="sv"):
    return handed.live_sources.get("letters.date").shown([str(date.key)], language, AT)[str(date.key)]


def tell_all(date):
    for change in date.changes.all():
        key_dates.tell_of(change_pk=change.pk, at=AT)
    return Message.objects.filter(kind="letters.key_date_changed")


def test_it_is_shown_in_the_language_of_the_reader(seminar):
    assert (live(seminar).title, live(seminar).when, live(seminar).where) == (
        "Temaseminarium",
        "14 mars 2027 kl. 15.00–16.30",
        "Digitalt",
    )
    assert live(seminar, "en").title == "Theme seminar"


def test_a_date_that_moved_shows_what_it_was_and_tells_those_who_were_sent_it(sent, seminar, officer, coordinator):
    moved = changed(seminar, officer, starts_at=STARTS + timedelta(days=7), ends_at=None)

    assert (live(moved).when, live(moved).before) == ("21 mars 2027 kl. 15.00", "14 mars 2027 kl. 15.00–16.30")
    [message] = tell_all(moved)
    assert message.to_address == coordinator.email
    assert message.subject == "Ny tid 21 mars 2027 kl. 15.00: Temaseminarium"
    assert "14 mars 2027" in message.body


def test_telling_twice_writes_one_mail_and_an_overtaken_change_is_not_told(sent, seminar, officer):
    moved = changed(seminar, officer, starts_at=STARTS + timedelta(days=7), ends_at=None)
    moved = changed(moved, officer, starts_at=STARTS + timedelta(days=9), ends_at=None)
    tell_all(moved)

    assert [message.subject for message in tell_all(moved)] == ["Ny tid 23 mars 2027 kl. 15.00: Temaseminarium"]


def test_a_move_is_told_though_a_word_was_put_right_in_silence_after_it(sent, seminar, officer):
    moved = changed(seminar, officer, starts_at=STARTS + timedelta(days=7), ends_at=None)
    first = moved.changes.get()
    changed(moved, officer, starts_at=STARTS + timedelta(days=7), ends_at=None, place_sv="Webben", is_told=False)

    key_dates.tell_of(change_pk=first.pk, at=AT)

    assert [message.subject for message in Message.objects.all()] == ["Ny tid 21 mars 2027 kl. 15.00: Temaseminarium"]


def test_nobody_is_told_where_that_was_not_asked_for_or_nothing_changed(sent, seminar, officer):
    same = changed(seminar, officer)
    assert same.revision == 0

    quietly = changed(seminar, officer, title_sv="Temaseminarium 1", is_told=False)

    assert quietly.revision == 1
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert not ProcrastinateJob.objects.filter(task_name=key_dates.TELL).exists()


def test_a_cancelled_date_says_so_and_is_not_changed_again(sent, seminar, officer):
    cancelled = key_dates.cancel(date=seminar, revision=0, is_told=True, by=officer, at=AT)

    assert (cancelled.state, live(cancelled).is_cancelled) == (KeyDateState.CANCELLED, True)
    assert tell_all(cancelled).get().subject == "Inställt: Temaseminarium, 14 mars 2027 kl. 15.00–16.30"
    with pytest.raises(KeyDateRefused, match="inställt"):
        changed(cancelled, officer, title_sv="Igen")


def test_who_changes_from_an_old_page_is_told_and_overwrites_nothing(seminar, officer, second_officer):
    changed(seminar, second_officer, title_sv="Ny rubrik")

    with pytest.raises(KeyDateRefused, match="medan du hade sidan öppen"):
        key_dates.cancel(date=seminar, revision=0, is_told=False, by=officer, at=AT)

    assert KeyDate.objects.get().title_sv == "Ny rubrik"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"title_sv": " \x00"}, "no_title"),
        ({"ends_at": STARTS - timedelta(hours=1)}, "ends_before"),
        ({"link": "javascript:alert(1)"}, "not_a_link"),
        ({"place_sv": "x" * 301}, "too_long"),
    ],
)
def test_what_cannot_be_a_date_is_refused_in_words(officer, said, code):
    with pytest.raises(KeyDateRefused) as refusal:
        key_dates.make(said=Said(**{**vars(SEMINAR), **said}), owner=officer, by=officer, at=AT)

    assert refusal.value.code == code


def test_only_those_who_write_letters_keep_dates(coordinator):
    with pytest.raises(PermissionDenied):
        key_dates.make(said=SEMINAR, owner=coordinator, by=coordinator, at=AT)


def test_days_alone_and_several_days_are_said_as_people_say_them(officer):
    whole = Said(title_sv="Konferens", starts_at=STARTS, ends_at=STARTS + timedelta(days=1), is_whole_day=True)
    date = key_dates.make(said=whole, owner=officer, by=officer, at=AT)

    assert live(date).when == "14 mars 2027 till 15 mars 2027"


def test_dates_are_shown_in_two_queries_however_many(officer, django_assert_num_queries):
    dates = [key_dates.make(said=SEMINAR, owner=officer, by=officer, at=AT) for _ in range(8)]

    with django_assert_num_queries(2):
        assert len(queries.shown([str(date.key) for date in dates], "sv", AT)) == 8


def test_the_pages_make_move_and_cancel_a_date(client, officer, sent, seminar):
    client.force_login(officer)
    made = client.post(
        "/arbete/datum/nytt/", {"title_sv": "Samordnardialog", "on": "2030-10-01", "is_preliminary": "on"}, follow=True
    ).content.decode()
    assert "Preliminärt" in made and "Bestäm datumet" in made

    page = client.get(f"/arbete/datum/{seminar.key}/").content.decode()
    assert "Brev till samordnarna 2026" in page
    where = f"/arbete/datum/{seminar.key}/andra/"
    fields = {"title_sv": "Temaseminarium", "on": "2027-03-28", "from_time": "02:30", "revision": 0, "is_told": "on"}
    refused = client.post(where, fields)
    assert (refused.status_code, "Ingen klocka visar den tiden" in refused.content.decode()) == (422, True)
    assert client.post(where, {**fields, "from_time": "15:00"}).status_code == 302
    stale = client.post(f"/arbete/datum/{seminar.key}/stall-in/", {"revision": 0})
    assert (stale.status_code, "medan du hade sidan öppen" in stale.content.decode()) == (422, True)


@pytest.mark.parametrize("given", [{"on": "9999-12-31", "from_time": "23:59"}, {"on": "0001-01-01"}, {"on": "igår"}])
def test_days_at_the_end_of_time_are_refused_and_not_stumbled_over(client, officer, given):
    client.force_login(officer)

    assert client.post("/arbete/datum/nytt/", {"title_sv": "X", **given}).status_code in (302, 422)
    assert client.get("/arbete/datum/").status_code == 200
