"""A notice: one template, HTML and plain text that say the same, in her language, safe whatever stands in a name."""

from __future__ import annotations

import pytest
from django.template import engines

from samspel.post.operations import notices
from samspel.post.operations.notices import Addressee
from samspel.post.queries import notices as composing

from .conftest import NOW

TEMPLATE = """{% extends "post/notice.html" %}{% load i18n notices %}
{% block subject %}Appointed on 1 October: coordinator at {{ organizer }}{% endblock %}
{% block words %}
{% para %}You are now coordinator at {{ organizer }}.{% endpara %}
{% fact label="Manager" value=manager %}
{% fact label="Share" value="" %}
{% item %}Read{% enditem %}
{% item %}Answer{% enditem %}
{% quote %}{{ said }}{% endquote %}
{% button url="/arbete/" %}To do{% endbutton %}
{% endblock %}
"""


@pytest.fixture
def say(monkeypatch, settings):
    """Compose the template above, or another, with a context."""
    settings.SAMSPEL_URL = "https://samspel.example"

    def one(source: str = TEMPLATE, *, language: str = "en", to_name: str = "Åsa", sender=None, **context):
        template = engines["django"].from_string(source)
        real = composing.get_template
        monkeypatch.setattr(composing, "get_template", lambda name: template if name == "x.html" else real(name))
        monkeypatch.setattr(composing, "version", lambda name: "0" * 12)
        return composing.composed("x.html", context, to_name=to_name, language=language, sender=sender)

    return one


def test_one_template_gives_html_and_text_that_say_the_same(say):
    made = say(organizer="Örebro", manager="Bo", said="One\nTwo")

    assert made.subject == "Appointed on 1 October: coordinator at Örebro"
    assert made.text == (
        "Hello Åsa,\n\nYou are now coordinator at Örebro.\n\nManager: Bo\n\n- Read\n- Answer\n\n> One\n> Two\n\n"
        "To do:\nhttps://samspel.example/en/arbete/\n\n"
        "-- \nYou get this mail because of a task of yours in Samspel.\n"
        "Answers to this mail are read by people.\nSamspel\n"
    )
    for words in ("Hello Åsa,", "You are now coordinator at Örebro.", "Manager", "Bo", "Read", "One<br>Two", "To do"):
        assert f">{words}<" in made.html
    assert 'href="https://samspel.example/en/arbete/"' in made.html


@pytest.mark.django_db
def test_a_notice_is_a_message_in_the_language_of_her_who_gets_it(monkeypatch, settings):
    template = engines["django"].from_string(TEMPLATE)
    real = composing.get_template
    monkeypatch.setattr(composing, "get_template", lambda name: template if name.startswith("post/n/") else real(name))
    monkeypatch.setattr(composing, "version", lambda name: "0123456789ab")

    message = notices.send(
        template="post/n/x.html", to=Addressee("a@b.example", "Åsa", language="sv"), context={}, at=NOW, kind="post.x"
    )

    assert (message.kind, message.language) == ("post.x", "sv")
    assert "Hej Åsa!" in message.body
