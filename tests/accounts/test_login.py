"""Logging in by a code sent by mail, as a person does it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from samspel.kernel.audit import entries_about
from samspel.kernel.models import AuditEntry
from samspel.post.models import Message, MessageState

ASK = "/konto/logga-in/"
ENTER = "/konto/kod/"


def test_code_that_came_by_mail_lets_in_and_leads_to_what_there_is_to_do(client, astrid, code_in_mail):
    assert client.post(ASK, {"email": astrid.email}).url == ENTER

    entered = client.post(ENTER, {"code": code_in_mail()}, follow=True)

    assert entered.redirect_chain == [("/arbete/", 302)]
    assert entered.context["user"] == astrid


def test_asking_writes_a_waiting_message_and_its_job_and_sends_nothing_itself(client, astrid, mailoutbox):
    client.post(ASK, {"email": astrid.email})

    message = Message.objects.get()
    job = ProcrastinateJob.objects.get()
    assert (message.state, message.to_address, message.to_key) == (MessageState.WAITING, astrid.email, astrid.key)
    assert (job.task_name, job.queue_name, job.args) == ("post.deliver", "urgent", {"message_key": str(message.key)})
    assert mailoutbox == []


def test_code_may_be_written_without_its_hyphen_and_with_spaces(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})

    client.post(ENTER, {"code": f" {code_in_mail().replace('-', ' ')} "})

    assert client.get("/arbete/").context["user"] == astrid


def test_address_is_hers_whatever_its_capitals(client, astrid, code_in_mail):
    client.post(ASK, {"email": "ASTRID.bergvall@Kommunen.Example"})
    client.post(ENTER, {"code": code_in_mail()})

    assert client.get("/arbete/").context["user"] == astrid
    assert Message.objects.get().to_address == "astrid.bergvall@kommunen.example"


def test_unknown_address_gets_the_same_answer_and_a_mail_that_says_so(client, astrid, settings):
    known = client.post(ASK, {"email": astrid.email})
    known_page = client.get(ENTER).content.decode().replace(astrid.email, "…")
    client.cookies.clear()
    unknown = client.post(ASK, {"email": "ingen@annanstans.example"})
    unknown_page = client.get(ENTER).content.decode().replace("ingen@annanstans.example", "…")

    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert _without_tokens(known_page) == _without_tokens(unknown_page)
    message = Message.objects.latest("id")
    assert (message.kind, message.to_address, message.to_key) == (
        "accounts.unknown_account",
        "ingen@annanstans.example",
        None,
    )
    assert f"{settings.SAMSPEL_URL}/konto/saknas/" in message.body


def test_unknown_address_costs_as_many_questions_to_the_database(client, astrid):
    with CaptureQueriesContext(
        connection,
    ) as known:
        client.post(ASK, {"email": astrid.email})
    client.cookies.clear()
    with CaptureQueriesContext(connection) as unknown:
        client.post(ASK, {"email": "ingen@annanstans.example"})

    assert len(known) == len(unknown)


def test_nothing_lets_in_somebody_who_is_not_there(client, db):
    client.post(ASK, {"email": "ingen@annanstans.example"})

    for code in ("", "0000-0000", "None"):
        client.post(ENTER, {"code": code})

    assert client.get("/arbete/").url == f"{ASK}?next=/arbete/"


def test_person_whose_account_is_closed_is_told_by_mail_alone(client, astrid):
    astrid.is_active = False
    astrid.save()

    assert client.post(ASK, {"email": astrid.email}).url == ENTER

    assert Message.objects.get().kind == "accounts.unknown_account"


def test_account_closed_after_the_code_was_sent_lets_nobody_in(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    astrid.is_active = False
    astrid.save()

    answer = client.post(ENTER, {"code": code_in_mail()}, follow=True)

    assert answer.redirect_chain == [("/konto/avslutat/", 302)]
    assert not answer.context["user"].is_authenticated


def test_wrong_code_is_told_at_its_field_and_the_right_one_still_lets_in(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})

    wrong = client.post(ENTER, {"code": "0000-0000"})

    assert wrong.status_code == 200
    assert wrong.context["form"].errors["code"] == ["Det är inte koden i mejlet. Kontrollera den och försök igen."]
    assert client.post(ENTER, {"code": code_in_mail()}).url == "/arbete/"


def test_fifth_wrong_code_makes_the_right_one_worthless(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})

    for _ in range(4):
        assert client.post(ENTER, {"code": "0000-0000"}).status_code == 200
    assert client.post(ENTER, {"code": "0000-0000"}).url == ASK

    client.post(ENTER, {"code": code_in_mail()})
    assert client.get("/arbete/").url == f"{ASK}?next=/arbete/"


def test_code_is_worthless_after_a_quarter_of_an_hour_and_the_page_says_why(client, astrid, code_in_mail):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post(ASK, {"email": astrid.email})
        clock.shift(timedelta(minutes=15, seconds=1))
        late = client.post(ENTER, {"code": code_in_mail()}, follow=True)

    assert late.redirect_chain == [(ASK, 302)]
    assert [str(message) for message in late.context["messages"]] == [
        "Det finns ingen kod som fortfarande gäller. Be om en ny."
    ]
    assert not late.context["user"].is_authenticated


def test_code_is_worthless_in_another_browser(client, astrid, add_person, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    code = code_in_mail()
    other = Client()
    other.post(ASK, {"email": add_person(email="annan@kommunen.example").email})

    assert other.post(ENTER, {"code": code}).status_code == 200
    assert other.get("/arbete/").status_code == 302


def test_new_code_makes_the_older_one_worthless(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    older = code_in_mail()
    client.post(ASK, {"email": astrid.email})

    assert client.post(ENTER, {"code": older}).status_code == 200
    assert client.post(ENTER, {"code": code_in_mail()}).url == "/arbete/"


def test_used_code_lets_in_once(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    code = code_in_mail()
    client.post(ENTER, {"code": code})
    client.post("/konto/logga-ut/")

    assert client.post(ENTER, {"code": code}).url == ASK


def test_fourth_code_in_a_minute_is_refused_known_address_or_not(client, astrid):
    answers = []
    for email in (astrid.email, "ingen@annanstans.example"):
        for _ in range(3):
            assert client.post(ASK, {"email": email}).status_code == 302
        answers.append(client.post(ASK, {"email": email}).context["form"].errors["email"])

    assert answers[0] == answers[1] == ["Det blev för många försök. Vänta en stund och be om en ny kod."]
    assert Message.objects.count() == 6


def test_address_that_is_none_is_refused_in_words(client, db):
    answer = client.post(ASK, {"email": "astrid"})

    assert answer.status_code == 200
    assert "email" in answer.context["form"].errors
    assert Message.objects.count() == 0


def test_address_longer_than_any_is_refused_in_words(client, db):
    response = client.post(ASK, {"email": f"{'x' * 60}@{'.'.join(['y' * 60] * 4)}.se"})

    assert response.status_code == 200
    assert response.context["form"].errors["email"]
    assert not Message.objects.exists()


def test_next_leads_to_a_page_of_ours_and_never_elsewhere(client, astrid, code_in_mail):
    for asked, led in (
        ("/konto/", "/konto/"),
        ("https://ond.example/", "/arbete/"),
        ("//ond.example/", "/arbete/"),
        ("javascript:alert(1)", "/arbete/"),
        ("https:///ond.example", "/arbete/"),
    ):
        entering = client.post(ASK, {"email": astrid.email, "next": asked}).url
        assert client.post(entering, {"code": code_in_mail(), "next": asked}).url == led
        client.post("/konto/logga-ut/")
        Message.objects.all().delete()
        cache.clear()


def test_session_gets_a_new_key_at_login(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    before = client.session.session_key

    client.post(ENTER, {"code": code_in_mail()})

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_new_address_ends_the_sessions_of_the_old_one(client, astrid):
    client.force_login(astrid)
    astrid.email = "ny@kommunen.example"
    astrid.save()

    assert client.get("/arbete/").status_code == 302


def test_logout_is_by_post_and_by_link_only_a_page_with_its_button(client, astrid):
    client.force_login(astrid)

    assert client.get("/konto/logga-ut/").status_code == 200
    assert client.get("/arbete/").status_code == 200
    assert client.post("/konto/logga-ut/").url == "/"
    assert client.get("/arbete/").status_code == 302


def test_logout_leads_to_the_front_page_in_the_language_being_read(client, astrid):
    client.force_login(astrid)

    assert client.post("/en/konto/logga-ut/").url == "/en/"


def test_too_many_requests_from_one_network_are_told_to_wait(client, astrid, settings):
    settings.ACCOUNT_RATE_LIMITS = {"confirm_login_code": "1/m/ip"}
    client.post(ASK, {"email": astrid.email})
    client.post(ENTER, {"code": "0000-0000"})

    answer = client.post(ENTER, {"code": "0000-0000"})

    assert answer.status_code == 429
    assert "<h1" in answer.content.decode()


def test_form_without_its_token_logs_nobody_out(astrid):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(astrid)

    assert browser.post("/konto/logga-ut/").status_code == 403
    assert browser.get("/arbete/").status_code == 200


def test_login_and_logout_stand_in_the_audit_with_keys_alone(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    client.post(ENTER, {"code": code_in_mail()})
    client.post("/konto/logga-ut/")

    told = [(entry.action, entry.by_key, entry.facts) for entry in entries_about(astrid)]
    assert told == [
        ("accounts.person.added", None, {"invented": False}),
        ("accounts.person.logged_in", astrid.key, {"method": "code", "level": 1}),
        ("accounts.person.logged_out", astrid.key, {}),
    ]


def test_login_that_cannot_be_put_on_record_is_none(client, astrid, code_in_mail):
    client.post(ASK, {"email": astrid.email})
    code = code_in_mail()
    AuditEntry._meta.db_table, kept = "no_such_table", AuditEntry._meta.db_table
    try:
        with pytest.raises(Exception, match="no_such_table"):
            client.post(ENTER, {"code": code})
    finally:
        AuditEntry._meta.db_table = kept

    astrid.refresh_from_db()
    assert astrid.last_login is None
    assert client.get("/arbete/").status_code == 302


def test_mail_is_in_the_language_of_her_who_gets_it(client, add_person):
    add_person(email="john@university.example", name="John Berg", language="en")

    client.post(ASK, {"email": "john@university.example"})

    message = Message.objects.get()
    assert (message.language, message.subject) == ("en", "Your code to log in to Samspel")
    assert message.body.startswith("Hello John Berg,")


def test_swedish_mail_is_whole(client, astrid):
    client.post(ASK, {"email": astrid.email})

    message = Message.objects.get()
    assert message.subject == "Din kod för att logga in i Samspel"
    assert message.body.startswith("Hej Astrid Bergvall!")
    assert "15 minuter" in message.body


def test_pages_and_mail_to_strangers_are_english_under_en(client, db):
    asking = client.get("/en/konto/logga-in/")
    assert "<h1>Log in</h1>" in asking.content.decode()

    assert client.post("/en/konto/logga-in/", {"email": "who@elsewhere.example"}).url == "/en/konto/kod/"
    assert "<h1>Enter the code</h1>" in client.get("/en/konto/kod/").content.decode()
    assert Message.objects.get().subject == "Log in to Samspel: no account with this address"


def test_name_with_markup_stands_in_the_mail_as_it_is(client, add_person):
    add_person(email="o@kommunen.example", name="Pål & <Co>")

    client.post(ASK, {"email": "o@kommunen.example"})

    assert "Pål & <Co>" in Message.objects.get().body


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reauthenticate",
        "account_email_verification_sent",
    ],
)
def test_what_we_do_not_offer_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_nobody_signs_up(client, db):
    page = client.get("/konto/saknas/")

    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main")[1].split("</main>")[0]
    assert client.post("/konto/saknas/", {"email": "ny@kommunen.example"}).status_code == 405


def test_account_pages_are_never_kept_by_a_cache(client, astrid):
    client.force_login(astrid)

    for address in ("/arbete/", "/konto/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def _without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
