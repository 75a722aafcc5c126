"""What stands in a mail that came in."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samspel.post.rules import mail_words


def written(words: str = "Hej!", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    for name, value in {
        "From": "Elin Sandell <Elin@Bjorkforsen.example>",
        "Subject": "Ny samordnare",
        **headers,
    }.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(words)
    return mail


def test_sender_subject_words_and_thread_are_read():
    mail = mail_words.read(
        written(
            "Vi har utsett Anna.\n\nElin",
            Message_ID="<a@b.example>",
            In_Reply_To="<q@s.example>",
            References="<p@s.example> <q@s.example>",
            Date="Mon, 02 Nov 2026 10:00:00 +0100",
        ).as_bytes()
    )

    assert (mail.from_name, mail.from_address) == ("Elin Sandell", "elin@bjorkforsen.example")
    assert mail.subject == "Ny samordnare"
    assert mail.words == "Vi har utsett Anna.\n\nElin"
    assert mail.message_id == "<a@b.example>"
    assert mail.references == ("<q@s.example>", "<p@s.example>")
    assert mail.at == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "history",
    [
        "Den mån 2 nov. 2026 kl 09:00 skrev Samspel <fraga@myndigheten.example>:\n> Vem?",
        "On Mon, Nov 2, 2026 at 9:00 Samspel wrote:\n> Who?",
        "-----Ursprungligt meddelande-----\nFrån: Samspel",
        "Från: Samspel <fraga@myndigheten.example>\nSkickat: den 2 november",
        "> Vem?",
    ],
)
def test_what_was_answered_is_told_apart_from_what_was_written(history):
    mail = mail_words.read(written(f"Det är Anna.\n\n{history}").as_bytes())

    assert mail.words == "Det är Anna."
    assert mail.history.startswith(history[:10])


def test_a_mail_of_html_alone_gives_its_words_without_markup():
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("<p>Hej <b>alla</b></p><script>alert(1)</script><p>Slut &amp; klart</p>", subtype="html")

    words = mail_words.read(mail.as_bytes()).words

    assert "Hej alla" in words
    assert "Slut & klart" in words
    assert "alert" not in words
    assert "<" not in words


def test_attachments_come_with_name_and_bytes():
    mail = written()
    mail.add_attachment(b"%PDF-1.7 x", maintype="application", subtype="pdf", filename="Beslut å.pdf")

    [file] = mail_words.read(mail.as_bytes()).attachments

    assert (file.name, file.said_type, file.content) == ("Beslut å.pdf", "application/pdf", b"%PDF-1.7 x")


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied (vacation)"}, {"Precedence": "bulk"}, {"X_Autoreply": "yes"}]
)
def test_an_automatic_answer_is_known_as_one(headers):
    assert mail_words.read(written(**headers).as_bytes()).is_auto_reply


def test_a_mail_by_a_person_is_neither_automatic_nor_a_bounce():
    mail = mail_words.read(written(Auto_Submitted="no").as_bytes())

    assert not mail.is_auto_reply
    assert not mail.is_bounce


def test_a_delivery_report_is_a_bounce():
    head = b"From: <>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x--\r\n"

    assert mail_words.read(head).is_bounce


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\x01\x02",
        b"Subject: =?utf-99?q?x?=\r\n\r\nhej",
        b"Subject: =?utf-8?b?////?=\r\nFrom: =?x\r\n\r\n",
        b"Content-Type: text/plain; charset=ingen\r\n\r\n\xff\xfe",
        b"Date: Mon, 99 Foo 99999 25:61:00 +9999\r\nFrom: a@b, c@d\r\n\r\n",
        b'Content-Type: multipart/mixed; boundary="\r\n\r\n--\r\n' * 50,
        b"From: a@b.example\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"From: <x@y.example\r\nBcc: evil>\r\n\r\nhej",
    ],
)
def test_a_broken_mail_is_read_as_far_as_it_goes(raw):
    mail = mail_words.read(raw)

    assert "\n" not in mail.subject
    assert "\n" not in mail.from_address


@given(st.binary(max_size=3_000))
def test_any_bytes_are_borne(raw):
    mail = mail_words.read(raw)

    assert "\x00" not in mail.words + mail.subject + mail.from_name + mail.from_address


@given(st.text(max_size=500), st.text(max_size=80))
def test_any_words_and_subject_are_borne(words, subject):
    head = b"From: a@b.example\r\nSubject: " + subject.encode("utf-8", "replace") + b"\r\n\r\n"
    mail = mail_words.read(head + words.encode("utf-8", "replace"))

    assert len(mail.subject) <= 300
