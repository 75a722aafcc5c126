"""The demo's mail server and its mailbox: everything kept, nothing sent on, and a stranger's mail does no harm."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from samspel.config.demo_mail import KEPT, Keeper
from samspel.post.queries import mailbox
from samspel.testing.ports import free_port

HOSTILE = (
    '<html><head></head><body><script>alert(1)</script><p>Hej</p><img src="https://evil.example/x.png"></body></html>'
)


@pytest.fixture
def demo(settings, tmp_path, db):
    """A demo with an empty mailbox; gives its keeper."""
    settings.SAMSPEL_IS_DEMO = True
    settings.SAMSPEL_DEMO_MAIL = tmp_path / "mail"
    settings.SAMSPEL_URL = "http://localhost:8000"
    return Keeper(tmp_path / "mail")


def mail(subject: str = "Din kod", *, words: str = "Koden är 1234-5678", html: str = "", file: bytes = b"") -> bytes:
    """A mail with what is asked for."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = "Samspel <samspel@localhost>", "astrid@kommunen.example", subject
    made.set_content(words)
    if html:
        made.add_alternative(html, subtype="html")
    if file:
        made.add_attachment(file, maintype="application", subtype="pdf", filename="Brev <b>.pdf")
    return made.as_bytes()


def test_the_server_keeps_what_it_is_given_and_tells_to_whom_it_went(demo):
    controller = Controller(demo, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with smtplib.SMTP("127.0.0.1", controller.port) as session:
            session.sendmail("a@b.example", ["astrid@kommunen.example"], mail())
    finally:
        controller.stop()

    (row,) = mailbox.rows()
    assert (row.subject, row.to_whom, row.from_whom) == ("Din kod", "astrid@kommunen.example", "Samspel")
    assert ("delivered-to", "astrid@kommunen.example") in mailbox.opened(row.key).headers


def test_only_so_many_are_kept(demo, monkeypatch):
    monkeypatch.setattr("samspel.config.demo_mail.KEPT", 2)
    for number in range(3):
        demo.keep(mail(f"nummer {number}"))

    assert [row.subject for row in mailbox.rows()] == ["nummer 2", "nummer 1"]
    assert KEPT > 100


def test_anybody_in_a_demo_finds_a_mail_by_its_words_and_reads_the_code(demo, client):
    demo.keep(mail("Något annat", words="Hej"))
    demo.keep(mail())

    listed = client.get("/arbete/post/", {"sok": "KODEN 1234"}).content.decode()
    assert "Din kod" in listed
    assert "Något annat" not in listed
    (row,) = mailbox.rows("1234-5678")
    page = client.get(f"/arbete/post/{row.key}/")
    assert "Koden är 1234-5678" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("page", ["", "{key}/", "{key}/html/", "{key}/mejl.eml", "{key}/bilagor/1/"])
def test_outside_a_demo_there_is_no_such_page(demo, client, settings, page):
    demo.keep(mail(html=HOSTILE, file=b"%PDF"))
    address = f"/arbete/post/{page.format(key=mailbox.rows()[0].key)}"
    assert client.get(address).status_code == 200

    settings.SAMSPEL_IS_DEMO = False

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("key", ["0" * 20 + "-00000000", "../secret_key", "1"])
def test_a_mail_that_is_not_there_and_a_way_out_of_the_folder_are_not_found(demo, client, key):
    assert client.get(f"/arbete/post/{key}/").status_code == 404


def test_a_strangers_html_stands_apart_without_scripts_or_pictures(demo, client):
    demo.keep(mail(html=HOSTILE))
    key = mailbox.rows()[0].key

    page, look = client.get(f"/arbete/post/{key}/"), client.get(f"/arbete/post/{key}/html/")

    policy = look["Content-Security-Policy"]
    assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "img-src data:" in policy
    assert look["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script>alert" not in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_only_our_own_addresses_in_the_words_are_links_and_markup_is_words(demo, client):
    demo.keep(mail(words="http://localhost:8000/arbete/ https://evil.example <b>x</b>"))

    page = client.get(f"/arbete/post/{mailbox.rows()[0].key}/").content.decode()

    assert '<a href="http://localhost:8000/arbete/">http://localhost:8000/arbete/</a>' in page
    assert 'href="https://evil.example' not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_a_file_is_handed_out_to_keep_and_never_opened_here(demo, client):
    demo.keep(mail(file=b"%PDF-1.7"))
    key = mailbox.rows()[0].key

    answer = client.get(f"/arbete/post/{key}/bilagor/1/")

    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")
    assert client.get(f"/arbete/post/{key}/bilagor/2/").status_code == 404
    assert client.get(f"/arbete/post/{key}/bilagor/000/").status_code == 404


def test_bytes_that_are_no_mail_are_shown_as_what_they_are(demo, client):
    demo.keep(b"\xff\xfe\x00\x00" * 50)

    assert client.get(f"/arbete/post/{mailbox.rows()[0].key}/").status_code == 200
    assert client.get("/arbete/post/", {"sok": "x\x00y"}).status_code == 200
    assert client.get("/en/arbete/post/", {"sok": "x" * 500, "page": "-1"}).status_code == 200
