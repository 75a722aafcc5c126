"""The demo's mail server as a process: only in a demo, on this machine alone, gone when asked."""

from __future__ import annotations

import os
import signal
import smtplib
import subprocess
import sys

import pytest

from samspel.config import demo_mail
from samspel.config.home import Home
from samspel.testing.ports import free_port


@pytest.fixture
def start(tmp_path):
    """Start the server in a home of its own; gives the process and its port."""
    started = []

    def one() -> tuple[subprocess.Popen[bytes], int]:
        port = free_port()
        command = [sys.executable, "-m", "samspel.config.demo_mail", str(port)]
        environ = {**os.environ, "SAMSPEL_HOME": str(tmp_path / "home")}
        started.append(subprocess.Popen(command, env=environ, stderr=subprocess.PIPE))
        return started[-1], port

    yield one
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stderr.close()


def _say(port: int, raw: bytes) -> None:
    import time

    until = time.monotonic() + 20
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", port) as session:
                session.sendmail("a@b.example", ["astrid@kommunen.example"], raw)
            return
        except ConnectionRefusedError:
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.05)


def test_it_keeps_a_mail_readable_by_its_owner_alone_and_ends_when_asked(start, tmp_path):
    home = Home(tmp_path / "home")
    home.mark_as_demo()
    process, port = start()

    _say(port, b"Subject: hej\r\n\r\nHej\r\n")
    process.send_signal(signal.SIGTERM)

    assert process.wait(10) == 0
    (kept,) = demo_mail.folder(home).glob("*.eml")
    assert kept.read_bytes().startswith(b"Delivered-To: astrid@kommunen.example\r\nSubject: hej")
    assert kept.stat().st_mode & 0o077 == 0


def test_in_a_real_home_it_does_not_start(start):
    process, _port = start()

    assert process.wait(20) == 1
    assert b"Only a demo" in process.stderr.read()


def test_a_demos_settings_send_to_its_own_server_whatever_the_environment_says(tmp_path):
    home = Home(tmp_path / "home")
    home.mark_as_demo()
    home.write(demo_mail.NOTE, {"port": 4321})
    environ = {**os.environ, "SAMSPEL_HOME": str(home.path), "SAMSPEL_EMAIL_URL": "smtp://mail.real.example:25"}
    asked = "from samspel.config import settings as s; print(s.EMAIL_HOST, s.EMAIL_PORT)"

    told = subprocess.run([sys.executable, "-c", asked], env=environ, capture_output=True, text=True, check=True)

    assert told.stdout.split() == ["127.0.0.1", "4321"]
