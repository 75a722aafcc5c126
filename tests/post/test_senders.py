"""A university's own sender: changed at its place, refused in words, readable, and tried by a mail to oneself."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from samspel.kernel.audit import history_of
from samspel.post.models import Message, Sender
from samspel.post.operations import senders
from samspel.post.queries import senders as queries
from samspel.post.rules import colours
from samspel.post.rules import senders as rules
from samspel.post.rules.senders import Wished

from .conftest import NOW
from .somebody import people

__all__ = ["people"]

GOOD = {
    "name": "Ekbo högskola",
    "from_address": "natverk@ekbo.example",
    "reply_to": "svar@ekbo.example",
    "colour": "#1b4b66",
    "signature": "Ekbo högskola, 08-123 45 67",
}


@pytest.fixture(autouse=True)
def domains(settings):
    """Our mail server may send for one domain."""
    settings.SAMSPEL_SENDER_DOMAINS = ["ekbo.example"]
    settings.SAMSPEL_URL = "https://samspel.example"


@pytest.mark.parametrize(
    ("one", "other", "contrast"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#767676", "#ffffff", 4.54),
        ("#0e4f5b", "#ffffff", 9.18),
    ],
)
def test_contrast_is_measured_as_the_guidelines_do(one, other, contrast):
    assert colours.contrast(one, other) == pytest.approx(contrast, abs=0.05)
    assert colours.contrast(other, one) == colours.contrast(one, other)


def test_white_is_readable_from_four_and_a_half_to_one():
    assert colours.carries_white("#767676")
    assert not colours.carries_white("#777777")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "", "missing"),
        ("name", "Ekbo\r\nBcc: x", "line_break"),
        ("name", "rektor@ekbo.example", "looks_like_address"),
        ("from_address", "natverk", "not_an_address"),
        ("from_address", "natverk@ekbo.example\nx", "not_an_address"),
        ("from_address", "natverk@skolverket.example", "foreign_domain"),
        ("from_address", "natverk@sub.ekbo.example", "foreign_domain"),
        ("reply_to", "", "not_an_address"),
        ("reply_to", "no-reply@ekbo.example", "not_read"),
        ("reply_to", "noreply@ekbo.example", "not_read"),
        ("reply_to", "ej-svar@ekbo.example", "not_read"),
        ("colour", "red", "not_a_colour"),
        ("colour", "#fff;background:url(x)", "not_a_colour"),
        ("colour", "#ffcc00", "too_light"),
        ("signature", "a\nb", "line_break"),
    ],
)
def test_what_a_sender_cannot_be_is_told_by_field(field, value, code):
    assert rules.faults(Wished(**{**GOOD, field: value}), domains=["ekbo.example"]) == {field: code}


def test_a_universitys_administrator_sets_its_sender_and_it_stands_in_the_history(people):
    sender = senders.set_sender(slug="ekbo", **GOOD, by=people.of_university, at=NOW)
    again = senders.set_sender(slug="ekbo", **{**GOOD, "colour": "#003366"}, by=people.administrator, at=NOW)

    assert again == sender
    assert queries.sender_of(("university", people.university.pk)) == sender
    assert [row.facts for row in history_of(sender)] == [
        {"fields": ["colour"]},
        {"fields": ["name", "from_address", "reply_to", "colour", "signature"]},
    ]


@pytest.mark.parametrize("who", ["of_other_university", "outsider"])
def test_others_may_not_and_nothing_is_changed(people, who):
    for deed in (
        lambda by: senders.set_sender(slug="ekbo", **GOOD, by=by, at=NOW),
        lambda by: senders.send_test(slug="ekbo", to=None, by=by, at=NOW),
    ):
        with pytest.raises(PermissionDenied):
            deed(getattr(people, who))

    assert not Sender.objects.exists()


def test_a_sender_that_is_nobodys_cannot_be_made_even_by_the_agency(people):
    with pytest.raises(PermissionDenied):
        senders.set_sender(slug="ingens", **GOOD, by=people.administrator, at=NOW)


def test_every_fault_is_told_at_once_and_nothing_is_changed(people):
    with pytest.raises(senders.SenderRefused) as refusal:
        wrong = {**GOOD, "from_address": "a@fel.example", "colour": "#ffff00"}
        senders.set_sender(slug="ekbo", **wrong, by=people.of_university, at=NOW)

    assert set(refusal.value.faults) == {"from_address", "colour"}
    assert not Sender.objects.exists()


def test_a_test_mail_goes_to_oneself_from_the_sender(people, client):
    senders.set_sender(slug="ekbo", **GOOD, by=people.of_university, at=NOW)
    client.force_login(people.of_university, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/arbete/avsandare/ekbo/prova/")

    assert answer.status_code == 302
    message = Message.objects.get()
    assert (message.to_address, message.sender.slug) == (people.of_university.email, "ekbo")
    assert "#1b4b66" in message.body_html
    assert "Ekbo högskola, 08-123 45 67" in message.body


def test_the_page_refuses_in_words_beside_the_field_and_keeps_what_was_written(people, client):
    client.force_login(people.of_university, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/arbete/avsandare/ekbo/", {**GOOD, "from_address": "natverk@skolverket.example"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "får inte skicka för den domänen" in page
    assert "natverk@skolverket.example" in page
    assert client.post("/arbete/avsandare/ekbo/", GOOD).status_code == 302
    assert client.get("/arbete/avsandare/ekbo/").status_code == 200


def test_the_look_is_shown_apart_before_and_after_there_is_a_sender(people, client):
    client.force_login(people.of_university, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/arbete/avsandare/ekbo/utseende/").status_code == 200
    senders.set_sender(slug="ekbo", **GOOD, by=people.administrator, at=NOW)

    answer = client.get("/en/arbete/avsandare/ekbo/utseende/")

    assert "sandbox" in answer["Content-Security-Policy"]
    assert "Ekbo högskola" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("of_other_university", 404), ("outsider", 403), ("administrator", 200)])
def test_who_sees_whose_sender(people, client, who, status):
    client.force_login(getattr(people, who), backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/arbete/avsandare/ekbo/").status_code == status


@pytest.mark.parametrize("value", ["\x00", "x" * 400, "<b>", "\u202e", "@", "#"])
def test_odd_values_are_answered_in_words(people, client, value):
    client.force_login(people.of_university, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post("/arbete/avsandare/ekbo/", dict.fromkeys(GOOD, value))

    assert answer.status_code == 422


def test_the_list_asks_no_more_with_more_senders(people, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from samspel.registry.models import University

    client.force_login(people.administrator, backend="allauth.account.auth_backends.AuthenticationBackend")
    numbers = []
    for slug in ("x", "y", "z"):
        University.objects.create(slug=slug, name=slug, sort_key=slug)
        Sender.objects.create(slug=slug, name=slug, from_address="a@ekbo.example", reply_to="b@ekbo.example")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/arbete/avsandare/").status_code == 200
        numbers.append(len(captured))

    assert numbers[0] == numbers[2]
