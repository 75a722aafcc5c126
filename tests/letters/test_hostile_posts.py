"""Whatever is posted to whatever page of letters, by whomever: it is answered in words, and never breaks."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from html import unescape
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from samspel.letters.models import LetterKind, Promise, ReminderRule
from samspel.letters.operations import lists, sending
from samspel.letters.queries import unsubscribing
from samspel.letters.urls import urlpatterns
from samspel.registry.models import Role
from tests.letters.conftest import AT, approved, make_letter, person_with
from tests.letters.markup import HARMFUL

ODD = ("a\x00b", "9" * 40, "9999-12-31", f"{HARMFUL}{{{{7*7}}}}\r\nBcc: andra@example.org\u202e" + "x" * 300_000)
QUERY = (
    "?sida=99999999999999999999&page=-1&visa=%00&ordna=%00&state=%00&till=%00&sprak=%00&om=%00:%00&vag=%00&plats=%00"
)
FIELD = re.compile(r'<(?:input|textarea|select|button)[^>]*\bname="([^"]+)"')


@pytest.fixture
def places(editor, officer, decision_maker, coordinators, organizer, principal, seminar):
    """An address for each page of letters, with what it is about: a draft, and news that were sent."""
    keys = {"draft": make_letter(by=editor)}
    news = approved(make_letter(by=editor, kind=LetterKind.NEWS), asker=editor, approver=officer)
    keys["sent"] = sending.start(letter=news, by=officer, at=AT)
    named = lists.make(name="Lista", purpose="Prov", review_on=date(2026, 12, 24), by=editor, at=AT)
    promise = Promise.objects.create(
        about=f"letters.letter:{keys['sent'].key}", kind="link", words_sv="Kommer", owner=officer, due_on="2026-12-01",
        made_at=AT,
    )  # fmt: skip
    token = unsubscribing.token_of(keys["sent"].recipients.first())
    found = []
    for pattern in urlpatterns:
        name, route = f"letters:{pattern.name}", str(pattern.pattern)
        if "slug:" in route or route.startswith("brev/bild"):
            continue
        if "<str:token>" in route:
            found.append(reverse(name, args=[token]))
        elif "<uuid:picture>" in route:
            found.append(reverse(name, args=[keys["draft"].key, uuid4()]))
        elif "<uuid:key>" not in route:
            found.append(reverse(name))
        elif "/listor/" in route:
            found.append(reverse(name, args=[named.key]))
        elif "utlovat" in route:
            found.append(reverse(name, args=[promise.key]))
        elif "datum" in route:
            found.append(reverse(name, args=[seminar.key]))
        elif "regler" in route:
            found.append(reverse(name, args=[ReminderRule.objects.first().key]))
        else:
            found += [reverse(name, args=[letter.key]) for letter in keys.values()]
    return found


def fields_of(client, address):
    """Names of all that the page can be filled in with."""
    page = client.get(address)
    names = (
        FIELD.findall(page.content.decode(errors="replace")) if page.status_code == 200 and not page.streaming else []
    )
    return {unescape(name) for name in names} | {"deed", "number", "place", "revision", "words", "digest", "what"}


def broken(ask):
    """What came of a request that is taken back again, if it broke something."""
    with transaction.atomic():
        try:
            answer = ask()
            return str(answer.status_code) if answer.status_code >= 500 else ""
        except Exception as error:  # whatever it is, a person would have met it
            return repr(error)[:300]
        finally:
            transaction.set_rollback(True)


def test_whatever_is_posted_is_answered(client, places):
    client.force_login(person_with(Role.DECISION_MAKER, Role.ADMINISTRATOR, name="Ivar Illvillig"))
    wrong = {}
    for address in places:
        names = fields_of(client, address)
        for odd in ODD:
            wrong[address, odd[:20]] = broken(partial(client.post, address, dict.fromkeys(names, odd)))
        wrong[address, QUERY] = broken(partial(client.get, address + QUERY))

    assert not {place: what for place, what in wrong.items() if what}
