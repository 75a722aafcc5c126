"""What a letter's mail holds and does not: why it came, a way out of news, and nothing that tells on the reader."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from samspel.letters.models import LetterKind, Recipient, Unsubscribed
from samspel.letters.operations import sending, subscriptions
from samspel.letters.queries import chosen, unsubscribing
from samspel.post.models import Message
from samspel.post.operations.envelopes import mail
from samspel.registry.models import Organizer
from samspel.schemes.models import Scheme
from tests.letters.conftest import AT, BODY, approved, make_letter, text_block
from tests.letters.markup import Markup

LATER = AT + timedelta(hours=1)
ADDRESSES = re.compile(r"https?://[^\s\"'<>)]+")


@pytest.fixture
def sent(editor, officer, coordinators):
    """A letter of a kind that has been sent to two coordinators."""

    def send(**more):
        letter = approved(make_letter(by=editor, **more), asker=editor, approver=officer)
        return sending.start(letter=letter, by=officer, at=LATER)

    return send


def mails_of(letter):
    return list(Message.objects.filter(mailing__key=letter.mailing_key).order_by("pk"))


def test_duty_mail_says_why_it_came_and_has_no_way_to_unsubscribe(sent):
    for one in mails_of(sent(kind=LetterKind.DUTY)):
        assert "Därför får du det här brevet" in one.body
        assert "List-Unsubscribe" not in mail(one).extra_headers
        assert "avprenumerera" not in one.body + one.body_html


def test_news_has_one_click_unsubscribing_that_says_where(sent):
    letter = sent(kind=LetterKind.NEWS)

    one, other = mails_of(letter)
    headers = mail(one).extra_headers

    assert headers["List-Unsubscribe"] == f"<{one.unsubscribe_url}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert one.unsubscribe_url in one.body
    assert one.unsubscribe_url != other.unsubscribe_url
    assert one.to_address not in one.unsubscribe_url
    assert "Därför får du den här nyheten" in one.body


def test_a_year_in_a_table_is_never_broken_in_a_mail(sent):
    one = mails_of(sent(body={**BODY, "blocks": [text_block("t", "| År | Vad |\n|---|---|\n| 2021 | Nätverk |")]}))[0]
    cell = next(
        attributes for tag, attributes in Markup(one.body_html).tags if tag == "td" and "12px" in attributes["style"]
    )

    assert "overflow-wrap:break-word" in cell["style"]


def test_links_are_named_by_what_they_do_in_html_and_stand_whole_in_plain_text(sent):
    one = mails_of(sent(kind=LetterKind.NEWS, slug="brevet"))[0]

    assert f'<a href="{one.unsubscribe_url}">Inga fler sådana nyheter</a>' in one.body_html
    assert f"Inga fler sådana nyheter:\n{one.unsubscribe_url}" in one.body
    assert '<a href="mailto:samordnare@samspel.example">' in one.body_html


@pytest.mark.parametrize("kind", [LetterKind.DUTY, LetterKind.NEWS])
def test_no_address_in_a_mail_is_a_readers_own_save_the_one_to_unsubscribe(sent, kind):
    one, other = mails_of(sent(kind=kind))

    for words in ("body", "body_html"):
        ours, theirs = (set(ADDRESSES.findall(getattr(mail, words))) for mail in (one, other))
        assert ours - {one.unsubscribe_url} == theirs - {other.unsubscribe_url}
        assert not [address for address in ours if str(one.key) in address or str(one.to_key) in address]
    assert "<img" not in one.body_html


def recipient_of(letter, person):
    return Recipient.objects.get(letter=letter, person=person)


def page_of(recipient):
    return f"/brev/avprenumerera/{unsubscribing.token_of(recipient)}/"


@pytest.fixture
def scheme(db):
    return Scheme.objects.get_or_create(slug="provstod", defaults={"name_sv": "Provstödet", "name_en": "The trial"})[0]


def test_opening_the_link_asks_and_changes_nothing(client, sent, coordinator):
    page = page_of(recipient_of(sent(kind=LetterKind.NEWS), coordinator))

    for answer in (client.get(page), client.head(page), client.get(page + "?List-Unsubscribe=One-Click")):
        assert answer.status_code == 200
    assert "Skicka inga fler till mig" in client.get(page).content.decode()
    assert not Unsubscribed.objects.exists()


def test_the_page_names_the_news_that_one_may_say_no_to(client, sent, coordinator, scheme):
    page = page_of(recipient_of(sent(kind=LetterKind.NEWS, scheme=scheme), coordinator))

    assert "Nyheter om: Provstödet" in client.get(page).content.decode()
    assert "News about: The trial" in client.get(f"/en{page}").content.decode()


def test_one_click_of_a_mail_program_acts_without_cookie_or_login(sent, coordinator, scheme):
    from django.test import Client

    letter = sent(kind=LetterKind.NEWS, scheme=scheme)
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(page_of(recipient_of(letter, coordinator)), {"List-Unsubscribe": "One-Click"})

    row = Unsubscribed.objects.get()
    assert answer.status_code == 200
    assert (row.address, row.scheme, row.way) == (coordinator.email, scheme, "one_click")


def test_one_may_say_no_to_all_news_and_take_it_back(client, sent, coordinator, scheme):
    page = page_of(recipient_of(sent(kind=LetterKind.NEWS, scheme=scheme), coordinator))

    client.post(page, {"what": "all"})
    client.post(page, {"what": "all"})
    assert [(row.scheme, row.way) for row in Unsubscribed.objects.all()] == [(None, "page")]

    answer = client.post(page, {"again": "1"})
    assert "Du får nyheter igen" in answer.content.decode()
    assert not Unsubscribed.objects.exists()


def test_who_said_no_gets_no_more_news_and_still_what_comes_with_the_task(sent, editor, coordinator, coordinators):
    first = sent(kind=LetterKind.NEWS)
    subscriptions.unsubscribe(recipient=recipient_of(first, coordinator), from_all=True, way="page", at=LATER)

    news, duty = make_letter(by=editor, kind=LetterKind.NEWS), make_letter(by=editor)

    assert [one.person for one in chosen.recipients(news, LATER)] == [coordinators[1].pk]
    assert len(chosen.recipients(duty, LATER)) == 2


def test_an_organization_says_no_for_its_official_address_even_when_that_is_forgotten(client, sent, editor, organizer):
    Organizer.objects.filter(pk=organizer.pk).update(official_email="Kommun@Organ.example", postal_address="")
    audience = {"to": ["organizer"]}
    row = Recipient.objects.create(
        letter=sent(kind=LetterKind.NEWS), organizer=organizer, address="kommun@organ.example"
    )
    news = make_letter(by=editor, kind=LetterKind.NEWS, audience=audience)
    assert "kommun@organ.example" in [one.address for one in chosen.recipients(news, LATER)]

    for address in ("kommun@organ.example", ""):
        Unsubscribed.objects.all().delete()
        Recipient.objects.filter(pk=row.pk).update(address=address)
        client.post(page_of(row), {"List-Unsubscribe": "One-Click"})
        assert Unsubscribed.objects.get().address == "kommun@organ.example"
        assert "kommun@organ.example" not in [one.address for one in chosen.recipients(news, LATER)]
        assert chosen.count(news, LATER) == len(chosen.recipients(news, LATER))


def test_a_link_that_is_not_ours_or_of_a_duty_letter_leads_nowhere(client, sent, coordinator):
    token = unsubscribing.token_of(recipient_of(sent(kind=LetterKind.DUTY), coordinator))

    for wrong in (token, token[:-2], "1.x", "abc", "x" * 3_000, "%00", "1" * 40 + ".y"):
        answer = client.post(f"/brev/avprenumerera/{wrong}/", {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 404
        assert "Länken fungerar inte" in answer.content.decode()
    assert not Unsubscribed.objects.exists()


def test_the_link_still_works_when_the_address_is_forgotten_if_she_is_still_here(client, sent, coordinator):
    row = recipient_of(sent(kind=LetterKind.NEWS), coordinator)
    Recipient.objects.update(address="", name="")

    client.post(page_of(row), {"what": "all"})
    assert Unsubscribed.objects.get().address == coordinator.email

    Recipient.objects.update(person=None)
    Unsubscribed.objects.all().delete()
    answer = client.post(page_of(row), {"what": "all"})
    assert "inte finns kvar" in answer.content.decode()
    assert not Unsubscribed.objects.exists()
