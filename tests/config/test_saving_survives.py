"""What a page was told is saved is there after everything is killed in the same instant."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlencode

import psutil

TEXT = "Skolorna har kommit olika långt, och det syns i resultaten."
# In the home's own database: somebody logged in, and an answer that she writes in.
SETUP = """
import json
from datetime import UTC, datetime
from importlib import import_module
import django
django.setup()
from django.conf import settings
from django.test import Client
from samspel.accounts.models import Person
from samspel.forms import models
from samspel.forms.rules import definitions
at = datetime.now(UTC)
questions = [{"key": "summary", "type": "long_text", "label": {"sv": "Sammanfattning"}}]
sections = [{"key": "all", "title": {"sv": "Allt"}, "questions": questions}]
body = definitions.read({"format": "samspel.form/1", "slug": "kort", "name": {"sv": "Kort"}, "subject": "",
                         "sections": sections})
person = Person.objects.create(email="wilma@kommunen.example", name="Wilma Rektor", joined_at=at)
definition = models.Definition.objects.create(slug="kort", name_sv="Kort", sort_key="kort")
version = models.Version.objects.create(definition=definition, number=1, state="published", created_at=at,
    published_at=at, body=definitions.as_data(body), digest=definitions.digest_of(body))
answer = models.Answer.objects.create(version=version, begun_at=at)
models.Participant.objects.create(answer=answer, person=person, deed="write", from_on=at.date(), added_at=at)
client = Client()
client.force_login(person)
print(json.dumps({"answer": str(answer.key), "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
                  "cookie": settings.SESSION_COOKIE_NAME}))
"""


def prepared(home):
    """What the setup says: key of the answer, and the cookie of the one who writes."""
    environ = {**home.environ, "DJANGO_SETTINGS_MODULE": "samspel.config.settings"}
    done = subprocess.run([sys.executable, "-c", SETUP], env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def ask(port, made, method="GET", **typed):
    """The page of the section, or a save as its script makes it: status and body."""
    token = "k" * 32
    headers = {
        "Cookie": f"{made['cookie']}={made['session']}; csrftoken={token}",
        "X-CSRFToken": token,
        # As a proxy in front of it says that the reader came by HTTPS.
        "X-Forwarded-Proto": "https",
        "Referer": f"https://127.0.0.1:{port}/",
        "Accept": "application/json" if typed else "text/html",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    line.request(method, f"/arbete/formular/{made['answer']}/del/all/", urlencode(typed), headers)
    answer = line.getresponse()
    return answer.status, answer.headers.get("Location") or answer.read().decode()


def everything_of(home, process):
    """The supervisor, the web server, the workers and the database, and what they have started."""
    first = {psutil.Process(process.pid), *home.children().values()}
    return first | {child for one in first for child in one.children(recursive=True)}


def kill_at_once(home, process, running):
    for one in running:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    process.wait(30)
    home.wait_for(home.is_gone)
    # As where nobody takes note of the dead: the number beside the database's socket is still somebody's.
    socket = json.loads((home.home / "database.json").read_text())["socket"]
    Path(socket, ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n{home.data}\n")


def test_what_is_said_to_be_saved_is_there_after_everything_is_killed(migrated_home, monkeypatch):
    monkeypatch.setitem(migrated_home.environ, "SAMSPEL_BEHIND_PROXY", "1")
    process, port = migrated_home.start()
    migrated_home.wait_for(migrated_home.is_up)
    made, running = prepared(migrated_home), everything_of(migrated_home, process)

    status, told = ask(port, made, "POST", _revision=0, summary=TEXT)
    kill_at_once(migrated_home, process, running)

    assert (status, json.loads(told)["revision"]) == (200, 1)
    assert re.search(r"\d\d[:.]\d\d", json.loads(told)["saved"])
    _, port = migrated_home.start()
    status, page = ask(port, made)
    assert (status, TEXT in page) == (200, True), page[:300]
