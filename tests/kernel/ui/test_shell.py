"""The frame of every page, the error pages, robots.txt."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone, translation

from samspel.kernel.ui import pages

pytestmark = pytest.mark.usefixtures("site")
DEMO = "Programmet som visas här är påhittat."


def frame(request, **context):
    return render_to_string("ui/page.html", context, request=request)


def test_the_page_says_its_language(visit):
    with translation.override("en"):
        english = frame(visit("/en/sok/"))

    assert '<html lang="sv">' in frame(visit("/sok/"))
    assert '<html lang="en">' in english


def test_the_first_thing_on_the_page_skips_to_the_content(visit):
    body = frame(visit()).split("<body>")[1]

    assert body.strip().startswith('<a class="skip-link" href="#content">Hoppa till innehållet</a>')
    assert '<main class="site-main wrap" id="content" tabindex="-1">' in body


def test_the_search_form_shows_what_was_sought_on_the_search_page_alone(visit):
    assert 'action="/sok/"' in frame(visit("/"))
    assert 'name="q" value="&lt;Örebro&gt;"' in frame(visit("/sok/", q="<Örebro>"))
    assert 'name="q" value=""' in frame(visit("/huvudman/", q="<Örebro>"))


def test_without_a_search_page_there_is_no_search_form(visit, settings):
    settings.ROOT_URLCONF = type("Bare", (), {"urlpatterns": ()})

    assert 'role="search"' not in frame(visit("/"))


def test_the_other_language_is_one_link_away(visit):
    assert '<a href="/en/huvudman/?a=1" lang="en" hreflang="en">' in frame(visit("/huvudman/", a="1"))


@pytest.mark.django_db
def test_those_who_are_out_may_log_in_and_those_who_are_in_may_log_out(visit, django_user_model):
    inside = visit()
    inside.user = django_user_model.objects.create(email="anna@kommun.example", joined_at=timezone.now())

    assert 'href="/konto/logga-in/"' in frame(visit())
    assert '<form method="post" action="/konto/logga-ut/"><input type="hidden" name="csrfmiddlewaretoken"' in frame(
        inside
    )
    assert 'href="/konto/logga-in/"' not in frame(inside)


def test_every_page_of_a_demo_says_that_the_programme_is_invented(visit, settings):
    settings.SAMSPEL_IS_DEMO = True
    shown = frame(visit())
    settings.SAMSPEL_IS_DEMO = False

    assert DEMO in shown
    assert DEMO not in frame(visit())


def test_messages_come_out_as_notices(visit):
    request = visit()
    request._messages = [Message(constants.ERROR, "<Fel> kod"), Message(constants.DEBUG, "Spår")]
    shown = frame(request)

    assert "notice--error" in shown
    assert "&lt;Fel&gt; kod" in shown
    assert 'role="status"' in shown


def test_nothing_on_a_page_is_inline(visit):
    shown = frame(visit())

    assert shown.count("<script") == shown.count("<script src=") + shown.count('<script type="module" src=')
    assert "<style" not in shown
    assert " style=" not in shown


@pytest.mark.parametrize(
    ("page", "status"),
    [
        (pages.bad_request, 400),
        (pages.permission_denied, 403),
        (pages.csrf_refused, 403),
        (pages.page_not_found, 404),
        (pages.too_many_requests, 429),
    ],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_error_pages_stand_in_the_frame_in_both_languages(visit, page, status, language):
    with translation.override(language):
        answer = page(visit("/finns-inte/"))

    assert answer.status_code == status
    assert f'<html lang="{language}">'.encode() in answer.content
    assert b'<header class="site-header">' in answer.content
    assert b"noindex" in answer.content


def test_an_address_that_is_nowhere_gets_the_page_that_says_so(client):
    answer = client.get("/en/finns-inte/")

    assert answer.status_code == 404
    assert "The page does not exist" in answer.content.decode()


def test_an_error_page_needs_neither_user_nor_session(visit):
    request = visit()
    del request.user

    assert pages.bad_request(request).status_code == 400


def test_those_who_are_out_are_offered_to_log_in_when_refused(visit):
    assert (
        '<a class="button button--primary" href="/konto/logga-in/">'
        in pages.permission_denied(visit()).content.decode()
    )


def test_the_page_for_our_own_failures_stands_by_itself_in_both_languages(settings, tmp_path):
    settings.ROOT_URLCONF = "no.such.module"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    settings.STATIC_ROOT = tmp_path
    answer = pages.server_error(None)

    assert answer.status_code == 500
    assert "Något gick fel hos oss" in answer.content.decode()
    assert "Something went wrong on our side" in answer.content.decode()


def test_search_engines_are_kept_from_workspace_and_login(visit):
    answer = pages.robots(visit("/robots.txt"))

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines()[:3] == ["User-agent: *", "Disallow: /arbete/", "Disallow: /konto/"]


def test_the_icon_is_found_where_programs_ask_for_it(visit):
    answer = pages.favicon(visit("/favicon.ico"))

    assert (answer.status_code, answer["Location"]) == (302, static("kernel/img/favicon.svg"))
