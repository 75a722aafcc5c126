"""The virus check, against ClamAV's daemon itself."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from structlog.testing import capture_logs

from samspel.kernel.files import scanning, storing
from samspel.kernel.files.models import Scan, StoredFile
from samspel.kernel.files.scanning import Infected, ScannerAway, TooLargeToCheck
from samspel.testing.clamav import EICAR

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
SOMEBODY = SimpleNamespace(key=uuid4())
PDF = b"%PDF-1.7\n%%EOF\n"

pytestmark = pytest.mark.django_db


def keep(content):
    return storing.keep(content, name="namngiven-elev.pdf", by=SOMEBODY, at=NOW)


@pytest.fixture
def is_checked(settings, virus_check):
    settings.SAMSPEL_VIRUS_CHECK = virus_check


@pytest.mark.clamd
def test_a_clean_file_is_kept_as_checked(is_checked):
    kept = keep(PDF)

    assert kept.scan == Scan.CLEAN
    assert storing.read(kept) == PDF


@pytest.mark.clamd
def test_a_large_clean_file_is_checked_whole(is_checked):
    assert keep(PDF + b"x" * (storing.LARGEST - len(PDF))).scan == Scan.CLEAN


@pytest.mark.clamd
@pytest.mark.parametrize("content", [EICAR, PDF + b"stream\n" + EICAR + b"\nendstream"])
def test_an_infected_file_is_refused_and_nothing_of_it_kept(is_checked, content):
    with capture_logs() as lines, pytest.raises(Infected) as refusal:
        storing.keep(content, name="namngiven-elev.pdf", by=SOMEBODY, at=NOW, allowed=None)

    assert "Viruskontrollen hittade" in str(refusal.value)
    assert StoredFile.objects.count() == 0
    digest = scanning.hashlib.sha256(content).hexdigest()
    assert not default_storage.exists(storing.place_of(digest))
    assert [(line["event"], line["code"], line["digest"]) for line in lines] == [("upload_refused", "infected", digest)]
    assert "elev" not in str(lines)


@pytest.mark.clamd
def test_what_the_system_made_itself_is_not_asked_about(is_checked):
    assert storing.keep_own(PDF, name="protokoll.pdf", by=SOMEBODY, at=NOW).scan == Scan.UNCHECKED


def test_with_no_virus_check_set_up_a_file_is_kept_and_said_to_be_unchecked(settings):
    settings.SAMSPEL_VIRUS_CHECK = ""

    assert keep(PDF).scan == Scan.UNCHECKED


def _free_port():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


def test_a_virus_check_that_is_away_keeps_files_out_and_says_so(settings, tmp_path):
    for address in (f"clamd://127.0.0.1:{_free_port()}", f"clamd://{tmp_path}/nobody.sock"):
        settings.SAMSPEL_VIRUS_CHECK = address
        with capture_logs() as lines, pytest.raises(ScannerAway) as refusal:
            keep(PDF)
        assert "Försök igen om en stund." in str(refusal.value)
        assert [line["event"] for line in lines] == ["virus_check_away"]
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (b"", ScannerAway),
        (b"stream: Something ERROR\n", ScannerAway),
        (b"\xff\n", ScannerAway),
        (b"INSTREAM size limit exceeded. ERROR\n", TooLargeToCheck),
    ],
)
def test_a_virus_check_that_does_not_say_clean_keeps_files_out(settings, answer, refused):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.SAMSPEL_VIRUS_CHECK = f"clamd://127.0.0.1:{server.getsockname()[1]}"

        def answer_once():
            caller, _address = server.accept()
            with caller:
                # The whole stream, to its empty piece: who hangs up on a sender is another case.
                taken = b""
                while not taken.endswith(bytes(4)) and (piece := caller.recv(65536)):
                    taken += piece
                caller.sendall(answer)

        daemon = threading.Thread(target=answer_once)
        daemon.start()
        with pytest.raises(refused):
            keep(PDF)
        daemon.join(timeout=10)
    assert StoredFile.objects.count() == 0


def test_a_virus_check_that_hangs_up_on_a_long_file_and_lives_is_not_away(settings):
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.SAMSPEL_VIRUS_CHECK = f"clamd://127.0.0.1:{server.getsockname()[1]}"

        def hang_up_then_answer():
            caller, _address = server.accept()
            caller.recv(100)
            caller.close()
            caller, _address = server.accept()
            with caller:
                caller.recv(100)
                caller.sendall(b"PONG\n")

        daemon = threading.Thread(target=hang_up_then_answer)
        daemon.start()
        with pytest.raises(TooLargeToCheck):
            scanning.scan(bytes(scanning.STREAM + 1))
        daemon.join(timeout=10)


@pytest.mark.parametrize("address", ["http://127.0.0.1", "clamd://", "3310"])
def test_an_address_that_names_no_virus_check_is_a_fault_of_the_installation(settings, address):
    settings.SAMSPEL_VIRUS_CHECK = address

    with pytest.raises(ImproperlyConfigured):
        keep(PDF)
