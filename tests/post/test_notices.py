"""A notice: one template, HTML and plain text that say the same, in her language, safe whatever stands in a name."""

from __future__ import annotations

import pytest
from django.template import engines
from django.urls import NoReverseMatch
from hypothesis import given
from hypothesis import strategies as st

from samspel.post.models import Sender
from samspel.post.operations import notices
from samspel.post.operations.notices import Addressee
from samspel.post.queries import notices as composing
from samspel.post.rules import notices as rules

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


def test_the_same_address_of_ours_leads_to_the_readers_language(say):
    swedish, english = (say(language=language).text for language in ("sv", "en"))

    assert "https://samspel.example/arbete/\n" in swedish
    assert "https://samspel.example/en/arbete/\n" in english


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "https://samspel.example.evil/"]
)
def test_a_button_leads_nowhere_but_to_us(say, url):
    source = '{% extends "post/notice.html" %}{% load notices %}{% block words %}{% button url=url %}x{% endbutton %}'
    try:
        made = say(source + "{% endblock %}", url=url)
    except (ValueError, NoReverseMatch):
        return
    assert "https://samspel.example//evil.example" in made.text


def test_words_outside_the_tags_are_a_fault(say):
    with pytest.raises(composing.WordsAstray):
        say('{% extends "post/notice.html" %}{% block words %}Hej{% endblock %}')


def test_a_web_address_in_a_name_is_no_link_and_ours_stays(say):
    made = say(
        organizer="Anna https://evil.example www.evil.example http://samspel.example.evil https://samspel.example/x"
    )

    assert "https: //evil.example www. evil.example http: //samspel.example.evil https://samspel.example/x" in " ".join(
        made.text.split()
    )


def test_a_sender_gives_the_mail_its_name_colour_and_foot(say):
    sender = Sender(name="Ekbo <b>", from_address="a@ekbo.example", colour="#7a1f3d", signature="Ekbo, rum 2")

    made = say(sender=sender)

    assert "Ekbo &lt;b&gt;" in made.html
    assert "background-color:#7a1f3d" in made.html
    assert made.text.endswith("Ekbo, rum 2\n")


def test_the_version_is_a_digest_of_the_sources_and_changes_with_them(monkeypatch):
    first = composing.version("post/notices/sender_test.html")
    assert first == composing.version("post/notices/sender_test.html")
    assert first != composing.version("post/notices/what_is_wrong.html")
    assert len(first) == 12

    composing.version.cache_clear()
    monkeypatch.setattr(composing, "LAYOUTS", ("post/notice.html",))
    assert composing.version("post/notices/sender_test.html") != first
    composing.version.cache_clear()


@pytest.mark.django_db
def test_a_notice_sent_carries_template_version_and_html_and_survives_a_broken_name(settings):
    message = notices.send(
        template="post/notices/sender_test.html",
        to=Addressee("a@b.example", "Åsa\r\nBcc: x@y.example", language="xx"),
        context={"sender": Sender(name="S", from_address="a@b.se", reply_to="c@b.se"), "at": NOW},
        at=NOW,
    )

    assert (message.kind, message.template) == ("post.sender_test", "post/notices/sender_test.html")
    assert (message.language, message.to_name) == ("sv", "Åsa Bcc: x@y.example")
    assert message.template_version == composing.version(message.template)
    assert message.body_html.startswith("<!doctype html>")


@given(st.text(max_size=300))
def test_one_line_is_one_line_and_readable(words):
    made = rules.one_line(words)

    assert made == made.strip()
    assert not any(sign in made for sign in "\r\n\x00\u2028\u202e\ufeff\u200b")
    assert rules.one_line(made) == made


@given(st.lists(st.text(max_size=200), max_size=4))
def test_plain_text_never_lets_a_quote_speak_as_ours(said):
    text = rules.text([rules.Part(rules.QUOTE, rules.lines("\n".join(said)))], foot=[])

    assert all(line.startswith(">") for line in text.splitlines() if line.strip())
