"""A message as the mail that leaves: from whom, where answers go, and where bounces do."""

from __future__ import annotations

import pytest

from samspel.post.models import Sender
from samspel.post.operations.envelopes import mail
from samspel.post.operations.refusals import AddressRefused

pytestmark = pytest.mark.django_db


def test_answers_go_to_an_address_that_is_read_and_bounces_to_one_of_their_own(write, settings):
    settings.DEFAULT_FROM_EMAIL = "Samspel <samspel@samspel.example>"
    settings.SAMSPEL_REPLY_TO = "fragor@samspel.example"
    settings.SAMSPEL_BOUNCES_TO = "studs+{key}@samspel.example"
    message = write()

    made = mail(message)

    assert made.from_email == f"studs+{message.key.hex}@samspel.example"
    head = made.message()
    assert (head["From"], head["Reply-To"]) == ("Samspel <samspel@samspel.example>", "fragor@samspel.example")


def test_a_sender_of_its_own_stands_as_from_and_gets_the_answers(write):
    sender = Sender.objects.create(
        slug="ekbo", name="Ekbo högskola", from_address="natverk@ekbo.example", reply_to="svar@ekbo.example"
    )

    head = mail(write(sender=sender)).message()

    assert str(head["From"]).endswith("<natverk@ekbo.example>")
    assert head["Reply-To"] == "svar@ekbo.example"


def test_html_and_text_are_two_forms_of_one_mail(write):
    made = mail(write(body_html="<p>Hej</p>")).message()

    assert made.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in made.get_payload()] == ["text/plain", "text/html"]


def test_news_carries_one_click_to_unsubscribe_and_nothing_else_does(write):
    news = mail(write(unsubscribe_url="https://samspel.example/brev/avprenumerera/abc/")).message()

    assert news["List-Unsubscribe"] == "<https://samspel.example/brev/avprenumerera/abc/>"
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail(write(to_address="annan@kommunen.example")).message()["List-Unsubscribe"] is None


def test_an_address_for_unsubscribing_cannot_begin_a_header_of_its_own(write):
    with pytest.raises(AddressRefused, match="radbrytning"):
        write(unsubscribe_url="https://samspel.example/\r\nBcc: alla@samspel.example")
