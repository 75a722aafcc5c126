"""The links of a letter are tried against real servers, and never within the house."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from samspel.letters.models import LinkCheck
from samspel.letters.operations import links as operations
from samspel.letters.operations import trying, writing
from samspel.letters.operations.trying import Tried, try_link
from samspel.letters.queries import links as queries
from samspel.letters.rules import links
from tests.letters.conftest import AT, BODY

ANSWERS = {"/ok": 200, "/gone": 410, "/missing": 404, "/broken": 500, "/members": 403}


class Site(BaseHTTPRequestHandler):
    """A small site; what it was asked is kept in `asked`."""

    def do_HEAD(self):
        self.server.asked.append((self.command, self.path))
        if self.path == "/no-head" and self.command == "HEAD":
            return self.answer(405)
        if self.path == "/slow":
            time.sleep(1.5)
        if self.path == "/moved":
            return self.answer(301, "/ok")
        if self.path == "/inwards":
            return self.answer(302, f"http://127.0.0.2:{self.server.server_port}/ok")
        if self.path == "/round":
            return self.answer(302, "/round")
        if self.path == "/files":
            return self.answer(302, "file:///etc/passwd")
        return self.answer(ANSWERS.get(self.path, 200))

    do_GET = do_HEAD

    def answer(self, status, location=""):
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    def log_message(self, *_said):
        """Nothing."""


@pytest.fixture
def site():
    """A site on this machine; `site.url(path)`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    server.url = lambda path: f"http://127.0.0.1:{server.server_port}{path}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def here(ip, _port):
    """In these tests one may go to 127.0.0.1, and nowhere else."""
    return ip == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ok", Tried("works", 200)),
        ("/åäö?q=en fråga", Tried("works", 200)),
        ("/moved", Tried("works", 200)),
        ("/no-head", Tried("works", 200)),
        ("/members", Tried("works", 403)),
        ("/missing", Tried("dead", 404)),
        ("/gone", Tried("dead", 410)),
        ("/broken", Tried("dead", 500)),
        ("/round", Tried("dead")),
        ("/inwards", Tried("not_tried")),
        ("/files", Tried("not_tried")),
    ],
)
def test_a_link_is_tried_as_it_is(site, path, expected):
    assert try_link(site.url(path), may_reach=here) == expected


def test_a_slow_link_is_not_waited_for(site, monkeypatch):
    monkeypatch.setattr(trying, "PATIENCE", 0.3)

    assert try_link(site.url("/slow"), may_reach=here) == Tried("slow")


def test_where_nobody_answers_the_link_is_dead(site):
    closed = site.server_port
    site.shutdown()
    site.socket.close()

    assert try_link(f"http://127.0.0.1:{closed}/", may_reach=here) == Tried("dead")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::1]", "[::ffff:127.0.0.1]"])
def test_nothing_is_asked_within_the_house(site, host):
    assert try_link(f"http://{host}:{site.server_port}/ok") == Tried("not_tried")
    assert site.asked == []


@pytest.mark.parametrize(
    ("ip", "port", "expected"),
    [
        ("93.184.216.34", 443, True),
        ("2606:2800:220:1::1", 80, True),
        ("93.184.216.34", 22, False),
        ("93.184.216.34", 5432, False),
        ("127.0.0.1", 80, False),
        ("10.0.0.8", 80, False),
        ("172.16.3.4", 443, False),
        ("192.168.1.1", 80, False),
        ("169.254.169.254", 80, False),
        ("100.64.0.1", 80, False),
        ("0.0.0.0", 80, False),
        ("224.0.0.1", 80, False),
        ("255.255.255.255", 80, False),
        ("::1", 80, False),
        ("fd00::1", 443, False),
        ("fe80::1%eth0", 443, False),
        ("::ffff:10.0.0.8", 80, False),
        ("64:ff9b::a00:8", 80, False),
        ("2002:a00:8::1", 80, False),
        ("no address", 80, False),
    ],
)
def test_only_the_open_network_is_gone_to(ip, port, expected):
    assert links.is_public(ip, port) is expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/brev/", "own"),
        ("https://samspel.example/huvudman/", "own"),
        ("https://samspel.example.evil.example/", "outside"),
        ("//evil.example/", "other"),
        ("mailto:a@example.org", "other"),
        ("tel:+468", "other"),
        ("http://[", "other"),
        ("https://example.org:x/", "other"),
    ],
)
def test_where_a_link_leads(address, expected):
    assert links.kind_of(address, "https://samspel.example") == expected


@pytest.fixture
def linked(editor):
    """`linked(*addresses)`: a letter that leads there."""

    def make(*addresses):
        words = "\n\n".join(f"[länk]({address})" for address in addresses)
        body = {**BODY, "blocks": [{"key": "a1", "kind": "text", "words": {"sv": words, "en": ""}}]}
        letter = writing.begin(by=editor, at=AT)
        return writing.change(letter=letter, body=body, revision=1, by=editor, at=AT)

    return make


def outcomes(letter):
    return dict(letter.link_checks.values_list("address", "outcome"))


def test_own_pages_are_looked_up_here_and_others_are_tried(site, linked):
    letter = linked(
        "/brev/", "/finns-inte/", "/brev/ett-brev-som-inte-finns/", "mailto:a@example.org", site.url("/gone")
    )

    operations.check(letter, at=AT, may_reach=here)

    assert outcomes(letter) == {
        "/brev/": "works",
        "/finns-inte/": "dead",
        "/brev/ett-brev-som-inte-finns/": "dead",
        "mailto:a@example.org": "not_tried",
        site.url("/gone"): "dead",
    }


def test_a_link_that_was_put_right_is_not_warned_of(site, linked, editor):
    letter = linked(site.url("/gone"))
    operations.check(letter, at=AT, may_reach=here)
    assert [one.address for one in queries.dead(letter)] == [site.url("/gone")]

    writing.change(letter=letter, body=BODY, revision=2, by=editor, at=AT)

    letter.refresh_from_db()
    assert queries.dead(letter) == []


def test_what_came_of_it_is_replaced_when_it_is_tried_again(site, linked, monkeypatch):
    letter = linked(site.url("/gone"))
    operations.check(letter, at=AT, may_reach=here)
    monkeypatch.setitem(ANSWERS, "/gone", 200)
    operations.check(letter, at=AT, may_reach=here)

    assert LinkCheck.objects.get().outcome == "works"


def test_a_job_is_queued_once_and_only_for_what_is_not_tried(linked):
    from procrastinate.contrib.django.models import ProcrastinateJob

    letter = linked("/brev/")
    operations.ask_for(letter)
    assert ProcrastinateJob.objects.filter(task_name=operations.TASK).count() == 1

    ProcrastinateJob.objects.filter(task_name=operations.TASK).delete()
    operations.check(letter, at=AT)
    operations.ask_for(letter)
    assert ProcrastinateJob.objects.filter(task_name=operations.TASK).count() == 0


def test_a_dead_link_is_warned_of_and_stops_nobody(client, linked, editor):
    letter = linked("/finns-inte/")
    operations.check(letter, at=AT)
    client.force_login(editor)

    shown = client.get(f"/arbete/brev/{letter.key}/").content.decode()

    assert "Länken /finns-inte/ fungerar inte." in shown
    assert "Visa det för den som godkänner" not in shown.split("Bra att veta")[0]
