"""A mail in, as words: what is new, what is history, files, machines that answer; and no bytes bring it down."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspel.post.rules import mail_words, mails
from samspel.post.rules.mail_words import Attachment


def _mail(body: str = "Hej", **headers: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Åsa Öberg <asa@kommunen.example>"
    mail["To"] = "fragor@samspel.example, Bo <bo@kommunen.example>"
    mail["Subject"] = "Fråga om anmälan"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(body)
    return mail


def test_a_mail_says_who_wrote_what_to_whom_and_in_answer_to_what():
    mail = _mail(
        "Hej!\n\nNär är mötet?\n",
        Date="Tue, 01 Sep 2026 10:00:00 +0200",
        Message_ID="<a@kommunen.example>",
        In_Reply_To="<b@samspel.example>",
        References="<c@samspel.example> <b@samspel.example>",
    )

    said = mail_words.read(mail.as_bytes())

    assert (said.from_name, said.from_address) == ("Åsa Öberg", "asa@kommunen.example")
    assert said.to == ("fragor@samspel.example", "bo@kommunen.example")
    assert (said.subject, said.words, said.history) == ("Fråga om anmälan", "Hej!\n\nNär är mötet?", "")
    assert said.date == datetime(2026, 9, 1, 8, tzinfo=UTC)
    assert (said.message_id, said.in_reply_to) == ("<a@kommunen.example>", "<b@samspel.example>")
    assert said.references == ("<c@samspel.example>", "<b@samspel.example>")
    assert (said.is_auto_reply, said.is_bounce, said.is_whole) == (False, False, True)


@pytest.mark.parametrize(
    ("body", "words", "history"),
    [
        ("Ja.\n\nDen tis 1 sep. 2026 kl 10:00 skrev Bo <bo@x.example>:\n> Kan du?\n", "Ja.", 2),
        ("Yes.\n\nOn Tue, 1 Sep 2026 at 10:00 Bo Ek\n<bo@x.example> wrote:\n\n> Can you?\n", "Yes.", 4),
        ("Ja.\n\n-----Ursprungligt meddelande-----\nFrån: Bo\nKan du?\n", "Ja.", 3),
        ("Ja.\n\nFrån: Bo <bo@x.example>\nSkickat: den 1 september\nTill: Åsa\nÄmne: Fråga\n\nKan du?\n", "Ja.", 6),
        ("Ja.\n\n> Kan du?\n> Snart?\n", "Ja.", 2),
    ],
)
def test_earlier_mails_are_split_off(body, words, history):
    said = mail_words.read(_mail(body).as_bytes())

    assert said.words == words
    assert len(said.history.split("\n")) == history


@pytest.mark.parametrize(
    "body",
    [
        "> Kan du komma?\nJa.\n> Har du fler med dig?\nTvå.",
        "Från: Bo <bo@x.example>\nSkickat: den 1 september\nTill: Åsa\nÄmne: Fråga\n\nKan du?",
        "Från: det att vi hördes\nTill: nästa möte",
    ],
)
def test_what_is_answered_within_or_only_sent_on_is_kept_whole(body):
    said = mail_words.read(_mail(body).as_bytes())

    assert (said.words, said.history) == (body, "")


def test_html_alone_becomes_words_and_its_scripts_do_not():
    mail = _mail()
    mail.set_content(
        "<html><style>p{color:red}</style><p>Hej &amp; tack</p><ul><li>ett<li>två</ul><script>alert(1)</script></html>",
        subtype="html",
    )

    said = mail_words.read(mail.as_bytes())

    assert said.words == "Hej & tack\n\n* ett\n* två"


def test_files_come_with_a_name_without_folders_and_the_type_that_was_said():
    mail = _mail()
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="../../Fullmakt för Örebro.pdf")
    mail.add_attachment(b"\x00\x01", maintype="image", subtype="png")
    mail.add_attachment(_mail("inuti"))

    said = mail_words.read(mail.as_bytes())

    assert said.attachments[0] == Attachment("Fullmakt för Örebro.pdf", b"%PDF-1.7", "application/pdf")
    assert [file.name for file in said.attachments[1:]] == ["attachment-2.png", "attachment-3.eml"]
    assert mail_words.read(said.attachments[2].content).words == "inuti"
    assert said.words == "Hej"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-notified; x=y"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
    ],
)
def test_a_machine_that_answers_is_known(headers):
    assert mail_words.read(_mail(**headers).as_bytes()).is_auto_reply


@pytest.mark.parametrize("subject", ["Autosvar: Fråga", "Automatic reply: x", "Frånvaro", "Out of office: x"])
def test_a_machine_that_answers_is_known_by_its_subject(subject):
    answer, begun = _mail(In_Reply_To="<b@samspel.example>"), _mail()
    for mail in (answer, begun):
        mail.replace_header("Subject", subject)

    assert mail_words.read(answer.as_bytes()).is_auto_reply
    assert not mail_words.read(begun.as_bytes()).is_auto_reply


@pytest.mark.parametrize("submitted", ["no", "auto-generated; x=y"])
def test_what_a_machine_writes_of_itself_is_no_answer(submitted):
    assert not mail_words.read(_mail(Auto_Submitted=submitted).as_bytes()).is_auto_reply


def test_eight_bits_in_headers_and_a_false_character_set_are_read_as_they_probably_were():
    raw = (
        b"From: \xc5sa <asa@x.example>\r\nSubject: =?utf-8?q?Fr=C3=A5ga?= =?unknown-8?q?x=E5?=\r\n"
        b"Content-Type: text/plain; charset=punycode\r\n\r\nbl\xe5b\xe4r\r\n"
    )

    said = mail_words.read(raw)

    assert (said.from_name, said.subject, said.words) == ("Åsa", "Frågaxå", "blåbär")


def test_line_breaks_and_signs_that_turn_never_come_out_of_a_header():
    raw = b"Subject: =?utf-8?q?a=0D=0ABcc:_x=00=E2=80=AEb?=\r\nFrom: =?utf-8?q?x=0Ay?= <a@b.example>\r\n\r\nx"

    said = mail_words.read(raw)

    assert said.subject == "a Bcc: xb"
    assert said.from_name == "x y"


def test_a_mail_nested_a_thousand_deep_is_told_as_not_whole():
    raw = b"Subject: djupt\r\nFrom: a@b.example\r\n"
    for number in range(2_000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)

    said = mail_words.read(raw)

    assert (said.subject, said.from_address, said.is_whole) == ("djupt", "a@b.example", False)


def test_a_mail_of_a_thousand_parts_and_one_that_is_huge_are_told_as_not_whole():
    parts = b"".join(
        b"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nx\r\n" for _ in range(1_000)
    )
    many = mail_words.read(b"Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n" + parts)
    huge = mail_words.read(b"Subject: stort\r\n\r\n" + b"x" * (mails.MOST_BYTES + 1))

    assert (len(many.attachments), many.is_whole) == (mails.MOST_PARTS, False)
    assert (huge.subject, huge.words, huge.is_whole) == ("stort", "", False)


PIECES = st.sampled_from(
    [
        b"\r\n", b"\n", b"\r\n\r\n", b"From: ", b"Subject: ", b"To: ", b"Date: ", b"=?utf-8?q?",
        b"=?x?b?", b"?=", b"a@b.se",
        b"<", b">", b"\"", b"\\", b"Content-Type: multipart/mixed; boundary=b\r\n\r\n", b"--b\r\n", b"--b--",
        b"Content-Type: message/delivery-status\r\n\r\n", b"Content-Type: text/html; charset=utf-7\r\n\r\n", b"<p><!--",
        b"Content-Transfer-Encoding: base64\r\n", b"Content-Disposition: attachment; filename*=utf-8''%E5%00\r\n",
        b"Content-Type: message/rfc822\r\n\r\n", b"filename*0*=x''a; filename*1=b", b"\x00",
        b"\xff", b"> ", b"wrote:\n",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.binary(max_size=30)), max_size=40).map(b"".join))
def test_no_bytes_bring_it_down_and_nothing_unprintable_comes_out(raw):
    said = mail_words.read(raw)

    told = [said.subject, said.from_name, said.from_address, said.message_id, said.words, said.history, *said.to]
    told += [word for file in said.attachments for word in (file.name, file.declared_type)]
    for words in told:
        assert "\x00" not in words
        words.encode("utf-8")
    for words in (said.subject, said.from_name, said.from_address, *(file.name for file in said.attachments)):
        assert "\n" not in words
        assert "\r" not in words
